// Search: the same criteria as rows, as text and as a URL, with what the store makes of them.
import type { SearchCriteria } from "magewright";
import { type Core, loaded, message, ready, store } from "../core.ts";
import { copy, fill, h, labelled, refill, soon } from "../dom.ts";
import { SEARCH } from "../samples.ts";
import { addressed } from "../request.ts";
import { criteria, FIELDS, queryOf, readable, type Rows, rows } from "../search/criteria.ts";
import { changeIn, get, watch } from "../state.ts";
import { profileOf } from "../stock.ts";
import { copying } from "./copying.ts";
import { scope } from "./endpoints.ts";
import { rowsView } from "./search-rows.ts";
import { sending } from "./sending.ts";
import { refusal } from "./verdict.ts";

interface Warned {
  code: string;
  severity: "error" | "loss";
  pointer: string;
  message: string;
}

/** What the core says of a text of criteria. */
interface Read {
  criteria: SearchCriteria;
  query: string;
  words: string;
  warnings: Warned[];
}

export function searchView(): HTMLElement {
  const text = h("textarea", { rows: 3, spellcheck: "false", class: "mono", placeholder: "group_id = 1 and email like '%@example.test' limit 100" });
  const url = h("textarea", { rows: 7, spellcheck: "false", class: "mono url" });
  const said = { text: h("div", { "aria-live": "polite" }), url: h("div", { "aria-live": "polite" }) };
  const explained = h("section", { class: "card", "aria-label": "What the store reads" });
  const decoded = h("pre", { class: "code small", tabindex: "0", "aria-label": "The query decoded" });
  const encoded = h("section", { class: "card" });
  const [copies, sends] = [copying(), sending()];
  const visual = rowsView((next) => write(next, text, said.text));

  text.addEventListener("input", () => changeIn("search", { text: text.value }));
  url.addEventListener("input", () => read(url.value, said.url));
  const draw = soon(() => {
    const core = loaded();
    if (!core) return;
    if (document.activeElement !== text) text.value = get().search.text;
    const now = understand(core, get().search.text, said.text);
    // Rows of another text would write over what is being typed.
    visual.element.inert = now === undefined;
    if (!now) {
      refill(explained, h("header", { class: "card-head" }, h("h2", {}, "What the store reads")), h("p", { class: "empty" }, "Waits until the text can be read."));
      if (document.activeElement !== url) url.value = "";
      decoded.textContent = "";
      copies.show(undefined);
      sends.show(undefined);
      return;
    }
    const sent = { method: "GET", body: null, authorized: true, ...address(now.query) };
    if (document.activeElement !== url) url.value = sent.target;
    decoded.textContent = readable(now.query);
    visual.show(rows(now.criteria), now.warnings);
    refill(explained, explanation(now));
    copies.show(sent);
    sends.show(sent);
  });
  void ready.then(draw);
  watch((state) => [state.search.text, state.release, state.profile, state.scope], draw);

  const example = h("button", { type: "button", onclick: () => changeIn("search", { text: SEARCH }) }, "Start from the example");
  const copyUrl = h("button", { type: "button", class: "quiet", onclick: () => void copy(url.value, "URL") }, "Copy the path");
  const decodedPart = h("div", { class: "labelled" }, h("span", { class: "label" }, "Decoded"), decoded);
  const encodedPart = h("div", {}, labelled("Encoded", url, "paste one to read it back"), said.url);
  fill(encoded, h("header", { class: "card-head" }, h("h2", {}, "As a URL"), copyUrl), h("div", { class: "workbench" }, encodedPart, decodedPart));
  return h(
    "div",
    { class: "stack" },
    h("section", { class: "card toolbar" }, h("div", { class: "row" }, labelled("As text", text, "=, !=, <, like, in, is null; and, or, not and brackets; then order by, limit, page"), scope(), example), said.text),
    visual.element,
    explained,
    encoded,
    copies.element,
    sends.element,
  );
}

const address = (query: string) => addressed(`/V1/customers/search?${query}`, get());

/** The text read by the core; nothing, and its complaint on the page, when it cannot be read. */
function understand(core: Core, text: string, said: HTMLElement): Read | undefined {
  try {
    const sought = text.trim() === "" ? {} : text;
    const query = core.encodeCriteria(sought);
    const decoded = core.decodeCriteria(query, store());
    const { words, warnings } = core.explainCriteria(sought, store()) as unknown as Read;
    refill(said);
    return { criteria: decoded.refused ? {} : decoded.criteria, query, words, warnings };
  } catch (error) {
    refill(said, h("p", { class: "message error" }, placed(message(error), text)));
    return undefined;
  }
}

/** A complaint that counts bytes, with what stands before its place. */
function placed(complaint: string, text: string): string {
  const [, at, rest = ""] = /^at byte (\d+): (.*)$/s.exec(complaint) ?? [];
  if (at === undefined) return complaint;
  const before = new TextDecoder().decode(new TextEncoder().encode(text).slice(0, Number(at))).trimEnd();
  return before === "" ? `at the beginning: ${rest}` : `after “${before.length > 30 ? `…${before.slice(-28)}` : before}”: ${rest}`;
}

/** Rows become text, which is what the page keeps. */
function write(next: Rows, text: HTMLTextAreaElement, said: HTMLElement) {
  const core = loaded();
  if (!core) return;
  try {
    const decoded = core.decodeCriteria(core.encodeCriteria(criteria(next)));
    if (decoded.refused) return;
    text.value = decoded.text;
    changeIn("search", { text: decoded.text });
  } catch (error) {
    refill(said, h("p", { class: "message error" }, message(error)));
  }
}

/** A pasted URL becomes text, or the store's refusal of it. */
function read(pasted: string, said: HTMLElement) {
  const core = loaded();
  if (!core) return;
  try {
    const decoded = core.decodeCriteria(queryOf(pasted), store());
    if (decoded.refused) {
      refill(said, h("p", { class: "message error" }, "The store refuses this query."), refusal(decoded.refused));
      return;
    }
    refill(said);
    changeIn("search", { text: decoded.text });
  } catch (error) {
    refill(said, h("p", { class: "message error" }, message(error)));
  }
}

/** Fields that no fresh installation has and no loaded profile names: the core knows of them only with a profile. */
function foreign({ criteria }: Read): string[] {
  const own = (profileOf(get().profile).customer_attributes ?? []).map(({ attribute_code }) => attribute_code);
  const sought = (criteria.filter_groups ?? []).flatMap(({ filters = [] }) => filters.map(({ field = "" }) => field));
  return [...new Set(sought)].filter((field) => ![...FIELDS, ...own].includes(field));
}

function explanation(read: Read): (HTMLElement | false)[] {
  const { words, warnings } = read;
  const unsure = foreign(read);
  const plain = words.split("\n").filter((line) => !line.trim().startsWith("!"));
  return [
    h("header", { class: "card-head" }, h("h2", {}, "What the store reads")),
    h("pre", { class: "words" }, plain.join("\n").trimEnd()),
    warnings.length === 0
      ? h("p", { class: "verdict good" }, h("span", { class: "title", role: "status" }, "The store reads this as it is meant"))
      : h(
          "div",
          { class: `verdict ${warnings.some(({ severity }) => severity === "error") ? "error" : "loss"}` },
          h("p", { class: "title", role: "status" }, warnings.some(({ severity }) => severity === "error") ? "The store refuses this search" : "The store answers, but not as it may be meant"),
          h("ul", {}, warnings.map((one) => h("li", { class: one.severity }, one.message))),
        ),
    unsure.length > 0 && h("p", { class: "hint" }, `Not checked, since only the store knows: whether ${unsure.join(", ")} is an attribute of its customers. If not, it answers with an error. Fields of the billing address begin with billing_, as in billing_region.`),
  ];
}

// What differs between releases: for the requests on this page, and in the contracts.
import facts from "virtual:facts";
import type { StoreDescription } from "magewright";
import { bands, ranges } from "../bands.ts";
import { type Core, loaded, ready, store } from "../core.ts";
import { fill, h, soon } from "../dom.ts";
import { keyOf } from "../facts.ts";
import { naiveBody } from "../naive.ts";
import { parsed } from "../pointer.ts";
import { STORED, PATCH } from "../samples.ts";
import { type Caller, change, get, type Route, watch } from "../state.ts";
import { chosen } from "./endpoints.ts";
import { RELEASES } from "./releases.ts";
import { example } from "../examples.ts";
import { count } from "./verdict.ts";

/** A way to update a customer. */
const WAYS: { title: string; caller: Caller; route: Route }[] = [
  { title: "PUT by an administrator", caller: "admin", route: "id" },
  { title: "PUT by an integration", caller: "integration", route: "id" },
  { title: "The customer's own PUT", caller: "customer", route: "me" },
  { title: "The bulk queue", caller: "admin", route: "queue" },
];

/** What becomes of an update: planned, and as just the change. */
interface Update {
  planned: string;
  naive: string;
}

export function requestDifferences(): HTMLElement {
  const body = h("div", { "aria-live": "polite" });
  const draw = soon(() => {
    const core = loaded();
    if (core && get().tab === "store") fill(body, table(core));
  }, 120);
  void ready.then(draw);
  watch((state) => [state.tab, state.create, state.update, state.profile, state.release], draw);
  return h(
    "section",
    { class: "card" },
    h("header", { class: "card-head" }, h("h2", {}, "Your requests on every release"), h("span", { class: "hint" }, "Releases that answer alike stand together")),
    h("p", { class: "hint spaced" }, "The create and the update of their tabs, or the examples while there are none: what a plan sends, and what a PUT of just the change would lose."),
    body,
  );
}

function table(core: Core): HTMLElement {
  const { release } = get();
  const rows = bands(RELEASES, (one) => outcome(core, one)).map(({ releases, outcome: { created, updates } }) =>
    h(
      "tr",
      { class: releases.includes(release) ? "current" : "" },
      h("th", { scope: "row" }, ranges(releases, RELEASES), releases.includes(release) ? h("span", { class: "tag" }, "chosen") : pick(releases)),
      h("td", {}, created),
      updates.map(({ planned, naive }) => h("td", {}, planned, h("span", { class: "unplanned" }, naive))),
    ),
  );
  const head = ["Releases", "The create", ...WAYS.map(({ title }) => title)].map((title) => h("th", { scope: "col" }, title));
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Your requests on every release" }, h("table", { class: "bands" }, h("thead", {}, h("tr", {}, head)), h("tbody", {}, rows)));
}

function pick(releases: string[]): HTMLElement {
  const last = releases.at(-1) ?? "";
  return h("button", { type: "button", class: "quiet small", onclick: () => change({ release: last }) }, `use ${last}`);
}

function outcome(core: Core, release: string): { created: string; updates: Update[] } {
  const about = { ...store(), release: release as NonNullable<StoreDescription["release"]> };
  const { update, create } = get();
  const [stored, patch] = update.stored && update.patch ? [update.stored, update.patch] : [STORED, PATCH];
  const body = create.endpoint === "POST /V1/customers" && create.body ? create.body : example(chosen("POST /V1/customers")).body;
  const updates = WAYS.map(({ caller, route }) => {
    const way = { ...about, caller, route };
    return { planned: planned(core, stored, patch, way), naive: audited(core, stored, patch, way) };
  });
  return { created: created(core, body, { ...about, caller: get().caller }), updates };
}

type About = NonNullable<Parameters<Core["plan"]>[2]>;

function created(core: Core, body: string, about: About): string {
  const { violations } = core.validateCreate(body, about);
  if (violations.length === 0) return "taken as it is";
  return violations.map(({ pointer, severity, code }) => `${pointer} ${severity === "error" ? "refused" : "loses"}: ${code.replaceAll("_", " ")}`).join("; ");
}

function planned(core: Core, stored: string, patch: string, about: About): string {
  try {
    const { request } = core.plan(stored, patch, about);
    const body = parsed(request.body ?? "{}") as { customer?: object } | { customer?: object }[];
    const customer = (Array.isArray(body) ? body[0] : body)?.customer ?? {};
    return `sends ${Object.keys(customer).join(", ")}`;
  } catch (error) {
    return error instanceof core.Unplannable ? `no plan: ${error.reasons.map(({ message }) => message).join("; ")}` : "not a customer and a change";
  }
}

function audited(core: Core, stored: string, patch: string, about: About): string {
  try {
    const { id } = parsed(stored) as { id: number };
    const body = naiveBody("change", parsed(stored) as Json, parsed(patch) as Json, {}, "");
    const effects = core.audit(stored, body, { ...about, id: String(id) });
    if (effects.some(({ severity }) => severity === "error")) return "unplanned: refused";
    const lost = effects.filter(({ severity }) => severity === "loss").map(({ pointer }) => pointer || "/");
    return lost.length > 0 ? `unplanned: ${count(lost.length, "loss", "losses")}, ${lost.join(", ")}` : "unplanned: loses nothing";
  } catch {
    return "";
  }
}

type Json = Record<string, unknown>;

/** Endpoints and fields that not every contract has. */
export function contractDifferences(): HTMLElement {
  const since = (releases: string[] | undefined) => (releases?.length ? `since ${releases.join(", ")}` : "");
  const endpoints = facts.endpoints.filter((one) => !one.foreign && (one.contracts.length < facts.contracts.length || one.since)).map((one) => [keyOf(one), one.since ? since(one.since) : `in ${one.contracts.join(", ")}`]);
  const fields = Object.entries(facts.types).flatMap(([type, { fields }]) =>
    fields.filter((one) => one.contracts ?? one.since).map((one) => [`${type}.${one.name}`, one.since ? since(one.since) : `in ${one.contracts?.join(", ") ?? ""}`]),
  );
  const rows = [...endpoints, ...fields].map(([what = "", where = ""]) => h("tr", {}, h("td", {}, h("code", {}, what)), h("td", {}, where)));
  return h(
    "section",
    { class: "card" },
    h("header", { class: "card-head" }, h("h2", {}, "What not every release has"), h("span", { class: "hint" }, `from the contracts of ${facts.contracts.join(", ")}`)),
    h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "What not every release has" }, h("table", {}, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Endpoint or field"), h("th", { scope: "col" }, "Releases"))), h("tbody", {}, rows))),
  );
}

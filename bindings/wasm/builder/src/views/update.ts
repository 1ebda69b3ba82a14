// Update: what is stored, what is to change, the request that does it, and what others would lose.
import type { Plan, Unplannable } from "magewright";
import { type Core, loaded, message, ready, store } from "../core.ts";
import { choose, fill, h, labelled, refill, soon } from "../dom.ts";
import { editor } from "../editor.ts";
import { broken, parsed, pretty } from "../pointer.ts";
import { isSaas } from "../releases.ts";
import { PATCH, STORED } from "../samples.ts";
import { changeIn, get, type Route, watch } from "../state.ts";
import { audited } from "./audit.ts";
import { copying } from "./copying.ts";
import { difference } from "./difference.ts";
import { changePane } from "./change.ts";
import { caller, scope } from "./endpoints.ts";
import { patience } from "./patience.ts";
import { sending } from "./sending.ts";
import { count, refusal } from "./verdict.ts";

const ROUTES: { value: Route; text: string }[] = [
  { value: "id", text: "PUT /V1/customers/{id}" },
  { value: "me", text: "PUT /V1/customers/me" },
  { value: "queue", text: "The bulk queue" },
];

const WARNINGS: Record<string, string> = {
  "list-item": "This is an item of a search: attributes that searches list with null were left out.",
  "not-merged": "The store does not merge here: what others changed since this copy was read is put back.",
  "addresses-saved-again": "Addresses that do not change are saved again, and refused if today's rules refuse them.",
  "login-changes": "The e-mail address, with which the customer logs in, changes.",
};

/** The last plan, kept so that all panels show the same one. */
interface Planned {
  stored: Record<string, unknown>;
  patch: Record<string, unknown>;
  plan?: Plan;
}

export function updateView(): HTMLElement {
  const several = h("div", { class: "spaced", "aria-live": "polite" });
  const stored = editor({ label: "The customer as GET returns it", hint: "Paste the reply of GET /V1/customers/{id}", onchange: (text) => changeIn("update", { stored: text }) });
  const planned = h("section", { class: "card", "aria-label": "The planned update" });
  const naive = audited();
  const [copies, sends] = [copying(), sending()];
  const wait = patience(() => work());
  const work = soon(() => {
    const core = loaded();
    const asked = wait(get().update.stored);
    if (asked) fill(planned, heading(), asked);
    const made = core && !asked ? make(core, planned) : undefined;
    naive.show(made);
    const request = made?.plan?.request;
    const sent = request && { ...request, authorized: true, saas: isSaas(get().release) };
    copies.show(sent);
    sends.show(sent);
  });
  void ready.then(work);
  watch((state) => [state.update.stored], () => {
    stored.set(get().update.stored);
    fill(several, oneOf(get().update.stored));
  });
  watch((state) => [state.update, state.release, state.profile, state.scope, state.caller], work);
  return h(
    "div",
    { class: "stack" },
    toolbar(),
    h("div", { class: "workbench even" }, pane("What is stored", "The reply of a GET, read as late as can be.", several, stored.element), changePane()),
    planned,
    naive.element,
    copies.element,
    sends.element,
  );
}

function pane(title: string, hint: string, ...body: HTMLElement[]) {
  return h("section", { class: "card pane", "aria-label": title }, h("header", { class: "card-head" }, h("h2", {}, title)), h("p", { class: "hint" }, hint), body);
}

/** A select longer than this is no help. */
const MOST_OFFERED = 500;

/** The choice of one customer, when the reply of a search was pasted. */
function oneOf(text: string): HTMLElement | false {
  const customers = listed(parsed(text));
  if (!customers) return false;
  const offered = customers.slice(0, MOST_OFFERED).map(({ id, email }, at) => ({ value: String(at), text: `${String(id ?? "?")} · ${String(email ?? "")}` }));
  const select = choose("Customer to update", [{ value: "", text: "choose one…" }, ...offered], "", (at) => changeIn("update", { stored: pretty(JSON.stringify(customers[Number(at)])) }));
  const more = customers.length > offered.length ? ` The first ${MOST_OFFERED} can be chosen.` : "";
  return labelled(`A list of ${count(customers.length, "customer")}: which one changes?`, select, `Better is the reply of a GET by id: searches leave out attributes that are null.${more}`);
}

function toolbar(): HTMLElement {
  const route = choose("Route", ROUTES, get().update.route, (route) => changeIn("update", { route }));
  watch((state) => [state.update.route], () => (route.value = get().update.route));
  const example = h("button", { type: "button", onclick: () => changeIn("update", { stored: STORED, patch: PATCH }) }, "Start from the example");
  return h("section", { class: "card toolbar" }, h("div", { class: "row" }, labelled("Route", route), caller(), scope(), example));
}

/** Plans the update and shows it; nothing while there is nothing to plan. */
function make(core: Core, place: HTMLElement): Planned | undefined {
  const { update } = get();
  const [stored, patch] = [object(update.stored), object(update.patch)];
  if (!stored || !patch || listed(stored)) {
    refill(place, heading(), h("p", { class: "empty" }, waiting(update, stored === undefined)));
    return undefined;
  }
  try {
    const plan = core.plan(update.stored, update.patch, { ...store(), caller: get().caller, route: update.route });
    refill(place, heading(), shown(stored, plan));
    return { stored, patch, plan };
  } catch (error) {
    refill(place, heading(), error instanceof core.Unplannable ? unplannable(error) : h("p", { class: "message error" }, message(error)));
    return { stored, patch };
  }
}

const heading = () => h("header", { class: "card-head" }, h("h2", {}, "The planned update"));

function waiting({ stored, patch }: { stored: string; patch: string }, unread: boolean): string {
  if (stored.trim() === "") return "Paste a customer and describe the change: the request that makes it, and nothing else, appears here.";
  if (listed(parsed(stored))) return "Choose one of the customers above: an update is planned for one.";
  if (!unread && patch.trim() === "") return "Describe the change: the request that makes it, and nothing else, appears here.";
  return `The ${unread ? "customer" : "change"} is ${broken(unread ? stored : patch) ?? "no JSON object"}.`;
}

function shown(stored: Record<string, unknown>, plan: Plan): HTMLElement[] {
  const { changes, removals, warnings, request, expected } = plan;
  if (changes.length === 0) return [h("p", { class: "verdict good" }, h("span", { class: "title", role: "status" }, "The store already has this: nothing needs to be sent"))];
  const taken = removals.length > 0 ? `; ${count(removals.length, "of them takes", "of them take")} something away, as asked: ${removals.map(({ pointer }) => pointer).join(", ")}` : "";
  return [
    h("div", { class: "verdict good" }, h("p", { class: "title", role: "status" }, `${count(changes.length, "place changes", "places change")}, and nothing else`), taken && h("p", {}, taken.slice(2))),
    warnings.length > 0 ? h("ul", { class: "notes" }, warnings.map((code) => h("li", {}, WARNINGS[code] ?? code.replaceAll(/[-_]/g, " ")))) : h("span"),
    h("p", { class: "request-line" }, h("span", { class: "tag" }, request.method), " ", h("code", {}, request.target)),
    h("pre", { class: "code", tabindex: "0", "aria-label": "The planned body" }, laidOut(request.body)),
    h("h3", {}, "Stored and afterwards"),
    difference(stored, expected, ["Stored", "After the update"]),
    /"<\w+>"/.test(JSON.stringify(expected)) ? h("p", { class: "hint after" }, "What stands in <> only the store knows, such as the <time> of the update.") : h("span"),
  ];
}

const laidOut = (body: string | null) => (body === null ? "" : JSON.stringify(JSON.parse(body), null, 2));

function unplannable({ reasons, refusal: said }: Unplannable): HTMLElement {
  return h(
    "div",
    { class: "verdict error" },
    h("p", { class: "title", role: "status" }, "No request makes just this change"),
    h("ul", {}, reasons.map(({ pointer, message }) => h("li", {}, h("code", {}, pointer || "/"), " ", message))),
    said && h("p", { class: "hint" }, "The store would answer:"),
    said && refusal(said),
    said?.status === 401 && h("p", { class: "hint" }, "Choose another route or another caller: a customer's own token is for PUT /V1/customers/me, the tokens of administrators and integrations are for the others."),
  );
}

/** The customers of a search's reply, or of a list; nothing for what is neither. */
function listed(value: unknown): Record<string, unknown>[] | undefined {
  const items = isObject(value) && !("id" in value) ? value["items"] : value;
  return Array.isArray(items) && items.length > 0 && items.every(isObject) ? items : undefined;
}

function object(text: string): Record<string, unknown> | undefined {
  const value = parsed(text);
  return isObject(value) ? value : undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

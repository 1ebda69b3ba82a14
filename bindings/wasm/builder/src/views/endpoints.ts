// The choice of an endpoint, of who calls it, and of the store code in its path.
import facts from "virtual:facts";
import { change, changeIn, type Caller, get, type Requested, watch } from "../state.ts";
import { choose, fill, h, labelled } from "../dom.ts";
import { example } from "../examples.ts";
import { type Endpoint, has, keyOf } from "../facts.ts";
import { isSaas, nameOf } from "../releases.ts";
import { profileOf } from "../stock.ts";

const FALLBACK: Endpoint = { method: "POST", path: "/V1/customers", about: "", access: "anonymous", contracts: [], parameters: [], body: [], example: { parameters: {} } };

/** The endpoint of a key such as `POST /V1/customers`. */
export const chosen = (key: string): Endpoint =>
  facts.endpoints.find((one) => keyOf(one) === key) ?? facts.endpoints.find((one) => keyOf(one) === keyOf(FALLBACK)) ?? FALLBACK;

const GROUPS: [title: string, belongs: (path: string) => boolean][] = [
  ["A customer's own account", (path) => path.startsWith("/V1/customers/me")],
  ["Customers and addresses", (path) => path.startsWith("/V1/customers") || path.startsWith("/V1/addresses")],
  ["Customer groups", (path) => path.startsWith("/V1/customerGroups")],
  ["Signing in", (path) => path.startsWith("/V1/integration") || path.startsWith("/V1/tfa")],
  ["Bulk operations", (path) => path.startsWith("/V1/bulk")],
  ["Attributes", (path) => path.startsWith("/V1/attributeMetadata")],
  ["The store", () => true],
];

const group = (path: string) => GROUPS.find(([, belongs]) => belongs(path))?.[0];

export const CALLERS: { value: Caller; text: string }[] = [
  { value: "admin", text: "Administrator" },
  { value: "integration", text: "Integration" },
  { value: "customer", text: "Customer" },
  { value: "guest", text: "Guest, without a token" },
  { value: "limited", text: "Administrator without rights" },
];

function access({ access }: Endpoint, release: string): string {
  if (isSaas(release) && access === "anonymous") return "Needs an IMS access token";
  return { anonymous: "Open to everybody", customer: "For the customer's own token", unknown: "Not in Magento Open Source" }[access] ?? `Needs ${access}`;
}

/** Why the chosen release does not have the endpoint, and the way out; nothing where it has. */
export function missing(endpoint: Endpoint, release: string): string | undefined {
  if (has(facts, release, endpoint)) return undefined;
  const name = isSaas(release) ? `the ${nameOf(release)}` : release;
  return `Not in ${name}${endpoint.instead ? `: ${endpoint.instead}` : "."}`;
}

export function picker(part: "create" | "users"): HTMLElement {
  const select = h("select", { "aria-label": "Endpoint", class: "endpoint" });
  const about = h("p", { class: "hint" });
  select.addEventListener("change", () => use(part, select.value));
  const fresh = h("button", { type: "button", onclick: () => begin(part, get()[part].endpoint) }, "Start from the example");
  watch((state) => [state.release], () => fill(select, part === "users" ? foreign() : options(get().release)));
  watch((state) => [state[part].endpoint, state.release], () => {
    const { release } = get();
    const endpoint = chosen(get()[part].endpoint);
    const key = keyOf(endpoint);
    // What was chosen for another release stays chosen, and is said not to be there.
    if (part === "create" && missing(endpoint, release)) select.prepend(h("option", { value: key }, `${key} · not in ${nameOf(release)}`));
    select.value = key;
    fill(about, `${endpoint.about} `, h("span", { class: "tag" }, access(endpoint, release)));
  });
  return h("section", { class: "card toolbar" }, h("div", { class: "row" }, labelled("Endpoint", select), part === "create" && caller(), scope(), fresh), about);
}

/** What was written for the other endpoints; it lasts as long as the page. */
const written = { create: new Map<string, Requested>(), users: new Map<string, Requested>() };

/** Goes over to an endpoint, and back to what was written for it. */
function use(part: "create" | "users", key: string) {
  const { endpoint, parameters, body } = get()[part];
  written[part].set(endpoint, { endpoint, parameters, body });
  const before = written[part].get(key);
  if (before) changeIn(part, before);
  else begin(part, key);
}

const begin = (part: "create" | "users", key: string) => changeIn(part, { endpoint: key, ...example(chosen(key)) });

function options(release: string): (HTMLElement | false)[] {
  const there = facts.endpoints.filter((one) => !one.foreign && has(facts, release, one));
  return GROUPS.map(([title]) => {
    const members = there.filter(({ path }) => group(path) === title);
    return members.length > 0 && h("optgroup", { label: title }, members.map((one) => h("option", { value: keyOf(one) }, keyOf(one))));
  });
}

const foreign = () => facts.endpoints.filter((one) => one.foreign).map((one) => h("option", { value: keyOf(one) }, keyOf(one)));

/** Who sends the request. */
export function caller(): HTMLElement {
  const select = choose("Sent by", CALLERS, get().caller, (caller) => change({ caller }));
  watch((state) => [state.caller], () => (select.value = get().caller));
  return labelled("Sent by", select);
}

/** The store code in the path. */
export function scope(): HTMLElement {
  const select = h("select", { "aria-label": "Store code in the path" });
  select.addEventListener("change", () => change({ scope: select.value }));
  watch((state) => [state.profile, state.scope], () => {
    const codes = ["all", ...(profileOf(get().profile).store_views ?? []).map(({ code }) => code).filter((code) => code !== "admin")];
    if (get().scope && !codes.includes(get().scope)) codes.push(get().scope);
    fill(select, h("option", { value: "" }, "none (default)"), codes.map((code) => h("option", { value: code }, code)));
    select.value = get().scope;
  });
  return labelled("Store code", select);
}

// What differs between releases: for the requests on this page, and in the contracts.
import facts from "virtual:facts";
import type { StoreDescription, Unplannable } from "magewright";
import { bands, ranges } from "../bands.ts";
import { type Core, loaded, ready, store } from "../core.ts";
import { type Child, fill, h, soon } from "../dom.ts";
import { keyOf } from "../facts.ts";
import { naiveBody } from "../naive.ts";
import { parsed } from "../pointer.ts";
import { STORED, PATCH } from "../samples.ts";
import { type Caller, change, get, type Route, watch } from "../state.ts";
import { chosen } from "./endpoints.ts";
import { example } from "../examples.ts";
import { isSaas, lineOf, nameOf, RELEASES, SAAS } from "../releases.ts";
import { type Row, table } from "./table.ts";
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

interface Outcome {
  created: string;
  updates: Update[];
}

const NOTHING: Outcome = { created: "", updates: [] };

export function requestDifferences(): HTMLElement {
  const body = h("div");
  let asked = 0;
  const draw = soon(() => void run(), 120);
  const run = async () => {
    const [core, mine] = [loaded(), ++asked];
    if (!core || get().tab !== "store") return;
    const found = await outcomes(core, () => mine === asked);
    if (found) fill(body, banded(found));
  };
  void ready.then(draw);
  watch((state) => [state.tab, state.create, state.update, state.profile, state.release], draw);
  return h(
    "section",
    { class: "card" },
    h("header", { class: "card-head" }, h("h2", {}, "Your requests on every release"), h("span", { class: "hint" }, "Releases that answer alike stand together")),
    h("p", { class: "hint spaced" }, "The create and the update of their tabs, or the examples while there are none or they are long: what a plan sends, and what a PUT of just the change would lose."),
    body,
  );
}

/** So many milliseconds are worked on end: keys and pointers come first. */
const MOST_BUSY = 30;

/** What becomes of the requests on each release; nothing when it is no longer wanted. */
async function outcomes(core: Core, wanted: () => boolean): Promise<Map<string, Outcome> | undefined> {
  const { release } = get();
  const found = new Map<string, Outcome>();
  let since = performance.now();
  for (const one of ALL.includes(release) ? ALL : [...ALL, release]) {
    found.set(one, outcome(core, one));
    if (performance.now() - since < MOST_BUSY) continue;
    await new Promise((free) => setTimeout(free));
    if (!wanted()) return undefined;
    since = performance.now();
  }
  return found;
}

/** The chosen release's row first in full; of the others, what is alike is only said to be so. */
function banded(outcomes: Map<string, Outcome>): HTMLElement {
  const { release } = get();
  const all = bands([...outcomes.keys()], (one) => outcomes.get(one) ?? NOTHING);
  const chosen = all.find(({ releases }) => releases.includes(release));
  const sorted = chosen ? [chosen, ...all.filter((one) => one !== chosen)] : all;
  const rows = sorted.map((band): Row => {
    const mine = band === chosen;
    const name = [ranges(band.releases, RELEASES).split(", ").map(nameOf).join(", "), mine ? h("span", { class: "tag" }, "chosen") : pick(band.releases)];
    if (mine || !chosen) return { class: mine ? "current" : undefined, cells: [name, ...cells(band.outcome).map((one) => one.shown)] };
    const [own, others] = [cells(band.outcome), cells(chosen.outcome)];
    const differs = own.map(({ key }, at) => key !== others[at]?.key);
    return {
      cells: [name, ...own.map(({ shown }, at) => (differs[at] ? shown : h("span", { class: "muted" }, `as ${nameOf(release)}`)))],
      marks: Object.fromEntries(differs.flatMap((is, at) => (is ? [[at + 1, "differs"]] : []))),
    };
  });
  return table("Your requests on every release", "bands", ["Releases", "The create", ...WAYS.map(({ title }) => title)], rows);
}

const ALL = [...RELEASES, SAAS];

/** What stands in the cells of a band, and what tells it from another band's. */
function cells({ created, updates }: Outcome): { key: string; shown: Child }[] {
  const written = updates.map((one) => ({ key: JSON.stringify(one), shown: [one.planned, h("span", { class: "unplanned" }, one.naive)] }));
  return [{ key: created, shown: created }, ...written];
}

function pick(releases: string[]): HTMLElement {
  const last = releases.at(-1) ?? "";
  return h("button", { type: "button", class: "quiet small", onclick: () => change({ release: last }) }, `use ${nameOf(last)}`);
}

function outcome(core: Core, release: string): Outcome {
  const about = { ...store(), release: release as NonNullable<StoreDescription["release"]> };
  const { update, create } = get();
  const [stored, patch] = fits(update.stored) && update.patch ? [update.stored, update.patch] : [STORED, PATCH];
  const body = create.endpoint === "POST /V1/customers" && fits(create.body) ? create.body : example(chosen("POST /V1/customers")).body;
  const updates = WAYS.map(({ caller, route }) => {
    const way = { ...about, caller, route };
    return { planned: planned(core, stored, patch, way), naive: audited(core, stored, patch, way) };
  });
  return { created: created(core, body, { ...about, caller: get().caller }), updates };
}

/** Each is worked on some hundred times, for every release and way: a long one would take minutes. */
const fits = (text: string) => text !== "" && text.length <= 20_000;

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
    return error instanceof core.Unplannable ? `no plan: ${unplannable(error)}` : "not a customer and a change";
  }
}

/** Why there is no plan: the store's own words where it would refuse. */
const unplannable = ({ refusal, reasons }: Unplannable) => (refusal ? `${refusal.status} ${refusal.message}` : reasons.map(({ message }) => message).join("; "));

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

/** The oldest line that can be chosen: what came before it is everywhere. */
const OLDEST = lineOf(RELEASES[0] ?? "") ?? 0;

const OWN = facts.endpoints.filter((one) => !one.foreign);

const NUMBERED = facts.contracts.filter((one) => !isSaas(one));

/** Where something is that not every installation has; nothing for what all of them have. */
function where({ contracts = facts.contracts, since = [] }: { contracts?: string[]; since?: string[] }): string | undefined {
  const late = since.filter((one) => (lineOf(one) ?? 0) > OLDEST);
  if (late.length > 0) return `since ${late.join(", ")}`;
  const having = contracts.filter((one) => !isSaas(one));
  if (having.length === NUMBERED.length) return undefined;
  return having.length === 0 ? "SaaS edition only" : `in ${having.join(", ")}`;
}

/** Endpoints and fields that not every contract has. */
export function contractDifferences(): HTMLElement {
  const members = Object.entries(facts.types).flatMap(([type, { fields }]) => fields.map((one) => [`${type}.${one.name}`, where(one)] as const));
  const found = [...OWN.map((one) => [keyOf(one), where(one)] as const), ...members].filter(([, said]) => said !== undefined);
  const rows = found.map(([what, said]) => ({ cells: [h("code", {}, what), said] }));
  const lacking = OWN.filter(({ contracts }) => !contracts.includes(SAAS));
  return h(
    "section",
    { class: "card" },
    h("header", { class: "card-head" }, h("h2", {}, "What not every release has"), h("span", { class: "hint" }, `from the contracts of ${facts.contracts.map(nameOf).join(", ")}`)),
    table("What not every release has", "lacks", ["Endpoint or field", "Releases"], rows),
    h(
      "details",
      { class: "sub" },
      h("summary", {}, `${count(lacking.length, "endpoint")} that the SaaS edition lacks`),
      table("What the SaaS edition lacks", "lacks", ["Endpoint", "Instead"], lacking.map((one) => ({ cells: [h("code", {}, keyOf(one)), one.instead ?? "nothing is known"] }))),
    ),
  );
}

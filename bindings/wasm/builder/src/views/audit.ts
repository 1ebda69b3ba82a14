// What a PUT that nobody planned would do: the store's silent losses, place by place.
import type { Effect, Plan } from "magewright";
import { loaded, message, store } from "../core.ts";
import { fill, h, refill, soon } from "../dom.ts";
import { editor } from "../editor.ts";
import { naiveBody, putTarget } from "../naive.ts";
import { changeIn, get, type Naive, watch } from "../state.ts";
import { table } from "./table.ts";
import { tabs } from "./tabs.ts";
import { count, refusal } from "./verdict.ts";

type Json = Record<string, unknown>;

const KINDS: { id: Naive; text: string }[] = [
  { id: "change", text: "Just the change" },
  { id: "whole", text: "The whole customer, edited" },
  { id: "own", text: "A body of your own" },
];

const SAYS: Record<Effect["kind"], string> = {
  refused: "the store refuses the request",
  "blocked-by-stored": "the store refuses because of what is already stored",
  "other-customer": "another customer is changed",
  created: "a new customer is made",
  "password-replaced": "the password is replaced",
  changed: "changes, as asked",
  altered: "is stored otherwise than it was sent",
  lost: "is lost",
  "address-lost": "the address is deleted",
  "default-cleared": "no longer the default",
  ignored: "is ignored",
};

export interface Audited {
  element: HTMLElement;
  show(planned: { stored: Json; patch: Json; plan?: Plan } | undefined): void;
}

export function audited(): Audited {
  const own = editor({ label: "A body of your own", hint: '{ "customer": { … } }', onchange: (text) => changeIn("update", { own: text }) });
  const bar = h("div");
  const result = h("div", { role: "tabpanel", id: "naive-panel", "aria-label": "What it would do" });
  let planned: Parameters<Audited["show"]>[0];
  const draw = soon(() => refill(result, planned ? shown(planned) : h("p", { class: "empty" }, "Shown as soon as there is a customer and a change.")), 20);
  watch((state) => [state.update.naive], () => {
    const { naive } = get().update;
    fill(bar, tabs("A PUT without a plan", KINDS, naive, (naive) => changeIn("update", { naive }), "naive"));
    own.element.hidden = naive !== "own";
  });
  watch((state) => [state.update], () => {
    own.set(get().update.own);
    draw();
  });
  return {
    element: h("section", { class: "card" }, h("header", { class: "card-head" }, h("h2", {}, "What a PUT without a plan would lose")), bar, own.element, result),
    show(next) {
      planned = next;
      draw();
    },
  };
}

function shown({ stored, patch }: { stored: Json; patch: Json }): (HTMLElement | false)[] {
  const core = loaded();
  const { update, caller } = get();
  if (!core) return [];
  try {
    const whole = core.applyPatch(stored, patch);
    const body = naiveBody(update.naive, stored, patch, whole, update.own);
    if (body.trim() === "") return [h("p", { class: "empty" }, "Write or paste a body to see what the store would do with it.")];
    const effects = core.audit(update.stored, body, { ...store(), caller, route: update.route });
    const refused = effects.some(({ kind }) => kind === "refused") && core.predictUpdate(update.stored, body, { ...store(), caller, route: update.route }).refused;
    const target = putTarget(update.route, stored["id"], get());
    return [
      h("p", { class: "request-line" }, h("span", { class: "tag" }, "PUT"), " ", h("code", {}, target)),
      verdict(effects, update.route === "queue" ? "The queue says 202" : "The store says 200"),
      refused ? refusal(refused) : effects.length > 0 && listed(effects),
      update.naive !== "own" && h("details", { class: "sub" }, h("summary", {}, "The body"), h("pre", { class: "code", tabindex: "0", "aria-label": "The body without a plan" }, body)),
    ];
  } catch (error) {
    return [h("p", { class: "message error" }, message(error))];
  }
}

function verdict(effects: Effect[], answer: string): HTMLElement {
  const errors = effects.filter(({ severity }) => severity === "error").length;
  const losses = effects.filter(({ severity }) => severity === "loss").length;
  if (errors > 0) return h("p", { class: "verdict error" }, h("span", { class: "title", role: "status" }, "The store does not do this"));
  if (losses > 0) return h("p", { class: "verdict loss" }, h("span", { class: "title", role: "status" }, `${answer} and ${count(losses, "thing goes", "things go")} wrong`));
  return h("p", { class: "verdict good" }, h("span", { class: "title", role: "status" }, "On this release, for this caller and route, nothing is lost"));
}

function listed(effects: Effect[]): HTMLElement {
  const rows = effects.map(({ pointer, kind, severity, before, after }) => ({
    class: severity ?? "asked",
    cells: [h("code", {}, pointer || "/"), SAYS[kind], value(before), value(after)],
  }));
  return table("Effects of the PUT", "effects", ["Where", "What happens", "Stored", "Afterwards"], rows);
}

const value = (one: unknown) => (one === undefined ? h("span", { class: "muted" }, "—") : (postal(one) ?? h("code", { class: "value" }, short(JSON.stringify(one)))));

/** An address as people know it again; nothing for what is none. */
function postal(one: unknown): string | undefined {
  const { street, postcode, city, country_id: country } = (one ?? {}) as Json;
  const parts = [street, postcode, city, country].flat().filter((part) => typeof part === "string" && part !== "");
  return Array.isArray(street) && parts.length > 1 ? short(parts.join(", ")) : undefined;
}

const short = (text: string) => (text.length > 90 ? `${text.slice(0, 88)}…` : text);

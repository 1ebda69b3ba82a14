// Create and Admin users: an endpoint's request, as a form beside its JSON, checked while it is written.
import facts from "virtual:facts";
import type { Report } from "magewright";
import { type Core, loaded, message, ready, store } from "../core.ts";
import { fill, h, labelled, refill, soon } from "../dom.ts";
import { editor, type Mark } from "../editor.ts";
import { example } from "../examples.ts";
import { type Endpoint, keyOf } from "../facts.ts";
import { form } from "../form/model.ts";
import { formView } from "../form/view.ts";
import { broken, edit, parsed } from "../pointer.ts";
import { extended } from "../schema.ts";
import { profileOf } from "../stock.ts";
import { request } from "../request.ts";
import { change, changeIn, get, watch } from "../state.ts";
import { copying } from "./copying.ts";
import { chosen, missing, picker } from "./endpoints.ts";
import { patience } from "./patience.ts";
import { sending } from "./sending.ts";
import { refusal, verdict } from "./verdict.ts";

/** The parts of the state in which a request is built. */
export type Building = "create" | "users";

/** More places are not marked: nobody looks for them one by one. */
const MOST_MARKS = 300;

export const createView = () => requestView("create");

export function requestView(part: Building, ...above: HTMLElement[]): HTMLElement {
  const put = (body: string) => changeIn(part, { body });
  const json = editor({ label: "Request body as JSON", onchange: put });
  const fields = formView((pointer, value, order) => put(edit(get()[part].body, pointer, value, order)));
  const parameters = h("section", { class: "card parameters", "aria-label": "Parameters" });
  const unread = h("span", { class: "hint unread", role: "status" });
  const waits = h("span", { class: "hint", hidden: true }, "Waits until the JSON can be read");
  const [report, outcome] = [h("div"), h("div")];
  const workbench = h("div", { class: "workbench" });
  const verdicts = h("section", { class: "card", "aria-label": "Verdict" }, report, outcome);
  const [copies, sends] = [copying(), sending()];

  const reveal = (pointer: string) => {
    if (!fields.focus(pointer)) json.reveal(pointer);
  };
  const wait = patience(() => judge());
  const judge = soon(() => {
    const endpoint = chosen(get()[part].endpoint);
    const asked = wait(get()[part].body);
    const marks = asked ? [] : check(part, endpoint, report, outcome, reveal).slice(0, MOST_MARKS);
    if (asked) {
      fill(report, asked);
      fill(outcome);
    }
    fields.mark(marks);
    json.mark(marks);
    const { parameters, body } = get()[part];
    const made = missing(endpoint, get().release) ? undefined : request(endpoint, parameters, get(), body);
    copies.show(made);
    sends.show(made);
  });
  void ready.then(judge);

  watch((state) => [state[part].endpoint], () => {
    const endpoint = chosen(get()[part].endpoint);
    if (get()[part].body === "" && Object.keys(get()[part].parameters).length === 0) changeIn(part, example(endpoint));
    fill(workbench, endpoint.body ? bench(fields.element, waits, json.element, unread, verdicts) : verdicts);
    workbench.classList.toggle("single", !endpoint.body);
    const wanted = inputs(part, endpoint);
    fill(parameters, wanted);
    parameters.hidden = wanted.length === 0;
  });
  watch((state) => [state[part], state.release, state.profile, state.scope, state.caller], () => {
    const { profile, release } = get();
    const building = get()[part];
    json.set(building.body);
    const body = building.body.trim() === "" ? {} : parsed(building.body);
    const endpoint = chosen(building.endpoint);
    if (endpoint.body && body !== undefined) {
      const known = profileOf(profile);
      fields.show(form(endpoint.body, body, { facts: extended(facts, known.schema?.$defs), profile: known, release, needs: endpoint.needs ?? [] }));
    }
    const says = endpoint.body ? unreadable(building.body, body) : undefined;
    // What is typed into a form of another text would be lost.
    fields.element.inert = says !== undefined;
    waits.hidden = says === undefined;
    unread.textContent = says ?? "";
    judge();
  });
  return h("div", { class: "stack" }, ...above, picker(part), parameters, workbench, copies.element, sends.element);
}

/** Why the form cannot show a text; an empty one is a form that is not filled in yet. */
function unreadable(text: string, body: unknown): string | undefined {
  if (body === undefined) return broken(text);
  return typeof body === "object" && body !== null && !Array.isArray(body) ? undefined : "a body is one object, in { and }";
}

function bench(form: HTMLElement, waits: HTMLElement, json: HTMLElement, unread: HTMLElement, verdicts: HTMLElement): HTMLElement[] {
  const pane = (title: string, note: HTMLElement, body: HTMLElement) =>
    h("section", { class: "card pane", "aria-label": title }, h("header", { class: "card-head" }, h("h2", {}, title), note), body);
  return [pane("Form", waits, form), h("div", { class: "side" }, pane("JSON", unread, json), verdicts)];
}

function inputs(part: Building, endpoint: Endpoint): HTMLElement[] {
  const written = Object.keys(get()[part].parameters).filter((name) => !endpoint.parameters.some((one) => one.name === name));
  const all = [...endpoint.parameters, ...written.map((name) => ({ name, place: "query" as const }))];
  return all
    .filter(({ place, name }) => place === "path" || !name.includes("[") || name in get()[part].parameters)
    .map(({ name, place }) => {
      const secret = /token/i.test(name);
      const input = h("input", { type: secret ? "password" : "text", value: get()[part].parameters[name] ?? "", spellcheck: "false", autocomplete: "off" });
      input.addEventListener("input", () => changeIn(part, { parameters: { ...get()[part].parameters, [name]: input.value } }));
      return labelled(name, input, place === "path" ? "in the path" : "in the query");
    });
}

/** Puts the verdict on the page, and returns what is to be said about single places. */
function check(part: Building, endpoint: Endpoint, report: HTMLElement, outcome: HTMLElement, reveal: (pointer: string) => void): readonly Mark[] {
  const core = loaded();
  if (!core) {
    fill(report, h("p", { class: "empty" }, "Loading the rules…"));
    return [];
  }
  try {
    const lacking = missing(endpoint, get().release);
    if (lacking) {
      refill(report, h("div", { class: "verdict error" }, h("p", { class: "title" }, "The store has no such endpoint"), h("p", {}, lacking)));
      refill(outcome);
      return [];
    }
    const found = judge(core, part, endpoint);
    refill(report, found ? verdict(found, reveal) : unchecked(endpoint));
    refill(outcome, keyOf(endpoint) === CREATE && predicted(core));
    return found?.violations ?? [];
  } catch (error) {
    refill(outcome);
    refill(report, h("p", { class: "message error" }, message(error)));
    return [];
  }
}

const CREATE = "POST /V1/customers";

/** What the core says of the body; nothing for requests it says nothing about. */
function judge(core: Core, part: Building, endpoint: Endpoint): Report | undefined {
  const { body } = get()[part];
  if (keyOf(endpoint) === CREATE) return core.validateCreate(body, { ...store(), caller: get().caller });
  if (keyOf(endpoint) !== "POST /V1/users") return undefined;
  return core.validateAdminUser(body, { policy: get().users.policy });
}

function predicted(core: Core): HTMLElement {
  const prediction = core.predictCreate(get().create.body, { ...store(), caller: get().caller });
  const shown = prediction.refused
    ? refusal(prediction.refused)
    : h("pre", { class: "code", tabindex: "0", "aria-label": "The customer as it is saved" }, JSON.stringify(prediction.saved, null, 2));
  return h("details", { class: "sub" }, h("summary", {}, prediction.refused ? "The reply the store gives" : "The customer as the store saves it"), shown);
}

function unchecked({ method, body, path }: Endpoint): HTMLElement {
  const says = (text: string, more?: HTMLElement) => h("div", { class: "empty" }, h("p", {}, text), more && h("div", { class: "actions" }, more));
  if (method === "PUT" && (path === "/V1/customers/{customerId}" || path === "/V1/customers/me")) {
    const update = h("button", { type: "button", onclick: () => change({ tab: "update" }) }, "Plan an update");
    return says("What an update does depends on what is stored. Paste that, and the update is planned so that nothing is lost.", update);
  }
  if (body) return says("The form follows the contract. magewright predicts what a store does with customers, not with this request.");
  return says("This request has no body: there is nothing to check.");
}

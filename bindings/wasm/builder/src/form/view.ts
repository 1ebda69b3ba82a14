// The form as elements. It keeps nothing: values come in, edits go out.
import { fill, h, id } from "../dom.ts";
import type { Mark } from "../editor.ts";
import { child, parent, segments } from "../pointer.ts";
import type { Choice } from "../profile.ts";
import { blank, type Place, shape, valueOf } from "./model.ts";

export interface Form {
  element: HTMLElement;
  show(form: Place): void;
  mark(marks: readonly Mark[]): void;
  /** Moves the focus to a field, and says whether it has one. */
  focus(pointer: string): boolean;
}

/** Puts a value at a pointer; `undefined` takes it away. `order` is that of the object's members. */
export type Edit = (pointer: string, value: unknown, order: readonly string[]) => void;

export function formView(onedit: Edit): Form {
  const element = h("div", { class: "form" });
  let drawn = "";
  /** What was edited last: the focus goes there when its button is drawn anew. */
  let edited = "";
  const edit: Edit = (pointer, value, order) => {
    edited = pointer;
    onedit(pointer, value, order);
  };
  element.addEventListener("focusin", ({ target }) => current(element, target as HTMLElement));
  return {
    element,
    show(form) {
      const now = shape(form);
      if (now !== drawn) redraw(element, form, edit, edited);
      refresh(element, form);
      drawn = now;
    },
    mark: (marks) => mark(element, marks),
    focus(pointer) {
      const control = nearest(element, pointer);
      control?.focus();
      control?.scrollIntoView({ block: "center", behavior: still.matches ? "auto" : "smooth" });
      return control !== undefined;
    },
  };
}

/**
 * What a field is about stands there until another field is written in: were it gone as soon as a button
 * is pressed, the button would move away from under the pointer.
 */
function current(element: HTMLElement, target: HTMLElement) {
  if (!target.matches(":is(input, select, textarea)[data-pointer]")) return;
  element.querySelector(".field.current")?.classList.remove("current");
  target.closest(".field")?.classList.add("current");
}

/** Draws it all anew; the focus stays in its field, or goes to what was added, or to what follows what was removed. */
function redraw(element: HTMLElement, form: Place, onedit: Edit, edited: string) {
  const active = element.contains(document.activeElement) ? (document.activeElement as HTMLElement) : undefined;
  const pointer = (active?.matches("input, select, textarea") && active.dataset["pointer"]) || edited;
  const before = pointers(element);
  const at = before.findIndex((one) => isWithin(one, pointer));
  fill(element, members(form, onedit));
  if (!active) return;
  const there = pointers(element);
  const next = there.find((one) => isWithin(one, pointer)) ?? before.slice(Math.max(at, 0)).find((one) => there.includes(one)) ?? there.at(-1);
  if (next !== undefined) control(element, next)?.focus();
}

/** The pointers of all controls, in the order in which they stand. */
const pointers = (element: HTMLElement) => [...element.querySelectorAll<HTMLElement>("[data-pointer]")].map(({ dataset }) => dataset["pointer"] ?? "");

const isWithin = (pointer: string, above: string) => pointer === above || pointer.startsWith(`${above}/`);

function refresh(element: HTMLElement, place: Place) {
  const input = control(element, place.pointer);
  if (input && input !== document.activeElement) set(input, place);
  const removes = input?.parentElement?.querySelector<HTMLElement>(".remove");
  if (removes) {
    if (place.value === undefined && removes === document.activeElement) input?.focus();
    removes.hidden = place.value === undefined;
  }
  for (const one of place.children) refresh(element, one);
}

/** Whether somebody does not want to see things move. */
const still = matchMedia("(prefers-reduced-motion: reduce)");

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const control = (element: HTMLElement, pointer: string) =>
  element.querySelector<Control>(`[data-pointer="${CSS.escape(pointer)}"]`) ?? undefined;

function nearest(element: HTMLElement, pointer: string): Control | undefined {
  for (let here = pointer; here !== ""; here = parent(here)) {
    const found = control(element, here) ?? element.querySelector<Control>(`[data-pointer^="${CSS.escape(here)}/"]`);
    if (found) return found;
  }
  return undefined;
}

function set(input: Control, { value, field, choices }: Place) {
  const text = shown(field.kind === "texts" && Array.isArray(value) ? value.join("\n") : value);
  if (input instanceof HTMLSelectElement) offer(input, text, choices ?? []);
  input.value = text;
}

/** Puts a value among a select's options, when it is not there. */
function offer(select: HTMLSelectElement, value: string, choices: readonly Choice[]) {
  if ([...select.options].some((one) => one.value === value)) return;
  const known = choices.find((one) => one.value === value);
  select.append(option(value, known?.text ?? `${value} · not known to this store`));
}

const option = (value: string, text: string) => h("option", { value }, text);

function shown(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function members(place: Place, onedit: Edit): HTMLElement[] {
  const out = place.children.map((one) => member(one, place, onedit));
  if (place.addable.length > 0) out.push(adder(place, onedit));
  return out;
}

function member(place: Place, owner: Place, onedit: Edit): HTMLElement {
  const { field, value } = place;
  if (field.kind === "object" && (value === undefined || isObject(value))) return group(place, owner, onedit);
  if (field.kind === "list" && Array.isArray(value)) return list(place, owner, onedit);
  return leaf(place, owner, onedit);
}

function group(place: Place, owner: Place, onedit: Edit): HTMLElement {
  const legend = h("legend", {}, name(place), remover(place, owner, onedit));
  return h("fieldset", { class: "group", "aria-label": title(place) }, legend, about(place), members(place, onedit), slot(place.pointer));
}

function list(place: Place, owner: Place, onedit: Edit): HTMLElement {
  const one = singular(place.field.name);
  const items = place.children.map((item, at) =>
    h(
      "fieldset",
      { class: place.field.type === "CustomAttribute" ? "item row" : "item", "aria-label": title(item) },
      h("legend", {}, `${one} ${at + 1}`, button(`Remove ${one} ${at + 1}`, "×", () => onedit(item.pointer, undefined, []))),
      members(item, onedit),
      slot(item.pointer),
    ),
  );
  const more = place.left ?? 0;
  const add = h("button", { type: "button", class: "quiet add", "data-pointer": child(place.pointer, "-"), onclick: () => onedit(child(place.pointer, place.children.length + more), firstItem(place), []) }, `Add ${one}`);
  const left = more > 0 && h("p", { class: "hint" }, `${more.toLocaleString("en")} more stand in the JSON only.`);
  return h("fieldset", { class: "group", "aria-label": title(place) }, h("legend", {}, name(place), remover(place, owner, onedit)), about(place), items, left, add, slot(place.pointer));
}

const firstItem = (place: Place) => (blank(place.field) as unknown[])[0];

const singular = (text: string) => text.replaceAll("_", " ").replace(/sses$/, "ss").replace(/([^s])s$/, "$1");

function leaf(place: Place, owner: Place, onedit: Edit): HTMLElement {
  const { pointer, field } = place;
  const field_ = id("field");
  const send = (value: unknown) => onedit(pointer, value, owner.order);
  const input = control_(place, send);
  input.id = field_;
  input.dataset["pointer"] = pointer;
  if (place.required) input.setAttribute("aria-required", "true");
  input.setAttribute("aria-describedby", `${field_}-about ${field_}-messages`);
  set(input, place);
  const wide = field.kind === "texts";
  return h(
    "div",
    { class: wide ? "field wide" : "field" },
    h("label", { for: field_ }, name(place)),
    input,
    removing(place, owner, onedit),
    field.about && h("p", { class: "about", id: `${field_}-about` }, field.about),
    slot(pointer, `${field_}-messages`),
  );
}

function control_(place: Place, send: (value: unknown) => void): Control {
  const { field, choices } = place;
  if (choices) return select(place, choices, send);
  if (field.kind === "boolean") return select(place, ["true", "false"].map((value) => ({ value, text: value })), send);
  if (field.kind === "texts") {
    return h("textarea", { rows: 2, oninput: (event: Event) => send(lines((event.target as HTMLTextAreaElement).value)) });
  }
  const type = field.secret ? "password" : "text";
  return h("input", {
    type,
    autocomplete: field.secret ? "new-password" : "off",
    spellcheck: "false",
    placeholder: place.value === null ? "null" : undefined,
    inputmode: field.kind === "integer" ? "numeric" : undefined,
    oninput: (event: Event) => send(valueOf(field, (event.target as HTMLInputElement).value)),
  });
}

const lines = (text: string) => text.split("\n");

/** A longer list is not put into its select before somebody is there: each of many addresses has all countries. */
const MOST_READY = 40;

function select(place: Place, choices: readonly Choice[], send: (value: unknown) => void) {
  const element = h("select", { onchange: (event: Event) => send(valueOf(place.field, (event.target as HTMLSelectElement).value)) });
  const ready = () => {
    if (element.options.length > choices.length) return;
    const now = element.value;
    fill(element, option("", "—"), choices.map(({ value, text }) => option(value, text)));
    offer(element, now, choices);
    element.value = now;
  };
  element.append(option("", "—"));
  if (choices.length <= MOST_READY) ready();
  else for (const sign of ["pointerdown", "focus"]) element.addEventListener(sign, ready, { once: true });
  return element;
}

const name = ({ field, required }: Place) => [field.name, required && h("span", { class: "needed", title: "needed" }, " needed")];

const about = ({ field }: Place) => field.about && h("p", { class: "about" }, field.about);

function remover(place: Place, owner: Place, onedit: Edit) {
  return place.value !== undefined && removing(place, owner, onedit);
}

const removing = (place: Place, owner: Place, onedit: Edit) => button(`Remove ${place.field.name}`, "×", () => onedit(place.pointer, undefined, owner.order));

const button = (label: string, text: string, onclick: () => void) =>
  h("button", { type: "button", class: "remove", "aria-label": label, title: label, onclick }, text);

/** A pointer's choice adds at once; keys walk through the names first, and the button or Enter adds. */
function adder(place: Place, onedit: Edit): HTMLElement {
  const owner = title(place) || "the body";
  const select = h("select", { "aria-label": `Add a field to ${owner}`, class: "adder" });
  select.append(h("option", { value: "" }, `Add to ${owner}…`));
  for (const field of place.addable) select.append(h("option", { value: field.name, title: field.about }, field.name));
  const add = () => {
    const field = place.addable.find((one) => one.name === select.value);
    if (field) onedit(child(place.pointer, field.name), blank(field), place.order);
  };
  const confirm = h("button", { type: "button", class: "quiet", hidden: true, onclick: add }, "Add");
  let keys = false;
  select.addEventListener("pointerdown", () => (keys = false));
  select.addEventListener("keydown", ({ key }) => {
    if (key === "Enter") add();
    keys = true;
  });
  select.addEventListener("change", () => {
    if (!keys) add();
    confirm.hidden = !keys || select.value === "";
  });
  return h("div", { class: "field wide adding" }, select, confirm);
}

/** The name of a place; of a list's item, what it is one of and its number. */
function title({ field, pointer }: Place): string {
  if (!/^\d+$/.test(field.name)) return field.name;
  return `${singular(segments(pointer).at(-2) ?? "")} ${Number(field.name) + 1}`;
}

/** Where the messages about a place go. */
const slot = (pointer: string, id?: string) => h("div", { class: "messages", "data-messages": pointer, id });

function mark(element: HTMLElement, marks: readonly Mark[]) {
  for (const place of element.querySelectorAll<HTMLElement>("[data-messages]")) {
    const pointer = place.dataset["messages"] ?? "";
    const here = marks.filter((one) => one.pointer === pointer || (one.pointer.startsWith(`${pointer}/`) && !hasSlot(element, one.pointer, pointer)));
    fill(place, here.map((one) => h("p", { class: `message ${one.severity}` }, below(one.pointer, pointer), one.message)));
    const input = control(element, pointer);
    if (input) input.setAttribute("aria-invalid", String(here.some(({ severity }) => severity === "error")));
    place.parentElement?.classList.toggle("has-error", here.some(({ severity }) => severity === "error"));
    place.parentElement?.classList.toggle("has-loss", here.some(({ severity }) => severity === "loss"));
  }
}

/** What a message is about that stands at a place above it. */
function below(pointer: string, above: string): HTMLElement | false {
  return pointer !== above && h("code", {}, `${segments(pointer.slice(above.length)).join(" ")} `);
}

/** Whether a message has a place nearer than the one at `above`. */
function hasSlot(element: HTMLElement, pointer: string, above: string): boolean {
  for (let here = pointer; here.length > above.length; here = parent(here)) {
    if (element.querySelector(`[data-messages="${CSS.escape(here)}"]`)) return true;
  }
  return false;
}

const isObject = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);

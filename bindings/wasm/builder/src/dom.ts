// Elements as plain calls: `h("button", { onclick }, "Send")`.

export type Child = Node | string | number | null | undefined | false | Child[];
type Attributes = Record<string, unknown>;

/** An element with attributes, listeners (`on…`) and children. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) set(element, name, value);
  append(element, children);
  return element;
}

function set(element: HTMLElement, name: string, value: unknown) {
  if (value === undefined || value === null || value === false) return;
  if (name.startsWith("on")) element.addEventListener(name.slice(2), value as EventListener);
  else if (name === "value" || name === "checked" || name === "indeterminate") Reflect.set(element, name, value);
  else element.setAttribute(name, value === true ? "" : String(value));
}

function append(element: Node, children: Child[]) {
  for (const child of children) {
    if (Array.isArray(child)) append(element, child);
    else if (child instanceof Node) element.appendChild(child);
    else if (child !== null && child !== undefined && child !== false) element.appendChild(document.createTextNode(String(child)));
  }
}

/** Puts children in the place of what an element holds. */
export function fill(element: Element, ...children: Child[]) {
  const fragment = document.createDocumentFragment();
  append(fragment, children);
  element.replaceChildren(fragment);
}

/**
 * The same, but what is alike stays: screen readers do not read it again, what was opened is open, what
 * was scrolled stands where it stood, and a line with the role of a status is heard when its text changes.
 */
export function refill(element: Element, ...children: Child[]) {
  adapt(element, h("div", {}, ...children));
}

function adapt(old: Element, fresh: Element) {
  const there = [...old.childNodes];
  const wanted = [...fresh.childNodes];
  for (const [at, node] of wanted.entries()) {
    const now = there[at];
    if (!now) old.append(node);
    else if (now.isEqualNode(node)) continue;
    else if (isLike(now, node)) adopt(now, node);
    else old.replaceChild(node, now);
  }
  for (const node of there.slice(wanted.length)) node.remove();
}

/** Controls do what they were made for, and are made anew. */
const CONTROLS = "button, input, select, textarea";

const isLike = (old: Node, fresh: Node): old is Element => old instanceof Element && old.nodeName === fresh.nodeName && !old.matches(CONTROLS);

function adopt(old: Element, fresh: Node) {
  if (!(fresh instanceof Element)) return;
  const names = new Set([...old.getAttributeNames(), ...fresh.getAttributeNames()].filter((name) => name !== "open"));
  for (const name of names) {
    const value = fresh.getAttribute(name);
    if (value === null) old.removeAttribute(name);
    else old.setAttribute(name, value);
  }
  adapt(old, fresh);
}

let last = 0;

/** A fresh id, to tie a label or a message to a control. */
export const id = (name: string) => `${name}-${++last}`;

/** A select with a label that screen readers read. */
export function choose<T extends string>(
  label: string,
  options: readonly { value: T; text: string }[],
  value: T,
  onchange: (value: T) => void,
): HTMLSelectElement {
  const select = h("select", { "aria-label": label });
  for (const option of options) select.append(h("option", { value: option.value }, option.text));
  select.value = value;
  select.addEventListener("change", () => onchange(select.value as T));
  return select;
}

/** A control under its label. */
export const labelled = (label: string, control: HTMLElement, hint?: string) =>
  h("label", { class: "labelled" }, h("span", { class: "label" }, label), control, hint && h("span", { class: "hint" }, hint));

/** Says something to screen readers and, for a moment, to everybody. */
export function announce(text: string) {
  const place = document.getElementById("announcement");
  if (!place) return;
  place.textContent = text;
  place.classList.add("shown");
  window.setTimeout(() => place.classList.remove("shown"), 2400 + 40 * text.length);
}

/** Copies a text, and says so. */
export async function copy(text: string, what: string, more = "") {
  try {
    await navigator.clipboard.writeText(text);
    announce(`${what} copied.${more}`);
  } catch {
    announce("The browser does not allow copying here. Select the text and copy it by hand.");
  }
}

/** Runs at most so often however many calls there are, and once more after the last. */
export function atMostEvery(delay: number, run: () => void): () => void {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    window.setTimeout(() => {
      waiting = false;
      run();
    }, delay);
  };
}

/** Runs once for many calls in a row, after the browser had time to draw. */
export function soon(run: () => void, delay = 60): () => void {
  let timer: number | undefined;
  return () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(run, delay);
  };
}

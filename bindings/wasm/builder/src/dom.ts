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
 * The same, but only where something differs, so that screen readers do not read again what was read;
 * and what somebody has opened stays open.
 */
export function refill(element: Element, ...children: Child[]) {
  const fresh = h("div", {}, ...children);
  const opened = [...element.querySelectorAll("details")].map(({ open }) => open);
  const details = fresh.querySelectorAll("details");
  if (details.length === opened.length) details.forEach((one, at) => (one.open = opened[at] ?? one.open));
  const same = fresh.childNodes.length === element.childNodes.length && [...fresh.childNodes].every((node, at) => node.isEqualNode(element.childNodes[at] ?? null));
  if (!same) element.replaceChildren(...fresh.childNodes);
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

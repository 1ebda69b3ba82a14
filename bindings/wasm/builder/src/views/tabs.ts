// A row of tabs, walked with the arrow keys as the ARIA practices describe.
import { h } from "../dom.ts";

export interface Tab<T extends string = string> {
  id: T;
  text: string;
}

/** @param panel the prefix of the panel's id: `<panel>-panel` */
export function tabs<T extends string>(label: string, all: readonly Tab<T>[], chosen: T, choose: (id: T) => void, panel: string): HTMLElement {
  const list = h("div", { role: "tablist", "aria-label": label, class: "tabs" });
  for (const { id, text } of all) {
    const attributes = {
      role: "tab",
      type: "button",
      id: `${panel}-tab-${id.replaceAll(" ", "-")}`,
      "aria-selected": String(id === chosen),
      "aria-controls": id === chosen ? `${panel}-panel` : undefined,
      tabindex: id === chosen ? 0 : -1,
      onclick: () => pick(list, id, choose),
    };
    list.append(h("button", attributes, text));
  }
  list.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -all.length, End: all.length }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = all.findIndex(({ id }) => id === chosen);
    const wrapped = Math.abs(step) > 1 ? Math.min(Math.max(at + step, 0), all.length - 1) : (at + step + all.length) % all.length;
    const next = all[wrapped];
    if (next) pick(list, next.id, choose);
  });
  return list;
}

/** The row may be drawn anew by the choice; the focus goes to the chosen tab, wherever it is then. */
function pick<T extends string>(list: HTMLElement, id: T, choose: (id: T) => void) {
  const parent = list.parentElement;
  const label = list.getAttribute("aria-label");
  choose(id);
  const now = parent?.querySelector<HTMLElement>(`[role=tablist][aria-label="${label}"] [aria-selected=true]`);
  now?.focus();
}

// What is to change, said as a patch or by editing the customer: one patch is kept, both show it.
import { loaded, message, ready } from "../core.ts";
import { fill, h, soon } from "../dom.ts";
import { editor } from "../editor.ts";
import { broken } from "../pointer.ts";
import { changeIn, get, watch } from "../state.ts";
import { tabs } from "./tabs.ts";

type Way = "patch" | "edit";

const WAYS: { id: Way; text: string }[] = [
  { id: "patch", text: "As a patch" },
  { id: "edit", text: "By editing the customer" },
];

const HINTS: Record<Way, string> = {
  patch: "Only what changes. null clears a field; addresses are named by id, attributes by attribute_code; \"$patch\": \"delete\" takes an item away.",
  edit: "Change the customer as you want it to be; the patch is worked out.",
};

export function changePane(): HTMLElement {
  let way: Way = "patch";
  let patch_ = "";
  const said = h("div", { "aria-live": "polite" });
  const [bar, hint] = [h("div"), h("p", { class: "hint" })];
  const patch = editor({ label: "The change as a merge patch", hint: '{ "firstname": "…" }', onchange: (text) => changeIn("update", { patch: text }) });
  const wanted = editor({ label: "The customer as wanted", hint: "Paste the stored customer first", onchange: () => put() });
  const put = soon(() => {
    const made = patchTo(wanted.get(), said);
    if (made !== undefined) changeIn("update", { patch: (patch_ = made) });
  }, 150);
  const draw = () => {
    fill(bar, tabs("Ways to describe the change", WAYS, way, (next) => ((way = next), draw()), "change"));
    hint.textContent = HINTS[way];
    patch.element.hidden = way !== "patch";
    wanted.element.hidden = way !== "edit";
    fill(said);
    if (way === "edit") wanted.set(applied());
  };
  void ready.then(draw);
  watch((state) => [state.update.stored, state.update.patch], () => {
    const now = get().update.patch;
    patch.set(now);
    // What is being edited is not written over by its own patch.
    if (now !== patch_ && way === "edit") wanted.set(applied());
  });
  return h("section", { class: "card pane", "aria-label": "What is to change" }, h("header", { class: "card-head" }, h("h2", {}, "What is to change"), bar), hint, h("div", { role: "tabpanel", id: "change-panel", class: "fills", "aria-label": "The change" }, patch.element, wanted.element), said);
}

/** The customer with the patch applied; the stored one while the patch is none. */
function applied(): string {
  const { stored, patch } = get().update;
  try {
    return JSON.stringify(loaded()?.applyPatch(stored, patch.trim() === "" ? "{}" : patch) ?? {}, null, 2);
  } catch {
    return stored;
  }
}

function patchTo(text: string, said: HTMLElement): string | undefined {
  try {
    const place = broken(text);
    if (place !== undefined) throw new SyntaxError(place);
    const made = loaded()?.diff(get().update.stored, text);
    fill(said);
    return JSON.stringify(made ?? {}, null, 2);
  } catch (error) {
    fill(said, h("p", { class: "message error" }, message(error)));
    return undefined;
  }
}

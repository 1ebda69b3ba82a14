// Long texts are not worked on at every key, but when somebody asks for it.
import { h } from "../dom.ts";

/** So many characters are worked on while somebody types: a store's customers are far shorter. */
const MOST_AT_ONCE = 500_000;

export const isLong = (text: string) => text.length > MOST_AT_ONCE;

/** Gives the question whether to work on a long text; nothing when it can be done at once, or was agreed to. */
export function patience(go: () => void): (text: string) => HTMLElement | undefined {
  let agreed = "";
  return (text) => {
    if (!isLong(text) || text === agreed) return undefined;
    const start = () => {
      agreed = text;
      go();
    };
    const size = (text.length / 1_000_000).toFixed(1);
    return h("div", { class: "empty" }, h("p", {}, `A text of ${size} million characters is not worked on while you type. It may keep the page busy for a while.`), h("div", { class: "actions" }, h("button", { type: "button", onclick: start }, "Work on it now")));
  };
}

import { h } from "../dom.ts";
export const storeView = (): HTMLElement => h("p", { class: "empty" }, "Not here yet.");

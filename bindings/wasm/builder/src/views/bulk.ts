import { h } from "../dom.ts";
export const bulkView = (): HTMLElement => h("p", { class: "empty" }, "Not here yet.");

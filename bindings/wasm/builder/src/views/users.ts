import { h } from "../dom.ts";
export const usersView = (): HTMLElement => h("p", { class: "empty" }, "Not here yet.");

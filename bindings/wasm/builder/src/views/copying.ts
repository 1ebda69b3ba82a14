// The panel that shows a request in the words of several tools.
import { copy, fill, h } from "../dom.ts";
import { isSaas } from "../releases.ts";
import type { Sent } from "../request.ts";
import { type Snippet, snippets } from "../snippets/snippets.ts";
import { change, get, watch } from "../state.ts";
import { tabs } from "./tabs.ts";

let chosen = "curl";

export interface Copying {
  element: HTMLElement;
  show(request: Sent | undefined): void;
}

export function copying(): Copying {
  const element = h("section", { class: "card" });
  const base = h("input", { type: "url", spellcheck: "false", class: "base" });
  base.addEventListener("input", () => change({ base: base.value }));
  const body = h("div");
  const tenant = h("p", { class: "hint spaced" }, "The base URL of the SaaS edition ends with the tenant's id, as in https://store.example.test/TENANT-ID.");
  watch((state) => [state.release], () => (tenant.hidden = !isSaas(get().release)));
  element.append(
    h("header", { class: "card-head" }, h("h2", {}, "Copy as"), h("label", { class: "inline" }, h("span", {}, "Base URL"), base)),
    tenant,
    body,
  );
  let request: Sent | undefined;
  const draw = () => {
    if (document.activeElement !== base) base.value = get().base;
    fill(body, request ? shown(snippets(request, get().base), draw) : h("p", { class: "empty" }, "Nothing to copy yet."));
  };
  watch((state) => [state.base], draw);
  return {
    element,
    show(next) {
      request = next;
      draw();
    },
  };
}

function shown(all: Snippet[], draw: () => void): HTMLElement[] {
  const snippet = all.find(({ name }) => name === chosen) ?? all[0];
  if (!snippet) return [];
  const choose = (name: string) => {
    chosen = name;
    draw();
  };
  const list = tabs("Copy the request as", all.map(({ name }) => ({ id: name, text: name })), snippet.name, choose, "snippet");
  const text = h("pre", { class: "code", tabindex: "0", "aria-label": `${snippet.name} text` }, h("code", {}, shortened(snippet.text)));
  const button = h("button", { type: "button", class: "primary", onclick: () => void copy(snippet.text, snippet.name) }, `Copy ${snippet.name}`);
  return [list, h("div", { role: "tabpanel", id: "snippet-panel", "aria-label": snippet.name }, text, h("div", { class: "actions" }, button))];
}

/** What is shown of a long text, which is copied whole. */
const MOST_SHOWN = 20_000;

const shortened = (text: string) => (text.length <= MOST_SHOWN ? text : `${text.slice(0, MOST_SHOWN)}\n… ${(text.length - MOST_SHOWN).toLocaleString("en")} more characters are copied`);

// The text field that an editor is at first: the field itself shows no letters, the coloured text
// behind it does, line by line as CodeMirror would.
import { fill, h } from "./dom.ts";
import type { Options, Surface } from "./editor.ts";

export function draft(element: HTMLElement, { label, hint, onchange }: Options): Surface {
  const shown = h("pre", { "aria-hidden": "true" });
  const field = h("textarea", { "aria-label": label, placeholder: hint, spellcheck: "false", autocomplete: "off", autocapitalize: "off" });
  const draw = () => {
    const short = field.value.length <= MOST_COLOURED;
    const lines = short ? field.value.split("\n") : [field.value];
    fill(shown, lines.map((line) => h("span", { class: "line" }, short ? coloured(line) : line, "\n")));
  };
  field.addEventListener("input", () => {
    draw();
    onchange?.(field.value);
  });
  draw();
  element.append(h("div", { class: "draft" }, shown, field));
  return {
    get: () => field.value,
    set(text) {
      if (field.value === text) return;
      field.value = text;
      draw();
    },
    mark: () => undefined,
    reveal: () => field.focus(),
    selection: () => (field.selectionDirection === "backward" ? [field.selectionEnd, field.selectionStart] : [field.selectionStart, field.selectionEnd]),
  };
}

/** A longer text stays without colours, and in one piece, until CodeMirror takes over. */
const MOST_COLOURED = 100_000;

const TOKENS = /(?<key>"(?:[^"\\]|\\.)*"(?=\s*:))|(?<text>"(?:[^"\\]|\\.)*"?)|(?<number>-?\d[\d.eE+-]*)|(?<word>\b(?:true|false|null)\b)|(?<mark>[{}[\],:]+)/g;

/** A line of JSON in its colours. */
function coloured(line: string): (HTMLElement | string)[] {
  const parts: (HTMLElement | string)[] = [];
  let end = 0;
  for (const { index, 0: token, groups = {} } of line.matchAll(TOKENS)) {
    const kind = Object.keys(groups).find((name) => groups[name] !== undefined) ?? "";
    parts.push(line.slice(end, index), h("span", { class: `code-${kind}` }, token));
    end = index + token.length;
  }
  return [...parts, line.slice(end)];
}

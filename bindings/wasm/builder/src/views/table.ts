// A table that can be read on a phone too: there every row becomes a card, in which each cell has its column's name.
import { type Child, h } from "../dom.ts";

export interface Row {
  class?: string | undefined;
  cells: Child[];
  /** Classes of single cells, by their place. */
  marks?: Record<number, string>;
}

/** @param kind a class for what is special about its columns */
export function table(label: string, kind: string, heads: readonly string[], rows: readonly Row[]): HTMLElement {
  const head = h("tr", { role: "row" }, heads.map((title) => h("th", { scope: "col", role: "columnheader" }, title)));
  const body = rows.map((row) => h("tr", { class: row.class, role: "row" }, row.cells.map((cell, at) => one(row, cell, at, heads[at]))));
  // What is laid out as cards is no table to a browser: the roles say that it is one all the same.
  const made = h("table", { class: `${kind} cards`, role: "table", "aria-label": label }, h("thead", { role: "rowgroup" }, head), h("tbody", { role: "rowgroup" }, body));
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": label }, made);
}

function one({ marks }: Row, cell: Child, at: number, title: string | undefined): HTMLElement {
  if (at === 0) return h("th", { scope: "row", role: "rowheader", class: marks?.[0] }, cell);
  return h("td", { role: "cell", "data-label": title, class: marks?.[at] }, cell);
}

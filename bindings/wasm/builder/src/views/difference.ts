// The side-by-side difference as a table.
import { compare, folded, ordered, type Row } from "../diff.ts";
import { h } from "../dom.ts";
import { count } from "./verdict.ts";

const SAYS = { same: "", gone: "removed", new: "added", changed: "changed" };

export function difference(before: unknown, after: unknown, titles: [string, string]): HTMLElement {
  const rows = compare(before, ordered(before, after));
  if (rows.every(({ kind }) => kind === "same")) return h("p", { class: "empty" }, "Nothing differs.");
  const parts = folded(rows).map((part) =>
    typeof part === "number"
      ? h("tr", { class: "fold" }, h("td", { colspan: 2 }, `${count(part, "line")} unchanged`))
      : part.map((row) => line(row)),
  );
  return h(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": "Side-by-side difference" },
    h(
      "table",
      { class: "difference" },
      h("thead", {}, h("tr", {}, titles.map((title) => h("th", { scope: "col" }, title)))),
      h("tbody", {}, parts),
    ),
  );
}

function line({ kind, before, after }: Row): HTMLElement {
  const said = SAYS[kind] && h("span", { class: "sr-only" }, `${SAYS[kind]}: `);
  return h(
    "tr",
    { class: kind },
    h("td", { class: "before" }, kind !== "new" && kind !== "same" && said, before),
    h("td", { class: "after" }, kind === "new" && said, after),
  );
}

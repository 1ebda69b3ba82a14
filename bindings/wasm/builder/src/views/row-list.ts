// A list of any length of which only what is in sight is drawn.
import type { RowReport } from "../bulk/messages.ts";
import { fill, h } from "../dom.ts";

const HEIGHT = 34;
const EXTRA = 8;

const SAYS = { good: "taken", loss: "loses", error: "refused" };

export interface RowList {
  element: HTMLElement;
  show(rows: readonly RowReport[]): void;
}

export function rowList(): RowList {
  const body = h("div", { class: "virtual-body", role: "rowgroup" });
  const scroll = h(
    "div",
    { class: "virtual", role: "table", tabindex: "0", "aria-label": "Report of every row" },
    h("div", { role: "rowgroup", class: "virtual-head" }, h("div", { role: "row", class: "virtual-row" }, ["Line", "Verdict", "Customer", "What is to be said"].map((title) => h("span", { role: "columnheader" }, title)))),
    body,
  );
  let rows: readonly RowReport[] = [];
  let waiting = false;
  const draw = () => {
    waiting = false;
    body.style.height = `${rows.length * HEIGHT}px`;
    const from = Math.max(0, Math.floor(scroll.scrollTop / HEIGHT) - EXTRA);
    const to = Math.min(rows.length, from + Math.ceil(scroll.clientHeight / HEIGHT) + 2 * EXTRA);
    fill(body, rows.slice(from, to).map((row, at) => drawn(row, from + at)));
  };
  scroll.addEventListener("scroll", () => {
    if (!waiting) requestAnimationFrame(draw);
    waiting = true;
  });
  return {
    element: scroll,
    show(next) {
      rows = next;
      scroll.setAttribute("aria-rowcount", String(rows.length + 1));
      draw();
    },
  };
}

function drawn({ line, label, kind, findings }: RowReport, at: number): HTMLElement {
  const said = findings.map(([pointer, message]) => (pointer ? `${pointer}: ${message}` : message)).join("; ");
  const row = h(
    "div",
    { role: "row", class: `virtual-row ${kind}`, "aria-rowindex": at + 2 },
    [line.toLocaleString("en"), SAYS[kind], label, said].map((text) => h("span", { role: "cell", title: text }, text)),
  );
  row.style.transform = `translateY(${at * HEIGHT}px)`;
  return row;
}

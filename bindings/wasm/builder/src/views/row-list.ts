// A list of any length of which only what is in sight is drawn, and beneath it the row that is chosen, in full.
import type { RowReport } from "../bulk/messages.ts";
import { fill, h } from "../dom.ts";

/** On a phone a row has two lines. */
const narrow = matchMedia("(max-width: 620px)");

const height = () => (narrow.matches ? 58 : 34);

const EXTRA = 8;

const SAYS = { good: "taken", loss: "loses", error: "refused" };

export interface RowList {
  element: HTMLElement;
  show(rows: readonly RowReport[]): void;
}

export function rowList(): RowList {
  const body = h("div", { class: "virtual-body", role: "rowgroup" });
  const head = h("div", { role: "rowgroup", class: "virtual-head" }, h("div", { role: "row", class: "virtual-row" }, ["Row", "Verdict", "Customer", "What is to be said"].map((title) => h("span", { role: "columnheader" }, title))));
  const scroll = h("div", { class: "virtual", role: "grid", tabindex: "0", "aria-label": "Report of every row" }, head, body);
  const hint = h("p", { class: "hint" }, "Choose a row, by pointer or with the arrow keys, to read all that is to be said of it.");
  const detail = h("div", { class: "row-detail", "aria-live": "polite" }, hint);
  let rows: readonly RowReport[] = [];
  let chosen: number | undefined;
  let waiting = false;
  const draw = () => {
    waiting = false;
    const one = height();
    body.style.height = `${rows.length * one}px`;
    const from = Math.max(0, Math.floor(scroll.scrollTop / one) - EXTRA);
    const to = Math.min(rows.length, from + Math.ceil(scroll.clientHeight / one) + 2 * EXTRA);
    fill(body, rows.slice(from, to).map((row, at) => drawn(row, from + at, from + at === chosen)));
    if (chosen === undefined) scroll.removeAttribute("aria-activedescendant");
    else scroll.setAttribute("aria-activedescendant", rowId(chosen));
  };
  const choose = (at: number) => {
    const row = rows[at];
    if (!row) return;
    chosen = at;
    const [top, one] = [at * height(), height()];
    const seen = scroll.clientHeight - head.clientHeight;
    scroll.scrollTop = Math.min(top, Math.max(scroll.scrollTop, top + one - seen));
    fill(detail, inFull(row));
    draw();
  };
  scroll.addEventListener("scroll", () => {
    if (!waiting) requestAnimationFrame(draw);
    waiting = true;
  });
  scroll.addEventListener("keydown", (event) => {
    const page = Math.max(1, Math.floor(scroll.clientHeight / height()) - 2);
    const [last, here] = [rows.length - 1, chosen ?? -1];
    const steps: Record<string, number> = { ArrowDown: here + 1, ArrowUp: Math.max(here, 1) - 1, PageDown: Math.min(here + page, last), PageUp: Math.max(here - page, 0), Home: 0, End: last };
    const to = steps[event.key];
    if (to === undefined) return;
    event.preventDefault();
    choose(to);
  });
  body.addEventListener("click", ({ target }) => {
    const row = (target as Element).closest<HTMLElement>("[data-at]");
    if (row) choose(Number(row.dataset["at"]));
  });
  narrow.addEventListener("change", draw);
  return {
    element: h("div", {}, scroll, detail),
    show(next) {
      // Rows that come in while a file is read stand behind those that are there.
      if (chosen !== undefined && next[chosen] !== rows[chosen]) {
        chosen = undefined;
        fill(detail, hint);
      }
      rows = next;
      scroll.setAttribute("aria-rowcount", String(rows.length + 1));
      draw();
    },
  };
}

const rowId = (at: number) => `row-${at}`;

function drawn({ line, label, kind, findings }: RowReport, at: number, chosen: boolean): HTMLElement {
  const said = findings.map(([pointer, message]) => (pointer ? `${pointer}: ${message}` : message)).join("; ");
  const row = h(
    "div",
    { role: "row", id: rowId(at), class: `virtual-row ${kind}`, "aria-rowindex": at + 2, "aria-selected": String(chosen), "data-at": at },
    [line.toLocaleString("en"), SAYS[kind], label, said].map((text) => h("span", { role: "gridcell", title: text }, text)),
  );
  row.style.transform = `translateY(${at * height()}px)`;
  return row;
}

function inFull({ line, label, kind, findings }: RowReport): HTMLElement[] {
  const said = findings.map(([pointer, message]) => h("li", {}, pointer && h("code", {}, `${pointer} `), message));
  return [
    h("p", {}, h("strong", {}, `Row ${line.toLocaleString("en")}`), ` ${label} `, h("span", { class: `status ${kind}` }, SAYS[kind])),
    said.length > 0 ? h("ul", { class: "notes" }, said) : h("p", { class: "hint" }, "Nothing is to be said of it."),
  ];
}

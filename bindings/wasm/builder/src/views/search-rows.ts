// The rows of a search: groups joined by AND, the filters of a group by OR.
import { fill, h, labelled } from "../dom.ts";
import { get } from "../state.ts";
import { CONDITIONS, FIELDS, type Filter, hasValue, type Order, type Rows } from "../search/criteria.ts";
import { customAttributes } from "../profile.ts";
import { profileOf } from "../stock.ts";

export interface RowsView {
  element: HTMLElement;
  show(rows: Rows, warnings: readonly { pointer: string; message: string; severity: string }[]): void;
}

const fresh = (): Filter => ({ field: "", value: "", condition_type: "eq" });

export function rowsView(onchange: (rows: Rows) => void): RowsView {
  const body = h("div", { class: "groups" });
  const fields = h("datalist", { id: "search-fields" });
  let rows: Rows = { groups: [], orders: [], pageSize: "", currentPage: "" };
  let shape = "";
  let warned: Parameters<RowsView["show"]>[1] = [];
  /** Rows being written have no field yet and mean nothing to the store: they stay here only. */
  const put = (next: Rows) => {
    rows = next;
    draw();
    onchange(next);
  };
  const draw = () => {
    const now = shapeOf(rows);
    if (now !== shape) {
      keepFocus(body, () => fill(body, groups(() => rows, put), orders(() => rows, put), paging(() => rows, put)));
      shape = now;
    }
    values(body, rows);
    notes(body, warned);
  };
  return {
    element: h("section", { class: "card" }, h("header", { class: "card-head" }, h("h2", {}, "As rows"), h("span", { class: "hint" }, "Every group must match; in a group, one filter is enough")), fields, body),
    show(next, warnings) {
      const attributes = customAttributes(profileOf(get().profile), "Customer").map(({ attribute_code }) => attribute_code);
      fill(fields, [...FIELDS, ...attributes].map((value) => h("option", { value })));
      warned = warnings;
      rows = withDrafts(next, rows, body.contains(document.activeElement));
      draw();
    },
  };
}

/** Filters that are still being written stay where they are while the rest changes. */
function withDrafts(next: Rows, old: Rows, writing: boolean): Rows {
  const isDraft = ({ groups, orders }: Rows) => groups.some((group) => group.length === 0 || group.some(({ field }) => field === "")) || orders.some(({ field }) => field === "");
  return writing && isDraft(old) ? old : next;
}

const shapeOf = ({ groups, orders }: Rows) => `${groups.map((group) => group.map(({ condition_type }) => shapeOfCondition(condition_type)).join()).join("|")}/${orders.length}`;

const shapeOfCondition = (condition: string) => (!isKnown(condition) ? condition : hasValue(condition) ? "v" : "-");

const isKnown = (condition: string) => CONDITIONS.some(([known]) => known === condition);

const VALUES = "[data-value]";

/** The focus stays in its control; from a button it goes to what was added, or to what follows what was removed. */
function keepFocus(body: HTMLElement, draw: () => void) {
  const active = body.contains(document.activeElement) ? (document.activeElement as HTMLElement) : undefined;
  const before = [...body.querySelectorAll<HTMLElement>(VALUES)];
  const pointers = before.map(({ dataset }) => dataset["value"]);
  const above = active ? before.filter((one) => one.compareDocumentPosition(active) & Node.DOCUMENT_POSITION_FOLLOWING).length : 0;
  draw();
  if (!active) return;
  const now = [...body.querySelectorAll<HTMLElement>(VALUES)];
  const same = now.find(({ dataset }) => dataset["value"] === active.dataset["value"]);
  const added = now.find(({ dataset }) => !pointers.includes(dataset["value"]));
  (same ?? added ?? now[Math.min(Math.max(above - ROW, 0), now.length - 1)])?.focus();
}

/** So many controls has the row of a filter. */
const ROW = 3;

type Get = () => Rows;
type Put = (rows: Rows) => void;

function groups(now: Get, put: Put): HTMLElement[] {
  const change = (g: number, group: Filter[]) => put({ ...now(), groups: now().groups.map((one, at) => (at === g ? group : one)).filter((one) => one.length > 0) });
  const out = now().groups.map((group, g) =>
    h(
      "fieldset",
      { class: "filter-group" },
      h("legend", {}, g === 0 ? "Where" : "and"),
      group.map((filter, f) => filterRow(filter, g, f, now, change)),
      h("button", { type: "button", class: "quiet add", onclick: () => change(g, [...(now().groups[g] ?? []), fresh()]) }, "or…"),
    ),
  );
  const add = h("button", { type: "button", class: "add", onclick: () => put({ ...now(), groups: [...now().groups, [fresh()]] }) }, now().groups.length === 0 ? "Add a filter" : "and…");
  return [...out, h("div", {}, add)];
}

function filterRow(filter: Filter, g: number, f: number, now: Get, change: (g: number, group: Filter[]) => void): HTMLElement {
  const pointer = `/filter_groups/${g}/filters/${f}`;
  const set = (part: Partial<Filter>) => change(g, (now().groups[g] ?? []).map((one, at) => (at === f ? { ...one, ...part } : one)));
  const where = `in filter ${f + 1} of group ${g + 1}`;
  const condition = h("select", { "aria-label": `Condition ${where}`, "data-value": `${pointer}/condition_type`, onchange: (event: Event) => set({ condition_type: (event.target as HTMLSelectElement).value }) });
  condition.append(...conditions(filter.condition_type));
  return h(
    "div",
    { class: "filter-row" },
    h("input", { "aria-label": `Field ${where}`, list: "search-fields", placeholder: "field", spellcheck: "false", "data-value": `${pointer}/field`, oninput: (event: Event) => set({ field: (event.target as HTMLInputElement).value }) }),
    condition,
    hasValue(filter.condition_type) ? h("input", { "aria-label": `Value ${where}`, placeholder: "value", spellcheck: "false", "data-value": `${pointer}/value`, oninput: (event: Event) => set({ value: (event.target as HTMLInputElement).value }) }) : h("span"),
    h("button", { type: "button", class: "remove", "aria-label": `Remove filter ${f + 1} of group ${g + 1}`, title: "Remove", onclick: () => change(g, (now().groups[g] ?? []).filter((_, at) => at !== f)) }, "×"),
    h("div", { class: "messages", "data-note": pointer }),
  );
}

function conditions(current: string): HTMLElement[] {
  const all: [string, string][] = isKnown(current) ? CONDITIONS : [...CONDITIONS, [current, current]];
  return all.map(([condition, text]) => h("option", { value: condition }, text));
}

function orders(now: Get, put: Put): HTMLElement {
  const change = (at: number, part: Partial<Order> | undefined) =>
    put({ ...now(), orders: now().orders.flatMap((one, here) => (here !== at ? [one] : part ? [{ ...one, ...part }] : [])) });
  const list = now().orders.map((_, at) => {
    const direction = h("select", { "aria-label": `Direction of order ${at + 1}`, "data-value": `/sort_orders/${at}/direction`, onchange: (event: Event) => change(at, { direction: (event.target as HTMLSelectElement).value as Order["direction"] }) });
    direction.append(h("option", { value: "ASC" }, "ascending"), h("option", { value: "DESC" }, "descending"));
    return h(
      "div",
      { class: "filter-row" },
      h("input", { "aria-label": `Field of order ${at + 1}`, list: "search-fields", placeholder: "field", spellcheck: "false", "data-value": `/sort_orders/${at}/field`, oninput: (event: Event) => change(at, { field: (event.target as HTMLInputElement).value }) }),
      direction,
      h("span"),
      h("button", { type: "button", class: "remove", "aria-label": `Remove order ${at + 1}`, title: "Remove", onclick: () => change(at, undefined) }, "×"),
    );
  });
  const add = h("button", { type: "button", class: "quiet add", onclick: () => put({ ...now(), orders: [...now().orders, { field: "entity_id", direction: "ASC" }] }) }, list.length === 0 ? "Add an order" : "then by…");
  return h("fieldset", { class: "filter-group" }, h("legend", {}, "Ordered by"), list, add);
}

function paging(now: Get, put: Put): HTMLElement {
  const input = (name: "pageSize" | "currentPage") =>
    h("input", { inputmode: "numeric", size: 6, "data-value": `/${name}`, oninput: (event: Event) => put({ ...now(), [name]: (event.target as HTMLInputElement).value.trim() }) });
  return h("div", { class: "row paging" }, labelled("Page size", input("pageSize")), labelled("Page", input("currentPage")));
}

/** Puts values into controls that are not being written in. */
function values(body: HTMLElement, rows: Rows) {
  const put = (pointer: string, value: string) => {
    const control = body.querySelector<HTMLInputElement | HTMLSelectElement>(`[data-value="${pointer}"]`);
    if (control && (control !== document.activeElement || control instanceof HTMLSelectElement)) control.value = value;
  };
  rows.groups.forEach((group, g) =>
    group.forEach((filter, f) => {
      for (const name of ["field", "condition_type", "value"] as const) put(`/filter_groups/${g}/filters/${f}/${name}`, filter[name]);
    }),
  );
  rows.orders.forEach(({ field, direction }, at) => {
    put(`/sort_orders/${at}/field`, field);
    put(`/sort_orders/${at}/direction`, direction);
  });
  put("/pageSize", rows.pageSize);
  put("/currentPage", rows.currentPage);
}

function notes(body: HTMLElement, warnings: readonly { pointer: string; message: string; severity: string }[]) {
  for (const place of body.querySelectorAll<HTMLElement>("[data-note]")) {
    const here = warnings.filter(({ pointer }) => pointer.startsWith(place.dataset["note"] ?? "-"));
    fill(place, here.map(({ message, severity }) => h("p", { class: `message ${severity}` }, message)));
  }
}

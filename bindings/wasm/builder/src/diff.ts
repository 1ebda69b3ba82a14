// Two JSON values side by side, line by line.

/** A row of the comparison; `before` and `after` are the same text where nothing changed. */
export interface Row {
  kind: "same" | "gone" | "new" | "changed";
  before: string;
  after: string;
}

const lines = (value: unknown) => JSON.stringify(value, null, 2).split("\n");

/** A comma at the end says nothing of the line itself. */
const bare = (line: string) => line.replace(/,$/, "");

/**
 * `after` with its members, and the items that have a name, in the order of `before`: a store keeps no
 * order of them, and one that is shown would hide what changed.
 */
export function ordered(before: unknown, after: unknown): unknown {
  if (Array.isArray(before) && Array.isArray(after)) return orderedItems(before, after);
  if (!isObject(before) || !isObject(after)) return after;
  const names = [...Object.keys(before).filter((name) => name in after), ...Object.keys(after).filter((name) => !(name in before))];
  return Object.fromEntries(names.map((name) => [name, ordered(before[name], after[name])]));
}

function orderedItems(before: unknown[], after: unknown[]): unknown[] {
  const key = ["id", "attribute_code"].find((name) => [...before, ...after].every((item) => isObject(item) && name in item));
  if (!key) return after.map((item, at) => ordered(before[at], item));
  const named = new Map(before.map((item, at) => [(item as Json)[key], at]));
  const place = (item: unknown) => named.get((item as Json)[key]) ?? before.length;
  return [...after].sort((a, b) => place(a) - place(b)).map((item) => ordered(before[place(item)], item));
}

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);

/** The rows of two values laid out over lines. */
export function compare(before: unknown, after: unknown): Row[] {
  const [left, right] = [lines(before), lines(after)];
  const same = (at: number, to: number): boolean => bare(left[at] ?? "") === bare(right[to] ?? "");
  const most = Math.min(left.length, right.length);
  let [head, tail] = [0, 0];
  while (head < most && same(head, head)) head++;
  while (tail < most - head && same(left.length - 1 - tail, right.length - 1 - tail)) tail++;
  const middle = [left.slice(head, left.length - tail), right.slice(head, right.length - tail)] as const;
  return pair([...equal(left, right, 0, 0, head), ...aligned(...middle), ...equal(left, right, left.length - tail, right.length - tail, tail)]);
}

const equal = (left: string[], right: string[], from: number, to: number, count: number): Row[] =>
  Array.from({ length: count }, (_, at) => ({ kind: "same", before: left[from + at] ?? "", after: right[to + at] ?? "" }));

/** A table of more cells is not filled in: what differs is looked for nearby only. */
const MOST_CELLS = 4_000_000;

const aligned = (before: string[], after: string[]) => (before.length * after.length <= MOST_CELLS ? best(before, after) : near(before, after));

/** So many lines ahead two long texts are looked through for where they agree again. */
const AHEAD = 80;

function near(before: string[], after: string[]): Row[] {
  const rows: Row[] = [];
  let [b, a] = [0, 0];
  while (b < before.length || a < after.length) {
    const [gone, fresh] = agreeing(before, after, b, a);
    for (const end = b + gone; b < end; b++) rows.push({ kind: "gone", before: before[b] ?? "", after: "" });
    for (const end = a + fresh; a < end; a++) rows.push({ kind: "new", before: "", after: after[a] ?? "" });
    const [left, right] = [before[b], after[a]];
    if (left === undefined || right === undefined || bare(left) !== bare(right)) continue;
    rows.push({ kind: "same", before: left, after: right });
    b++;
    a++;
  }
  return rows;
}

/** How many lines to pass on either side until both agree; everything nearby when they do not. */
function agreeing(before: string[], after: string[], b: number, a: number): [number, number] {
  const [left, right] = [before.length - b, after.length - a];
  if (left === 0 || right === 0) return [left, right];
  for (let both = 0; both <= AHEAD; both++) {
    for (let gone = Math.max(0, both - right + 1); gone <= Math.min(both, left - 1); gone++) {
      if (bare(before[b + gone] ?? "") === bare(after[a + both - gone] ?? "")) return [gone, both - gone];
    }
  }
  return left <= AHEAD && right <= AHEAD ? [left, right] : [Math.min(AHEAD, left - 1), Math.min(AHEAD, right - 1)];
}

/** The longest common subsequence, from a table of lengths. */
function best(before: string[], after: string[]): Row[] {
  const lengths = table(before, after);
  const rows: Row[] = [];
  let [b, a] = [0, 0];
  while (b < before.length || a < after.length) {
    const [left, right] = [before[b], after[a]];
    if (left !== undefined && right !== undefined && bare(left) === bare(right)) {
      rows.push({ kind: "same", before: left, after: right });
      b++;
      a++;
    } else if (right === undefined || (left !== undefined && cell(lengths, b + 1, a) >= cell(lengths, b, a + 1))) {
      rows.push({ kind: "gone", before: left ?? "", after: "" });
      b++;
    } else {
      rows.push({ kind: "new", before: "", after: right });
      a++;
    }
  }
  return rows;
}

const cell = (lengths: Uint32Array[], b: number, a: number) => lengths[b]?.[a] ?? 0;

function table(before: string[], after: string[]): Uint32Array[] {
  const lengths = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1));
  for (let b = before.length - 1; b >= 0; b--) {
    const row = lengths[b];
    for (let a = after.length - 1; row && a >= 0; a--) {
      const same = bare(before[b] ?? "") === bare(after[a] ?? "");
      row[a] = same ? cell(lengths, b + 1, a + 1) + 1 : Math.max(cell(lengths, b + 1, a), cell(lengths, b, a + 1));
    }
  }
  return lengths;
}

/** Lines that went away stand beside those that came in their place. */
function pair(rows: Row[]): Row[] {
  const out: Row[] = [];
  for (let at = 0; at < rows.length; ) {
    const gone = run(rows, at, "gone");
    const fresh = run(rows, at + gone, "new");
    for (let i = 0; i < Math.max(gone, fresh); i++) {
      const [left, right] = [rows[at + i]?.before ?? "", rows[at + gone + i]?.after ?? ""];
      if (i < gone && i < fresh) out.push({ kind: "changed", before: left, after: right });
      else out.push(i < gone ? { kind: "gone", before: left, after: "" } : { kind: "new", before: "", after: right });
    }
    at += gone + fresh;
    const same = rows[at];
    if (gone + fresh === 0 && same) {
      out.push(same);
      at++;
    }
  }
  return out;
}

/** How many rows of a kind follow each other. */
function run(rows: Row[], from: number, kind: Row["kind"]): number {
  let end = from;
  while (rows[end]?.kind === kind) end++;
  return end - from;
}

/** Rows, or how many unchanged ones were left out between those shown. */
export type Part = Row[] | number;

/** The rows around changes, with so many unchanged ones on either side. */
export function folded(rows: Row[], around = 2): Part[] {
  const shown = new Set<number>();
  rows.forEach((row, at) => {
    if (row.kind !== "same") for (let near = at - around; near <= at + around; near++) shown.add(near);
  });
  const parts: Part[] = [];
  rows.forEach((row, at) => {
    const last = parts.at(-1);
    if (shown.has(at)) Array.isArray(last) ? last.push(row) : parts.push([row]);
    else if (typeof last === "number") parts[parts.length - 1] = last + 1;
    else parts.push(1);
  });
  return parts;
}

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

/** The rows of two values laid out over lines. */
export function compare(before: unknown, after: unknown): Row[] {
  return pair(aligned(lines(before), lines(after)));
}

/** The longest common subsequence, from a table of lengths. */
function aligned(before: string[], after: string[]): Row[] {
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
    const fresh = run(rows, at + gone.length, "new");
    if (gone.length === 0 && fresh.length === 0) {
      out.push(...rows.slice(at, ++at));
      continue;
    }
    at += gone.length + fresh.length;
    const both = Math.min(gone.length, fresh.length);
    for (let i = 0; i < both; i++) out.push({ kind: "changed", before: gone[i]?.before ?? "", after: fresh[i]?.after ?? "" });
    out.push(...gone.slice(both), ...fresh.slice(both));
  }
  return out;
}

function run(rows: Row[], from: number, kind: Row["kind"]): Row[] {
  const end = rows.findIndex((row, at) => at >= from && row.kind !== kind);
  return rows.slice(from, end === -1 ? rows.length : end);
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

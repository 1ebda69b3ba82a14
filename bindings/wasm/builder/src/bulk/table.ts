// The rows of a table (CSV, TSV): the first one names the columns, each of the others is a customer.
import Papa from "papaparse";

export interface TableRow {
  /** As a spreadsheet numbers it, the first row of all being 1. */
  number: number;
  cells: string[];
  /** Whether a quote in it is not closed as it should be, so that its cells may be wrong. */
  torn: boolean;
}

/** So many characters are taken apart at once, so that what is found is told meanwhile. */
const PIECE = 4 << 20;

/** How Excel names the separator: in a line before all others. */
const NAMED = /^sep=(.)\r?\n/;

/** Gives every row that holds something. */
export function eachRow(text: string, take: (row: TableRow) => void) {
  const [line = "", delimiter = ""] = NAMED.exec(text) ?? [];
  let number = line === "" ? 0 : 1;
  Papa.parse<string[]>(text.slice(line.length), {
    delimiter,
    chunkSize: PIECE,
    chunk({ data, errors }: Papa.ParseResult<string[]>) {
      const torn = new Set(errors.filter(({ type }) => type === "Quotes").map(({ row }) => row));
      for (const [at, cells] of data.entries()) {
        number++;
        if (cells.some((cell) => cell.trim() !== "")) take({ number, cells, torn: torn.has(at) });
      }
    },
    complete: () => undefined,
  });
}

/** Why a row cannot be read; nothing for one that can. */
export function misread({ cells, torn }: TableRow, columns: readonly string[]): string | undefined {
  if (torn) return "a quote is not closed: put texts between quotes, and write a quote inside one twice";
  if (cells.slice(columns.length).every((cell) => cell.trim() === "")) return undefined;
  return `${cells.length} cells under ${columns.length} columns: put texts that hold the separator between quotes`;
}

/** Names that stand over two columns: which of them is meant cannot be known. */
export function twice(columns: readonly string[]): string[] {
  const seen = new Set<string>();
  return columns.filter((column) => column !== "" && seen.size === seen.add(column).size);
}

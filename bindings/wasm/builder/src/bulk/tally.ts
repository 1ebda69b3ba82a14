// What is said of the rows of a file, each thing once, with the number of rows that it is said of.
import type { RowReport } from "./messages.ts";

export interface Said {
  pointer: string;
  message: string;
  rows: number;
}

export class Tally {
  #said = new Map<string, Said>();

  add({ findings }: RowReport) {
    for (const [pointer, named] of findings) {
      // What names a single row is said of many.
      const message = named.replace(/^row [\d,]+ /, "another row ");
      const key = `${pointer} ${message}`;
      const said = this.#said.get(key);
      if (said) said.rows++;
      else this.#said.set(key, { pointer, message, rows: 1 });
    }
  }

  /** What is said most comes first. */
  most(number: number): Said[] {
    return [...this.#said.values()].sort((a, b) => b.rows - a.rows).slice(0, number);
  }
}

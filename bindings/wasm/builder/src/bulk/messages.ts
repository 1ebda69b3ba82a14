// What the page and the worker tell each other.
import type { StoreDescription } from "magewright";
import type { Caller } from "../state.ts";

export type Operation = "create" | "update";

/** A file to be turned into bodies. */
export interface Job {
  file: Blob;
  name: string;
  operation: Operation;
  /** Whether rows that lose something are sent all the same. */
  losses: boolean;
  /** The customers as they are stored, one GET reply a line; needed for updates. */
  stored: Blob | null;
  /** Read once, for all rows. */
  store: StoreDescription;
  caller: Caller;
}

/** A row's verdict. */
export interface RowReport {
  /** Of its line, or of its row in a table or list. */
  line: number;
  /** Who it is about, as far as that is known. */
  label: string;
  kind: "good" | "loss" | "error";
  /** Pointer and message by turns; empty for a row that is good. */
  findings: [pointer: string, message: string][];
}

export type Told =
  /** The core is loaded; a job sent before that would be lost. */
  | { type: "ready" }
  | { type: "columns"; unknown: string[] }
  | { type: "rows"; rows: RowReport[]; read: number }
  | { type: "done"; bodies: Blob; count: number; rejected: Blob; took: number }
  | { type: "failed"; message: string };

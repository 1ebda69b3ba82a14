// The worker: a file of rows in, verdicts and bodies out. The page stays free meanwhile.
import facts from "virtual:facts";
import { Store } from "magewright";
import Papa from "papaparse";
import { Bodies } from "./bodies.ts";
import { judgeCreate, judgeUpdate, Stored, type Judged } from "./judge.ts";
import type { Job, RowReport, Told } from "./messages.ts";
import { customer, unknownColumns } from "./record.ts";
import { beginning, eachLine, type Form, formOf, rowsOf } from "./records.ts";

type Json = Record<string, unknown>;

const tell = (told: Told) => self.postMessage(told);

/** Verdicts are told in batches: a message for every row would keep the page busy. */
const BATCH = 500;

self.onmessage = async ({ data }: MessageEvent<Job>) => {
  const started = performance.now();
  try {
    const form = formOf(await beginning(data.file), data.name);
    const run = new Run(data, new Store(data.store), await storedOf(data));
    await READ[form](data, run);
    run.end(started);
  } catch (error) {
    tell({ type: "failed", message: error instanceof Error ? error.message : String(error) });
  }
};

const READ: Record<Form, (job: Job, run: Run) => Promise<void>> = {
  table,
  lines: ({ file }, run) => eachLine(file, (line, number) => run.row(number, () => JSON.parse(line) as Json)),
  document: async ({ file }, run) => (await documentOf(file)).forEach((row, at) => run.row(at + 1, () => row as Json)),
  unreadable: () => Promise.reject(new Error("it is no text. Drop a CSV file, or one JSON object a line")),
  empty: () => Promise.reject(new Error("it is empty")),
};

async function documentOf(file: Blob): Promise<unknown[]> {
  const text = await file.text();
  try {
    return rowsOf(text);
  } catch {
    throw new Error("it begins as a JSON document and is none to its end");
  }
}

async function storedOf({ stored }: Job): Promise<Stored> {
  const found = new Stored();
  if (!stored) return found;
  const add = (number: number, text: () => string) => {
    try {
      found.add(text());
    } catch {
      throw new Error(`customer ${number} of the stored ones is no JSON object`);
    }
  };
  if (formOf(await beginning(stored), "") === "document") (await documentOf(stored)).forEach((one, at) => add(at + 1, () => JSON.stringify(one)));
  else await eachLine(stored, (line, number) => add(number, () => line));
  return found;
}

function table({ file }: Job, run: Run): Promise<void> {
  let number = 1;
  return new Promise((resolve, reject) => {
    Papa.parse<Record<string, string>>(file as File, {
      header: true,
      skipEmptyLines: "greedy",
      chunk: ({ data, meta: { fields = [] } }, parser) => {
        if (number === 1) {
          const unknown = unknownColumns(fields, facts);
          if (unknown.length === fields.filter((field) => field.trim() !== "").length) {
            reject(new Error("its first line names no field of a customer, such as email, firstname or address.city"));
            return parser.abort();
          }
          tell({ type: "columns", unknown });
        }
        for (const row of data) run.row(++number, () => customer(row, facts));
      },
      complete: () => resolve(),
      error: reject,
    });
  });
}

/** What has been found so far. */
class Run {
  #rows: RowReport[] = [];
  #read = 0;
  #bodies = new Bodies();
  #rejected: string[] = [];

  constructor(
    private readonly job: Job,
    private readonly store: Store,
    private readonly stored: Stored,
  ) {}

  row(line: number, read: () => Json) {
    const { report, item } = this.#judge(line, read);
    this.#read++;
    this.#rows.push(report);
    if (item !== undefined) this.#bodies.add(item);
    else if (report.kind !== "good") this.#rejected.push(JSON.stringify({ line, label: report.label, findings: report.findings.map(([pointer, message]) => ({ pointer, message })) }));
    if (this.#rows.length >= BATCH) this.#flush();
  }

  #judge(line: number, read: () => Json): Judged {
    try {
      const row = read();
      if (typeof row !== "object" || row === null || Array.isArray(row)) throw new SyntaxError("a row is a JSON object");
      return this.job.operation === "create" ? judgeCreate(row, line, this.job, this.store) : judgeUpdate(row, line, this.job, this.store, this.stored);
    } catch (error) {
      const message = error instanceof SyntaxError ? "not JSON: a row is one object on one line" : error instanceof Error ? error.message : String(error);
      return { report: { line, label: "", kind: "error", findings: [["", message]] } };
    }
  }

  #flush() {
    tell({ type: "rows", rows: this.#rows, read: this.#read });
    this.#rows = [];
  }

  end(started: number) {
    this.#bodies.end();
    this.#flush();
    const { done } = this.#bodies;
    const text = (all: string[]) => new Blob(all.map((one) => `${one}\n`), { type: "application/x-ndjson" });
    tell({ type: "done", bodies: text(done), count: done.length, rejected: text(this.#rejected), took: performance.now() - started });
  }
}

tell({ type: "ready" });

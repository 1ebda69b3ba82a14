// The worker: a file of rows in, verdicts and bodies out. The page stays free meanwhile.
import facts from "virtual:facts";
import { Store } from "magewright";
import Papa from "papaparse";
import { Bodies } from "./bodies.ts";
import { judgeCreate, judgeUpdate, Stored, type Judged } from "./judge.ts";
import { Lines } from "./lines.ts";
import type { Job, RowReport, Told } from "./messages.ts";
import { customer, unknownColumns } from "./record.ts";

type Json = Record<string, unknown>;

const tell = (told: Told) => self.postMessage(told);

/** Verdicts are told in batches: a message for every row would keep the page busy. */
const BATCH = 500;

self.onmessage = async ({ data }: MessageEvent<Job>) => {
  const started = performance.now();
  try {
    const run = new Run(data, new Store(data.store), await storedOf(data));
    await (isTable(data) ? table(data, run) : lines(data, run));
    run.end(started);
  } catch (error) {
    tell({ type: "failed", message: error instanceof Error ? error.message : String(error) });
  }
};

const isTable = ({ name }: Job) => /\.(csv|tsv|txt)$/i.test(name);

async function storedOf({ stored }: Job): Promise<Stored> {
  const found = new Stored();
  if (stored) await each(stored, (line) => found.add(line));
  return found;
}

async function each(file: Blob, take: (line: string, number: number) => void) {
  const lines = new Lines(take);
  const reader = file.stream().pipeThrough(new TextDecoderStream()).getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) lines.push(part.value);
  lines.end();
}

const lines = ({ file }: Job, run: Run) => each(file, (line, number) => run.row(number, () => JSON.parse(line) as Json));

function table({ file }: Job, run: Run): Promise<void> {
  let number = 1;
  return new Promise((resolve, reject) => {
    Papa.parse<Record<string, string>>(file as File, {
      header: true,
      skipEmptyLines: "greedy",
      chunk: ({ data, meta }) => {
        if (number === 1) tell({ type: "columns", unknown: unknownColumns(meta.fields ?? [], facts) });
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

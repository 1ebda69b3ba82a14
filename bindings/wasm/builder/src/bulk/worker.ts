// The worker: a file of rows in, verdicts and bodies out. The page stays free meanwhile.
import facts from "virtual:facts";
import { Store } from "magewright";
import { Bodies } from "./bodies.ts";
import { meant, unknownColumns } from "./columns.ts";
import { judgeAgain, judgeCreate, judgeUpdate, Stored, type Judged } from "./judge.ts";
import type { Job, RowReport, Told } from "./messages.ts";
import { customer } from "./record.ts";
import { beginning, eachLine, type Form, formOf, isReadable, rowsOf, type Source, sourceOf, textOf } from "./records.ts";
import { eachRow, misread, type TableRow, twice } from "./table.ts";

type Json = Record<string, unknown>;

const tell = (told: Told) => self.postMessage(told);

/** Verdicts are told in batches: a message for every row would keep the page busy. */
const BATCH = 500;

self.onmessage = async ({ data }: MessageEvent<Job>) => {
  const started = performance.now();
  try {
    const [source, form] = await opened(data.file, data.name);
    const run = new Run(data, new Store(data.store), await storedOf(data));
    await READ[form](source, run);
    run.end(started);
  } catch (error) {
    tell({ type: "failed", message: error instanceof Error ? error.message : String(error) });
  }
};

/** A file, and what it holds; refused when it is no text, or one whose letters are not known. */
async function opened(file: Blob, name: string): Promise<[Source, Form]> {
  const source = await sourceOf(file);
  const form = formOf(await beginning(source), name);
  if (form === "unreadable") throw new Error("it is no text. Drop a CSV file, or one JSON object a line");
  if (form === "empty") throw new Error("it is empty");
  if (!(await isReadable(source))) throw new Error("its letters are not in UTF-8, and accents would be stored wrongly. Save it as CSV UTF-8, or convert it, for example with iconv");
  return [source, form];
}

const READ: Record<Form, (source: Source, run: Run) => Promise<void>> = {
  table: async (source, run) => table(await textOf(source), run),
  lines: (source, run) => eachLine(source, (line, number) => run.row(number, () => JSON.parse(line) as Json)),
  document: async (source, run) => (await documentOf(source)).forEach((row, at) => run.row(at + 1, () => row as Json)),
  unreadable: async () => undefined,
  empty: async () => undefined,
};

async function documentOf(source: Source): Promise<unknown[]> {
  const text = await textOf(source);
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
  const source = await sourceOf(stored);
  if (formOf(await beginning(source), "") === "document") (await documentOf(source)).forEach((one, at) => add(at + 1, () => JSON.stringify(one)));
  else await eachLine(source, (line, number) => add(number, () => line));
  return found;
}

function table(text: string, run: Run) {
  let columns: string[] | undefined;
  eachRow(text, (row) => {
    if (columns) run.row(row.number, () => record(row, columns ?? []));
    else columns = columnsOf(row);
  });
}

/** The names of the columns, of which those that are no field are told. */
function columnsOf({ cells }: TableRow): string[] {
  const columns = cells.map((cell) => cell.trim());
  const [double] = twice(columns);
  if (double !== undefined) throw new Error(`two columns are named ${double}: keep the one that is meant`);
  const unknown = unknownColumns(columns, facts);
  const named = unknown.map((column) => [column, meant(column, facts)] as const);
  if (unknown.length === columns.filter((column) => column !== "").length) {
    const likely = named.filter(([, field]) => field).map(([column, field]) => `${column} may be ${field}`);
    throw new Error(`its first line names no field of a customer, such as email, firstname or address.city${likely.length > 0 ? `: ${likely.join(", ")}` : ""}`);
  }
  tell({ type: "columns", unknown: named.map(([column, field]) => (field ? `${column} (${field}?)` : column)) });
  return columns;
}

function record(row: TableRow, columns: readonly string[]): Json {
  const wrong = misread(row, columns);
  if (wrong !== undefined) throw new Error(wrong);
  return customer(Object.fromEntries(columns.map((column, at) => [column, row.cells[at] ?? ""])), facts);
}

/** What has been found so far. */
class Run {
  #rows: RowReport[] = [];
  #read = 0;
  #bodies = new Bodies();
  #rejected: string[] = [];
  /** The rows that are sent, by whom they are about. */
  #sent = new Map<string, number>();

  constructor(
    private readonly job: Job,
    private readonly store: Store,
    private readonly stored: Stored,
  ) {}

  row(line: number, read: () => Json) {
    const { report, item, who } = this.#once(line, this.#judge(line, read));
    this.#read++;
    this.#rows.push(report);
    if (item !== undefined) {
      this.#bodies.add(item);
      if (who !== undefined) this.#sent.set(who, line);
    }
    else if (report.kind !== "good") this.#rejected.push(JSON.stringify({ line, label: report.label, findings: report.findings.map(([pointer, message]) => ({ pointer, message })) }));
    if (this.#rows.length >= BATCH) this.#flush();
  }

  /** A customer is sent once. */
  #once(line: number, judged: Judged): Judged {
    const first = judged.item === undefined ? undefined : this.#sent.get(judged.who ?? "");
    return first === undefined || first === line ? judged : judgeAgain(judged, this.job, first);
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

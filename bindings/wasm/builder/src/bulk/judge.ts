// One row to one verdict, and to the item that is sent for it.
import type { Violation } from "magewright";
import { plan, type Store, Unplannable, validateCreate } from "magewright";
import type { Job, RowReport } from "./messages.ts";

type Json = Record<string, unknown>;

export interface Judged {
  report: RowReport;
  /** JSON text of what goes into a body; nothing when the row is refused. */
  item?: string;
  /** Whom it is about, alike in all rows about the same customer. */
  who?: string;
}

/** The stored customers, found by id or by e-mail address. */
export class Stored {
  #byId = new Map<string, string>();
  #byEmail = new Map<string, string>();

  add(line: string) {
    const customer = JSON.parse(line) as Json;
    this.#byId.set(String(customer["id"]), line);
    this.#byEmail.set(String(customer["email"]).toLowerCase(), line);
  }

  find(row: Json): string | undefined {
    return row["id"] === undefined ? this.#byEmail.get(String(row["email"]).toLowerCase()) : this.#byId.get(String(row["id"]));
  }
}

const label = (row: Json) => String(row["email"] ?? row["id"] ?? "");

/** What a create of the customer would do; a row may be the whole body or the customer alone. */
export function judgeCreate(row: Json, line: number, job: Job, store: Store): Judged {
  const body = "customer" in row ? row : { customer: row };
  const customer = (body["customer"] ?? {}) as Json;
  const text = JSON.stringify(body);
  const { violations } = validateCreate(text, { store, caller: job.caller });
  const found = "password" in body ? [...violations, PASSWORD] : violations;
  const { email, website_id: website } = customer;
  const who = `${String(website ?? "")} ${String(email).toLowerCase()}`;
  return { ...judged(line, label(customer), found, text, job.losses), who };
}

const PASSWORD = {
  pointer: "/password",
  severity: "error",
  message: "a store keeps the passwords of bulk operations in clear text: leave it out",
} as Violation;

function judged(line: number, name: string, found: Violation[], item: string, losses: boolean): Judged {
  const kind = found.some(({ severity }) => severity === "error") ? "error" : found.length > 0 ? "loss" : "good";
  const findings = found.map(({ pointer, message }): [string, string] => [pointer, message]);
  const sent = kind === "good" || (kind === "loss" && losses);
  return { report: { line, label: name, kind, findings }, ...(sent ? { item } : {}) };
}

/** The item that makes the row's change and nothing else, through the queue. */
export function judgeUpdate(row: Json, line: number, job: Job, store: Store, stored: Stored): Judged {
  const refused = (pointer: string, message: string): Judged => ({ report: { line, label: label(row), kind: "error", findings: [[pointer, message]] } });
  const now = stored.find(row);
  if (now === undefined) return refused("", "this customer is not among the stored ones");
  const { id: _, ...patch } = row;
  try {
    const { request, changes } = plan(now, patch, { store, caller: job.caller, route: "queue" });
    const report: RowReport = { line, label: label(row), kind: "good", findings: changes.length === 0 ? [["", "already as wanted: nothing is sent"]] : [] };
    return changes.length === 0 ? { report } : { report, item: (request.body ?? "[]").slice(1, -1), who: now };
  } catch (error) {
    if (!(error instanceof Unplannable)) throw error;
    return { report: { line, label: label(row), kind: "error", findings: error.reasons.map(({ pointer, message }) => [pointer, message]) } };
  }
}

/** What becomes of a row that an earlier one makes wrong. */
const TWICE = {
  create: ["/customer/email", "has the same e-mail address: a store takes the one that comes first and refuses the other"],
  update: ["", "changes the same customer: the later one would undo the other, so make one row of both"],
} as const;

/** The verdict of a row whose customer row `first` has already. */
export function judgeAgain({ report }: Judged, { operation }: Job, first: number): Judged {
  const [pointer, message] = TWICE[operation];
  return { report: { ...report, kind: "error", findings: [...report.findings, [pointer, `row ${first.toLocaleString("en")} ${message}`]] } };
}

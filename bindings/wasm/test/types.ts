// Compiled, never run: the types say what the functions do.
import {
  MagewrightError,
  Store,
  Validator,
  type LineReport,
  type contract,
  customers,
  encodeCriteria,
  field,
  operations,
  plan,
  predictCreate,
  prepare,
  validate,
  validateStream,
} from "magewright";

const names: string[] = operations();
// @ts-expect-error: the names are strings
const wrong: number[] = operations();

const severities: ("error" | "loss")[] = validate({ email: 7 }).violations.map((violation) => violation.severity);
const request: RequestInit = customers.update(5, { id: 5 });
// @ts-expect-error: not a release
validate("{}", { release: "2.3.7" });

const store = new Store({ release: "2.4.8-p1" });
const planned = plan("{}", {}, { store, caller: "integration", strategy: "full" });
// @ts-expect-error: the store has a release already
plan("{}", {}, { store, release: "2.4.7" });
// @ts-expect-error: a record has no caller
new Validator({ caller: "admin" });
const accepted: boolean = new Validator({ operation: "create", caller: "guest", store }).accepts(new Uint8Array());
const rows: ReadableStream<LineReport> = validateStream({ store }).readable;

const input: contract.CustomerInput = { email: "ada@example.test", addresses: [] };
// @ts-expect-error: a name is text
const broken: contract.CustomerInput = { firstname: 7 };
const saved = predictCreate({ customer: input }, store).saved;
const query: string = encodeCriteria(field("email").like("%@x.test").and(field("group_id").oneOf(1, 2)).limit(5));
const ready = prepare(planned.request, { base: "https://shop.test", token: "t" });
// @ts-expect-error: one caller
prepare(planned.request, { base: "https://shop.test", token: "t", credentials: {} });

try {
  await fetch(ready.url, ready);
  await fetch(request.method ?? "GET", request);
  names.concat(severities, query, String(saved), String(accepted), String(broken), String(rows));
  names.concat(wrong.map(String));
} catch (error) {
  if (error instanceof MagewrightError) console.log(error.code, error.pointer?.length);
}

export {};

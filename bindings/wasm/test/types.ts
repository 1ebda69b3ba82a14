// Compiled, never run: the types say what the functions do.
import {
  MagewrightError,
  Store,
  Validator,
  type LineReport,
  bulk,
  checkCriteria,
  type contract,
  customers,
  encodeCriteria,
  field,
  operations,
  plan,
  predictCreate,
  prepare,
  request as compose,
  validate,
  validateStream,
} from "magewright";
import { init, operations as later } from "magewright/init";

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

prepare(planned.request, { base: new URL("https://shop.test"), credentials: { consumerKey: "", consumerSecret: "", token: "", tokenSecret: "" } });
const judged: boolean = validate(new DataView(new ArrayBuffer(2)), store).accepted;

const confirmation = compose("GET /V1/customers/{customerId}/confirm", { path: { customerId: 5 } });
compose("GET /V1/modules");
compose("GET /V1/customers/search", { query: { searchCriteria: "entity_id > 5" } });
compose("PUT /V1/customers/{customerId}", { path: { customerId: "5" }, body: { customer: { ...input, firstname: "Ada", lastname: "L" } } });
// @ts-expect-error: which customer
compose("GET /V1/customers/{customerId}");
// @ts-expect-error: no such endpoint
compose("GET /V1/customer");
// @ts-expect-error: nothing is sent with it
compose("GET /V1/modules", { body: {} });
const submitted: number = bulk.create([{ customer: input }], { most: { items: 100 } }).length;
const lost: boolean = bulk.align(1, "{}").some(({ state }) => state === "lost");
const warned: string[] = checkCriteria("id = 5", store).map(({ code }) => code);

await init(new URL("https://cdn.test/magewright_bg.wasm"));
later().concat(names);

try {
  names.concat(warned, String(confirmation), String(judged), String(submitted), String(lost));
  await fetch(ready.url, ready);
  await fetch(request.method ?? "GET", request);
  names.concat(severities, query, String(saved), String(accepted), String(broken), String(rows));
  names.concat(wrong.map(String));
} catch (error) {
  if (error instanceof MagewrightError) console.log(error.code, error.pointer?.length);
}

export {};

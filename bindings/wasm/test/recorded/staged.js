// The suites that need a store over time: the sandbox is asked over HTTP, and what the package says of each request
// beforehand must be the same.
import { bulk as submissions, decodeError, predictPost, request } from "magewright";
import { same } from "./compare.js";
import { Folder, KEPT } from "./folder.js";
import { Bindings } from "./placeholders.js";
import { queue } from "./queue.js";
import { agrees, doorOf } from "./said.js";
import { NOW, PASSWORD, Stage } from "./stage.js";

/** Runs with stores that are there as long: one for the same settings, begun again whenever it is asked for. */
async function withStages(folder, run) {
  const stages = new Map();
  const begun = async (config = {}) => {
    const key = JSON.stringify(config);
    if (!stages.has(key)) stages.set(key, await Stage.open(folder, config));
    await stages.get(key).sandbox.reset();
    return stages.get(key);
  };
  try {
    return await run(begun);
  } finally {
    for (const stage of stages.values()) stage.close();
  }
}

/** One after the other. */
async function each(cases, judge) {
  const verdicts = [];
  for (const one of cases) verdicts.push(await judge(one).catch(told));
  return verdicts;
}

/** A case that cannot be judged does not hold, and the others are judged all the same. */
function told(error) {
  console.error(error);
  return false;
}

/** The store's answer to a request; the package must have said the same before, where it has a door for it. */
async function answered(stage, asked, now = NOW) {
  const door = doorOf(asked);
  const there = door && (await stage.described(now));
  const reply = await stage.ask(asked);
  const isForeseen = door === undefined || agrees(door, asked, there, reply) !== false;
  return { ...reply, isForeseen: isForeseen && isDecoded(reply) };
}

/** Whether the package reads a refusal as what it is. */
function isDecoded({ status, body }) {
  if (status < 400) return true;
  const { status: decoded, template } = decodeError(status, body);
  const message = typeof body === "string" ? body.trim() : body?.message;
  return decoded === status && (message === undefined || template === message);
}

/** `scenarios.jsonl`: whole sequences of requests to an empty store. */
export const scenarios = (folder, cases) =>
  withStages(folder, (begun) =>
    each(cases, async ({ steps, config }) => {
      const [stage, bindings] = [await begun(config), new Bindings()];
      for (const [second, step] of steps.entries()) {
        // A second passes between two requests: tokens issued in the same one are equal.
        await stage.sandbox.setClock(NOW + second);
        if (!(await isTaken(step, stage, bindings, NOW + second))) return false;
      }
      return true;
    }),
  );

async function isTaken({ request: asked, response, action }, stage, bindings, now) {
  if (asked === undefined) return action === "run_consumer" && (await stage.sandbox.workQueue()).waiting === 0;
  const [path, caller] = [bindings.filled(asked.path), bindings.filled(asked.caller)];
  const sent = asked.sent === undefined ? undefined : bindings.filledJson(asked.sent);
  const { status, body, isForeseen } = await answered(stage, { ...asked, path, caller, sent }, now);
  return status === response.status && bindings.same(response.body, body) && isForeseen;
}

/** `bulk.jsonl`: all are submitted in their order, then the queue is worked until it is empty. */
export const bulk = (folder, cases) =>
  withStages(folder, async (begun) => {
    const stage = await begun();
    await stage.sandbox.putCustomers(folder.lines("state/update-customers.ndjson"), PASSWORD);
    const foreseen = queue(folder, cases);
    const submitted = await each(cases, (one) => submit(one, stage));
    await stage.sandbox.workQueue();
    return each(cases.entries(), async ([at, one]) => foreseen[at] !== false && submitted[at].holds && (await isSettled(one, submitted[at].uuid, stage)));
  });

async function submit(one, stage) {
  const reply = await stage.ask(one);
  const uuid = reply.body?.bulk_uuid;
  const isOpen = one.open_status === undefined || (uuid !== undefined && new Bindings().same(one.open_status, await about(uuid, "status", stage)));
  return { uuid, holds: reply.status === one.status && new Bindings().same(one.reply, reply.body) && isDecoded(reply) && isOpen };
}

/** What the store says of a submission. */
async function about(bulkUuid, endpoint, stage, path = {}) {
  return (await stage.send(request(`GET /V1/bulk/{bulkUuid}/${endpoint}`, { path: { bulkUuid, ...path } }), "admin")).body;
}

async function isSettled({ reply, final_status, detailed_status, operations, operation_counts = {} }, uuid, stage) {
  if (uuid === undefined) return true;
  const status = await about(uuid, "status", stage);
  const counts = await each(Object.entries(operation_counts), async ([of, count]) => count === (await about(uuid, "operation-status/{status}", stage, { status: of })));
  const listed = { operations_list: operations };
  return (
    (final_status === undefined || new Bindings().same(final_status, status)) &&
    (detailed_status === undefined || new Bindings().same(detailed_status, await about(uuid, "detailed-status", stage))) &&
    (operations === undefined || (new Bindings().same(listed, { operations_list: status.operations_list }) && isAligned(reply, operations, status))) &&
    counts.every(Boolean)
  );
}

const STATES = [undefined, "done", "retriable", "failed", "open", "rejected"];

/** Whether the package tells what became of each item: of those with an operation of their own what was recorded. */
function isAligned({ request_items: items }, operations, status) {
  const wanted = items.map((_, at) => {
    const own = operations.filter(({ id }) => id === at);
    return own.length === 1 ? STATES[own[0].status] : "lost";
  });
  return same(submissions.align(items.length, status).map(({ state }) => state), wanted);
}

/** `limits.jsonl`: input limits switched on and off, on customers 1 to 8, of which a case may change one. */
export const limits = (folder, cases) =>
  withStages(folder, async (begun) => {
    let customers = prepared(folder);
    const verdicts = new Map();
    for (const one of withEarlierChanges(cases)) {
      const stage = await begun(one.config);
      await stage.sandbox.putCustomers(customers);
      const { status, body, isForeseen } = await answered(stage, one).catch(told);
      const said = one.error ? new Bindings().same(one.error, body) : same(one.summary, summary(body));
      verdicts.set(one.id, status === one.status && said && isForeseen);
      customers = (await stage.sandbox.customers()).filter(({ id }) => id <= KEPT_CUSTOMERS);
    }
    return cases.map(({ id }) => verdicts.get(id));
  });

const KEPT_CUSTOMERS = 8;

/** Customers 1 to 8, made the way they were. */
function prepared(folder) {
  const store = folder.store();
  return Array.from({ length: KEPT_CUSTOMERS }, (_, at) => {
    const body = { customer: { email: `pre${at}@example.test`, firstname: "A", lastname: "B" } };
    const { saved } = predictPost("/rest/V1/customers", body, { store, caller: "guest" });
    return { ...saved, id: at + 1, created_at: MADE, updated_at: MADE };
  });
}

const MADE = "2026-11-20 12:00:00";

/** In the order of their ids, with the kept ones between them that changed a customer: a folder may hold a part only. */
function withEarlierChanges(cases) {
  const here = new Set(cases.map(({ id }) => id));
  const others = new Folder(KEPT).cases("limits").filter(({ id, method }) => method === "PUT" && !here.has(id));
  return [...cases, ...others].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The counts of a reply: of a list, of a submission or of a customer. */
function summary(reply) {
  const { items, total_count, search_criteria, request_items, addresses = [], custom_attributes = [] } = reply ?? {};
  if (search_criteria !== undefined) return { items: items.length, total_count, search_criteria };
  if (request_items !== undefined) return { request_items: request_items.length };
  return { addresses: addresses.length, custom_attributes: custom_attributes.length };
}

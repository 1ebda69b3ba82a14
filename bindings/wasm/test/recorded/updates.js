// Updates by id, as the customer and through the queue, with everything that came of them.
import { predictUpdate, predictUpdateInBulk } from "magewright";
import { isReply, judgedEach, same } from "./compare.js";
import { filtered } from "./said.js";

const STATE = "state/update-customers.ndjson";
const PATH = /^\/rest(?:\/(?!V1\/|async\/)(\w+))?\/.*?([^/?]*)(?:\?(.*))?$/s;

export function updates(folder, cases) {
  const store = folder.store({ customers: STATE });
  const known = new Set(folder.lines(STATE).map(({ id }) => id));
  const addresses = new Set(folder.lines(STATE).flatMap((customer) => customer.addresses.map(({ id }) => id)));
  return judgedEach(cases, (one) => {
    const [, scope, id, query] = PATH.exec(one.path);
    const options = { store, caller: one.caller, ...(scope === undefined ? {} : { scope }) };
    const { said, customers } = one.mode === "bulk" ? queued(one, options) : sent(one, options, id, query);
    return said && left(one, customers, (customer) => settled(customer, addresses), known);
  });

  function sent(one, options, id, query) {
    const route = one.mode === "me" ? { route: "me" } : { route: "id", id };
    const { saved, refused, customers } = predictUpdate(one.before, one.sent ?? "null", { ...options, ...route });
    const reply = masked(one.reply, known);
    const said = refused ? isReply(refused, one.status, reply) : one.status === 200 && same(settled(filtered(saved, query), addresses), settled(reply, addresses));
    return { said, customers };
  }

  function queued(one, options) {
    const { operations, customers = [], refused } = predictUpdateInBulk(one.sent ?? "null", options);
    if (refused) return { said: one.http_status === one.status && isReply(refused, one.status, one.reply), customers };
    const told = operations.map(({ status, error_code, message }, id) => ({ id, status, error_code, result_message: message }));
    const { id: _, status, ...reply } = told[0] ?? {};
    const first = told.length === 0 || (status === one.status && same(masked(reply, known), masked(one.reply, known)));
    const all = one.operations === undefined || same(told.map((of) => masked(of, known)), one.operations.map((of) => masked(of, known)));
    return { said: one.http_status === 202 && first && all, customers };
  }
}

/** Whether the customers are afterwards what they were recorded to be: the case's own, others, and a new one. */
function left(one, customers, tidy, known) {
  const own = customers.find(({ id }) => id === one.before.id) ?? one.before;
  const others = customers.filter(({ id }) => id !== one.before.id && known.has(id));
  const created = customers.find(({ id }) => !known.has(id));
  return same(tidy(own), tidy(one.after)) && same(others.map(tidy), (one.other_after ?? []).map(tidy)) && same(created && tidy(created), one.created && tidy(one.created));
}

/** A customer with the addresses in the order of their ids: a release puts the default one first. */
export const addressesById = (customer) =>
  customer?.addresses === undefined ? customer : { ...customer, addresses: [...customer.addresses].sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1)) };

/** Addresses by id, and one mark for defaults that are nobody's address: which number stood there was the recorder's choice. */
function settled(customer, addresses) {
  const ids = (customer?.addresses ?? []).map(({ id }) => String(id));
  const defaults = ["default_billing", "default_shipping"].filter((key) => customer?.[key] !== undefined);
  const dangles = (id) => !ids.includes(id) && (id.startsWith("<new") || (Number(id) > 1000 && !addresses.has(Number(id))));
  const marks = defaults.filter((key) => dangles(String(customer[key]))).map((key) => [key, "<dangling>"]);
  return { ...addressesById(customer), ...Object.fromEntries(marks) };
}

/** The id of a customer that the save had begun to create is known to the server alone. */
function masked(reply, known) {
  if (reply === null || typeof reply !== "object") return reply;
  const { parameters, result_message: message } = reply;
  const out = { ...reply };
  const unkept = typeof parameters?.customer_id === "number" && !known.has(parameters.customer_id);
  if (unkept) out.parameters = { ...parameters, customer_id: "<id>" };
  if (typeof message === "string") out.result_message = message.replace(/(customer ID ")(\d+)"/, (all, head, id) => (known.has(Number(id)) ? all : `${head}<id>"`));
  return out;
}

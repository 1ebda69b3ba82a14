// What the package itself says becomes of a request, where it has a door for it.
import { MagewrightError, Store, answerSearch, decodeCriteria, decodeError, predictPost, predictUpdate, predictUpdateInBulk, selectFields } from "magewright";
import { same } from "./compare.js";
import { Bindings } from "./placeholders.js";
import { created, isList } from "./queue.js";
import { items } from "./spelled.js";

const PATH = /^\/rest(?:\/(?!async\/|V1\/)(\w+))?\/(async\/bulk\/)?V1\/customers(?:\/(me|search|byCustomerId|\d+))?(?:\?(.*))?$/s;

/** By method, queue and the end of the path: a create, updates, a search, and what the queue takes. */
const DOORS = {
  "POST ": create,
  "PUT id": update,
  "PUT me": updateMe,
  "GET search": search,
  "POST async/bulk/": ({ sent }, options) => (isList(sent) ? created(items(sent), options) : undefined),
  "PUT async/bulk/byCustomerId": ({ sent }, options) => predictUpdateInBulk(sent, options),
};

/** Names of callers; another one is a customer's token. */
const CALLERS = ["admin", "integration", "limited", "guest"];

/** The door that the package has for a request, sent as JSON and as it was written; nothing where it has none. */
export function doorOf({ method, path, sent, content_type }) {
  const { queue, end } = parts(path);
  const isJson = content_type === undefined && (method === "GET" || (sent !== undefined && sent !== "null"));
  return isJson ? DOORS[`${method} ${queue}${/^\d+$/.test(end) ? "id" : end}`] : undefined;
}

function parts(path) {
  const [whole, scope, queue = "", end = "", query = ""] = PATH.exec(path) ?? [];
  return whole === undefined ? {} : { scope, queue, end, query };
}

/**
 * Whether the package says at its door what the store answered; nothing for a question it has no answer to. Who may
 * sign in, and for how long, is the store's affair.
 *
 * @param asked the request as it was sent
 * @param there the store as it was then: what it says of itself, its customers, the time
 */
export function agrees(door, asked, there, reply) {
  const { scope, end, query } = parts(asked.path);
  const token = CALLERS.includes(asked.caller) ? undefined : asked.caller;
  if (token !== undefined && reply.status === 401) return undefined;
  const store = new Store(there);
  try {
    const options = { store, caller: token === undefined ? asked.caller : "customer", ...(scope === undefined ? {} : { scope }) };
    return isSo(door({ ...asked, id: end, query, token, there }, options), reply, query, scope);
  } catch (error) {
    if (error instanceof MagewrightError) return undefined;
    throw error;
  } finally {
    store.free();
  }
}

function isSo(said, { status, body }, query, scope) {
  if (said === undefined) return undefined;
  if (said.refused) return isRefusal(said.refused, status, body);
  if (said.operations) return status === 202 && body.request_items?.length === said.operations.length;
  const settled = (reply) => withoutNewsletter(withoutKey(reply, said.reply.id), scope);
  return status === 200 && new Bindings().same(settled(filtered(said.reply, query)), settled(body));
}

/** Whether a refusal, in which an id may be a marker, is the reply. */
function isRefusal({ status: foreseen, template, parameters, errors }, status, body) {
  if (foreseen !== status) return false;
  if (typeof body === "string") return template.trim() === body.trim();
  const found = decodeError(status, body);
  return new Bindings().same({ template, parameters }, { template: found.template, parameters: found.parameters }) && same(errors, found.errors);
}

/** The store alone knows the key in the e-mail by which a new customer confirms the account. */
function withoutKey(reply, id) {
  if (id !== "<id>") return reply;
  const { confirmation: _, ...others } = reply;
  return others;
}

/** A store keeps the newsletter for each website, and what it shows without a store code says nothing of the others. */
function withoutNewsletter(reply, scope) {
  if (scope === undefined || reply.extension_attributes === undefined) return reply;
  const { is_subscribed: _, ...others } = reply.extension_attributes;
  return { ...reply, extension_attributes: others };
}

const replied = ({ saved, refused }) => (refused ? { refused } : { reply: saved });

function create({ path, sent }, { store, caller }) {
  return replied(predictPost(path.split("?", 1)[0], sent, { store, caller }));
}

function update({ id, sent, there }, options) {
  const stored = there.accounts.find((customer) => String(customer.id) === id) ?? null;
  return replied(predictUpdate(stored, sent, { ...options, route: "id", id }));
}

/** Whose token it is stands in its second part. */
function updateMe({ token, sent, there }, options) {
  if (token === undefined) return undefined;
  const { uid } = JSON.parse(Buffer.from(token.split(".")[1], "base64url"));
  const stored = there.accounts.find(({ id }) => id === uid) ?? null;
  return replied(predictUpdate(stored, sent, { ...options, route: "me" }));
}

function search({ query }, { store, scope }) {
  if (scope !== undefined) return undefined;
  const read = decodeCriteria(query, store);
  const { refused, ...reply } = read.refused ? read : answerSearch(read.criteria, store);
  return refused ? { refused } : { reply };
}

/** The reply as far as the query asks for it. */
export function filtered(reply, query = "") {
  const fields = query.split("&").findLast((pair) => pair.startsWith("fields=")) ?? "";
  return fields === "" ? reply : selectFields(reply, decodeURIComponent(fields.slice("fields=".length)));
}

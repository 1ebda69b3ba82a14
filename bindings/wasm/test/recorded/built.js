// Recorded requests as the package builds them: by endpoint and parameters, or as a submission to the queue.
import { MagewrightError, bulk, contractOf, decodeCriteria, request } from "magewright";

const SYNC = /^\/rest(?:\/(?!V1\/|async\/)(\w+))?(\/V1\/[^?]*)(?:\?(.*))?$/s;
const QUEUED = /^\/rest(?:\/(?!V1\/|async\/)(\w+))?\/async\/bulk\/V1\/(customers(?:\/byCustomerId)?)$/;

/** Those with fewer placeholders go first, as in the store. */
const ENDPOINTS = contractOf()
  .endpoints.map(({ method, path }) => ({ method, path, names: [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name) }))
  .sort((a, b) => a.names.length - b.names.length)
  .map((one) => ({ ...one, pattern: new RegExp(`^${one.path.replaceAll(/\{\w+\}/g, "([^/]+)")}$`) }));

/** The request that the package makes of the parts of a recorded one; nothing where it makes none, as for what no endpoint takes. */
export function built(asked) {
  try {
    return submitted(asked) ?? composed(asked);
  } catch (error) {
    if (error instanceof MagewrightError || error instanceof URIError) return undefined;
    throw error;
  }
}

function composed({ method, path, sent }) {
  const [, scope, rest, query] = SYNC.exec(path) ?? [];
  const found = ENDPOINTS.find((one) => one.method === method && one.pattern.test(rest));
  if (found === undefined) return undefined;
  const [, ...values] = found.pattern.exec(rest);
  const own = Object.fromEntries(found.names.map((name, at) => [name, decodeURIComponent(values[at])]));
  const searched = query === undefined ? {} : { query: { searchCriteria: criteria(query) } };
  return request(`${method} ${found.path}`, { path: own, ...searched, ...(sent === undefined ? {} : { body: sent }), ...(scope && { scope }) });
}

/** What a query asks for; a parameter of another kind is none of the package's. */
function criteria(query) {
  const read = query.split("&").every((pair) => /^search_?criteria/i.test(pair)) ? decodeCriteria(query) : {};
  if (read.criteria === undefined) throw new MagewrightError({ code: "not_built", message: "no criteria" });
  return read.criteria;
}

/** A submission of all items at once, as long as the store would take them. */
function submitted({ method, path, sent }) {
  const [, scope, end] = QUEUED.exec(path) ?? [];
  const build = { "POST customers": bulk.create, "PUT customers/byCustomerId": bulk.update, "DELETE customers/byCustomerId": remove }[`${method} ${end}`];
  if (build === undefined || sent === undefined) return undefined;
  const made = build(sent, { ...(scope && { scope }), ...(method === "POST" && { passwords: "allow" }) });
  return made.length === 1 ? made[0].request : undefined;
}

/** Deletions are built of ids. */
function remove(sent, options) {
  const items = JSON.parse(sent);
  const isPlain = Array.isArray(items) && items.every((item) => Number.isInteger(item?.customerId) && Object.keys(item).length === 1);
  return isPlain ? bulk.remove(items.map(({ customerId }) => customerId), options) : [];
}

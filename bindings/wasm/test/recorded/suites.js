// The recorded cases that the package can be asked about: a verdict each, nothing where it has no door.
import { MagewrightError, answerSearch, decodeCriteria, decodeError, predictPost, selectFields } from "magewright";
import { isReply, same } from "./compare.js";
import { signatures } from "./oauth.js";
import { created, queue } from "./queue.js";
import { scenarios } from "./scenarios.js";
import { Table, updated } from "./table.js";
import { updates } from "./updates.js";

/** By the file's name: the folder and its cases to whether each holds. */
export const SUITES = {
  errors: (_, cases) => cases.map(isDecoded),
  fields: (_, cases) => cases.map(isSelected),
  create: creates,
  update: updates,
  search: searches,
  oauth: signatures,
  bulk: queue,
  scenarios,
  limits,
};

function isDecoded({ status, reply, rendered, rendered_errors }) {
  const decoded = decodeError(status, reply);
  const errors = decoded.shape === "json" && decoded.errors.length > 0 ? decoded.errors : undefined;
  return decoded.status === status && (decoded.shape === "json" ? decoded.message : null) === (rendered ?? null) && same(errors, rendered_errors);
}

function isSelected({ fields, status, input, output }) {
  if (input.message !== undefined) return same(input, output);
  try {
    return same(selectFields(input, fields), output) && status === 200;
  } catch (error) {
    return error instanceof MagewrightError && status !== 200 && error.message.trim() === output.trim();
  }
}

/** The body as it was sent. */
const sent = ({ raw_body, body }) => raw_body ?? (body === undefined ? "" : JSON.stringify(body));

function creates(folder, cases) {
  const store = folder.store({ customers: "state/create-customers.ndjson" });
  return cases.map((one) => {
    const typed = one.content_type === undefined ? {} : { content_type: one.content_type };
    const { saved, refused, kept } = predictPost(one.path, sent(one), { store, caller: one.caller, ...typed });
    if (refused === undefined) return one.status === 200 && same(saved, one.saved);
    return isReply(refused, one.status, one.reply) && same(kept, one.saved ?? null);
  });
}

function searches(folder, cases) {
  const store = folder.store({ customers: "search-data.ndjson" });
  return cases.map(({ query, status, total_count, ids, ordered, criteria, error }) => {
    const read = decodeCriteria(query);
    if (read.refused !== undefined) return isReply(read.refused, status, error);
    const found = answerSearch(read.criteria, store);
    if (found.refused !== undefined) return isReply(found.refused, status, error);
    const rows = found.items.map(({ id }) => id);
    const all = rows.length === total_count;
    return status === 200 && found.total_count === total_count && same(found.search_criteria, criteria)
      && (ordered ? same(rows, ids) : !all || same([...rows].sort(), [...ids].sort()));
  });
}

/** Searches, creates, queued ones too, and updates of a store whose input limits are set; eight customers are in it. */
function limits(folder, cases) {
  const table = new Table();
  const bare = folder.store();
  for (let at = 0; at < 8; at++) {
    const body = { customer: { email: `pre${at}@example.test`, firstname: "A", lastname: "B" } };
    table.keep([predictPost("/rest/V1/customers", body, { store: bare, caller: "admin" }).saved]);
  }
  return cases.map((one) => {
    const found = limited(one, { store: folder.store({ config: one.config, customers: table.rows }), caller: one.caller }, table);
    if (found === undefined) return undefined;
    return found.refused ? isReply(found.refused, one.status, one.error) : one.status === (found.status ?? 200) && same(found.summary, one.summary);
  });
}

function limited(one, options, table) {
  const [path, query] = one.path.split(/\?(.*)/s);
  if (one.method === "GET" && path === "/rest/V1/customers/search") {
    const read = decodeCriteria(query, options.store);
    const { refused, items, total_count, search_criteria } = read.refused ? read : answerSearch(read.criteria, options.store);
    return refused ? { refused } : { summary: { items: items.length, total_count, search_criteria } };
  }
  if (one.method === "POST" && path === "/rest/V1/customers") return counted(predictPost(path, sent(one), options));
  if (one.method === "POST" && path === "/rest/async/bulk/V1/customers") return submitted(created(one.body, options));
  const [, id] = /^\/rest\/V1\/customers\/(\d+)$/.exec(path) ?? [];
  return one.method === "PUT" && id !== undefined ? counted(updated(table, id, one.body, options)) : undefined;
}

const submitted = ({ refused, operations }) => (refused ? { refused } : { status: 202, summary: { request_items: operations.length } });
const counted = ({ refused, saved }) => (refused ? { refused } : { summary: { addresses: saved.addresses?.length ?? 0, custom_attributes: saved.custom_attributes?.length ?? 0 } });

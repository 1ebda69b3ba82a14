// The recorded cases, a verdict each. What an operation of the package decides alone is put to it here.
import { MagewrightError, answerSearch, decodeCriteria, decodeError, predictPost, selectFields } from "magewright";
import { isReply, same } from "./compare.js";
import { signatures } from "./oauth.js";
import { bulk, limits, scenarios } from "./staged.js";
import { addressesById, updates } from "./updates.js";

/** By the file's name: the folder and its cases to whether each holds. */
export const SUITES = {
  errors: (_, cases) => cases.map(isDecoded),
  fields: (_, cases) => cases.map(isSelected),
  create: creates,
  update: updates,
  search: searches,
  oauth: signatures,
  bulk,
  scenarios,
  limits,
};

function isDecoded({ status, reply, rendered, rendered_errors }) {
  const decoded = decodeError(status, reply);
  const isJson = decoded.shape === "json";
  const errors = isJson && decoded.errors.length > 0 ? decoded.errors : undefined;
  const isRendered = (isJson ? decoded.message : null) === (rendered ?? null) && same(errors, rendered_errors);
  return decoded.status === status && isRendered && isWhole(decoded, reply);
}

/** Whether nothing was lost: of XML it is enough that a message was found. */
function isWhole({ shape, template, parameters }, reply) {
  if (typeof reply === "string") return shape === "xml" ? template !== "" : template === reply.trim();
  return reply.message === undefined || (template === reply.message && same(parameters, reply.parameters ?? null));
}

function isSelected({ fields, status, input, output }) {
  if (input.message !== undefined) return same(input, output);
  try {
    return same(selectFields(input, fields), output) && status === 200;
  } catch (error) {
    return error instanceof MagewrightError && status !== 200 && error.message.trim() === output.trim();
  }
}

function creates(folder, cases) {
  const store = folder.store({ customers: "state/create-customers.ndjson" });
  return cases.map((one) => {
    const typed = one.content_type === undefined ? {} : { content_type: one.content_type };
    const { saved, refused, kept } = predictPost(one.path, one.sent ?? "", { store, caller: one.caller, ...typed });
    const isSaved = (customer) => same(addressesById(customer), addressesById(one.saved ?? null));
    return refused === undefined ? one.status === 200 && isSaved(saved) : isReply(refused, one.status, one.reply) && isSaved(kept);
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

// The recorded cases, a verdict each. What an operation of the package decides alone is put to it here.
import { MagewrightError, decodeError, predictPost, selectFields } from "magewright";
import { isReply, judgedEach, same } from "./compare.js";
import { signatures } from "./oauth.js";
import { searches } from "./searches.js";
import { bulk, limits, scenarios } from "./staged.js";
import { addressesById, updates } from "./updates.js";

/** By the file's name: the folder and its cases to whether each holds. */
export const SUITES = {
  errors: (_, cases) => judgedEach(cases, isDecoded),
  fields: (_, cases) => judgedEach(cases, isSelected),
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
  return judgedEach(cases, (one) => {
    const typed = one.content_type === undefined ? {} : { content_type: one.content_type };
    const { saved, refused, kept } = predictPost(one.path, one.sent ?? "", { store, caller: one.caller, ...typed });
    const isSaved = (customer) => same(addressesById(customer), addressesById(one.saved ?? null));
    return refused === undefined ? one.status === 200 && isSaved(saved) : isReply(refused, one.status, one.reply) && isSaved(kept);
  });
}

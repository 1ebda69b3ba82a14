import { encodePlain } from "./criteria.js";
import { Unplannable, ask, document } from "./desk.js";
import { about } from "./store.js";

export * as customers from "./customers.js";
export { MagewrightError, Unplannable, ask } from "./desk.js";
export { sign } from "./oauth.js";

/** The names of everything the core can be asked. */
export const operations = () => ask("operations", {});

/** What a store will refuse of a customer record, and what it will silently change or drop. */
export const validate = (payload, store) => ask("validate", { ...document("payload", payload), ...about(store) });

/** The same for the body of `POST /V1/customers`. */
export const validateCreate = (body, options) => ask("validate.create", { ...document("body", body), ...about(options) });

/** What becomes of `POST /V1/customers` with this body. */
export const predictCreate = (body, options) => ask("predict.create", { ...document("body", body), ...about(options) });

/** What becomes of an update with this body. */
export const predictUpdate = (stored, body, options) =>
  ask("predict.update", { ...document("stored", stored), ...document("body", body), ...about(options) });

/** What becomes of a bulk update. */
export const predictUpdateInBulk = (items, options) =>
  ask("predict.update_in_bulk", { ...document("items", items), ...about(options) });

/** What a body written by hand would really do. */
export const audit = (stored, body, options) =>
  ask("audit", { ...document("stored", stored), ...document("body", body), ...about(options) });

/** The update that makes `patch` of the stored customer and changes nothing else. */
export function plan(stored, patch, options) {
  const answer = ask("plan", { ...document("stored", stored), ...document("patch", patch), ...about(options) });
  if (answer.unplannable) throw new Unplannable(answer.unplannable);
  return answer;
}

/** Every place where two copies of a customer differ. */
export const changes = (before, after) =>
  ask("patch.changes", { ...document("before", before), ...document("after", after) });

/** The customer that is wanted: the stored one with a patch applied. */
export const applyPatch = (stored, patch) =>
  ask("patch.apply", { ...document("stored", stored), ...document("patch", patch) });

/** The patch that makes `after` of `before`. */
export const diff = (before, after) =>
  ask("patch.diff", { ...document("before", before), ...document("after", after) });

/** The patch that brings the change from `base` to `desired` onto `current`. */
export const reconcile = (base, current, desired, policy = "fail") =>
  ask("patch.reconcile", {
    ...document("base", base),
    ...document("current", current),
    ...document("desired", desired),
    policy,
  });

/** What an error reply says and, when the call is known, its likely causes. */
export const decodeError = (status, body, call = {}) =>
  ask("error.decode", { status, ...document("body", body), ...call });

/** The reply that the store gives with `fields=<fields>`. */
export const selectFields = (reply, fields) => ask("fields.apply", { ...document("reply", reply), fields });

/** Criteria as a query string, without `?`. */
export const encodeCriteria = (criteria, options) =>
  encodePlain(criteria, options) ?? ask("search.encode", { criteria, ...options });

/** A query string as the store reads it. */
export const decodeCriteria = (query, options = {}) => ask("search.decode", { query, ...options });

/** Criteria in words and as a tree, with what the store makes of them. */
export const explainCriteria = (criteria, store) => ask("search.explain", { criteria, ...about(store) });

/** The reply to a search among the accounts given. */
export const answerSearch = (criteria, store) => ask("search.answer", { criteria, ...about(store) });

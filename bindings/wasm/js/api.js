import { encodePlain } from "./criteria.js";
import { Unplannable, ask, document } from "./desk.js";
import { askAbout } from "./store.js";

export * as bulk from "./bulk.js";
export * as customers from "./customers.js";
export { MagewrightError, Unplannable, ask } from "./desk.js";
export { field } from "./field.js";
export { sign, verify } from "./oauth.js";
export { prepare } from "./prepare.js";
export { Store } from "./store.js";
export { validateStream } from "./stream.js";
export { Validator } from "./validator.js";

/** The names of everything the core can be asked. */
export const operations = () => ask("operations", {});

/** What a store will refuse of a customer record, and what it will silently change or drop. */
export const validate = (payload, store) => askAbout("validate", { payload }, store);

/** The same for the body of `POST /V1/customers`. */
export const validateCreate = (body, options) => askAbout("validate.create", { body }, options);

/** The same for the body that creates or changes an administrator, in shops with a module for it. */
export const validateAdminUser = (body, options = {}) => ask("validate.admin_user", { ...document("body", body), ...options });

/** The same for every item of `POST /async/bulk/V1/customers`, in order. */
export const validateBatch = (items, options) => askAbout("validate.batch", { items }, options);

/** What becomes of a POST as it is sent to a path, of whatever content type. */
export const predictPost = (path, body, options) => askAbout("predict.post", { body }, options, { path });

/** What becomes of one item of `POST /async/bulk/V1/customers`. */
export const predictQueuedCreate = (item, options) => askAbout("predict.create_queued", { item }, options);

/** What becomes of `POST /V1/customers` with this body. */
export const predictCreate = (body, options) => askAbout("predict.create", { body }, options);

/** What becomes of an update with this body. */
export const predictUpdate = (stored, body, options) => askAbout("predict.update", { stored, body }, options);

/** What becomes of a bulk update. */
export const predictUpdateInBulk = (items, options) => askAbout("predict.update_in_bulk", { items }, options);

/** What a body written by hand would really do. */
export const audit = (stored, body, options) => askAbout("audit", { stored, body }, options);

/** The update that makes `patch` of the stored customer and changes nothing else. */
export function plan(stored, patch, options) {
  const answer = askAbout("plan", { stored, patch }, options);
  if (answer.unplannable) throw new Unplannable(answer.unplannable);
  return answer;
}

/** Every place where two copies of a customer differ. */
export const changes = (before, after) => askAbout("patch.changes", { before, after });

/** The customer that is wanted: the stored one with a patch applied. */
export const applyPatch = (stored, patch) => askAbout("patch.apply", { stored, patch });

/** The patch that makes `after` of `before`. */
export const diff = (before, after) => askAbout("patch.diff", { before, after });

/** The patch that brings the change from `base` to `desired` onto `current`. */
export const reconcile = (base, current, desired, policy = "fail") =>
  askAbout("patch.reconcile", { base, current, desired }, { policy });

/** What an error reply says and, when the call is known, its likely causes. */
export const decodeError = (status, body, call = {}) =>
  ask("error.decode", { status, ...document("body", body), ...call });

/** The reply that the store gives with `fields=<fields>`. */
export const selectFields = (reply, fields) => ask("fields.apply", { ...document("reply", reply), fields });

/** A request on any endpoint of the domain, by method and path as the contract writes them. */
export function request(endpoint, { path, query, body, ...options } = {}) {
  const [method, template] = endpoint.split(" ", 2);
  const { searchCriteria: criteria, ...others } = query ?? {};
  const sent = body === undefined ? {} : document("body", body);
  return ask("request", { method, path: template, parameters: { ...path, ...others }, criteria, ...sent, ...options });
}

/** Types and endpoints of a release, or of a store with a schema of its own. */
export const contractOf = (store) => askAbout("contract", {}, store);

/** The releases that can be asked about. */
export const releases = () => ask("releases", {});

/** What is assumed of a store that nobody described. */
export const stockProfile = () => ask("profile.stock", {});

/** The profile of a store in its own replies. */
export const profileFromReplies = (replies) => askAbout("profile.from_replies", replies);

/** Criteria as a query string, without `?`. */
export const encodeCriteria = (criteria, options) =>
  encodePlain(criteria, options) ?? ask("search.encode", { criteria, ...options });

/** A query string as the store reads it. */
export const decodeCriteria = (query, store) => askAbout("search.decode", {}, store, { query });

/** What a store will refuse of criteria, or silently take for something else. */
export const checkCriteria = (criteria, store) => askAbout("search.check", {}, store, { criteria });

/** Criteria in words and as a tree, with what the store makes of them. */
export const explainCriteria = (criteria, store) => askAbout("search.explain", {}, store, { criteria });

/** The reply to a search among the accounts given. */
export const answerSearch = (criteria, store) => askAbout("search.answer", {}, store, { criteria });

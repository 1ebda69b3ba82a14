/** A JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A JSON object. */
export type JsonObject = { [key: string]: Json };

/**
 * A JSON document. Text and bytes (UTF-8) are JSON as it would be sent and the
 * cheapest to pass; an object costs a JSON.stringify.
 */
export type Document = string | Uint8Array | object;

/** A question the core has no answer to. */
export class MagewrightError extends Error {
  /** The kind of failure: stable across versions. */
  readonly code: string;
  /** The member of the request at fault, as a JSON Pointer. */
  readonly pointer: string | undefined;
}

/** No request does what a patch asks, and nothing else. */
export class Unplannable extends MagewrightError {
  readonly reasons: { pointer: string; code: string; message: string }[];
  /** What the store would answer to the body that comes closest. */
  readonly refusal: Refusal | null;
}

/** Asks the core by the name of an operation; the functions of this package are the typed way. */
export function ask(operation: string, request: object): Json;

/** The names of everything the core can be asked. */
export function operations(): string[];

/** A release of Magento, as in `2.4.7-p3`, the default. */
export type Release = `2.4.${number}` | `2.4.${number}-p${number}`;

/** The store a question is about; what is left out is that of a freshly installed one. */
export interface Store {
  release?: Release;
  /** What the store says of itself. */
  profile?: Document;
  /** The customers known to exist, as GET returns them. */
  accounts?: Document;
  /** The store code in the path. */
  scope?: string;
  /** The time of the request, in seconds since 1970. */
  now?: number;
}

/** One thing that is wrong with a payload. */
export interface Violation {
  /** Where, as a JSON Pointer into the payload. */
  pointer: string;
  /** What kind of violation: stable across versions. */
  code: string;
  /** `error`: the store refuses; `loss`: the store silently changes or drops. */
  severity: "error" | "loss";
  /** What is wrong and the way out; never holds the field's value. */
  message: string;
  /** Where the rule comes from. */
  source: string;
  /** The releases the rule holds for. */
  releases: string;
}

/** All that is to be said about a payload before it is sent. */
export interface Report {
  /** Whether the store takes the payload, be it with losses. */
  accepted: boolean;
  violations: Violation[];
  /** Checks that could not be made for want of a profile. */
  unchecked: string[];
}

/** What a store will refuse of a customer record, and what it will silently change or drop. */
export function validate(payload: Document, store?: Store): Report;

/** Who sends a request; `limited` is an administrator without rights to customers. */
export type Caller = "admin" | "integration" | "customer" | "guest" | "limited";

/** A store, and who sends it something; `admin` when nobody is named. */
export interface Sent extends Store {
  caller?: Caller;
}

/** A store, who sends it an update, and by which route. */
export interface Updated extends Sent {
  /** `PUT /V1/customers/{id}`, the default; `.../me`; or the bulk queue. */
  route?: "id" | "me" | "queue";
  /** The id in the path; that of the stored customer when left out. */
  id?: string;
}

/** The same for the body of `POST /V1/customers`, `{"customer": …, "password": …}`. */
export function validateCreate(body: Document, options?: Sent): Report;

/**
 * What becomes of a request. What only the server knows stands as a marker in
 * the customer: `"<id>"`, `"<a1>"`, `"<new1>"`, `"<time>"`.
 */
export type Prediction =
  | { /** The customer in the store's reply. */ saved: JsonObject; refused?: undefined }
  | { saved?: undefined; refused: Refusal; /** The customer that the store keeps although it refuses. */ kept: JsonObject | null };

/** What becomes of `POST /V1/customers` with this body. */
export function predictCreate(body: Document, options?: Sent): Prediction;

/** What becomes of an update with this body, and which customers it leaves not as they were. */
export function predictUpdate(
  stored: Document,
  body: Document,
  options?: Updated,
): Prediction & { customers: JsonObject[] };

/** What becomes of `PUT /async/bulk/V1/customers/byCustomerId`; `accounts` holds the customers. */
export function predictUpdateInBulk(
  items: Document,
  options?: Sent,
):
  | {
      /** One an item, in order; status 1 is complete, 3 failed and not to be retried. */
      operations: { status: number; error_code: number | null; message: string }[];
      customers: JsonObject[];
      refused?: undefined;
    }
  | { refused: Refusal };

/** A place that is not as it was; what stands nowhere is left out. */
export interface Change {
  /** Where, as a JSON Pointer in which an item of a keyed list stands by its key. */
  pointer: string;
  before?: Json;
  after?: Json;
}

/** One thing that a request would do, or fail to do. */
export interface Effect extends Change {
  kind:
    | "refused"
    | "blocked-by-stored"
    | "other-customer"
    | "created"
    | "password-replaced"
    | "changed"
    | "altered"
    | "lost"
    | "address-lost"
    | "default-cleared"
    | "ignored";
  /** How bad it is; `null` for what the request asks for. */
  severity: "error" | "loss" | null;
}

/** What a body written by hand would really do to the stored customer, place by place. */
export function audit(stored: Document, body: Document, options?: Updated): Effect[];

/** A request that does what a patch asks, and nothing else. */
export interface Plan {
  request: Request;
  /** What changes, the store's own fields aside. */
  changes: Change[];
  /** Those of the changes that take something away. */
  removals: Change[];
  /** What is worth knowing before it is sent, as stable codes. */
  warnings: string[];
  /** The customer as GET returns it afterwards, with markers for what only the server knows. */
  expected: JsonObject;
}

/**
 * The update that makes `patch` of the stored customer and changes nothing else.
 *
 * @param stored the whole customer as GET returns it, read as late as can be
 * @throws {Unplannable} when no request does that
 */
export function plan(
  stored: Document,
  patch: Document,
  options?: Updated & { /** How much of the customer the body carries. */ strategy?: "auto" | "minimal" | "full" },
): Plan;

/** Every place where two copies of a customer differ. */
export function changes(before: Document, after: Document): Change[];

/**
 * The customer that is wanted: the stored one with a patch applied.
 *
 * @throws {MagewrightError} when the patch is none, or names an address that is not stored
 */
export function applyPatch(stored: Document, patch: Document): JsonObject;

/** The patch that makes `after` of `before`; `{}` when they are the same customer. */
export function diff(before: Document, after: Document): JsonObject;

/** A place that two writers changed to different values; what stood nowhere is left out. */
export interface Conflict {
  /** Where, as a JSON Pointer in which an item of a keyed list stands by its key. */
  pointer: string;
  base?: Json;
  current?: Json;
  desired?: Json;
}

/** The patch that brings the change from `base` to `desired` onto `current`. */
export function reconcile(
  base: Document,
  current: Document,
  desired: Document,
  /** Who wins where both changed the same thing; `fail`, the default: there is no patch then. */
  policy?: "ours" | "theirs" | "fail",
): { patch: JsonObject | null; conflicts: Conflict[] };

/** What a store says when it refuses. */
export interface Refusal {
  /** The HTTP status. */
  status: number;
  /** The message with its placeholders filled. */
  message: string;
  /** The message as the store sent it. */
  template: string;
  /** What fills the placeholders. */
  parameters: Json[] | JsonObject | null;
  /** The messages behind an aggregate; empty unless there are two or more. */
  errors: string[];
}

/** An error reply, decoded. */
export interface StoreError extends Refusal {
  shape: "json" | "fatal" | "xml" | "text" | "html" | "empty";
  /** The number of the PHP exception. */
  code: number | null;
  /** The id under which the store logged an internal error. */
  report_id: string | null;
  /** The likely causes, the likeliest first; when the call was given. */
  causes?: Cause[];
}

/** A likely cause of an error, and the way out. */
export interface Cause {
  code: string;
  message: string;
  /** The field it is about, as a JSON Pointer into the request's body. */
  pointer?: string;
  /** The ACL resource that the call needs. */
  resource?: string;
}

/** What an error reply says and, when the call is known, its likely causes. */
export function decodeError(
  status: number,
  body: Document,
  call?: { method: "GET" | "POST" | "PUT" | "DELETE"; path: string; token?: "absent" | "fresh" | "old" },
): StoreError;

/** The reply that the store gives with `fields=<fields>`. */
export function selectFields(reply: Document, fields: string): Json;

/** What a search asks for, in the store's own words: groups are joined with AND, their filters with OR. */
export interface SearchCriteria {
  filter_groups?: { filters: { field: string; value?: string | number | null; condition_type?: string }[] }[];
  sort_orders?: { field: string; direction?: "ASC" | "DESC" | null }[];
  page_size?: number;
  current_page?: number;
  /** The parts of the reply wanted. */
  fields?: string;
}

/**
 * Criteria as a query string, without `?`.
 *
 * @param criteria an object, or the text form: `group_id = 1 and email like '%@x.test' limit 100`
 * @throws {MagewrightError} with the place, for what are no criteria
 */
export function encodeCriteria(
  criteria: SearchCriteria | string,
  options?: { /** How names are spelled: `filterGroups`, the default, or `filter_groups`. */ spelling?: "camel" | "snake" },
): string;

/**
 * A query string as the store reads it: criteria and their text form, or its refusal.
 *
 * @throws {MagewrightError} `unsupported`, when it is not known what the store makes of the query
 */
export function decodeCriteria(
  query: string,
  options?: { release?: Release },
): { criteria: SearchCriteria; text: string; refused?: undefined } | { refused: Refusal };

/** A request, ready but for the base URL and the caller's credentials. */
export interface Request {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** Path and query from the store's base URL on. */
  target: string;
  /** The body as JSON text; `null` for none. */
  body: string | null;
}

/** Requests for customers. `scope` is the store code in the path. */
export namespace customers {
  function get(id: number, options?: { fields?: string; scope?: string }): Request;
  function search(criteria: SearchCriteria | string, options?: { scope?: string }): Request;
  function create(customer: Document, options?: { password?: string; scope?: string }): Request;
  function update(id: number, customer: Document, options?: { scope?: string }): Request;
  function remove(id: number, options?: { scope?: string }): Request;
}

/** The four values that a store gives an integration when it is activated. */
export interface Credentials {
  consumerKey: string;
  consumerSecret: string;
  token: string;
  tokenSecret: string;
}

/**
 * The value of the `Authorization` header that an integration sends.
 *
 * @param url the whole URL exactly as it is sent
 * @param options nonce and timestamp (seconds since 1970) are made up when left out
 */
export function sign(
  method: string,
  url: string,
  credentials: Credentials,
  options?: { nonce?: string; timestamp?: number; release?: Release },
): string;

/** Criteria in words (`words`) and as a tree, with what the store makes of them. */
export function explainCriteria(criteria: SearchCriteria | string, store?: Store): JsonObject & { words: string };

/**
 * The store's reply to a search among the accounts given, or its refusal.
 *
 * @throws {MagewrightError} `unsupported`, when it is not known what the store answers
 */
export function answerSearch(criteria: SearchCriteria | string, store?: Store): JsonObject | { refused: Refusal };

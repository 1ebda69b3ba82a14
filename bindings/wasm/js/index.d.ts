/// <reference lib="esnext.disposable" />
/** A JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A JSON object. */
export type JsonObject = { [key: string]: Json };

/** Bytes of UTF-8, in whatever they are wrapped, a part of a buffer or memory that threads share too. */
export type Bytes = Uint8Array | ArrayBufferView | ArrayBufferLike;

/**
 * A JSON document. Text and bytes are JSON as it would be sent and the cheapest to pass; an object costs
 * a JSON.stringify.
 *
 * An instance of which JSON keeps nothing, such as a promise, a `Response` or a `Map`, is a TypeError.
 */
export type Document = string | Bytes | object;

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

/** What a store sends and takes, generated from its contract. */
export type * as contract from "./contract.js";

export * from "./replies.js";
export * from "./requests.js";
export * from "./search.js";

import type { Refusal } from "./replies.js";
import type { Request } from "./requests.js";

/** Asks the core by the name of an operation; the functions of this package are the typed way. */
export function ask(operation: string, request: object): Json;

/** The names of everything the core can be asked. */
export function operations(): string[];

/** A release of Magento, as in `2.4.7-p3`, the default, or the SaaS edition. */
export type Release = `2.4.${number}` | `2.4.${number}-p${number}` | "saas";

/** What describes a store; what is left out is that of a freshly installed one. */
export interface StoreDescription {
  release?: Release;
  /** What the store says of itself. */
  profile?: Document;
  /** The customers known to exist, as GET returns them. */
  accounts?: Document;
  /** The store code in the path, or of the SaaS edition in the header. */
  scope?: string;
  /** The time of the request, in seconds since 1970. */
  now?: number;
}

/**
 * A store described once, for many questions: its profile and customers are read when it is made.
 *
 * It lives in the module's memory until it is freed, by `free()`, by `using`, or by the collector.
 */
export class Store {
  /** @throws {MagewrightError} with the place, for what describes no store */
  constructor(description?: StoreDescription);
  /** Gives its memory back; questions about it throw from then on. */
  free(): void;
  [Symbol.dispose](): void;
}

/** A store described once; the path's store code and the time may differ from question to question. */
export interface ByStore {
  store: Store;
  scope?: string;
  now?: number;
  release?: undefined;
  profile?: undefined;
  accounts?: undefined;
}

/** The store a question is about: described in place, or once. */
export type About = StoreDescription & { store?: undefined } | ByStore;

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
export function validate(payload: Document, store?: About | Store): Report;

/** Who sends a request; `limited` is an administrator without rights to customers. */
export type Caller = "admin" | "integration" | "customer" | "guest" | "limited";

/** A store, and who sends it something; `admin` when nobody is named. */
export type Sent = About & { caller?: Caller };

/** A store, who sends it an update, and by which route. */
export type Updated = Sent & {
  /** `PUT /V1/customers/{id}`, the default; `.../me`; or the bulk queue. */
  route?: "id" | "me" | "queue";
  /** The id in the path; that of the stored customer when left out. */
  id?: string;
};

/** The same for the body of `POST /V1/customers`, `{"customer": …, "password": …}`. */
export function validateCreate(body: Document, options?: Sent | Store): Report;

/** The same for the body that creates or changes an administrator: Magento has no route for it, modules do. */
export function validateAdminUser(
  body: Document,
  options?: {
    /** Whether the administrator exists; `new`, the default. */
    user?: "new" | "existing";
    /** What the store asks of a password; `letter-and-digit`, the default. */
    policy?: "letter-and-digit" | "mixed-case";
  },
): Report;

/**
 * The same for every item of `POST /async/bulk/V1/customers`, in order: an e-mail address that an earlier
 * item takes is an error too.
 *
 * ```js
 * const item = { customer: { email: "ada@example.test", firstname: "Ada", lastname: "L" } };
 * validateBatch([item, item]).map(({ accepted }) => accepted); // [true, false]
 * ```
 */
export function validateBatch(items: Document, options?: Sent | Store): Report[];

/** A record that is not clean, by the number of its line counted from 1. */
export interface LineReport {
  line: number;
  accepted: boolean;
  violations: Violation[];
}

/** How many records there were, and how they fared. */
export interface Tally {
  /** Lines that are not blank. */
  records: number;
  clean: number;
  refused: number;
  /** Blank lines: they count as lines, and are otherwise passed over. */
  blank: number;
}

/** What payloads are judged as: a customer record by itself, or the body of a create that someone sends. */
export type Judged = { operation?: "record"; caller?: undefined } | { operation: "create"; caller?: Caller };

/**
 * A validator made once for many payloads, each text or UTF-8 bytes; an object costs a JSON.stringify.
 *
 * Making one costs about as much as checking a few records. It lives in the module's memory until it
 * is freed, by `free()`, by `using`, or by the collector.
 */
export class Validator {
  constructor(options?: About & Judged);
  /** The checks that cannot be made for want of knowledge about the store: the same for every payload. */
  readonly unchecked: string[];
  /** Whether a payload is certainly valid, quickly; `false` says no more than "look closer", as `check` does. */
  accepts(payload: Document): boolean;
  /** Everything that is wrong with a payload. */
  check(payload: Document): Report;
  /** The records of a text by the line: reports on those that are not clean, and the tally of all. */
  ndjson(text: string | Bytes): { reports: LineReport[]; tally: Tally };
  /** Gives its memory back; questions to it throw from then on. */
  free(): void;
  [Symbol.dispose](): void;
}

/**
 * A stream of NDJSON, as text or bytes in chunks of any size, to reports on the records that are not
 * clean. Memory does not grow with the number of records; a line may have 16 MiB.
 *
 * @returns the stream, with the `tally` that is told when all is read; it fails when reading is given up
 */
export function validateStream(
  options?: Validator | (About & Judged),
): TransformStream<string | Bytes, LineReport> & { readonly tally: Promise<Tally> };

/**
 * What becomes of a request. What only the server knows stands as a marker in
 * the customer: `"<id>"`, `"<a1>"`, `"<new1>"`, `"<time>"`.
 */
export type Prediction =
  | { /** The customer in the store's reply. */ saved: JsonObject; refused?: undefined }
  | { saved?: undefined; refused: Refusal; /** The customer that the store keeps although it refuses. */ kept: JsonObject | null };

/** What becomes of `POST /V1/customers` with this body. */
export function predictCreate(body: Document, options?: Sent | Store): Prediction;

/**
 * What becomes of a POST as it is sent: the path, from the host on, may name another store view or none of
 * the store's, and a store looks at the content type (`null` for none, JSON when left out).
 */
export function predictPost(
  path: string,
  body: Document,
  options?: Store | (Sent & { scope?: undefined; content_type?: string | null }),
): Prediction;

/** What becomes of one item of `POST /async/bulk/V1/customers`; `not_accepted` refuses the whole submission. */
export function predictQueuedCreate(
  item: Document,
  options?: Sent | Store,
): (Prediction & { not_accepted?: undefined }) | { not_accepted: Refusal; saved?: undefined; refused?: undefined };

/** What becomes of an update with this body, and which customers it leaves not as they were. */
export function predictUpdate(
  stored: Document,
  body: Document,
  options?: Updated | Store,
): Prediction & { customers: JsonObject[] };

/** What becomes of `PUT /async/bulk/V1/customers/byCustomerId`; `accounts` holds the customers. */
export function predictUpdateInBulk(
  items: Document,
  options?: Sent | Store,
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
  /** What the store answers, when it refuses. */
  refusal?: Refusal;
}

/** What a body written by hand would really do to the stored customer, place by place. */
export function audit(stored: Document, body: Document, options?: Updated | Store): Effect[];

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
  options?: Store | Updated & { /** How much of the customer the body carries. */ strategy?: "auto" | "minimal" | "full" },
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

/**
 * Types (`$defs`, in JSON Schema's words) and endpoints of a release, those of a store's own schema included
 * when its profile has it.
 *
 * ```js
 * contractOf({ release: "2.4.7" }).$defs.Customer.properties.gender.enum; // [0, 1, 2, 3]
 * ```
 */
export function contractOf(store?: About | Store): {
  release: string;
  $defs: Record<string, { properties: Record<string, JsonObject>; required: string[] }>;
  endpoints: { method: Request["method"]; path: string; access: string | null; needs: string[]; core: boolean; [more: string]: Json }[];
};

/** The releases that can be asked about: the first of each line, of which any patch level can, and editions without one. */
export function releases(): { default: Release; lines: Release[]; editions: Release[] };

/** What is assumed of a store that nobody described, as a profile to begin one with: given to a store, it counts as told. */
export function stockProfile(): JsonObject;

/** A store's profile, from its own replies to the requests of the same names. */
export function profileFromReplies(replies: {
  websites?: Document;
  store_groups?: Document;
  store_views?: Document;
  customer_groups?: Document;
  customer_attributes?: Document;
  address_attributes?: Document;
  countries?: Document;
  modules?: Document;
  settings?: Document;
  /** The schema document that the shop publishes for its own services. */
  schema?: Document;
}): JsonObject;

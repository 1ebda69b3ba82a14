import type { Endpoints } from "./contract.js";
import type { Criteria, Document, Release } from "./index.js";
import type { Refusal } from "./replies.js";

/** A request, ready but for the base URL and the caller's credentials. */
export interface Request {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** Path and query from the store's base URL on. */
  target: string;
  /** The body as JSON text; `null` for none. */
  body: string | null;
  /** What the release wants beside credentials and content type: in the SaaS edition the store view. */
  headers?: Record<string, string>;
}

/**
 * Requests for customers. `scope` is the store code in the path; in the SaaS edition, whose release is
 * `saas`, it is a header.
 */
export namespace customers {
  function get(id: number, options?: { fields?: string; scope?: string; release?: Release }): Request;
  function search(criteria: Criteria, options?: { scope?: string; release?: Release }): Request;
  function create(customer: Document, options?: { password?: string; scope?: string; release?: Release }): Request;
  function update(id: number, customer: Document, options?: { scope?: string; release?: Release }): Request;
  function remove(id: number, options?: { scope?: string; release?: Release }): Request;
}

/** What a request on an endpoint is made of: what the endpoint takes, typed by the contract. */
export type Parts<E extends keyof Endpoints> = Member<"path", Endpoints[E]["path"]> &
  Member<"query", Searched<Endpoints[E]["query"]>> &
  Member<"body", Written<Endpoints[E]["body"]>> & {
    /** The store code in the path. */
    scope?: string;
    /** The store's release; an endpoint that it lacks is refused. */
    release?: Release;
  };

/** A member that has to be there, may be there, or has nothing to hold. */
type Member<Name extends string, Of> =
  Of extends Record<string, never> ? { [name in Name]?: undefined } : {} extends Of ? { [name in Name]?: Of } : { [name in Name]: Of };

/** Criteria may be given in every form they have. */
type Searched<Of> = { [name in keyof Of]: name extends "searchCriteria" ? Criteria : Of[name] };

/** A body may be JSON text. */
type Written<Of> = Of extends Record<string, never> ? Of : Of | string | Uint8Array;

/**
 * A request on any endpoint of the domain.
 *
 * ```js
 * request("GET /V1/customers/{customerId}/confirm", { path: { customerId: 5 } }).target; // "/rest/V1/customers/5/confirm"
 * request("POST /V1/customers/isEmailAvailable", { body: { customerEmail: "ada@example.test" } }).method; // "POST"
 * ```
 *
 * @param endpoint method and path, as the contract writes them
 * @throws {MagewrightError} for a parameter or body that is missing, or that the endpoint does not take
 */
export function request<E extends keyof Endpoints>(
  endpoint: E,
  ...parts: {} extends Parts<E> ? [parts?: Parts<E>] : [parts: Parts<E>]
): Request;

/** A part of a list of items, and the request that submits it. */
export interface Submission {
  /** The place of its first item in the list. */
  first: number;
  count: number;
  request: Request;
}

/** What became of an item; `lost` when the store lists no operation for it, or several. */
export type Settled =
  | { state: "done" | "open" | "lost" }
  | { state: "retriable" | "rejected"; message: string }
  | { state: "failed"; message: string; code: number };

/** How submissions are cut, and the store code in their path. */
export interface Cut {
  /** 500 items and 2 MiB when left out. */
  most?: { items?: number; bytes?: number };
  scope?: string;
}

/**
 * Many customers at once, through the store's queue.
 *
 * ```js
 * const [{ request, count }] = bulk.update([{ customer: { id: 5, taxvat: "GB1" } }]);
 * const settled = bulk.align(count, { operations_list: [{ id: 0, status: 1 }] });
 * settled[0].state; // "done"
 * ```
 */
export namespace bulk {
  /**
   * Submissions that create customers, each item `{"customer": …}`.
   *
   * @param options a store keeps passwords in a queue in clear text, so they are refused unless allowed
   * @throws {MagewrightError} with the place of an item for which a store would refuse the whole submission
   */
  function create(items: Document, options?: Cut & { passwords?: "refuse" | "allow" }): Submission[];
  /** Submissions that change customers, each item `{"customer": {"id": …, …}}`: nothing is merged with what is stored. */
  function update(items: Document, options?: Cut): Submission[];
  /** Submissions that delete customers, by id. */
  function remove(ids: number[], options?: Cut): Submission[];
  /** What became of each of so many items, in their order, from the reply to `GET /V1/bulk/{bulkUuid}/status`. */
  function align(count: number, status: Document): Settled[];
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

/** An integration of a store, for verifying. */
export interface Integration extends Credentials {
  /** The number of its consumer; a refusal of a used nonce names it. */
  consumerId: number;
  /** Whether it is active, as when left out; the caller of one that is not counts as a guest. */
  active?: boolean;
  /** Whether its access token is revoked. */
  revoked?: boolean;
  /** The nonces it has used: a store takes none twice. */
  usedNonces?: string[];
}

/**
 * What a store that has these integrations makes of a request's `Authorization` header: whom it takes the
 * caller for, or the refusal that is behind a 401 nobody understands. What the caller may do is not looked at.
 *
 * @param url the whole URL exactly as it is sent
 * @param authorization the header's value; `null` for none
 * @param options the store's time, in seconds since 1970; now when left out
 */
export function verify(
  method: string,
  url: string,
  authorization: string | null,
  integrations: Integration[],
  options?: { now?: number; release?: Release },
):
  | { caller: "guest"; consumer_id?: undefined; refused?: undefined }
  | { caller: "integration"; consumer_id: number; refused?: undefined }
  | { refused: Refusal; caller?: undefined };

/** A request as `fetch` takes it: `fetch(ready.url, ready)`. */
export interface Prepared {
  method: Request["method"];
  url: string;
  headers: Record<string, string>;
  body: string | null;
}

/**
 * A request with the store's address and the caller's credentials, ready to be sent.
 *
 * @param from `base` is the store's base URL; the caller is a bearer `token`, an integration's
 *   `credentials`, with which the request is signed, or nobody
 */
export function prepare(
  request: Request,
  from: { base: string | URL } & (
    | { token?: string; credentials?: undefined }
    | { token?: undefined; credentials: Credentials; nonce?: string; timestamp?: number; release?: Release }
  ),
): Prepared;

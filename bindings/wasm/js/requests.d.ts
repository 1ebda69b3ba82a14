import type { Criteria, Document, Release } from "./index.js";

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
  from: { base: string } & (
    | { token?: string; credentials?: undefined }
    | { token?: undefined; credentials: Credentials; nonce?: string; timestamp?: number; release?: Release }
  ),
): Prepared;

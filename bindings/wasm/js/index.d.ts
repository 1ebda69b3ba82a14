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

/** Asks the core by the name of an operation; the functions of this package are the typed way. */
export function ask(operation: string, request: object): Json;

/** The names of everything the core can be asked. */
export function operations(): string[];

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

/** A release of Magento, as in `2.4.7-p3`, the default. */
export type Release = `2.4.${number}` | `2.4.${number}-p${number}`;

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

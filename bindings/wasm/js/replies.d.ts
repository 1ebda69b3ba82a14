import type { Document, Json, JsonObject } from "./index.js";

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

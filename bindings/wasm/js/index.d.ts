/** A question the core has no answer to. */
export class MagewrightError extends Error {
  /** The kind of failure: stable across versions. */
  readonly code: string;
  /** The member of the request at fault, as a JSON Pointer. */
  readonly pointer: string | undefined;
}

/** Asks the core by the name of an operation; the functions of this package are the typed way. */
export function ask(operation: string, request: object): unknown;

/** The names of everything the core can be asked. */
export function operations(): string[];

// A request that can be pasted for every endpoint, as the reference pages show it.
import type { Endpoint } from "./facts.ts";

export interface Example {
  parameters: Record<string, string>;
  /** Laid out JSON; empty when the endpoint takes no body. */
  body: string;
}

/** The example of an endpoint, ready to be edited. */
export function example({ example: given, body }: Endpoint): Example {
  return { parameters: given.parameters, body: body ? JSON.stringify(given.body ?? {}, null, 2) : "" };
}

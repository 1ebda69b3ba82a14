// What the page knows of the contracts: types, endpoints, and which members are secret.
import { isSaas, lineOf } from "./releases.ts";

/** A member of a type or of a request's body. */
export interface Field {
  name: string;
  /** `texts` is a list of scalars, `list` one of objects, `mixed` whatever an attribute holds. */
  kind: "integer" | "number" | "boolean" | "string" | "mixed" | "texts" | "object" | "list";
  /** The type of an object, or of a list's items. */
  type?: string;
  required?: boolean;
  about?: string;
  way?: "read-only" | "write-only";
  secret?: boolean;
  values?: (string | number)[];
  since?: string[];
  /** The contracts that have it, where not all do. */
  contracts?: string[];
}

export interface Parameter {
  name: string;
  place: "path" | "query";
  kind: string;
}

export interface Endpoint {
  method: "GET" | "POST" | "PUT" | "DELETE";
  path: string;
  about: string;
  /** `anonymous`, `customer`, or the ACL resource a caller needs. */
  access: string;
  contracts: string[];
  parameters: Parameter[];
  body: Field[] | null;
  /** Pointers into the body that the store does not do without. */
  needs?: string[];
  /** What the store overwrites. */
  forced?: string[];
  since?: string[];
  /** The way out where a release lacks it. */
  instead?: string;
  /** Why no Magento has it; only for what a module of a shop adds. */
  foreign?: string;
  /** Values that can be sent as they are. */
  example: { parameters: Record<string, string>; body?: unknown };
}

export interface Facts {
  /** The releases whose contracts were read, oldest first, the SaaS edition last. */
  contracts: string[];
  types: Record<string, { about: string; fields: Field[] }>;
  endpoints: Endpoint[];
  /** Names of members whose values open accounts. */
  secrets: string[];
  /** The names of countries by their codes. */
  countries: Record<string, string>;
}

export const keyOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;

/** The contract that speaks for a release: its own, else that of the line or the nearest before it. */
export function contractFor({ contracts }: Facts, release: string): string {
  if (contracts.includes(release)) return release;
  const numbered = contracts.filter((contract) => !isSaas(contract));
  const older = numbered.filter((contract) => (lineOf(contract) ?? 0) <= (lineOf(release) ?? 0));
  return older.at(-1) ?? numbered[0] ?? "";
}

/** Whether a release has an endpoint. */
export function has(facts: Facts, release: string, { contracts, since = [] }: Pick<Endpoint, "contracts" | "since">): boolean {
  const early = since.every((one) => (lineOf(release) ?? Infinity) >= (lineOf(one) ?? 0));
  return early && contracts.includes(contractFor(facts, release));
}

// What the page knows of the contracts: types, endpoints, and which members are secret.

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
  /** Why no Magento has it; only for what a module of a shop adds. */
  foreign?: string;
  /** Values that can be sent as they are. */
  example: { parameters: Record<string, string>; body?: unknown };
}

export interface Facts {
  /** The releases whose contracts were read, oldest first. */
  contracts: string[];
  types: Record<string, { about: string; fields: Field[] }>;
  endpoints: Endpoint[];
  /** Names of members whose values open accounts. */
  secrets: string[];
}

export const keyOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;

/** The contract that speaks for a release: its own line's, else the nearest. */
export function contractFor(facts: Facts, release: string): string {
  const line = (text: string) => Number(/^2\.4\.(\d+)/.exec(text)?.[1] ?? 0);
  const wanted = line(release);
  const older = facts.contracts.filter((contract) => line(contract) <= wanted);
  return older.at(-1) ?? facts.contracts[0] ?? "";
}

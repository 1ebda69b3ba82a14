// The request of an endpoint with its parameters filled in, addressed as the release wants it.
import type { Endpoint } from "./facts.ts";
import { isSaas } from "./releases.ts";

/** A request as plain data. */
export interface Sent {
  method: string;
  /** Path and query from the store's base URL on. */
  target: string;
  /** JSON text; `null` for none. */
  body: string | null;
  /** Whether a token goes with it. */
  authorized: boolean;
  /** What is wanted beside credentials and content type: in the SaaS edition the store view. */
  headers?: Record<string, string>;
  /** Whether it is for the SaaS edition, whose tokens Adobe's identity service gives. */
  saas?: boolean;
}

/** Where the store code and the release lead a request. */
export interface Destination {
  scope: string;
  release: string;
}

export type Address = Pick<Sent, "target" | "headers" | "saas">;

/**
 * The address of a path such as `/V1/customers?…`. The SaaS edition has no `/rest`, reads the store
 * view in a header, and has the version before `async`.
 */
export function addressed(path: string, { scope, release }: Destination): Address {
  if (!isSaas(release)) return { target: `${scope ? `/rest/${part(scope)}` : "/rest"}${path}` };
  const target = path.replace(/^\/(async(?:\/bulk)?)\/V1\//, "/V1/$1/");
  return { target, saas: true, ...(scope ? { headers: { Store: scope } } : {}) };
}

export function request(endpoint: Endpoint, parameters: Record<string, string>, to: Destination, body: string): Sent {
  const address = addressed(filled(endpoint, parameters), to);
  const authorized = address.saas === true || endpoint.access !== "anonymous";
  return { method: endpoint.method, body: endpoint.body ? body : null, authorized, ...address };
}

/** Path and query; what is missing stays a placeholder in braces. */
function filled(endpoint: Endpoint, parameters: Record<string, string>): string {
  const path = endpoint.path.replace(/\{(\w+)\}/g, (whole, name: string) => segment(parameters[name]) ?? whole);
  const inPath = new Set(endpoint.parameters.flatMap(({ name, place }) => (place === "path" ? [name] : [])));
  const query = Object.entries(parameters)
    .filter(([name, value]) => !inPath.has(name) && value !== "")
    .map(([name, value]) => `${part(name)}=${part(value)}`);
  return path + (query.length > 0 ? `?${query.join("&")}` : "");
}

const part = (text: string) => encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);

/** A store reads `+` in a path as a space; `@` may stay. */
const segment = (text: string | undefined) => (text ? part(text).replaceAll("%40", "@") : undefined);

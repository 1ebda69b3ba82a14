// The request of an endpoint with its parameters filled in.
import type { Endpoint } from "./facts.ts";
import type { Sent } from "./snippets/snippets.ts";

/** Path and query from the base URL on; what is missing stays a placeholder in braces. */
export function target(endpoint: Endpoint, parameters: Record<string, string>, scope: string): string {
  const path = endpoint.path.replace(/\{(\w+)\}/g, (whole, name: string) => segment(parameters[name]) ?? whole);
  const inPath = new Set(endpoint.parameters.flatMap(({ name, place }) => (place === "path" ? [name] : [])));
  const query = Object.entries(parameters)
    .filter(([name, value]) => !inPath.has(name) && value !== "")
    .map(([name, value]) => `${part(name)}=${part(value)}`);
  const prefix = scope ? `/rest/${part(scope)}` : "/rest";
  return prefix + path + (query.length > 0 ? `?${query.join("&")}` : "");
}

export function request(endpoint: Endpoint, parameters: Record<string, string>, scope: string, body: string): Sent {
  return {
    method: endpoint.method,
    target: target(endpoint, parameters, scope),
    body: endpoint.body ? body : null,
    authorized: endpoint.access !== "anonymous",
  };
}

const part = (text: string) => encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);

/** A store reads `+` in a path as a space; `@` may stay. */
const segment = (text: string | undefined) => (text ? part(text).replaceAll("%40", "@") : undefined);

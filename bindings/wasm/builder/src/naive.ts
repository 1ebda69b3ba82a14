// What people send who do not plan: the bodies that an audit is shown for.
import { addressed, type Destination } from "./request.ts";
import type { Naive, Route } from "./state.ts";

type Json = Record<string, unknown>;

/**
 * The body of a PUT as it is written without a plan.
 *
 * @param whole the stored customer with the change made to it
 */
export function naiveBody(kind: Naive, stored: Json, patch: Json, whole: Json, own: string): string {
  if (kind === "own") return own;
  const customer = kind === "whole" ? whole : { id: stored["id"], ...justTheChange(stored, patch) };
  return JSON.stringify({ customer }, null, 2);
}

/** The patch as if the store merged it: directives are ours, not the store's. */
function justTheChange(stored: Json, patch: Json): Json {
  const { $patch: _, ...members } = patch;
  const identity = Object.fromEntries(["email", "firstname", "lastname", "website_id"].flatMap((name) => (name in stored ? [[name, stored[name]]] : [])));
  return { ...identity, ...withoutDirectives(members) };
}

function withoutDirectives(value: Json): Json {
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      Array.isArray(one) ? one.filter((item) => !(isObject(item) && "$patch" in item)) : isObject(one) && "$patch" in one ? null : one,
    ]),
  );
}

/** Where a PUT by hand goes. */
export function putTarget(route: Route, id: unknown, to: Destination): string {
  const path = { me: "/V1/customers/me", queue: "/async/bulk/V1/customers/byCustomerId", id: `/V1/customers/${String(id)}` }[route];
  return addressed(path, to).target;
}

const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);

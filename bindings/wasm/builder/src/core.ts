// The core, loaded once, and what it is asked with.
import type { StoreDescription } from "magewright";
import { get } from "./state.ts";

export type Core = typeof import("magewright");

export const ready: Promise<Core> = import("magewright");

let core: Core | undefined;
ready.then((loaded) => (core = loaded)).catch(() => undefined);

/** The core once it is there. */
export const loaded = () => core;

/** What the core has to know of the store chosen on the page. */
export function store(): StoreDescription {
  const { release, scope, profile } = get();
  return {
    release: release as NonNullable<StoreDescription["release"]>,
    ...(scope ? { scope } : {}),
    ...(profile ? { profile } : {}),
  };
}

/** The message of whatever was thrown. */
export const message = (error: unknown) => (error instanceof Error ? error.message : String(error));

// The state of the page: one plain value, changed in one place. Secrets never enter it.

export const TABS = ["create", "update", "search", "bulk", "store", "users"] as const;
export type Tab = (typeof TABS)[number];
export type Caller = "admin" | "integration" | "customer" | "guest" | "limited";
export type Route = "id" | "me" | "queue";
/** What people send when they do not plan: just the change, the whole customer, or a body of their own. */
export type Naive = "change" | "whole" | "own";

/** What an administrator's password must be made of. */
export type Policy = "letter-and-digit" | "mixed-case";

/** A request being built. */
export interface Requested {
  /** As in `POST /V1/customers`. */
  endpoint: string;
  parameters: Record<string, string>;
  body: string;
}

export interface State {
  tab: Tab;
  release: string;
  caller: Caller;
  /** The store code in the path; empty for none. */
  scope: string;
  /** Where the store is, for the snippets. */
  base: string;
  /** A profile document as JSON text; empty for a freshly installed store. */
  profile: string;
  create: Requested;
  update: { stored: string; patch: string; route: Route; naive: Naive; own: string };
  search: { text: string };
  bulk: { operation: "create" | "update" };
  users: Requested & { policy: Policy };
}

export const initial: State = {
  tab: "create",
  release: "2.4.7-p3",
  caller: "admin",
  scope: "",
  base: "https://shop.example.test",
  profile: "",
  create: { endpoint: "POST /V1/customers", parameters: {}, body: "" },
  update: { stored: "", patch: "", route: "id", naive: "change", own: "" },
  search: { text: "" },
  bulk: { operation: "create" },
  users: { endpoint: "POST /V1/users", parameters: {}, body: "", policy: "letter-and-digit" },
};

let current: State = initial;
const listeners = new Set<(state: State, before: State) => void>();

export const get = (): State => current;

/** Changes some members; everybody who listens is told. */
export function change(part: Partial<State>) {
  const before = current;
  current = { ...current, ...part };
  for (const listener of listeners) listener(current, before);
}

/** Changes some members of one tab's part. */
export function changeIn<K extends "create" | "update" | "search" | "bulk" | "users">(tab: K, part: Partial<State[K]>) {
  change({ [tab]: { ...current[tab], ...part } } as Partial<State>);
}

/** Runs now, and whenever what is looked at is no longer the same. */
export function watch(look: (state: State) => readonly unknown[], run: () => void) {
  let seen = look(current);
  listeners.add((state) => {
    const now = look(state);
    const same = now.every((value, at) => Object.is(value, seen[at]));
    seen = now;
    if (!same) run();
  });
  run();
}

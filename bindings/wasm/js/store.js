import { StoreHandle } from "../dist/magewright.js";
import { ask, document, made } from "./desk.js";

const handles = new WeakMap();

/** A store described once, for many questions: its profile and customers are read when it is made. */
export class Store {
  constructor(description = {}) {
    handles.set(this, made(() => new StoreHandle(JSON.stringify(about(description)))));
  }

  /** Gives its memory back; questions about it throw from then on. */
  free() {
    handles.get(this)?.free();
    handles.delete(this);
  }

  [Symbol.dispose ?? Symbol.for("Symbol.dispose")]() {
    this.free();
  }
}

/** What a store keeps in the module. */
export function handleOf(store) {
  const handle = handles.get(store);
  if (handle === undefined) throw new TypeError("store: give a Store that is not freed");
  return handle;
}

/** What a question says of the store it is about. */
const about = ({ profile, accounts, ...options }) => ({
  ...(profile === undefined ? {} : document("profile", profile)),
  ...(accounts === undefined ? {} : document("accounts", accounts)),
  ...options,
});

/** Asks about documents and a store, which is a Store, or described in the options or by their `store`. */
export function askAbout(operation, documents, options = {}, more = {}) {
  const { store, ...others } = options instanceof Store ? { store: options } : options;
  const members = Object.entries(documents).map(([name, value]) => document(name, value));
  const request = Object.assign({}, ...members, about(others), more);
  return ask(operation, request, store === undefined ? undefined : handleOf(store));
}

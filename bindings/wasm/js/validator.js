import { Crossing } from "./crossing.js";
import { made } from "./desk.js";
import { Lines } from "./lines.js";
import { Store, handleOf } from "./store.js";

/** A validator made once for many payloads. */
export class Validator {
  #handle;
  #crossing;
  #unchecked;

  constructor({ operation = "record", caller, store, ...description } = {}) {
    const own = store ?? new Store(description);
    this.#handle = made(() => handleOf(own).validator(sender(operation, caller)));
    this.#crossing = new Crossing(this.#handle);
    this.#unchecked = JSON.parse(this.#handle.unchecked());
    if (own !== store) own.free();
  }

  /** The checks that cannot be made for want of a profile. */
  get unchecked() {
    return [...this.#unchecked];
  }

  /** Whether a payload is certainly valid; `false` says no more than "look closer". */
  accepts(payload) {
    return this.#handle.accepts(this.#crossing.write(sent(payload)));
  }

  /** Everything that is wrong with a payload. */
  check(payload) {
    const found = this.#handle.check(this.#crossing.write(sent(payload)));
    const report = found === undefined ? { accepted: true, violations: [] } : JSON.parse(found);
    return { ...report, unchecked: this.unchecked };
  }

  /** Reports on the records of a text by the line that are not clean, and the tally of all. */
  ndjson(text) {
    const lines = this.lines();
    try {
      const reports = lines.push(text);
      const end = lines.finish();
      return { reports: reports.concat(end.reports), tally: end.tally };
    } finally {
      lines.free();
    }
  }

  /** Records that come in chunks. */
  lines() {
    return new Lines(this.#handle.stream());
  }

  /** Gives its memory back. */
  free() {
    this.#handle.free();
  }

  [Symbol.dispose ?? Symbol.for("Symbol.dispose")]() {
    this.free();
  }
}

/** Who sends a create; nobody sends a record. */
function sender(operation, caller) {
  if (operation === "create") return caller ?? "admin";
  if (operation !== "record") throw new TypeError("operation: give record or create");
  if (caller !== undefined) throw new TypeError("caller: a record by itself has none; give the operation create");
  return undefined;
}

const sent = (payload) => (typeof payload === "string" || payload instanceof Uint8Array ? payload : JSON.stringify(payload));

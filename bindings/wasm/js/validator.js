import { Crossing } from "./crossing.js";
import { made } from "./desk.js";
import { freed } from "./freed.js";
import { givenJson } from "./given.js";
import { Lines } from "./lines.js";
import { Store, handleOf } from "./store.js";

const FREED = freed("validator");

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
    const { length, inUnits } = this.#crossing.write(sent(payload));
    return this.#handle.accepts(length, inUnits);
  }

  /** Everything that is wrong with a payload. */
  check(payload) {
    const { length, inUnits } = this.#crossing.write(sent(payload));
    const found = this.#handle.check(length, inUnits);
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

  /** Gives its memory back; questions to it throw from then on. */
  free() {
    if (this.#handle === FREED) return;
    this.#handle.free();
    this.#handle = this.#crossing = FREED;
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

const sent = (payload) => (typeof payload === "string" ? payload : givenJson("payload", payload));

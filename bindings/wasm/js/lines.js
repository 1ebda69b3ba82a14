import { Crossing } from "./crossing.js";
import { freed } from "./freed.js";
import { givenText } from "./given.js";

const FREED = freed("lines");

/** What crosses at a time, so that the module's memory does not grow with the text. */
const PIECE = 1 << 18;

/** Records by the line, in chunks of any size, as text or bytes. */
export class Lines {
  #handle;
  #crossing;
  #half = "";

  constructor(handle) {
    this.#handle = handle;
    this.#crossing = new Crossing(handle);
  }

  /** The reports on what the chunk completes that is not clean. */
  push(chunk) {
    const given = givenText("a chunk", chunk);
    return typeof given === "string" ? this.#text(given) : this.#bytes(given);
  }

  /** The reports on the last line, and the tally. What comes later begins anew. */
  finish() {
    const reports = this.#half === "" ? [] : this.#pushed(this.#crossing.text(this.#half));
    this.#half = "";
    const end = JSON.parse(this.#handle.finish());
    return { reports: reports.concat(end.reports), tally: end.tally };
  }

  free() {
    if (this.#handle === FREED) return;
    this.#handle.free();
    this.#handle = this.#crossing = FREED;
  }

  #bytes(chunk) {
    const found = [];
    for (let at = 0; at < chunk.length; at += PIECE) {
      found.push(...this.#pushed(this.#crossing.bytes(chunk.subarray(at, at + PIECE))));
    }
    return found;
  }

  /** A surrogate pair is not torn: its first half waits for the second. */
  #text(chunk) {
    const found = [];
    const text = this.#half + chunk;
    this.#half = "";
    for (let at = 0; at < text.length; ) {
      let end = Math.min(at + PIECE, text.length);
      if (isHigh(text.charCodeAt(end - 1))) end -= 1;
      if (end === at) {
        this.#half = text.slice(at);
        break;
      }
      found.push(...this.#pushed(this.#crossing.text(text.slice(at, end))));
      at = end;
    }
    return found;
  }

  #pushed({ length, inUnits }) {
    const found = this.#handle.push(length, inUnits);
    return found === undefined ? [] : JSON.parse(found);
  }
}

const isHigh = (unit) => unit >= 0xd800 && unit < 0xdc00;

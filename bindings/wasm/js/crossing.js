// Payloads on their way to a handle: written straight into its buffer, so that nothing is allocated for them.
import { heap } from "../dist/magewright.js";

const encoder = new TextEncoder();
let memory;
let Units;

/**
 * Lets text cross in units of UTF-16: Node's `Buffer` copies what the engine holds, and the module makes UTF-8
 * of it, in half the time of a TextEncoder that goes from character to character.
 */
export const crossInUnits = (Buffer) => (Units = Buffer);

/** UTF-8 takes at most so many bytes for a unit of UTF-16. */
const WIDEST = 3;

/** What is kept at least, so that most payloads find room. */
const LEAST = 1 << 14;

/** A payload of more bytes is refused whatever it says, so that no more of it need cross. */
const MOST = (16 << 20) + 1;

/** Views on a handle's buffers; they are taken anew when the memory has moved. */
export class Crossing {
  #handle;
  #bytes = new Uint8Array(0);
  #units = new Uint8Array(0);
  /** How many bytes, or units of a text, were written last. */
  length = 0;
  inUnits = false;

  constructor(handle) {
    this.#handle = handle;
  }

  /** Writes text or bytes. */
  write(payload) {
    const whole = payload.length <= MOST;
    if (typeof payload === "string") return this.text(whole ? payload : payload.slice(0, MOST));
    return this.bytes(whole ? payload : payload.subarray(0, MOST));
  }

  bytes(bytes) {
    this.#room(bytes.length).set(bytes);
    return this.#wrote(bytes.length, false);
  }

  text(text) {
    if (Units === undefined) return this.#wrote(encoder.encodeInto(text, this.#room(text.length * WIDEST)).written, false);
    this.#roomForUnits(text.length).write(text, "utf16le");
    return this.#wrote(text.length, true);
  }

  #wrote(length, inUnits) {
    this.length = length;
    this.inUnits = inUnits;
    return this;
  }

  /** More room than is needed: a view on memory that has moved has none, not even for nothing. */
  #room(length) {
    if (length < this.#bytes.length) return this.#bytes;
    const size = Math.max(length + 1, LEAST);
    return (this.#bytes = new Uint8Array(...this.#place(this.#handle.bytes(size)), size));
  }

  #roomForUnits(length) {
    if (length * 2 < this.#units.length) return this.#units;
    const size = Math.max(length + 1, LEAST);
    return (this.#units = Units.from(...this.#place(this.#handle.units(size)), size * 2));
  }

  /** A place in the memory as it is now. */
  #place(at) {
    memory ??= heap();
    return [memory.buffer, at];
  }
}

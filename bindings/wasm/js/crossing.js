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

/** The bytes of a unit of UTF-16, and the most it has in UTF-8. */
const UNIT = 2;
const WIDEST = 3;

/** What is kept at least, so that most payloads find room. */
const LEAST = 1 << 14;

/** A payload of more bytes is refused whatever it says, so that no more of it need cross. */
const MOST = (16 << 20) + 1;

/** A view on a handle's buffer; it is taken anew when the memory has moved. */
export class Crossing {
  #handle;
  #view = new Uint8Array(0);
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
    this.#room(text.length * UNIT).write(text, "utf16le");
    return this.#wrote(text.length, true);
  }

  #wrote(length, inUnits) {
    this.length = length;
    this.inUnits = inUnits;
    return this;
  }

  /** More room than is needed: a view on memory that has moved has none, not even for nothing. */
  #room(length) {
    if (length >= this.#view.length) this.#grow(Math.max(length + 1, LEAST));
    return this.#view;
  }

  #grow(size) {
    const place = this.#handle.buffer(size);
    memory ??= heap();
    this.#view = Units === undefined ? new Uint8Array(memory.buffer, place, size) : Units.from(memory.buffer, place, size);
  }
}

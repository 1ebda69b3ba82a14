// Bytes on their way to a handle: written straight into its buffer, so that nothing is allocated for them.
import { heap } from "../dist/magewright.js";

const encoder = new TextEncoder();
let memory;

/** UTF-8 takes at most so many bytes for a unit of UTF-16. */
const WIDEST = 3;

/** What is kept at least, so that most payloads find room. */
const LEAST = 1 << 14;

/** A view on a handle's buffer; it is taken anew when the memory has moved. */
export class Crossing {
  #handle;
  #view = new Uint8Array(0);

  constructor(handle) {
    this.#handle = handle;
  }

  /** Writes text or bytes and says how many bytes they are. */
  write(payload) {
    if (typeof payload === "string") return this.text(payload);
    this.#room(payload.length).set(payload);
    return payload.length;
  }

  text(text) {
    return encoder.encodeInto(text, this.#room(text.length * WIDEST)).written;
  }

  #room(length) {
    if (length > this.#view.length) {
      const size = Math.max(length, LEAST);
      const place = this.#handle.buffer(size);
      memory ??= heap();
      this.#view = new Uint8Array(memory.buffer, place, size);
    }
    return this.#view;
  }
}

// Items cut into the bodies of bulk requests, as the core's `bulk::chunks` cuts them.

/** 500 items and 2 MiB: a store was seen to take 500, and PHP's own limit of a body is 8 MiB. */
export const LIMITS = { items: 500, bytes: 2 * 1024 * 1024 };

const encoder = new TextEncoder();

/** Takes JSON texts of items, and gives whole bodies. */
export class Bodies {
  readonly done: string[] = [];
  #items: string[] = [];
  #bytes = 2;

  constructor(private readonly limits = LIMITS) {}

  add(item: string) {
    const bytes = encoder.encode(item).length + 1;
    const full = this.#items.length >= this.limits.items || this.#bytes + bytes > this.limits.bytes;
    if (full && this.#items.length > 0) this.end();
    this.#items.push(item);
    this.#bytes += bytes;
  }

  /** Ends the body begun, if there is one. */
  end() {
    if (this.#items.length > 0) this.done.push(`[${this.#items.join(",")}]`);
    this.#items = [];
    this.#bytes = 2;
  }
}

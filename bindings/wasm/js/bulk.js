// Many customers at once: what to submit to the queue, and what came of it.
import { ask, document } from "./desk.js";

const submissions = (operation) => (items, { most, ...options } = {}) =>
  ask(operation, { ...document("items", items), most_items: most?.items, most_bytes: most?.bytes, ...options });

export const create = submissions("bulk.create");
export const update = submissions("bulk.update");
export const remove = submissions("bulk.delete");

/** What became of each of so many items, from the reply about the bulk's status. */
export const align = (count, status) => ask("bulk.align", { count, ...document("status", status) });

// A table of customers: what a prediction leaves open is filled in, and nothing is decided.
import { predictUpdate } from "magewright";

/** When everything happens. */
export const TIME = "2026-11-20 12:00:00";

/** The customers of a store, which gives them and their addresses the next numbers. */
export class Table {
  rows = [];
  #customers = 1;
  #addresses = 1;

  find(id) {
    return this.rows.find((customer) => String(customer.id) === id);
  }

  /** An address, by the end of its path. */
  address(path) {
    return this.rows.flatMap(({ addresses = [] }) => addresses).find(({ id }) => path === `addresses/${id}`);
  }

  /** Whether there was such a customer; there is none afterwards. */
  remove(id) {
    const found = this.find(id);
    this.rows = this.rows.filter((customer) => customer !== found);
    return found !== undefined;
  }

  /** Keeps customers as a request left them, and gives their ids by the markers they had. */
  keep(customers) {
    const ids = {};
    for (const customer of customers) {
      const found = this.#filled(customer, ids);
      const at = this.rows.findIndex(({ id }) => id === found.id);
      this.rows.splice(at < 0 ? this.rows.length : at, at < 0 ? 0 : 1, found);
    }
    return ids;
  }

  #filled(customer, ids) {
    const addresses = (customer.addresses ?? []).map(({ id }) => String(id)).filter((id) => id.startsWith("<"));
    if (customer.id === "<id>") ids["<id>"] ??= this.#customers++;
    for (const marker of addresses.sort((a, b) => number(a) - number(b))) ids[marker] ??= this.#addresses++;
    return filled(customer, ids);
  }
}

const number = (marker) => Number(/\d+/.exec(marker));

/** A customer with ids and a time for its markers; ids of default addresses are text. */
export function filled(customer, ids) {
  const of = (value) => (value === "<time>" ? TIME : (ids[value] ?? value));
  const text = (key) => (customer[key] === undefined ? {} : { [key]: String(of(customer[key])) });
  const addresses = customer.addresses?.map((address) => ({ ...address, id: of(address.id), customer_id: of(address.customer_id) }));
  const times = { created_at: of(customer.created_at), updated_at: of(customer.updated_at) };
  return { ...customer, id: of(customer.id), ...times, ...text("default_billing"), ...text("default_shipping"), ...(addresses && { addresses }) };
}

/** What an update by id answers; the table keeps what it changes. */
export function updated(table, id, body, options) {
  const { saved, refused, customers } = predictUpdate(table.find(id) ?? null, JSON.stringify(body), { ...options, id });
  const ids = table.keep(customers);
  return refused ? { refused } : { saved: filled(saved, ids) };
}

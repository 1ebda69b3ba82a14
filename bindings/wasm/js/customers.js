// Requests for customers, ready but for the base URL and the caller's credentials.
import { ask, document } from "./desk.js";

export const get = (id, options = {}) => ask("customers.get", { id, ...options });

export const search = (criteria, options = {}) => ask("customers.search", { criteria, ...options });

export const create = (customer, options = {}) =>
  ask("customers.create", { ...document("customer", customer), ...options });

export const update = (id, customer, options = {}) =>
  ask("customers.update", { id, ...document("customer", customer), ...options });

export const remove = (id, options = {}) => ask("customers.delete", { id, ...options });

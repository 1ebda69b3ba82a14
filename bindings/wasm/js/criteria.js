// Criteria as a query string, written without the module: for a text this short, crossing the
// border costs more than the work. The desk stays the authority. What is not plainly well-formed
// is left to it, and what is written here is what its `search.encode` writes.
import { escapeAll } from "./percent.js";

/** The fixed parts of the parameters' names, brackets percent-encoded, and the names made of them. */
const words = (filterGroups, conditionType, sortOrders, pageSize, currentPage) => ({
  group: `&searchCriteria%5B${filterGroups}%5D%5B`,
  condition: `%5D%5B${conditionType}%5D=`,
  sort: `&searchCriteria%5B${sortOrders}%5D%5B`,
  pageSize: `&searchCriteria%5B${pageSize}%5D=`,
  currentPage: `&searchCriteria%5B${currentPage}%5D=`,
  filterNames: [],
  sortNames: [],
});

const CAMEL = words("filterGroups", "conditionType", "sortOrders", "pageSize", "currentPage");
const SNAKE = words("filter_groups", "condition_type", "sort_orders", "page_size", "current_page");

/** Names are kept for so many places of a list. */
const KEPT = 8;

/** Thrown and caught here only, so it is made once: what follows is for the desk to judge. */
const ASK = new Error("ask the desk");

/**
 * The query string, without `?`; nothing for what the desk has to judge.
 *
 * @returns {string | undefined}
 */
export function encodePlain(criteria, options) {
  try {
    return escapeAll(parameters(criteria, spelling(options)))?.slice(1);
  } catch (error) {
    if (error === ASK) return undefined;
    throw error;
  }
}

function spelling(options) {
  if (options === undefined) return CAMEL;
  known(options, "spelling");
  const name = options.spelling ?? "camel";
  if (name === "camel") return CAMEL;
  return name === "snake" ? SNAKE : ask();
}

/** Names and texts by turns. */
function parameters(criteria, words) {
  known(criteria, "filter_groups", "sort_orders", "page_size", "current_page", "fields");
  const { filter_groups, sort_orders, page_size, current_page, fields } = criteria;
  const out = [];
  if (given(filter_groups)) groups(out, filter_groups, words);
  if (given(sort_orders)) sorts(out, sort_orders, words);
  if (given(page_size)) out.push(words.pageSize, integer(page_size));
  if (given(current_page)) out.push(words.currentPage, integer(current_page));
  if (out.length === 0) out.push("&searchCriteria=", "");
  if (given(fields)) out.push("&fields=", text(fields));
  return out;
}

function groups(out, items, words) {
  const count = length(items);
  for (let at = 0; at < count; at++) group(out, items[at], at, words);
}

function group(out, item, at, words) {
  known(item, "filters");
  const { filters } = item;
  const count = given(filters) ? length(filters) : 0;
  if (count === 0) out.push(`${words.group}${at}%5D=`, "");
  for (let f = 0; f < count; f++) filter(out, filters[f], filterNames(words, at, f));
}

function filter(out, item, names) {
  known(item, "field", "value", "condition_type");
  const { field, value, condition_type } = item;
  if (given(field)) out.push(names.field, text(field));
  if (given(value)) out.push(names.value, text(value));
  out.push(names.condition, given(condition_type) ? condition(text(condition_type)) : "eq");
}

/** An empty condition and `0` count as none given: equality. */
const condition = (name) => (name === "" || name === "0" ? "eq" : name);

function sorts(out, items, words) {
  const count = length(items);
  for (let at = 0; at < count; at++) sort(out, items[at], sortNames(words, at));
}

function sort(out, item, names) {
  known(item, "field", "direction");
  const { field, direction } = item;
  if (given(field)) out.push(names.field, text(field));
  if (given(direction)) out.push(names.direction, upper(direction));
  if (!given(field) && !given(direction)) out.push(names.empty, "");
}

function upper(direction) {
  if (direction === "ASC" || direction === "DESC") return direction;
  if (typeof direction !== "string" || !/^(?:asc|desc)$/i.test(direction)) ask();
  return direction.toUpperCase();
}

function filterNames(words, group, at) {
  if (group >= KEPT || at >= KEPT) return newFilterNames(words, group, at);
  return (words.filterNames[group * KEPT + at] ??= newFilterNames(words, group, at));
}

function newFilterNames(words, group, at) {
  const name = `${words.group}${group}%5D%5Bfilters%5D%5B${at}`;
  return { field: join(name, "%5D%5Bfield%5D="), value: join(name, "%5D%5Bvalue%5D="), condition: join(name, words.condition) };
}

function sortNames(words, at) {
  return at >= KEPT ? newSortNames(words, at) : (words.sortNames[at] ??= newSortNames(words, at));
}

function newSortNames(words, at) {
  const name = words.sort + at;
  return { field: join(name, "%5D%5Bfield%5D="), direction: join(name, "%5D%5Bdirection%5D="), empty: join(name, "%5D=") };
}

/** One text in memory, where `+` would leave a chain that each query has to walk again. */
const join = (...parts) => parts.join("");

const given = (value) => value !== undefined && value !== null;

function text(value) {
  if (typeof value === "string") return value;
  return Number.isFinite(value) ? String(value) : ask();
}

const integer = (value) => (Number.isSafeInteger(value) ? String(value) : ask());

/** Leaves to the desk what JSON.stringify may see otherwise than the reader here, and members it refuses. */
function known(object, a, b, c, d, e) {
  if (typeof object !== "object" || object === null || object.constructor !== Object) ask();
  for (const name in object) {
    if (name !== a && name !== b && name !== c && name !== d && name !== e) ask();
    if (!Object.prototype.hasOwnProperty.call(object, name)) ask();
  }
}

const length = (items) => (Array.isArray(items) ? items.length : ask());

function ask() {
  throw ASK;
}

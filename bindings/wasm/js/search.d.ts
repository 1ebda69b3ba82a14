import type { About, JsonObject, Store } from "./index.js";
import type { Refusal } from "./replies.js";

/** What a search asks for, in the store's own words: groups are joined with AND, their filters with OR. */
export interface SearchCriteria {
  filter_groups?: { filters: { field: string; value?: string | number | null; condition_type?: string }[] }[];
  sort_orders?: { field: string; direction?: "ASC" | "DESC" | null }[];
  page_size?: number;
  current_page?: number;
  /** The parts of the reply wanted. */
  fields?: string;
}

/** Conditions joined, with an order and a page: criteria, in the text form when printed. */
export interface Search {
  and(...others: Search[]): Search;
  or(...others: Search[]): Search;
  /** The other rows, those without a value among them. */
  not(): Search;
  orderBy(field: string, direction?: "asc" | "desc" | "ASC" | "DESC"): Search;
  limit(rows: number): Search;
  page(number: number): Search;
  /** The parts of the reply wanted. */
  fields(wanted: string): Search;
  toString(): string;
  toJSON(): string;
}

/** A text or number that a field is compared with. */
export type Operand = string | number;

/** A field of customers, to be compared with something. */
export interface Field {
  eq(value: Operand): Search;
  ne(value: Operand): Search;
  gt(value: Operand): Search;
  gteq(value: Operand): Search;
  lt(value: Operand): Search;
  lteq(value: Operand): Search;
  /** `%` stands for any text, `_` for one character. */
  like(pattern: string): Search;
  notLike(pattern: string): Search;
  regexp(pattern: string): Search;
  /** The value is a list with commas that has the item. */
  contains(item: Operand): Search;
  oneOf(...values: [Operand, ...Operand[]]): Search;
  noneOf(...values: [Operand, ...Operand[]]): Search;
  isNull(): Search;
  isNotNull(): Search;
}

/** A condition on a field: `field("email").like("%@x.test").and(field("group_id").eq(1))`. */
export function field(name: string): Field;

/** Criteria: an object, the text form, or what {@link field} begins. */
export type Criteria = SearchCriteria | string | Search;

/**
 * Criteria as a query string, without `?`.
 *
 * @param criteria an object, or the text form: `group_id = 1 and email like '%@x.test' limit 100`
 * @throws {MagewrightError} with the place, for what are no criteria
 */
export function encodeCriteria(
  criteria: Criteria,
  options?: { /** How names are spelled: `filterGroups`, the default, or `filter_groups`. */ spelling?: "camel" | "snake" },
): string;

/**
 * A query string as the store reads it, its input limits included: criteria and their text form, or its refusal.
 *
 * @throws {MagewrightError} `unsupported`, when it is not known what the store makes of the query
 */
export function decodeCriteria(
  query: string,
  store?: About | Store,
): { criteria: SearchCriteria; text: string; refused?: undefined } | { refused: Refusal };

/** One thing that is wrong with a search. */
export interface SearchWarning {
  code: string;
  /** `error`: the store refuses; `loss`: it silently takes it for something else. */
  severity: "error" | "loss";
  /** Where, as a JSON Pointer into the criteria. */
  pointer: string;
  message: string;
}

/**
 * What a store will refuse of criteria, or silently take for something else; `[]` when there is nothing.
 *
 * ```js
 * checkCriteria("id = 5").map(({ code }) => code); // ["unknown_field"]
 * ```
 */
export function checkCriteria(criteria: Criteria, store?: About | Store): SearchWarning[];

/** Criteria in words (`words`) and as a tree, with what the store makes of them. */
export function explainCriteria(criteria: Criteria, store?: About | Store): JsonObject & { words: string };

/**
 * The store's reply to a search among the accounts given, or its refusal.
 *
 * @throws {MagewrightError} `unsupported`, when it is not known what the store answers
 */
export function answerSearch(criteria: Criteria, store?: About | Store): JsonObject | { refused: Refusal };

// Criteria as the visual editor changes them. Text and URL are the core's to read and write.
import type { SearchCriteria } from "magewright";

export interface Filter {
  field: string;
  value: string;
  condition_type: string;
}
export interface Order {
  field: string;
  direction: "ASC" | "DESC";
}
/** Criteria without holes, for the rows of the editor. */
export interface Rows {
  groups: Filter[][];
  orders: Order[];
  pageSize: string;
  currentPage: string;
}

export const CONDITIONS: [condition: string, text: string][] = [
  ["eq", "is"],
  ["neq", "is not"],
  ["like", "is like (% and _)"],
  ["nlike", "is not like"],
  ["in", "is one of (a,b)"],
  ["nin", "is none of (a,b)"],
  ["gt", "is greater than"],
  ["gteq", "is at least"],
  ["lt", "is less than"],
  ["lteq", "is at most"],
  ["from", "from"],
  ["to", "to"],
  ["finset", "holds (of a list)"],
  ["null", "has no value"],
  ["notnull", "has a value"],
];

/** Fields that a search of customers knows, the shop's own beside them. */
export const FIELDS = [
  "entity_id",
  "email",
  "name",
  "firstname",
  "lastname",
  "group_id",
  "website_id",
  "store_id",
  "created_at",
  "updated_at",
  "dob",
  "gender",
  "taxvat",
  "created_in",
  "billing_telephone",
  "billing_company",
  "billing_city",
  "billing_postcode",
  "billing_region",
  "billing_country_id",
];

export const rows = (criteria: SearchCriteria): Rows => ({
  groups: (criteria.filter_groups ?? []).map(({ filters }) =>
    (filters ?? []).map(({ field, value, condition_type }) => ({
      field: field ?? "",
      value: value === null || value === undefined ? "" : String(value),
      condition_type: condition_type ?? "eq",
    })),
  ),
  orders: (criteria.sort_orders ?? []).map(({ field, direction }) => ({ field: field ?? "", direction: direction === "ASC" ? "ASC" : "DESC" })),
  pageSize: criteria.page_size === undefined ? "" : String(criteria.page_size),
  currentPage: criteria.current_page === undefined ? "" : String(criteria.current_page),
});

/** Whether a condition looks at a value at all. */
export const hasValue = (condition: string) => condition !== "null" && condition !== "notnull";

export function criteria({ groups, orders, pageSize, currentPage }: Rows): SearchCriteria {
  const filled = groups.map((filters) => ({ filters: filters.filter(({ field }) => field !== "").map(written) })).filter(({ filters }) => filters.length > 0);
  const sorted = orders.filter(({ field }) => field !== "");
  return {
    ...(filled.length > 0 ? { filter_groups: filled } : {}),
    ...(sorted.length > 0 ? { sort_orders: sorted } : {}),
    ...(/^\d+$/.test(pageSize) ? { page_size: Number(pageSize) } : {}),
    ...(/^\d+$/.test(currentPage) ? { current_page: Number(currentPage) } : {}),
  };
}

const written = ({ field, value, condition_type }: Filter) => (hasValue(condition_type) ? { field, value, condition_type } : { field, condition_type });

/** The query of whatever was pasted: a URL, a path with a query, or the query alone. */
export function queryOf(text: string): string {
  const trimmed = text.trim();
  const mark = trimmed.indexOf("?");
  const query = mark === -1 ? trimmed : trimmed.slice(mark + 1);
  return query.split("#")[0] ?? "";
}

/** A query one can read: names and values decoded, a line each. */
export function readable(query: string): string {
  return query
    .split("&")
    .map((part) => {
      try {
        return decodeURIComponent(part.replaceAll("+", " "));
      } catch {
        return part;
      }
    })
    .join("\n");
}

// Searches and what a store found: the criteria as they are read and written again, rows, items.
import { answerSearch, decodeCriteria, encodeCriteria } from "magewright";
import { isReply, judgedEach, same } from "./compare.js";

const STATE = "search-data.ndjson";

export function searches(folder, cases) {
  const customers = new Map(folder.lines(STATE).map((customer) => [customer.id, customer]));
  const store = folder.store({ customers: STATE });
  return judgedEach(cases, (one) => {
    const read = decodeCriteria(one.query);
    const found = read.refused ? read : answerSearch(read.criteria, store);
    if (found.refused) return isReply(found.refused, one.status, one.error);
    const { page_size: _, current_page: __, ...everything } = read.criteria;
    const listed = new Map(answerSearch(everything, store).items.map((item) => [item.id, item]));
    const isFound = one.status === 200 && found.total_count === one.total_count && same(found.search_criteria, one.criteria);
    return isFound && areRows(found.items.map(({ id }) => id), one, listed) && areItems(one, listed, customers) && isReadBack(read);
  });
}

/** In order where the order is total; else as a set when everything is on one page, else any of those that match. */
function areRows(rows, { ids, ordered, total_count }, listed) {
  if (ordered) return same(rows, ids);
  if (ids.length === total_count) return same([...rows].sort(), [...ids].sort());
  return rows.length === ids.length && ids.every((id) => listed.has(id));
}

/** List items whose custom attributes differ from a GET's, and what they are. */
function areItems({ ids, items_differ = [], item_attributes = {} }, listed, customers) {
  const attributes = (customer) => ({ custom_attributes: customer?.custom_attributes ?? [] });
  const differing = ids.filter((id) => !same(attributes(listed.get(id)), attributes(customers.get(id))));
  const areListed = Object.entries(item_attributes).every(([id, recorded]) => same(attributes(listed.get(Number(id))), { custom_attributes: recorded }));
  return areListed && same(differing.sort(), [...items_differ].sort());
}

/** What was read, written and read again: in both spellings, and as text. */
function isReadBack({ criteria, text }) {
  const again = [encodeCriteria(criteria), encodeCriteria(criteria, { spelling: "snake" }), encodeCriteria(text)];
  return again.every((query) => same(decodeCriteria(query).criteria, criteria));
}

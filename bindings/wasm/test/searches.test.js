import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeCriteria, encodeCriteria } from "magewright";

const criteria = {
  filter_groups: [{ filters: [{ field: "email", value: "a+b%", condition_type: "like" }] }],
  sort_orders: [{ field: "entity_id", direction: "ASC" }],
  page_size: 5,
};
const text = "email like 'a+b%' order by entity_id asc limit 5";

test("criteria go there and back, as an object and as text", () => {
  const query = encodeCriteria(criteria);
  assert.equal(query, encodeCriteria(text));
  assert.ok(query.includes("value%5D=a%2Bb%25"));
  assert.deepEqual(decodeCriteria(query), { criteria, text });
});

test("the store's refusal is an answer", () => {
  assert.equal(decodeCriteria("").refused.status, 400);
});

test("criteria that are none are refused with their place", () => {
  assert.throws(() => encodeCriteria({ pagesize: 5 }), { pointer: "/criteria/pagesize" });
});

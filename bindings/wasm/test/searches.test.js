import assert from "node:assert/strict";
import { test } from "node:test";
import { answerSearch, decodeCriteria, encodeCriteria, explainCriteria } from "magewright";

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

test("a search is explained and answered", () => {
  assert.match(explainCriteria("group_id = 1").words, /group_id is equal to 1/);
  const accounts = [{ id: 1, email: "zoe@x.test", website_id: 1, firstname: "Zoë" }];
  assert.equal(answerSearch("firstname = 'zoe'", { accounts }).total_count, 1);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { customers, decodeCriteria, encodeCriteria, explainCriteria, field, prepare } from "magewright";

test("criteria are built piece by piece", () => {
  const search = field("group_id").oneOf(1, 2).and(field("email").like("%o'b%").or(field("dob").isNull()))
    .orderBy("entity_id", "DESC").limit(100).page(2);
  const { criteria, text } = decodeCriteria(encodeCriteria(search));
  assert.equal(text, "group_id in (1, 2) and (email like '%o''b%' or dob is null) order by entity_id desc limit 100 page 2");
  assert.equal(criteria.page_size, 100);
  assert.equal(encodeCriteria(search), encodeCriteria(criteria));
  assert.match(customers.search(search).target, /searchCriteria/);
  assert.match(explainCriteria(field("email").eq("x").not()).words, /email/);
});

test("every condition has its words", () => {
  const of = field("a`b");
  const all = [of.eq(1), of.ne(1), of.gt(1), of.gteq(1), of.lt(1), of.lteq(1), of.like("x"), of.notLike("x"), of.regexp("x"),
    of.contains("x"), of.oneOf("x"), of.noneOf("x"), of.isNull(), of.isNotNull()];
  for (const search of all) assert.equal(decodeCriteria(encodeCriteria(search)).criteria.filter_groups[0].filters[0].field, "a`b");
  assert.throws(() => of.eq(1).limit("5"), TypeError);
  assert.throws(() => of.eq(1).orderBy("id", "up"), TypeError);
});

test("a request is made ready for fetch", () => {
  const update = customers.update(5, { firstname: "Eve" });
  assert.deepEqual(prepare(update, { base: "https://shop.test/", token: "t" }), {
    method: "PUT",
    url: "https://shop.test/rest/V1/customers/5",
    headers: { accept: "application/json", "content-type": "application/json", authorization: "Bearer t" },
    body: '{"customer":{"firstname":"Eve"}}',
  });
  const credentials = { consumerKey: "k", consumerSecret: "s", token: "t", tokenSecret: "u" };
  const signed = prepare(customers.get(5), { base: "https://shop.test", credentials, nonce: "n", timestamp: 1700000000 });
  assert.match(signed.headers.authorization, /^OAuth oauth_consumer_key="k"/);
  assert.equal(prepare(customers.get(5), { base: "https://shop.test" }).headers.authorization, undefined);
  assert.equal(new Request(signed.url, signed).method, "GET");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { customers, sign, verify } from "magewright";

test("requests are ready but for host and credentials", () => {
  assert.deepEqual(customers.get(5, { scope: "de", fields: "id" }), {
    method: "GET",
    target: "/rest/de/V1/customers/5?fields=id",
    body: null,
  });
  assert.equal(customers.update(5, '{"credit":1.50}').body, '{"customer":{"credit":1.50}}');
  assert.equal(customers.remove(5).method, "DELETE");
  assert.match(customers.search("group_id = 1").target, /^\/rest\/V1\/customers\/search\?searchCriteria/);
  assert.equal(JSON.parse(customers.create({ firstname: "Ada" }, { password: "Pa55 word" }).body).password, "Pa55 word");
});

const credentials = { consumerKey: "k", consumerSecret: "s", token: "t", tokenSecret: "u" };

test("a signature depends on nonce and time, which are made up unless given", () => {
  const url = "https://shop.test/rest/V1/customers/5";
  const fixed = { nonce: "n", timestamp: 1700000000 };
  assert.equal(sign("GET", url, credentials, fixed), sign("GET", url, credentials, fixed));
  assert.notEqual(sign("GET", url, credentials), sign("GET", url, credentials));
  assert.match(sign("GET", url, credentials), /^OAuth /);
});

test("what is signed is taken, once", () => {
  const url = "https://shop.test/rest/V1/customers/5";
  const own = { ...credentials, consumerKey: "k".repeat(32), token: "t".repeat(32) };
  const [nonce, timestamp] = ["n", 1700000000];
  const header = sign("GET", url, own, { nonce, timestamp });
  const said = (more, method = "GET") => verify(method, url, header, [{ ...own, consumerId: 3, ...more }], { now: timestamp });
  assert.deepEqual(said({}), { caller: "integration", consumer_id: 3 });
  assert.deepEqual(said({ active: false }), { caller: "guest" });
  assert.deepEqual(verify("GET", url, null, []), { caller: "guest" });
  assert.equal(said({ usedNonces: [nonce] }).refused.status, 401);
  assert.match(said({}, "PUT").refused.message, /signature is invalid/);
  assert.throws(() => said({ consumerId: undefined }), { pointer: "/integrations/0/consumer_id" });
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { bulk, validateBatch } from "magewright";

const item = (email) => ({ customer: { email, firstname: "Ada", lastname: "L" } });

test("a batch is judged item by item, with e-mail addresses used twice", () => {
  const reports = validateBatch([item("ada@x.test"), item("eve@x.test"), item("ADA@x.test"), { customer: {} }]);
  assert.deepEqual(reports.map(({ accepted }) => accepted), [true, true, false, false]);
  assert.equal(reports[2].violations[0].code, "email_taken");
  assert.deepEqual(validateBatch("[]"), []);
  assert.throws(() => validateBatch({}), { pointer: "/items" });
});

test("items are cut into submissions, in order", () => {
  const items = Array.from({ length: 1001 }, (_, at) => item(`c${at}@x.test`));
  const made = bulk.create(items, { scope: "de" });
  assert.deepEqual(made.map(({ first, count }) => [first, count]), [[0, 500], [500, 500], [1000, 1]]);
  assert.equal(made[0].request.target, "/rest/de/async/bulk/V1/customers");
  assert.deepEqual(made.flatMap(({ request }) => JSON.parse(request.body)), items);
  const small = bulk.update([{ customer: { id: 1 } }, { customer: { id: 2 } }], { most: { bytes: 30 } });
  assert.equal(small.length, 2);
  assert.equal(bulk.remove([5, 6])[0].request.body, '[{"customerId":5},{"customerId":6}]');
});

test("what a store would refuse or keep in clear text is not submitted", () => {
  assert.throws(() => bulk.create([{ ...item("a@x.test"), password: "Secret-1" }]), { pointer: "/items/0/password" });
  assert.equal(bulk.create([{ ...item("a@x.test"), password: "Secret-1" }], { passwords: "allow" }).length, 1);
  assert.throws(() => bulk.update([item("a@x.test")]), { pointer: "/items/0/customer/id" });
  assert.throws(() => bulk.remove([1, "x"]), { pointer: "/items/1" });
  assert.throws(() => bulk.create([], { most: { items: -1 } }), { pointer: "/most_items" });
});

test("operations come back to their items", () => {
  const status = { operations_list: [{ id: 2, status: 4 }, { id: 0, status: 1 }, { id: 1, status: 3, result_message: "no", error_code: 0 }] };
  const states = [{ state: "done" }, { state: "failed", message: "no", code: 0 }, { state: "open" }, { state: "lost" }];
  assert.deepEqual(bulk.align(4, status), states);
  assert.throws(() => bulk.align(1, "{"), { code: "syntax", pointer: "/status_text" });
});

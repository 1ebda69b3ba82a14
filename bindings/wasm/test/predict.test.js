import assert from "node:assert/strict";
import { test } from "node:test";
import {
  Unplannable,
  audit,
  changes,
  plan,
  predictCreate,
  predictUpdate,
  predictUpdateInBulk,
  validateCreate,
} from "magewright";

const stored = {
  id: 5,
  group_id: 1,
  email: "a@example.test",
  firstname: "A",
  lastname: "B",
  store_id: 1,
  taxvat: "T",
  website_id: 1,
  addresses: [],
  disable_auto_group_change: 0,
};

test("a create is saved or refused", () => {
  const ada = { email: "ada@example.test", firstname: "Ada", lastname: "Lovelace" };
  assert.equal(predictCreate({ customer: ada }).saved.id, "<id>");
  assert.equal(predictCreate({ customer: {} }, { caller: "guest" }).refused.status, 400);
});

test("a create is checked with its envelope", () => {
  const { violations } = validateCreate({ customer: { email: "ada" } });
  assert.ok(violations.some(({ pointer }) => pointer === "/customer/email"));
});

test("an update tells whom it changes", () => {
  const { customers } = predictUpdate(stored, { customer: { firstname: "Ada" } });
  assert.deepEqual(customers.map(({ firstname }) => firstname), ["Ada"]);
});

test("a bulk update tells each operation", () => {
  const { operations } = predictUpdateInBulk([{ customer: { id: 6, firstname: "A" } }], { accounts: [stored] });
  assert.deepEqual(operations.map(({ status }) => status), [3]);
});

test("an audit tells what is sent in vain", () => {
  const effects = audit(stored, { customer: { firstname: "N", taxvat: null } });
  assert.deepEqual(effects.map(({ pointer, kind }) => [pointer, kind]), [["/firstname", "changed"], ["/taxvat", "ignored"]]);
});

test("an audit gives the words of a refusal", () => {
  const [effect] = audit(stored, { customer: { firstname: "" } });
  assert.equal(effect.kind, "refused");
  assert.equal(effect.refusal.message, '"First Name" is a required value.');
});

test("a plan is what is predicted", () => {
  const { request, removals, expected } = plan(stored, { taxvat: null });
  assert.equal(`${request.method} ${request.target}`, "PUT /rest/V1/customers/5");
  assert.deepEqual(predictUpdate(stored, request.body).customers, [expected]);
  assert.deepEqual(removals, [{ pointer: "/taxvat", before: "T" }]);
});

test("what cannot be planned says why", () => {
  assert.throws(
    () => plan(stored, { addresses: null }),
    (error) => error instanceof Unplannable && error.reasons[0].pointer === "/addresses",
  );
});

test("changes are told place by place", () => {
  assert.deepEqual(changes({ a: 1 }, { a: 2 }), [{ pointer: "/a", before: 1, after: 2 }]);
});

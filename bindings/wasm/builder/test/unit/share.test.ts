import assert from "node:assert/strict";
import { test } from "node:test";
import { decode, encode, shareable } from "../../src/share.ts";
import { initial } from "../../src/state.ts";

const SECRETS = ["password", "newPassword", "otp"];

const state = {
  ...initial,
  base: "https://ada:hidden-1@shop.example.test",
  create: { endpoint: "POST /V1/customers", parameters: { customerId: "5", resetPasswordLinkToken: "hidden-2" }, body: '{"customer":{"firstname":"Zoë"},"password":"hidden-3"}' },
  update: { ...initial.update, own: '{"a":[{"new_password":{"x":"hidden-4"}}]}' },
  users: { ...initial.users, parameters: { token: "hidden-6" }, body: '{"user":{"password":"hidden-5"' },
};

test("a link brings the state back without its secrets", async () => {
  const link = await encode(state, SECRETS);
  assert.match(link, /^#s=[A-Za-z0-9_-]+$/);
  const back = await decode(link);
  assert.deepEqual(back, shareable(state, SECRETS));
  assert.deepEqual(JSON.parse(back?.create?.body ?? ""), { customer: { firstname: "Zoë" }, password: "" });
  assert.equal(back?.create?.parameters["customerId"], "5");
});

test("no secret is left in any part, not even in a text that is no JSON", () => {
  assert.doesNotMatch(JSON.stringify(shareable(state, SECRETS)), /hidden/);
});

test("a fragment may name a tab only", async () => {
  assert.deepEqual(await decode("#search"), { tab: "search" });
});

test("what is no state is nothing, and members of the wrong kind keep their first value", async () => {
  for (const fragment of ["", "#s=", "#s=%%%", "#s=AAAA", "#nothing"]) assert.equal(await decode(fragment), undefined);
  const odd = { ...initial, tab: "elsewhere", release: 7, bulk: [], search: { text: "id = 1", more: true } };
  const back = await decode(await encode(odd as unknown as typeof initial, []));
  assert.equal(back?.tab, "create");
  assert.equal(back?.release, initial.release);
  assert.deepEqual(back?.search, { text: "id = 1" });
});

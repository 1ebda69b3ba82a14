import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Store, checkCriteria, contractOf, profileFromReplies, releases, request, stockProfile, validate } from "magewright";

const declared = readFileSync(fileURLToPath(new URL("../js/contract.d.ts", import.meta.url)), "utf8");
const endpoints = [...declared.matchAll(/^ {2}"((?:GET|POST|PUT|DELETE) \S+)": \{$/gm)].map(([, name]) => name);

test("releases and what they have are told", () => {
  const { default: usual, lines, editions } = releases();
  assert.equal(usual, "2.4.7-p3");
  assert.deepEqual(editions, ["saas"]);
  assert.ok(lines.includes("2.4.4") && lines.includes("2.4.9"));
  const has = (release) => "all_company_attributes" in contractOf({ release }).$defs.CustomerExtension.properties;
  assert.deepEqual(["2.4.7", "2.4.9"].map(has), [false, true]);
  assert.throws(() => contractOf({ release: "2.3.7" }), { pointer: "/release" });
});

test("a store's own schema is in its contract", () => {
  const schema = { endpoints: [], $defs: { CustomerExtension: { type: "object", properties: { loyalty: { type: "integer" } } } } };
  const store = new Store({ profile: profileFromReplies({ schema }) });
  assert.deepEqual(contractOf(store).$defs.CustomerExtension.properties.loyalty, { type: "integer" });
});

test("the stock profile is one to begin with", () => {
  const profile = stockProfile();
  profile.customer_groups.push({ id: 7, code: "Clinics" });
  const of = (group_id) => validate({ email: "ada@x.test", firstname: "Ada", lastname: "L", group_id }, { profile });
  assert.deepEqual([7, 8].map((group) => of(group).accepted), [true, false]);
});

test("every endpoint that the types name can be asked for", () => {
  assert.ok(endpoints.length > 60, String(endpoints.length));
  const known = new Map(contractOf({ release: "2.4.9" }).endpoints.map((one) => [`${one.method} ${one.path}`, one]));
  for (const name of endpoints) {
    const one = known.get(name);
    if (one === undefined) continue;
    const values = (place) => Object.fromEntries(one.parameters.filter((of) => of.in === place).map((of) => [of.name, of.name === "searchCriteria" ? "" : 5]));
    const { method, target } = request(name, { path: values("path"), query: values("query"), body: one.body && {}, release: "2.4.9" });
    assert.equal(method, one.method);
    assert.ok(target.startsWith("/rest/V1/") && !target.includes("{"), target);
  }
});

test("what an endpoint does not take is refused with its place", () => {
  const one = "GET /V1/customers/{customerId}";
  assert.throws(() => request(one), { pointer: "/parameters", message: /customerId/ });
  assert.throws(() => request(one, { path: { customerId: 5, id: 5 } }), { pointer: "/parameters", message: /`id`/ });
  assert.throws(() => request(one, { path: { customerId: 5 }, body: {} }), { pointer: "/body" });
  assert.throws(() => request("GET /V1/nosuch"), { pointer: "/path" });
  assert.throws(() => request("PATCH /V1/modules"), { pointer: "/method" });
});

test("criteria are checked against the store", () => {
  assert.deepEqual(checkCriteria("id = 5").map(({ code, severity }) => [code, severity]), [["unknown_field", "error"]]);
  assert.deepEqual(checkCriteria("entity_id = 5"), []);
  assert.throws(() => checkCriteria("a b"), { pointer: "/criteria" });
});

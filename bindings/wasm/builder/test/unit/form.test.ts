import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { condense } from "../../build/facts.ts";
import { contractFor, has, keyOf } from "../../src/facts.ts";
import { form, type Place, shape, valueOf } from "../../src/form/model.ts";
import { edit } from "../../src/pointer.ts";
import { extended } from "../../src/schema.ts";

const facts = condense(fileURLToPath(new URL("../../../../..", import.meta.url)));
const create = facts.endpoints.find((one) => keyOf(one) === "POST /V1/customers");
const profile = {
  customer_groups: [{ id: 1, code: "General" }],
  countries: [{ id: "US", regions: [{ id: 33, code: "MI", name: "Michigan" }] }],
  customer_attributes: [{ attribute_code: "tier", frontend_label: "Tier", user_defined: true, options: [{ label: "Gold", value: "5" }] }],
};

function made(body: unknown, release = "2.4.7"): Place {
  return form(create?.body ?? [], body, { facts, profile, release, needs: create?.needs ?? [] });
}

function find(place: Place, pointer: string): Place | undefined {
  if (place.pointer === pointer) return place;
  for (const one of place.children) {
    const found = find(one, pointer);
    if (found) return found;
  }
  return undefined;
}

test("what the store needs is shown before it is written, the rest may be added", () => {
  const empty = made({});
  for (const pointer of ["/customer/email", "/customer/firstname", "/customer/lastname"]) assert.equal(find(empty, pointer)?.required, true, pointer);
  const customer = find(empty, "/customer");
  assert.ok(customer?.addable.some(({ name }) => name === "taxvat"));
  assert.ok(!customer?.addable.some(({ name }) => name === "updated_at"), "read-only fields are not offered");
});

test("choices come from the profile, those of a region from its address's country", () => {
  const body = { customer: { group_id: 1, addresses: [{ country_id: "US", region_id: 33 }], custom_attributes: [{ attribute_code: "tier", value: "5" }] } };
  assert.equal(find(made(body), "/customer/group_id")?.choices?.[0]?.text, "1 · General");
  assert.equal(find(made(body), "/customer/addresses/0/region_id")?.choices?.[0]?.value, "33");
  const nested = { customer: { addresses: [{ country_id: "US", region: { region_id: 33 } }] } };
  assert.equal(find(made(nested), "/customer/addresses/0/region/region_id")?.choices?.[0]?.value, "33");
  assert.equal(find(made(body), "/customer/custom_attributes/0/value")?.choices?.[0]?.text, "Gold");
});

test("of an attribute with several values the options are told", () => {
  const brands = { attribute_code: "brands", frontend_input: "multiselect", user_defined: true, options: [{ label: "Acme", value: "21" }, { label: "Bolt", value: "22" }] };
  const body = { customer: { custom_attributes: [{ attribute_code: "brands", value: "21,22" }] } };
  const place = form(create?.body ?? [], body, { facts, profile: { ...profile, customer_attributes: [brands] }, release: "2.4.7", needs: [] });
  const value = find(place, "/customer/custom_attributes/0/value");
  assert.equal(value?.choices, undefined);
  assert.match(value?.field.about ?? "", /apart by commas: 21 Acme, 22 Bolt/);
});

test("fields of another release's contract are not offered", () => {
  const names = (release: string) => find(made({ customer: { extension_attributes: {} } }, release), "/customer/extension_attributes")?.addable.map(({ name }) => name);
  assert.ok(names("2.4.9")?.includes("all_company_attributes"));
  assert.ok(!names("2.4.8-p1")?.includes("all_company_attributes"));
});

test("members that no contract knows are shown all the same, and values alone do not change the shape", () => {
  const one = made({ customer: { email: "a", odd: 1 } });
  assert.equal(find(one, "/customer/odd")?.value, 1);
  assert.equal(shape(one), shape(made({ customer: { email: "b", odd: 2 } })));
});

test("a store's own schema adds the fields of its modules to the form", () => {
  const own = extended(facts, { CustomerExtension: { type: "object", properties: { is_subscribed: { type: "boolean" }, points: { type: "integer" } } } });
  const body = { customer: { extension_attributes: { points: 5 } } };
  const place = form(create?.body ?? [], body, { facts: own, profile, release: "2.4.7", needs: [] });
  assert.equal(find(place, "/customer/extension_attributes/points")?.field.kind, "integer");
  assert.match(find(place, "/customer/extension_attributes/points")?.field.about ?? "", /module of this store/);
  assert.ok(!find(made(body), "/customer/extension_attributes/points")?.field.about?.includes("module of this store"));
});

test("what is typed becomes the field's kind where it fits", () => {
  assert.equal(valueOf({ name: "id", kind: "integer" }, "12"), 12);
  assert.equal(valueOf({ name: "id", kind: "integer" }, "012"), "012");
  assert.equal(valueOf({ name: "on", kind: "boolean" }, "true"), true);
  assert.equal(valueOf({ name: "name", kind: "string" }, "12"), "12");
});

test("an edit keeps the text around it and the contract's order", () => {
  assert.equal(edit('{ "b": 1,\n  "c": 1.0 }', "/a", 2, ["a", "b", "c"]).replace(/\s/g, ""), '{"a":2,"b":1,"c":1.0}');
  assert.deepEqual(JSON.parse(edit("", "/customer/addresses", [{}])), { customer: { addresses: [{}] } });
  assert.deepEqual(JSON.parse(edit('{"a":[1,2]}', "/a/0", undefined)), { a: [2] });
});

test("a release has what its contract has, and what came since", () => {
  const named = (key: string) => facts.endpoints.find((one) => keyOf(one) === key) ?? assert.fail(key);
  assert.equal(contractFor(facts, "saas"), "saas");
  assert.equal(contractFor(facts, "2.4.8-p1"), "2.4.8");
  assert.equal(contractFor(facts, "2.4.4"), "2.4.7");
  const [me, revoke] = [named("GET /V1/customers/me"), named("POST /V1/integration/customer/revoke-customer-token")];
  assert.deepEqual(["2.4.5-p9", "2.4.6", "saas"].map((release) => has(facts, release, revoke)), [false, true, false]);
  assert.ok(has(facts, "2.4.4", me) && !has(facts, "saas", me));
  assert.match(me.instead ?? "", /IMS access token/);
});

// The JSON Schema bundle in Ajv, as strict as Ajv goes.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import Ajv from "ajv/dist/2020.js";

const root = new URL("../../", import.meta.url);
const read = (file) => readFileSync(new URL(file, root), "utf8");
const bundle = JSON.parse(read("docs/reference/schema.json"));
const ajv = new Ajv({ strict: true, allErrors: true });
ajv.addSchema(bundle);

const validator = (name) => ajv.getSchema(`urn:magewright:contract#/$defs/${name}`);

test("every definition compiles", () => {
  for (const name of Object.keys(bundle.$defs)) assert.ok(validator(name), name);
});

test("recorded customers are valid, both as replies and sent back", () => {
  const customers = read("schema/vectors/state/update-customers.ndjson").trim().split("\n").map(JSON.parse);
  for (const name of ["Customer", "CustomerInput"]) {
    const valid = validator(name);
    for (const customer of customers) assert.ok(valid(customer), JSON.stringify(valid.errors));
  }
});

test("what a store refuses is invalid", () => {
  assert.ok(!validator("Customer")({ email: 5, firstname: "Ada", lastname: "Lovelace" }));
  const wrong = { e_mail: "ada@example.com", firstname: "x".repeat(256), custom_attributes: [{ value: 1 }] };
  const valid = validator("CustomerInput");
  assert.ok(!valid(wrong));
  assert.deepEqual(valid.errors.map((error) => error.keyword).sort(), ["additionalProperties", "maxLength", "required"]);
});

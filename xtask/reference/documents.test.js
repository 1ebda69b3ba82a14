// The schemas of magewright's own documents in Ajv.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import Ajv from "ajv/dist/2020.js";

const read = (file) => JSON.parse(readFileSync(new URL(`../../${file}`, import.meta.url), "utf8"));
const ajv = new Ajv({ strict: true, allowUnionTypes: true });
ajv.addSchema(read("docs/reference/documents.json"));

const validator = (name) => ajv.getSchema(`urn:magewright:documents#/$defs/${name}`);

test("a report is told from what is none", () => {
  const violation = { pointer: "/email", code: "email", severity: "error", message: "m", source: "s", releases: "all" };
  const report = { accepted: false, violations: [violation], unchecked: [] };
  const valid = validator("Report");
  assert.ok(valid(report), JSON.stringify(valid.errors));
  assert.ok(!valid({ ...report, violations: [{ ...violation, severity: "fatal" }] }));
  assert.ok(!valid({ ...report, surplus: 1 }));
});

test("the replies of a store make a profile", () => {
  const store = (file) => read(`schema/vectors/store/${file}.json`);
  const profile = {
    version: 1,
    websites: store("websites"),
    store_views: store("storeViews"),
    customer_attributes: store("attributeMetadata-customer"),
    countries: store("countries"),
    modules: store("modules"),
  };
  const valid = validator("Profile");
  assert.ok(valid(profile), JSON.stringify(valid.errors));
  assert.ok(!valid({ ...profile, version: 2 }));
});

test("criteria and plans compile", () => {
  assert.ok(validator("Criteria")({ filter_groups: [{ filters: [{ field: "email", value: "x" }] }], page_size: 5 }));
  assert.ok(!validator("Plan")({}));
});

// The OpenAPI document in Redocly's linter, and its examples against its schemas.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import Ajv from "ajv/dist/2020.js";

const source = readFileSync(new URL("../../docs/reference/openapi.json", import.meta.url), "utf8");

// Magento's own: /V1/customers/{email}/activate beside /V1/customers/me/activate, and types that
// only queued requests and nested queries have.
const MAGENTO = ["no-ambiguous-paths", "no-unused-components"];

test("the linter finds nothing but what Magento does", async () => {
  const config = await createConfig({ extends: ["recommended-strict"] });
  const problems = await lintFromString({ source, config });
  const ours = problems.filter((problem) => !MAGENTO.includes(problem.ruleId));
  assert.deepEqual(ours.map((problem) => `${problem.location[0]?.pointer}: ${problem.message}`), []);
});

test("every example is what its schema says", () => {
  const document = JSON.parse(source);
  const ajv = new Ajv({ strict: false });
  let seen = 0;
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const media = operation.requestBody?.content["application/json"];
      if (!media) continue;
      const valid = ajv.compile({ ...media.schema, components: document.components });
      assert.ok(valid(media.example), `${method} ${path}: ${JSON.stringify(valid.errors)}`);
      seen += 1;
    }
  }
  assert.ok(seen > 10);
});

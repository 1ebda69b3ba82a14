// What the recorded cases are read and compared with.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { built } from "./recorded/built.js";
import { Folder, KEPT } from "./recorded/folder.js";
import { Bindings } from "./recorded/placeholders.js";
import { judged } from "./recorded/run.js";
import { doorOf } from "./recorded/said.js";
import { items, members } from "./recorded/spelled.js";

test("a placeholder stands for one thing, and one thing has one name", () => {
  const bindings = new Bindings();
  assert.ok(bindings.same({ id: "<c1>", made: "<time>", of: ["<a1>"] }, { id: 7, made: "2026-01-01 00:00:00", of: [7] }));
  assert.equal(bindings.filled("/rest/V1/customers/<c1>"), "/rest/V1/customers/7");
  assert.equal(bindings.filledJson('{"id":"<c1>","text":"of <c1>","other":"<c2>"}'), '{"id":7,"text":"of 7","other":"<c2>"}');
  assert.ok(!bindings.same("<c1>", 8));
  assert.ok(!bindings.same("<c2>", 7));
  assert.ok(!new Bindings().same("7", 7));
  assert.ok(!new Bindings().same({ id: "<id>" }, { id: 7, more: null }));
});

test("operations come in any order, and JSON in a text is looked into", () => {
  const listed = (...of) => ({ operations_list: of });
  assert.ok(new Bindings().same(listed({ id: 0, status: 1 }, { id: 1, status: 3 }), listed({ id: 1, status: 3 }, { id: 0, status: 1 })));
  assert.ok(!new Bindings().same(listed({ id: 0 }), listed({ id: 1 })));
  assert.ok(new Bindings().same('{"id":"<id>","b":1}', '{"b": 1, "id": 9}'));
  assert.ok(new Bindings().same("Report ID: webapi-<report>", "Report ID: webapi-0af3"));
});

test("what was sent keeps its spelling", () => {
  const text = '{"z" : 1.0, "10":["}", {"a":[1e2,"\\"]"]}],"2": null}';
  assert.deepEqual([...members(text)], [["z", "1.0"], ["10", '["}", {"a":[1e2,"\\"]"]}]'], ["2", "null"]]);
  assert.deepEqual(items('[ {"a":[1.50]}, "x,y" ,3]'), ['{"a":[1.50]}', '"x,y"', "3"]);
  assert.deepEqual(items("[]"), []);
});

test("a recorded request is built of its parts, where an endpoint takes them", () => {
  const target = (method, path, sent) => built({ method, path, ...(sent && { sent }) })?.target;
  for (const path of ["/rest/V1/customers/5", "/rest/de/V1/customers/me", "/rest/V1/customers/5/password/resetLinkToken/a%2Fb"]) {
    assert.equal(target("GET", path), path);
  }
  assert.equal(target("GET", "/rest/V1/customers/search?searchCriteria[pageSize]=5"), "/rest/V1/customers/search?searchCriteria%5BpageSize%5D=5");
  assert.equal(built({ method: "PUT", path: "/rest/V1/customers/5", sent: '{"customer":{"id":5.0}}' }).body, '{"customer":{"id":5.0}}');
  assert.equal(target("DELETE", "/rest/async/bulk/V1/customers/byCustomerId", '[{"customerId":5}]'), "/rest/async/bulk/V1/customers/byCustomerId");
  assert.equal(target("GET", "/rest/V1/nosuch"), undefined);
  assert.equal(target("PATCH", "/rest/V1/customers/5"), undefined);
  assert.equal(target("GET", "/rest/V1/customers/search?pageSize=5"), undefined);
  assert.equal(target("POST", "/rest/async/bulk/V1/customers", '["x"]'), undefined);
});

test("the package is asked beforehand where it has a door", () => {
  for (const [method, path] of [["POST", "/rest/de/V1/customers"], ["PUT", "/rest/V1/customers/5?fields=id"], ["POST", "/rest/async/bulk/V1/customers"]]) {
    assert.equal(typeof doorOf({ method, path, sent: "{}" }), "function", path);
    assert.equal(doorOf({ method, path }), undefined);
    assert.equal(doorOf({ method, path, sent: "{}", content_type: "text/plain" }), undefined);
  }
  assert.equal(doorOf({ method: "GET", path: "/rest/V1/customers/5" }), undefined);
});

/** A case of which the store said something else. */
const otherwise = (one) => {
  if (one.steps === undefined) return { ...one, status: one.status + 1, ...(one.rendered === undefined ? {} : { rendered: "something else" }) };
  const last = one.steps.findLastIndex(({ response }) => response);
  return { ...one, steps: one.steps.map((step, at) => (at === last ? { ...step, response: { ...step.response, status: 418 } } : step)) };
};

for (const name of ["errors", "fields", "create", "update", "oauth", "bulk", "scenarios", "limits"]) {
  test(`${name}: a case that does not hold is told`, async () => {
    const folder = mkdtempSync(join(tmpdir(), "magewright-cases-"));
    const [first, second] = new Folder(KEPT).lines(`${name}.jsonl`).slice(-2);
    writeFileSync(join(folder, `${name}.jsonl`), `${[first, otherwise(second)].map((one) => JSON.stringify(one)).join("\n")}\n`);
    try {
      assert.deepEqual(await judged(new Folder(folder), name), { cases: 2, failed: [second.id] });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { compare, folded, ordered } from "../../src/diff.ts";
import { naiveBody, putTarget } from "../../src/naive.ts";
import { queryOf, rows, criteria } from "../../src/search/criteria.ts";

test("changed lines stand side by side, commas aside", () => {
  const found = compare({ a: 1, b: 2, c: 3 }, { a: 1, b: 4 });
  assert.deepEqual(
    found.map(({ kind, before, after }) => [kind, before.trim(), after.trim()]),
    [
      ["same", "{", "{"],
      ["same", '"a": 1,', '"a": 1,'],
      ["changed", '"b": 2,', '"b": 4'],
      ["gone", '"c": 3', ""],
      ["same", "}", "}"],
    ],
  );
});

test("the order of members and of named items is no change", () => {
  const before = { a: 1, list: [{ id: 1, x: 1 }, { id: 2 }], attributes: [{ attribute_code: "b" }, { attribute_code: "a" }], plain: [2, 1] };
  const after = { new: 0, plain: [1, 2], attributes: [{ attribute_code: "a" }, { attribute_code: "b" }], list: [{ id: 3 }, { id: 2 }, { x: 1, id: 1 }], a: 1 };
  const found = ordered(before, after);
  assert.equal(JSON.stringify(found), JSON.stringify({ ...before, list: [...before.list, { id: 3 }], plain: [1, 2], new: 0 }));
});

test("unchanged lines far from a change are counted", () => {
  const before = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`m${at}`, at]));
  const parts = folded(compare(before, { ...before, m10: "x" }), 1);
  assert.deepEqual(parts.map((part) => (typeof part === "number" ? part : part.length)), [10, 3, 9]);
});

test("a body without a plan names the customer and leaves our directives out", () => {
  const stored = { id: 5, email: "ada@x.test", firstname: "Ada" };
  const patch = { firstname: "Eve", addresses: [{ id: 7, $patch: "delete" }, { id: 8, city: "Bath" }] };
  const body = JSON.parse(naiveBody("change", stored, patch, {}, ""));
  assert.deepEqual(body, { customer: { id: 5, email: "ada@x.test", firstname: "Eve", addresses: [{ id: 8, city: "Bath" }] } });
  assert.equal(naiveBody("own", stored, patch, {}, "{}"), "{}");
  assert.equal(putTarget("id", 5, { scope: "default", release: "2.4.7" }), "/rest/default/V1/customers/5");
});

test("criteria become rows and rows become criteria", () => {
  const sought = { filter_groups: [{ filters: [{ field: "email", value: "a", condition_type: "like" }] }], sort_orders: [{ field: "entity_id", direction: "ASC" as const }], page_size: 5 };
  assert.deepEqual(criteria(rows(sought)), sought);
  assert.deepEqual(criteria({ groups: [[{ field: "", value: "x", condition_type: "eq" }]], orders: [], pageSize: "x", currentPage: "" }), {});
});

test("a query is found in whatever was pasted", () => {
  assert.equal(queryOf(" https://x.test/rest/V1/customers/search?searchCriteria=#top "), "searchCriteria=");
  assert.equal(queryOf("searchCriteria[pageSize]=5"), "searchCriteria[pageSize]=5");
});

test("long texts are compared within bounds", () => {
  const before = Object.fromEntries(Array.from({ length: 30_000 }, (_, at) => [`m${at}`, at]));
  const after = Object.fromEntries(Object.entries(before).flatMap(([name, value], at) => (at % 100 === 7 ? [] : [[name, at % 100 === 50 ? "x" : value]])));
  const rows = compare(before, after);
  const of = (kind: string) => rows.filter((row) => row.kind === kind).length;
  assert.deepEqual([of("gone"), of("changed"), of("new")], [300, 300, 0]);
  const text = (side: "before" | "after") => rows.map((row) => row[side]).filter((line) => line !== "").join("\n");
  assert.equal(text("before"), JSON.stringify(before, null, 2));
  assert.equal(text("after"), JSON.stringify(after, null, 2));
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { MagewrightError, applyPatch, diff, reconcile } from "magewright";

const stored = { id: 5, taxvat: "T", addresses: [{ id: 1, city: "Ulm" }] };
const patch = { taxvat: null, addresses: [{ id: 1, city: "Bonn" }] };
const wanted = { id: 5, addresses: [{ id: 1, city: "Bonn" }] };

test("a patch is applied to objects, text and bytes alike", () => {
  const text = JSON.stringify(stored);
  for (const document of [stored, text, new TextEncoder().encode(text)]) {
    assert.deepEqual(applyPatch(document, patch), wanted);
  }
});

test("a difference is the patch back", () => assert.deepEqual(diff(stored, wanted), patch));

test("two writers who changed the same thing are in conflict", () => {
  const copies = [{ a: 1 }, { a: 2 }, { a: 3 }];
  const conflicts = [{ pointer: "/a", base: 1, current: 2, desired: 3 }];
  assert.deepEqual(reconcile(...copies), { patch: null, conflicts });
  assert.deepEqual(reconcile(...copies, "ours"), { patch: { a: 3 }, conflicts });
});

test("text that is not JSON is refused with the member's name", () => {
  assert.throws(
    () => applyPatch("{", patch),
    (error) => error instanceof MagewrightError && error.code === "syntax" && error.pointer === "/stored_text",
  );
});

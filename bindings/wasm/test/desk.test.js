import assert from "node:assert/strict";
import { test } from "node:test";
import { MagewrightError, ask, operations } from "magewright";

test("the core names its operations", () => {
  assert.ok(operations().includes("operations"));
});

test("an unknown operation is an error that names the known ones", () => {
  assert.throws(
    () => ask("valdate", {}),
    (error) => error instanceof MagewrightError && error.code === "unknown_operation" && /operations/.test(error.message),
  );
});

test("a misspelt member is refused with its pointer", () => {
  assert.throws(() => ask("operations", { releaze: "2.4.7" }), { code: "unknown_member", pointer: "/releaze" });
});

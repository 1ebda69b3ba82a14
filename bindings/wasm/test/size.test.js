import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

// The goal is 100 KB; until the module is there, it may not grow past this.
const BUDGET = 252_000;

test("the module with everything in it stays within its budget", () => {
  const module = readFileSync(fileURLToPath(import.meta.resolve("magewright/magewright.wasm")));
  const size = gzipSync(module, { level: 9 }).length;
  assert.ok(size <= BUDGET, `${size} bytes gzip`);
});

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

test("the browser entry fetches one module and is then ready", async () => {
  const fetched = [];
  globalThis.fetch = async (url) => {
    fetched.push(String(url));
    return new Response(await readFile(fileURLToPath(url)), { headers: { "content-type": "application/wasm" } });
  };
  const { operations } = await import("../js/web.js");
  assert.ok(operations().length > 0);
  assert.equal(fetched.length, 1);
  assert.match(fetched[0], /\/dist\/magewright_bg\.wasm$/);
});

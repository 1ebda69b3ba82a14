import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Store, Validator, field, encodeCriteria, init, operations, validate } from "../js/init.js";

const file = fileURLToPath(new URL("../dist/magewright_bg.wasm", import.meta.url));

test("what is asked before the module is there says what to wait for", async () => {
  for (const ask of [() => validate("{}"), () => operations(), () => new Store(), () => new Validator(), () => encodeCriteria(field("a").eq(1))]) {
    assert.throws(ask, { message: "the module is not there yet: await init() before anything is asked" });
  }
});

test("the module may come from anywhere, once it comes", async () => {
  await assert.rejects(init("data:application/wasm,x"));
  await assert.rejects(init(new Response("", { status: 404 })), /404/);
  await init(new Response(await readFile(file), { headers: { "content-type": "application/wasm" } }));
  assert.ok(new Validator().accepts('{"email":"ada@example.test","firstname":"Ada","lastname":"Lovelace"}'));
  await init("data:application/wasm,x");
  assert.ok(operations().length > 0);
});

test("in Node the module is there at once", async () => {
  const entry = await import("magewright/init");
  assert.ok(entry.operations().length > 0);
  await entry.init();
});

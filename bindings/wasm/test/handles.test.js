import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { MagewrightError, Store, Validator, plan, predictUpdate, validate, validateStream } from "magewright";

const ada = '{"email":"ada@example.test","firstname":"Ada","lastname":"Lovelace"}';
const bytes = (text) => new TextEncoder().encode(text);
const stored = { id: 5, group_id: 1, email: "a@example.test", firstname: "A", lastname: "B", store_id: 1, website_id: 1,
  addresses: [], disable_auto_group_change: 0 };

test("a store described once is asked about like one described in place", () => {
  const description = { release: "2.4.8-p1", scope: "default" };
  const store = new Store(description);
  const patch = { suffix: "Jr" };
  assert.deepEqual(plan(stored, patch, { store }), plan(stored, patch, description));
  assert.deepEqual(validate("{}", store), validate("{}", description));
  assert.deepEqual(predictUpdate(stored, { customer: patch }, { store, caller: "integration" }).customers.length, 1);
  assert.throws(() => validate("{}", { store, release: "2.4.7" }), { code: "invalid_member", pointer: "/release" });
  store.free();
  store.free();
  assert.throws(() => validate("{}", store), TypeError);
});

test("what describes no store or validator is refused with its place", () => {
  const refused = (make, pointer) =>
    assert.throws(make, (error) => error instanceof MagewrightError && error.pointer === pointer);
  refused(() => new Store({ release: "2.3.7" }), "/release");
  refused(() => new Validator({ profile: { version: 2 } }), "/profile/version");
  refused(() => new Validator({ operation: "create", caller: "root" }), "/caller");
  assert.throws(() => new Validator({ operation: "update" }), TypeError);
  assert.throws(() => new Validator({ caller: "admin" }), TypeError);
});

test("a validator judges as the functions do", () => {
  const validator = new Validator();
  for (const payload of [ada, bytes(ada), JSON.parse(ada), "{", '{"email":7}', ada.replace("Ada", "Škvorecký 🎉")]) {
    assert.deepEqual(validator.check(payload), validate(payload));
    assert.ok(validator.accepts(payload) <= (validate(payload).violations.length === 0));
  }
  assert.ok(validator.accepts(ada) && validator.accepts(bytes(ada)));
  const create = new Validator({ operation: "create", caller: "guest", release: "2.4.7" });
  assert.ok(create.accepts(`{"customer":${ada},"password":"Str0ng-Pa55word"}`));
  assert.ok(!create.check("{}").accepted);
  create.free();
});

test("a payload larger than any before finds room, and so does the next", () => {
  const validator = new Validator();
  for (const size of [10, 1e6, 10, 2e6]) {
    const text = `{"email":"ada@example.test","firstname":"Ada","lastname":"L","x":"${"é".repeat(size)}"}`;
    assert.deepEqual(validator.check(text), validate(text));
  }
  assert.equal(validator.check(" ".repeat(17 << 20)).violations[0].code, "record_too_large");
});

test("records by the line are read alike as text, bytes and chunks of any size", async () => {
  const text = `${ada}\n\n{"email":"🎉"}\n[]\r\n${ada.replace("Ada", "Škvorecký")}`;
  const validator = new Validator();
  const whole = validator.ndjson(text);
  assert.deepEqual(whole.tally, { records: 4, clean: 2, refused: 2, blank: 1 });
  assert.deepEqual(whole.reports.map(({ line, accepted }) => [line, accepted]), [[3, false], [4, false]]);
  assert.deepEqual(validator.ndjson(bytes(text)), whole);
  for (const size of [1, 2, 3, 7, 100]) {
    for (const content of [text, bytes(text)]) {
      const stream = validateStream(validator);
      const writer = stream.writable.getWriter();
      const send = async () => {
        for (let at = 0; at < content.length; at += size) await writer.write(content.slice(at, at + size));
        await writer.close();
      };
      const sent = send();
      const reports = [];
      for await (const report of stream.readable) reports.push(report);
      await sent;
      assert.deepEqual({ reports, tally: await stream.tally }, whole);
    }
  }
});

test("a hundred thousand records pass in flat memory", async () => {
  const piece = bytes(`${ada}\n`.repeat(1000));
  const source = new ReadableStream({
    pull(controller) {
      this.sent = (this.sent ?? 0) + 1;
      if (this.sent > 100) controller.close();
      else controller.enqueue(piece);
    },
  });
  const { heap } = await import("../dist/magewright.js");
  const stream = validateStream();
  const before = heap().buffer.byteLength;
  for await (const report of source.pipeThrough(stream)) assert.fail(String(report.line));
  assert.equal((await stream.tally).clean, 100_000);
  assert.ok(heap().buffer.byteLength - before <= 1 << 20);
});

test("freed handles give their memory back", async () => {
  const { heap } = await import("../dist/magewright.js");
  const profile = readFileSync(fileURLToPath(new URL("../../../crates/core/src/profile/stock.json", import.meta.url)), "utf8");
  const use = () => {
    const store = new Store({ profile });
    const validator = new Validator({ store });
    store.free();
    assert.ok(validator.accepts(ada));
    validator.free();
  };
  for (let round = 0; round < 20; round++) use();
  const before = heap().buffer.byteLength;
  for (let round = 0; round < 200; round++) use();
  assert.equal(heap().buffer.byteLength, before);
});

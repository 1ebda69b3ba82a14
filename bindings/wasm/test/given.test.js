// What can be given as a document, and what is refused with the way out.
import assert from "node:assert/strict";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import { MagewrightError, Validator, diff, field, plan, prepare, profileFromReplies, validate, validateStream } from "magewright";

const ada = '{"email":"ada@example.test","firstname":"Ada","lastname":"Lovelace"}';
const bytes = new TextEncoder().encode(ada);

function detached() {
  const gone = bytes.slice();
  structuredClone(gone.buffer, { transfer: [gone.buffer] });
  return gone;
}

/** The same bytes in memory that two threads have. */
function shared() {
  const view = new Uint8Array(new SharedArrayBuffer(bytes.length));
  view.set(bytes);
  return view;
}

test("bytes are taken in whatever they are wrapped", () => {
  const within = Buffer.concat([Buffer.from("  "), bytes, Buffer.from("]]")]);
  const wrapped = [bytes, Buffer.from(ada), bytes.buffer, new DataView(bytes.buffer), new Int8Array(bytes.buffer), shared(), shared().buffer,
    within.subarray(2, 2 + bytes.length), new DataView(within.buffer, within.byteOffset + 2, bytes.length), runInNewContext(`new Uint8Array([${bytes}])`)];
  const validator = new Validator();
  for (const payload of wrapped) {
    assert.ok(validator.accepts(payload));
    assert.deepEqual(validator.check(payload), validator.check(ada));
    assert.deepEqual(validate(payload), validate(ada));
    assert.equal(validator.ndjson(payload).tally.clean, 1);
    assert.deepEqual(diff(payload, payload), {});
  }
});

test("half a surrogate pair becomes U+FFFD by every way, as on the way to a store", () => {
  for (const half of ["\ud83c", "\udf89"]) {
    const text = ada.replace("Ada", half);
    assert.deepEqual(validate(text), validate(ada.replace("Ada", "\ufffd")));
    assert.deepEqual(new Validator().check(text), validate(text));
  }
});

test("what JSON keeps nothing of is a mistake, not an empty customer", () => {
  const validator = new Validator();
  const mistakes = [() => {}, Symbol("x"), Promise.resolve({}), new Map([["email", "a@x.test"]]), new Set(), new Blob([ada]), new Response(ada),
    new URLSearchParams("a=b"), new ReadableStream(), /x/, detached(), 5n];
  for (const mistake of mistakes) {
    for (const ask of [validate, (payload) => plan(payload, {}), (payload) => validator.check(payload), (payload) => validator.accepts(payload)]) {
      assert.throws(() => ask(mistake), TypeError);
    }
  }
  assert.throws(() => validate(Promise.resolve({})), { message: "payload: a Promise is no JSON: give JSON text, its bytes, or a plain object" });
  assert.throws(() => validator.check(undefined), { message: "payload: give JSON text, its bytes, or a plain object" });
  assert.throws(() => validate(undefined), { code: "missing_member", pointer: "/payload" });
});

test("an object of any class is as good as its JSON", () => {
  class Customer {
    email = "ada@example.test";
  }
  const moment = new Date(0);
  for (const object of [new Customer(), Object.create(null), {}, [], null, 7, moment, { toJSON: () => ({}) }, runInNewContext("({})")]) {
    assert.deepEqual(validate(object), validate(JSON.stringify(object)));
    assert.deepEqual(new Validator().check(object), validate(object));
  }
  assert.ok(profileFromReplies({ websites: undefined }));
});

test("bytes that are no UTF-8 are named", () => {
  const latin = Buffer.from(ada.replace("Ada", "é"), "latin1");
  assert.throws(() => validate(latin), (error) => error instanceof MagewrightError && error.code === "syntax" && error.pointer === "/payload_text");
  assert.equal(new Validator().check(latin).violations[0].code, "not_json");
});

test("records by the line are text or bytes, and nothing else is no records", async () => {
  for (const wrong of [7, {}, [], null, undefined, new Blob([ada])]) assert.throws(() => new Validator().ndjson(wrong), /give text or bytes/);
  const stream = validateStream();
  const writer = stream.writable.getWriter();
  const read = assert.rejects(stream.readable.getReader().read(), TypeError);
  await assert.rejects(writer.write({ email: "ada@x.test" }), { message: "a chunk: give text or bytes" });
  await Promise.all([read, assert.rejects(stream.tally, TypeError)]);
});

test("reading that is given up gives the memory back and ends the tally", async () => {
  const rows = () => new ReadableStream({ pull: (controller) => controller.enqueue('{"email":7}\n') });
  const left = validateStream();
  for await (const { line } of rows().pipeThrough(left)) if (line === 3) break;
  await assert.rejects(left.tally, /not read to the end/);
  const abort = new AbortController();
  const aborted = validateStream();
  await assert.rejects(async () => {
    for await (const { line } of rows().pipeThrough(aborted, { signal: abort.signal })) if (line === 3) abort.abort();
  }, { name: "AbortError" });
  await assert.rejects(aborted.tally, { name: "AbortError" });
});

test("a reader that waits is waited for", async () => {
  let pulled = 0;
  const rows = new ReadableStream({ pull: (controller) => controller.enqueue(`{"email":${++pulled}}\n`) }, { highWaterMark: 0 });
  const reader = rows.pipeThrough(validateStream()).getReader();
  await reader.read();
  await new Promise((later) => setTimeout(later, 20));
  assert.ok(pulled < 5, String(pulled));
  await reader.cancel();
});

test("a builder takes what has a spelling, and a request an address", () => {
  for (const wrong of [undefined, null, {}, ["x", "y"], Symbol("x"), NaN]) assert.throws(() => field("email").eq(wrong), TypeError);
  assert.throws(() => field("email").oneOf(["x", "y"]), /each by itself/);
  assert.throws(() => field("email").oneOf(), /each by itself/);
  assert.throws(() => prepare({ method: "GET", target: "/rest/V1/modules" }), /base: give/);
  assert.equal(prepare({ method: "GET", target: "/x" }, { base: new URL("https://shop.test") }).url, "https://shop.test/x");
});

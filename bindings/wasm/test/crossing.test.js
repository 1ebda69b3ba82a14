// What crosses into a handle's buffer: text in units of UTF-16 or as UTF-8, and bytes, judged alike.
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { test } from "node:test";
import { Store, Validator, validate } from "magewright";
import { crossInUnits } from "../js/crossing.js";
import { heap } from "../dist/magewright.js";

const bytes = (text) => new TextEncoder().encode(text);
const record = (name) => `{"email":"ada@x.test","firstname":"${name}","lastname":"L"}`;

/** Done as Node does it, and as a host without its Buffer. */
function inBothWays(judged) {
  judged(new Validator());
  crossInUnits(undefined);
  try {
    judged(new Validator());
  } finally {
    crossInUnits(Buffer);
  }
}

test("text is judged as its bytes are, of whatever characters and length", () => {
  inBothWays((validator) => {
    for (const character of ["a", "é", "Š", "☎", "東", "🎉", "\ud83c", "\udf89", "\\u00e9", "\u0000", "\u007f", "\u0080", "\u07ff", "\u0800", "\uffff"]) {
      for (const before of [0, 1, 14, 15, 16, 31, 32, 33, 63, 300]) {
        const text = record("a".repeat(before) + character);
        assert.equal(validator.accepts(text), validator.accepts(bytes(text)), text);
        assert.deepEqual(validator.check(text), validate(bytes(text)), text);
        const broken = `"${character.repeat(before)}"!`;
        assert.deepEqual(validator.check(broken), validator.check(bytes(broken)), broken);
        assert.deepEqual(validator.ndjson(`${text}\n${broken}`), validator.ndjson(bytes(`${text}\n${broken}`)));
      }
    }
  });
});

test("a shorter text after a longer one is judged by itself", () => {
  inBothWays((validator) => {
    assert.ok(validator.accepts(record("é".repeat(40))));
    assert.ok(validator.accepts(record("A")));
    assert.equal(validator.check("").violations[0].code, "not_json");
  });
});

test("nothing is lost, nor an empty payload a failure, when the memory moves in between", () => {
  inBothWays((validator) => {
    for (const payload of ["", new Uint8Array(0), record("Ada"), bytes(record("Ada"))]) {
      const before = validator.check(payload);
      heap().grow(1);
      assert.deepEqual(validator.check(payload), before);
    }
  });
});

test("of a payload that is refused whatever it says only so much crosses as tells it", () => {
  inBothWays((validator) => {
    for (const make of [(size) => " ".repeat(size), (size) => new Uint8Array(size).fill(32)]) {
      assert.equal(validator.check(make(16 << 20)).violations[0].code, "not_json");
      assert.equal(validator.check(make((16 << 20) + 1)).violations[0].code, "record_too_large");
      const before = heap().buffer.byteLength;
      assert.equal(validator.check(make(100 << 20)).violations[0].code, "record_too_large");
      assert.equal(heap().buffer.byteLength, before);
    }
  });
});

test("what is freed says so, and nothing is written to where it was", () => {
  const store = new Store();
  const validator = new Validator({ store });
  assert.ok(validator.accepts(record("Ada")));
  validator.free();
  validator.free();
  const other = new Validator({ store });
  const clean = other.check(record("Ada"));
  for (const use of [() => validator.accepts("x".repeat(99)), () => validator.check("{}"), () => validator.ndjson("{}")]) {
    assert.throws(use, { name: "TypeError", message: "validator: it is freed; make another one" });
  }
  assert.deepEqual(other.check(record("Ada")), clean);
});

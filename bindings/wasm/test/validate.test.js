import assert from "node:assert/strict";
import { test } from "node:test";
import { validate } from "magewright";

const ada = { email: "ada@example.test", firstname: "Ada", lastname: "Lovelace" };

test("a clean record is accepted, as object, text and bytes", () => {
  const text = JSON.stringify(ada);
  for (const payload of [ada, text, new TextEncoder().encode(text)]) {
    const { accepted, violations } = validate(payload);
    assert.deepEqual({ accepted, violations }, { accepted: true, violations: [] });
  }
});

test("all violations are told at once, with pointer, code and severity", () => {
  const { accepted, violations } = validate({ email: ada.email, prefix: 7 });
  assert.equal(accepted, false);
  assert.deepEqual(
    violations.map(({ pointer, severity }) => [pointer, severity]).sort(),
    [["/firstname", "error"], ["/lastname", "error"], ["/prefix", "loss"]],
  );
});

test("a store that cannot be is refused with its place", () => {
  assert.throws(() => validate(ada, { release: "2.3.7" }), { code: "invalid_member", pointer: "/release" });
  assert.throws(() => validate(ada, { profil: {} }), { code: "unknown_member", pointer: "/profil" });
});

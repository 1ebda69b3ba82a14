import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeError, selectFields } from "magewright";

test("an error is rendered", () => {
  const error = decodeError(400, { message: '"%fieldName" is required.', parameters: { fieldName: "city" } });
  assert.equal(error.message, '"city" is required.');
  assert.equal(error.causes, undefined);
});

test("an error is explained when the call is known", () => {
  const body = '{"message":"Request does not match any route."}';
  const { causes } = decodeError(404, body, { method: "GET", path: "/V1/users" });
  assert.equal(causes[0].code, "route_not_in_core");
});

test("a page from a proxy is an error like any other", () => {
  assert.equal(decodeError(502, "<html><title>Bad gateway</title></html>").shape, "html");
});

test("fields are taken as the store takes them", () => {
  assert.deepEqual(selectFields({ id: 5, email: "a@x.test" }, "id"), { id: 5 });
});

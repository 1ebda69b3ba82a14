import assert from "node:assert/strict";
import { test } from "node:test";
import { javascript, literal, php, python } from "../../src/snippets/literal.ts";
import { addressed } from "../../src/request.ts";
import { snippets } from "../../src/snippets/snippets.ts";

const body = '{"customer":{"firstname":"O\'Hara","n":1.50,"big":90071992547409931,"on":true,"off":null,"none":{},"list":[]}}';
const request = { method: "POST", target: "/rest/V1/customers", body, authorized: true };

const named = (name: string, of = request as Parameters<typeof snippets>[0]) => snippets(of, "https://shop.example.test/").find((one) => one.name === name)?.text ?? "";

test("numbers keep their spelling and words are the language's own", () => {
  assert.match(literal(body, python) ?? "", /"n": 1\.50,\n\s+"big": 90071992547409931,\n\s+"on": True,\n\s+"off": None,\n\s+"none": \{\},\n\s+"list": \[\],/);
  assert.match(literal(body, php) ?? "", /'firstname' => 'O\\'Hara',[^]*'none' => new stdClass\(\),\n\s+'list' => \[\],/);
  assert.equal(literal('"a\u2028b"', javascript), '"a\\u2028b"');
  assert.equal(literal('"\u2028\u00e9\ud83d\ude00"', python), '"\\u2028é😀"');
});

test("what is no JSON has no literal and is sent as it stands", () => {
  assert.equal(literal('{"a":', python), undefined);
  assert.equal(literal('{"a":1 /* no */}', python), undefined);
  const broken = { ...request, body: '{"a":' };
  assert.match(named("Python requests", broken), /data="\{\\"a\\":"\.encode\(\)/);
  assert.match(named("fetch", broken), /body: "\{\\"a\\":"/);
  assert.match(named("PHP", broken), /CURLOPT_POSTFIELDS => '\{"a":'/);
  assert.equal(named("Python magewright", broken), "");
});

test("a shell reads nothing inside the text of curl", () => {
  assert.match(named("curl"), /O'\\''Hara/);
  assert.match(named("curl"), /"Authorization: Bearer \$MAGENTO_TOKEN"/);
});

test("no snippet holds a token, and an open request asks for none", () => {
  for (const { text } of snippets({ ...request, authorized: false }, "https://shop.example.test")) assert.doesNotMatch(text, /MAGENTO_TOKEN|Authorization/);
});

test("a request without a body is copied without one", () => {
  const get = { method: "GET", target: "/rest/default/V1/customers/5", body: null, authorized: true };
  assert.deepEqual(snippets(get, "https://shop.example.test").map(({ name }) => name), ["curl", "HTTP", "fetch", "Python requests", "Python magewright", "PHP"]);
  assert.match(named("Python magewright", get), /customers\.get\(5, scope="default"\)/);
  assert.equal(named("HTTP", get), "GET /rest/default/V1/customers/5 HTTP/1.1\nHost: shop.example.test\nAuthorization: Bearer {{token}}\nAccept: application/json\n");
});

test("the SaaS edition is asked at other addresses, and told the store view in a header", () => {
  const to = { scope: "de", release: "saas" };
  assert.deepEqual(addressed("/V1/customers/5?fields=id", to), { target: "/V1/customers/5?fields=id", saas: true, headers: { Store: "de" } });
  assert.equal(addressed("/async/bulk/V1/customers", to).target, "/V1/async/bulk/customers");
  assert.equal(addressed("/async/V1/customers/5", to).target, "/V1/async/customers/5");
  assert.deepEqual(addressed("/async/V1/customers/5", { scope: "de", release: "2.4.9" }), { target: "/rest/de/async/V1/customers/5" });
});

test("every snippet for the SaaS edition names the store view and takes an IMS token", () => {
  const create = { method: "POST", body: '{"customer":{}}', authorized: true, ...addressed("/V1/customers", { scope: "de", release: "saas" }) };
  const all = snippets(create, "https://shop.example.test/tenant").filter(({ name }) => name !== "JSON");
  assert.deepEqual(all.map(({ name }) => name), ["curl", "HTTP", "fetch", "Python requests", "Python magewright", "PHP"]);
  for (const { name, text } of all) {
    assert.match(text, name === "Python magewright" ? /scope="de", release="saas"/ : /Store["']?: ["']?de/, name);
    assert.match(text, name === "HTTP" ? /\{\{token\}\}/ : /IMS_ACCESS_TOKEN/, name);
    assert.doesNotMatch(text, /\/rest|MAGENTO_TOKEN/, name);
  }
});

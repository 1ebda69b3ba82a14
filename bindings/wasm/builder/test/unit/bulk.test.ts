import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { condense } from "../../build/facts.ts";
import { bands, ranges } from "../../src/bands.ts";
import { Bodies } from "../../src/bulk/bodies.ts";
import { Lines } from "../../src/bulk/lines.ts";
import { formOf, isReadable, rowsOf, sourceOf, textOf } from "../../src/bulk/records.ts";
import { meant, unknownColumns } from "../../src/bulk/columns.ts";
import { customer } from "../../src/bulk/record.ts";
import { eachRow, misread, type TableRow, twice } from "../../src/bulk/table.ts";
import { recognise } from "../../src/replies.ts";

const workspace = fileURLToPath(new URL("../../../../..", import.meta.url));
const facts = condense(workspace);

test("a row becomes a customer with the contract's kinds", () => {
  const row = { email: "a@x.test", website_id: "1", "address.street": "One | Two", "address.default_billing": "yes", "addresses.1.city": "Bath", "custom_attributes.tier": "5", "extension_attributes.is_subscribed": "0", taxvat: "", group_id: "one" };
  assert.deepEqual(customer(row, facts), {
    email: "a@x.test",
    website_id: 1,
    addresses: [{ street: ["One", "Two"], default_billing: true }, { city: "Bath" }],
    custom_attributes: [{ attribute_code: "tier", value: "5" }],
    extension_attributes: { is_subscribed: false },
    group_id: "one",
  });
});

test("columns that name nothing are told", () => {
  assert.deepEqual(unknownColumns(["email", "address.city", "addresses.2.region.region_id", "custom_attributes.x", "e-mail", "address.town", ""], facts), ["e-mail", "address.town"]);
});

test("a column named otherwise is told what it may be", () => {
  const found = ["E-Mail", "First Name", "last_name", "Website", "Address City", "Country", "ZIP", "Colour"].map((column) => meant(column, facts));
  assert.deepEqual(found, ["email", "firstname", "lastname", "website_id", "address.city", "address.country_id", "address.postcode", undefined]);
});

const rowsIn = (text: string) => {
  const rows: TableRow[] = [];
  eachRow(text, (row) => rows.push(row));
  return rows;
};

test("a table's rows have the numbers a spreadsheet shows, whatever separates them", () => {
  const found = rowsIn('sep=;\r\nemail;street\r\n"a";"One\r\n""Two"""\r\n;\r\nb;Three');
  assert.deepEqual(found.map(({ number, cells }) => [number, cells]), [[2, ["email", "street"]], [3, ["a", 'One\r\n"Two"']], [5, ["b", "Three"]]]);
  assert.deepEqual(rowsIn("a\tb\n1\t2").map(({ cells }) => cells), [["a", "b"], ["1", "2"]]);
});

test("a row that is torn or too long is not guessed at", () => {
  const [head, good, long, torn] = rowsIn('email,firstname\na,A,\nb,B,more\nc,"D\ne,E\n');
  const columns = head?.cells ?? [];
  assert.equal(misread(good ?? assert.fail(), columns), undefined);
  assert.match(misread(long ?? assert.fail(), columns) ?? "", /^3 cells under 2 columns/);
  assert.match(misread(torn ?? assert.fail(), columns) ?? "", /a quote is not closed/);
  assert.deepEqual(twice(["email", "", "", "dob", "email"]), ["email"]);
});

test("letters are read as the file's first bytes say, and foreign ones are refused", async () => {
  const wide = await sourceOf(new Blob([Buffer.from("\ufeffemail;ö", "utf16le")]));
  assert.equal(await textOf(wide), "email;ö");
  assert.ok(await isReadable(wide));
  assert.ok(await isReadable(await sourceOf(new Blob(["\ufeffZoë"]))));
  assert.ok(!(await isReadable(await sourceOf(new Blob([Buffer.from("Zoë;", "latin1")])))));
});

test("lines are whole however the text is cut, and blank ones count", () => {
  const text = '{"a":1}\r\n\n{"b":2}\n{"c":3}';
  for (let size = 1; size <= text.length; size++) {
    const found: [string, number][] = [];
    const lines = new Lines((line, number) => found.push([line, number]));
    for (let at = 0; at < text.length; at += size) lines.push(text.slice(at, at + size));
    lines.end();
    assert.deepEqual(found, [['{"a":1}', 1], ['{"b":2}', 3], ['{"c":3}', 4]]);
  }
});

test("bodies keep to items and bytes, and an item that is too large stands alone", () => {
  const bodies = new Bodies({ items: 2, bytes: 20 });
  for (const item of ["1", "2", "3", '"0123456789012345678901234567"', "4"]) bodies.add(item);
  bodies.end();
  assert.deepEqual(bodies.done, ["[1,2]", "[3]", '["0123456789012345678901234567"]', "[4]"]);
});

test("a store's replies are told apart by their form", () => {
  const folder = `${workspace}/schema/vectors/store`;
  const found = Object.fromEntries(readdirSync(folder).map((name) => [name, recognise(unwrapped(JSON.parse(readFileSync(`${folder}/${name}`, "utf8"))))]));
  const wanted = { "websites.json": "websites", "storeGroups.json": "store_groups", "storeViews.json": "store_views", "customerGroups.json": "customer_groups", "attributeMetadata-customer.json": "customer_attributes", "attributeMetadata-customerAddress.json": "address_attributes", "countries.json": "countries", "modules.json": "modules" };
  for (const [name, part] of Object.entries(wanted)) assert.equal(found[name], part, name);
  assert.equal(found["currency.json"], undefined);
  assert.equal(recognise({ version: 1 }), "profile");
  assert.equal(recognise({ swagger: "2.0", definitions: {} }), "schema");
  for (const odd of [null, 7, [], [{}], { message: "no" }]) assert.equal(recognise(odd), undefined);
});

/** A recorded reply may stand beside the request it answers. */
const unwrapped = (document: unknown) => (typeof document === "object" && document !== null && "body" in document ? (document as { body: unknown }).body : document);

test("releases that answer alike stand together, as ranges", () => {
  const all = ["a", "b", "c", "d"];
  const found = bands(all, (release) => ({ good: release !== "b" }));
  assert.deepEqual(found.map(({ releases }) => ranges(releases, all)), ["a, c to d", "b"]);
});

test("what a file holds is told by its beginning, its name decides the rest", () => {
  const found = (text: string, name = "rows.csv") => formOf(text, name);
  assert.equal(found("email,firstname\na,b"), "table");
  assert.equal(found('{"email":"a"}\n{"email":"b"}'), "lines");
  assert.equal(found('{"items":[{"id":1}],"total_count":1}'), "document");
  assert.equal(found('{\n  "id": 1\n}'), "document");
  assert.equal(found('  [{"email":"a"}]'), "document");
  assert.equal(found("\u0089PNG\0\0"), "unreadable");
  assert.equal(found(" \n"), "empty");
  assert.equal(found("oh", "rows.ndjson"), "lines");
  assert.deepEqual(rowsOf('{"items":[1,2]}'), [1, 2]);
  assert.deepEqual(rowsOf('{"id":1}'), [{ id: 1 }]);
  assert.throws(() => rowsOf("[1"), SyntaxError);
});

// The recorded cases that the package can be asked about, with the figures that the core is held to.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import {
  MagewrightError, Store, answerSearch, decodeCriteria, decodeError, predictCreate, predictUpdate, profileFromReplies, selectFields,
} from "magewright";

const vectors = (file) => readFileSync(fileURLToPath(new URL(`../../../schema/vectors/${file}`, import.meta.url)), "utf8");
const lines = (file) => vectors(file).trimEnd().split("\n").map((line) => JSON.parse(line));
const figures = readFileSync(fileURLToPath(new URL("../../../crates/conformance/figures.txt", import.meta.url)), "utf8");

/** The cases were recorded around this time. */
const RECORDED = 1_795_300_000;

const profile = profileFromReplies({
  websites: vectors("store/websites.json"),
  store_groups: vectors("store/storeGroups.json"),
  store_views: vectors("store/storeViews.json"),
  customer_groups: vectors("store/customerGroups.json"),
  customer_attributes: vectors("store/attributeMetadata-customer.json"),
  address_attributes: vectors("store/attributeMetadata-customerAddress.json"),
  countries: vectors("store/countries.json"),
  modules: vectors("store/modules.json"),
  settings: JSON.parse(vectors("store/config.json")).values,
});
const storeWith = (accounts) => new Store({ profile, accounts: lines(accounts), now: RECORDED });

/** The store gives custom attributes in no fixed order. */
function tidy(value) {
  if (Array.isArray(value)) return value.map(tidy);
  if (value === null || typeof value !== "object") return value;
  const members = Object.entries(value).map(([key, of]) => [key, tidy(of)]);
  const tidied = Object.fromEntries(members);
  if (Array.isArray(tidied.custom_attributes)) tidied.custom_attributes.sort((a, b) => (a.attribute_code < b.attribute_code ? -1 : 1));
  return tidied;
}
const same = (a, b) => isDeepStrictEqual(tidy(a), tidy(b));

/** A fatal error is bare text. */
function isRefusal(refused, { status, reply }) {
  if (refused?.status !== status) return false;
  if (typeof reply === "string") return refused.template.trim() === reply.trim();
  return refused.template === reply?.message && same(refused.parameters, reply.parameters ?? null);
}

/** Runs a file; what fails may be no more than the core fails of all its cases. */
function suite(name, cases, holds) {
  test(`${name}: the recorded cases hold through the module`, () => {
    const [, passed, total] = new RegExp(`^2\\.4\\.7-p3 ${name} (\\d+)/(\\d+)$`, "m").exec(figures);
    const failed = cases.filter((one) => !holds(one)).map(({ id }) => id);
    console.log(`${name} ${cases.length - failed.length}/${cases.length}`);
    assert.ok(cases.length > 0 && failed.length <= total - passed, failed.join());
  });
}

suite("fields", lines("fields.jsonl"), ({ fields, status, input, output }) => {
  if (input.message !== undefined) return same(input, output);
  try {
    return same(selectFields(input, fields), output) && status === 200;
  } catch (error) {
    return error instanceof MagewrightError && status !== 200 && error.message.trim() === output.trim();
  }
});

suite("errors", lines("errors.jsonl"), ({ status, reply, rendered, rendered_errors }) => {
  const decoded = decodeError(status, reply);
  const errors = decoded.shape === "json" && decoded.errors.length > 0 ? decoded.errors : undefined;
  return decoded.status === status && (decoded.shape === "json" ? decoded.message : null) === (rendered ?? null) && same(errors, rendered_errors);
});

/** A create sent as JSON to the collection of a store view there is, which leaves path and content type nothing to say. */
const createPath = /^\/rest(?:\/(default|fr|de|all))?\/V1\/customers$/;
const creates = lines("create.jsonl").filter((one) => createPath.test(one.path) && one.content_type === undefined && (one.body ?? one.raw_body) !== undefined);
const createStore = storeWith("state/create-customers.ndjson");
suite("create", creates, (one) => {
  const [, scope] = createPath.exec(one.path);
  const options = { store: createStore, caller: one.caller, ...(scope === undefined ? {} : { scope }) };
  const found = predictCreate(one.raw_body ?? JSON.stringify(one.body), options);
  if (found.refused === undefined) return one.status === 200 && same(found.saved, one.saved);
  return isRefusal(found.refused, one) && same(found.kept ?? null, one.saved ?? null);
});

/** What was the recorder's choice: markers of defaults that are no address, ids of customers that were never kept. */
const known = new Set(lines("state/update-customers.ndjson").map(({ id }) => id));
function settled(document) {
  const { addresses = [], parameters, ...rest } = document ?? {};
  const ids = addresses.map(({ id }) => String(id));
  for (const key of ["default_billing", "default_shipping"]) if (key in rest && !ids.includes(rest[key])) rest[key] = "<dangling>";
  const unkept = parameters?.customer_id !== undefined && !known.has(parameters.customer_id);
  return { ...rest, addresses, parameters: unkept ? "<unkept>" : parameters };
}

const updatePath = /^\/rest(?:\/(\w+))?\/V1\/customers\/(\w+)$/;
const updates = lines("update.jsonl").filter((one) => updatePath.test(one.path) && ["sync", "me"].includes(one.mode));
const updateStore = storeWith("state/update-customers.ndjson");
suite("update", updates, (one) => {
  const [, scope, id] = updatePath.exec(one.path);
  const route = one.mode === "me" ? { route: "me" } : { route: "id", id };
  const options = { store: updateStore, caller: one.caller, ...route, ...(scope === undefined ? {} : { scope }) };
  const found = predictUpdate(one.before, one.body ?? null, options);
  const { refused, saved, customers } = found;
  const replied = refused === undefined
    ? one.status === 200 && same(settled(saved), settled(one.reply))
    : typeof one.reply === "string" ? isRefusal(refused, one) : isRefusal({ ...refused, ...settled(refused) }, { ...one, reply: settled(one.reply) });
  const after = customers.find((customer) => customer.id === one.before.id);
  return replied && (after === undefined || same(settled(after), settled(one.after)));
});

const searchStore = storeWith("search-data.ndjson");
suite("search", lines("search.jsonl"), ({ query, status, total_count, ids, ordered, criteria, error }) => {
  const read = decodeCriteria(query);
  if (read.refused !== undefined) return isRefusal(read.refused, { status, reply: error });
  const found = answerSearch(read.criteria, searchStore);
  if (found.refused !== undefined) return isRefusal(found.refused, { status, reply: error });
  const rows = found.items.map(({ id }) => id);
  const all = rows.length === total_count;
  return status === 200 && found.total_count === total_count && same(found.search_criteria, criteria)
    && (ordered ? same(rows, ids) : !all || same([...rows].sort(), [...ids].sort()));
});

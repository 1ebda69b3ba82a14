import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, encodeCriteria } from "magewright";
import { encodePlain } from "../js/criteria.js";

const CONDITIONS = ["eq", "neq", "like", "nlike", "in", "nin", "null", "notnull", "gt", "lt", "gteq", "lteq", "from", "to",
  "finset", "nfinset", "regexp", "seq", "sneq", "ntoa", "is", "moreq", "LIKE", "", "0", 0, "a b", null, undefined];
const TEXTS = ["email", "", "a+b%", "!'()*", "-._~", "2024-01-01 00:00:00", "[x]&y=z#", "Škvorecký – Ελένη", "東京都", "\u{1F389}é\u{10FFFF}",
  "\u0000\u007f\u0080\u07ff\u0800\uffff", "\\\"/\n", 7, -0, 1.5, 1e21, 1e-7, null, undefined];
const DIRECTIONS = ["ASC", "DESC", "asc", "Desc", null, undefined];
const NUMBERS = [1, 100, 0, -0, -3, 2 ** 53 - 1, null, undefined];

/** Mulberry32: the same numbers on each run. */
function seeded(state) {
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** An object with some of the members, in either order. */
function some(members, random) {
  const kept = Object.entries(members).filter(() => random(8) > 0);
  return Object.fromEntries(random(2) ? kept : kept.reverse());
}

function generate(random) {
  const one = (values) => values[random(values.length)];
  const list = (longest, make) => (random(12) ? Array.from({ length: random(longest) }, make) : null);
  const filter = () => some({ field: one(TEXTS), value: one(TEXTS), condition_type: one(CONDITIONS) }, random);
  const group = () => some({ filters: list(random(9) ? 4 : 12, filter) }, random);
  const order = () => some({ field: one(TEXTS), direction: one(DIRECTIONS) }, random);
  const lists = { filter_groups: list(random(9) ? 4 : 12, group), sort_orders: list(random(9) ? 3 : 12, order) };
  return some({ ...lists, page_size: one(NUMBERS), current_page: one(NUMBERS), fields: one(TEXTS) }, random);
}

const outcome = (encode) => {
  try {
    return { query: encode() };
  } catch (error) {
    return { name: error.name, code: error.code, pointer: error.pointer, message: error.message };
  }
};

const asTheDesk = (criteria, options = {}) =>
  assert.deepEqual(
    outcome(() => encodeCriteria(criteria, options)),
    outcome(() => ask("search.encode", { criteria, ...options })),
  );

test("plain criteria are written as the desk writes them, and without it", () => {
  const random = seeded(1);
  for (let round = 0; round < 1000; round++) {
    const criteria = generate(random);
    const options = [{}, { spelling: "camel" }, { spelling: "snake" }, { spelling: null }][random(4)];
    assert.equal(encodePlain(criteria, options), ask("search.encode", { criteria, ...options }), JSON.stringify(criteria));
  }
});

test("every condition and every character of one unit is written as the desk writes it", () => {
  const filters = CONDITIONS.map((condition_type) => ({ field: "x", value: 1, condition_type }));
  assert.equal(encodePlain({ filter_groups: [{ filters }] }, {}), ask("search.encode", { criteria: { filter_groups: [{ filters }] } }));
  for (let first = 0; first < 0x10000; first += 0x400) {
    if (first >= 0xd800 && first < 0xe000) continue;
    const fields = String.fromCharCode(...Array.from({ length: 0x400 }, (_, at) => first + at));
    assert.equal(encodePlain({ fields }, {}), ask("search.encode", { criteria: { fields } }));
  }
});

test("what is odd is left to the desk", () => {
  const odd = ["group_id = 1", "a b c", 7, null, undefined, true, [], () => 1, { pagesize: 5 }, { page_size: "5" }, { page_size: 1.5 },
    { page_size: 2 ** 53 }, { fields: "\ud800" }, { fields: "x\udc00y" }, { fields: "\ud800x" }, { fields: ["id"] }, { fields: NaN },
    { fields: "x".repeat(1e5) }, { filter_groups: {} }, { filter_groups: [null] }, { filter_groups: [[]] }, { filter_groups: new Array(1) },
    { filter_groups: [{ filter: [] }] }, { filter_groups: [{ filters: "x" }] }, { filter_groups: [{ filters: [{ value: true }] }] },
    { filter_groups: [{ filters: [{ value: new Date(0) }] }] }, { filter_groups: [{ filters: [{ value: "x", condition: "eq" }] }] },
    { sort_orders: [{ direction: "up" }] }, { sort_orders: [{ direction: "de\u017fc" }] }, { sort_orders: [{ direction: "" }] },
    Object.create({ fields: "id" }), new (class { fields = "id"; })(), new Map([["fields", "id"]]), { toJSON: () => ({ fields: "id" }) }];
  for (const criteria of odd) {
    assert.equal(encodePlain(criteria, {}), undefined, String(JSON.stringify(criteria)).slice(0, 99));
    asTheDesk(criteria);
  }
  for (const options of [{ spelling: "kebab" }, { spelling: 5 }, { release: "2.4.7" }, { criteria: { fields: "id" } }, null, "x"]) {
    assert.equal(encodePlain({ page_size: 5 }, options), undefined);
    asTheDesk({ page_size: 5 }, options);
  }
});

// One of the three-group queries from JavaScript: magewright's npm package against qs, by turns.
//
// usage: node search.mjs PACKAGE NAME ROUNDS, where PACKAGE is the package's entry for Node.
//
// Both get their objects ready made, and the store has to read both strings as the same criteria.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import qs from 'qs';

const [entry, name, rounds] = process.argv.slice(2);
const { decodeCriteria, encodeCriteria } = await import(pathToFileURL(entry));

/** Encodings a round. */
const ENCODINGS = 5_000;

/** What qs takes at least, as a multiple. */
const PROMISE = 20;

const ourCriteria = ({ groups, sort, page_size, page }) => ({
  filter_groups: groups.map((filters) => ({
    filters: filters.map(([field, value, condition]) => ({ field, value, condition_type: condition ?? 'eq' })),
  })),
  sort_orders: sort.map(([field, direction]) => ({ field, direction })),
  page_size,
  current_page: page,
});

const theirParameters = ({ groups, sort, page_size, page }) => ({
  searchCriteria: {
    filterGroups: groups.map((filters) => ({
      filters: filters.map(([field, value, condition]) => ({ field, value, conditionType: condition ?? 'eq' })),
    })),
    sortOrders: sort.map(([field, direction]) => ({ field, direction })),
    pageSize: page_size,
    currentPage: page,
  },
});

let read = 0;

/** Microseconds an encoding; a character is read, for until then a string may be a chain of its parts. */
function time(encode) {
  const begun = performance.now();
  for (let i = 0; i < ENCODINGS; i++) read += encode().charCodeAt(i % 100);
  return ((performance.now() - begun) * 1000) / ENCODINGS;
}

const median = (times) => times.sort((a, b) => a - b)[times.length >> 1];

/** The first time of a turn only warms up. */
function byTurns(encoders) {
  const times = encoders.map(() => []);
  for (let round = 0; round < Number(rounds); round++) {
    encoders.forEach((encode, at) => {
      time(encode);
      times[at].push(time(encode));
    });
  }
  return times.map(median);
}

function compare(name, query) {
  const criteria = ourCriteria(query);
  const parameters = theirParameters(query);
  const encoders = [() => encodeCriteria(criteria), () => qs.stringify(parameters)];
  const [ours, theirs] = byTurns(encoders);
  const [our, their] = encoders.map((encode) => encode());
  assert.deepEqual(decodeCriteria(our), decodeCriteria(their));
  const row = (who, micros) => `  ${who.padEnd(34)} ${micros.toFixed(2).padStart(8)} µs/record ${(micros / ours).toFixed(1).padStart(7)} ×`;
  console.log(`\nsearchCriteria of three groups, from JavaScript, ${name}: ${our.length} bytes`);
  console.log(row('magewright encodeCriteria', ours));
  console.log(row('npm qs, from JavaScript', theirs));
  const verdict = theirs / ours >= PROMISE ? 'kept' : 'NOT KEPT';
  console.log(`  at least ${PROMISE} × npm qs: ${(theirs / ours).toFixed(1)}, ${verdict}`);
}

const queries = JSON.parse(readFileSync(new URL('./queries.json', import.meta.url), 'utf8'));
compare(name, queries[name]);
assert.ok(read > 0);

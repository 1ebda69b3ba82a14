// Validation of customer records from JavaScript: magewright's npm package against Ajv and zod, by turns.
//
// usage: node wasm.mjs PACKAGE RECORDS LABELS ROUNDS, where PACKAGE is the package's entry for Node.
//
// Every contender has to judge every record as its label does. The peers build objects and a validator
// does not, so what reading JSON costs by itself stands in a row of its own. Input that is an object
// already is not timed: there is nothing to win.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { standaloneValidator } from './ajv.mjs';
import { customer } from './zod.mjs';

const [entry, recordsFile, labelsFile, rounds] = process.argv.slice(2);
const { Validator } = await import(pathToFileURL(entry));

const all = readFileSync(recordsFile);
const texts = all.toString('utf8').trimEnd().split('\n');
const bytes = texts.map((text) => Buffer.from(text));
const valid = readFileSync(labelsFile, 'utf8').trimEnd().split('\n').map((label) => label === 'null');

const validator = new Validator();
const ajv = await standaloneValidator();
const utf8 = (record) => record.toString('utf8');
const itself = (record) => record;

const tried = (judge) => (record) => {
  try {
    return judge(record);
  } catch {
    return false;
  }
};
const byAjv = (text) => tried((record) => ajv(JSON.parse(text(record))));
const byZod = (text) => tried((record) => customer.safeParse(JSON.parse(text(record))).success);
const ours = (record) => validator.accepts(record) || validator.check(record).violations.length === 0;

/** Verdicts on all records, one by one. */
const each = (records, judge) => () => records.map(judge);

function wholeText() {
  const verdicts = texts.map(() => true);
  for (const { line } of validator.ndjson(all).reports) verdicts[line - 1] = false;
  return verdicts;
}

const OURS = 'magewright';
const contenders = [
  { form: 'bytes', name: `${OURS}, all records at once`, judge: wholeText },
  { form: 'bytes', name: `${OURS}, record by record`, judge: each(bytes, ours) },
  { form: 'bytes', name: 'JSON.parse by itself', judge: each(bytes, tried((record) => JSON.parse(utf8(record)) !== null)), blind: true },
  { form: 'bytes', name: 'JSON.parse + Ajv (standalone)', judge: each(bytes, byAjv(utf8)) },
  { form: 'bytes', name: 'JSON.parse + zod', judge: each(bytes, byZod(utf8)) },
  { form: 'strings', name: `${OURS}, record by record`, judge: each(texts, ours) },
  { form: 'strings', name: 'JSON.parse by itself', judge: each(texts, tried((record) => JSON.parse(record) !== null)), blind: true },
  { form: 'strings', name: 'JSON.parse + Ajv (standalone)', judge: each(texts, byAjv(itself)) },
  { form: 'strings', name: 'JSON.parse + zod', judge: each(texts, byZod(itself)) },
];

const PROMISES = [
  { form: 'bytes', ours: 0, peer: /Ajv/, least: 7 },
  { form: 'bytes', ours: 0, peer: /zod/, least: 12 },
  { form: 'strings', ours: 5, peer: /Ajv/, least: 4 },
];

for (const { form, name, judge, blind } of contenders) {
  const wrong = judge().filter((verdict, at) => verdict !== valid[at]).length;
  assert.ok(blind || wrong === 0, `${form}, ${name}: ${wrong} records are judged otherwise than labelled`);
}

const times = contenders.map(() => []);
for (let round = 0; round < Number(rounds); round++) {
  contenders.forEach(({ judge }, at) => {
    const begun = performance.now();
    judge();
    times[at].push(((performance.now() - begun) * 1000) / texts.length);
  });
}
const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
const micros = times.map(median);

console.log(`\n${texts.length} customers of ${Math.round(all.length / texts.length)} bytes, from JavaScript; medians of ${rounds} rounds by turns`);
for (const form of ['bytes', 'strings']) {
  const first = contenders.findIndex((contender) => contender.form === form);
  console.log(`\n${form}`);
  contenders.forEach((contender, at) => {
    if (contender.form !== form) return;
    const ratio = (micros[at] / micros[first]).toFixed(1);
    console.log(`  ${contender.name.padEnd(34)} ${micros[at].toFixed(2).padStart(8)} µs/record ${ratio.padStart(7)} ×`);
  });
}
console.log();
for (const { form, ours, peer, least } of PROMISES) {
  const at = contenders.findIndex((contender) => contender.form === form && peer.test(contender.name));
  const ratio = micros[at] / micros[ours];
  const verdict = ratio >= least ? 'kept' : 'NOT KEPT';
  console.log(`  ${form}: at least ${least} × ${contenders[at].name}: ${ratio.toFixed(1)}, ${verdict}`);
}

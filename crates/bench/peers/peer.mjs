// Ajv with standalone code. usage: node peer.mjs FORM RECORDS LABELS, where FORM is
// `text` (records are strings already) or `bytes` (they are decoded from UTF-8 first).
//
// Says how many records it judges otherwise than the labels do, then answers each
// line of its input with the seconds that one round over all records took.
import fs from 'node:fs';
import readline from 'node:readline';
import { standaloneValidator } from './ajv.mjs';

const [form, records, labels] = process.argv.slice(2);
const validate = await standaloneValidator();

const texts = fs.readFileSync(records, 'utf8').trimEnd().split('\n');
const inputs = form === 'bytes' ? texts.map((text) => Buffer.from(text)) : texts;
const decode = form === 'bytes' ? (bytes) => bytes.toString('utf8') : (text) => text;
const judge = (input) => {
  try {
    return validate(JSON.parse(decode(input)));
  } catch {
    return false;
  }
};

const valid = fs.readFileSync(labels, 'utf8').trimEnd().split('\n').map((label) => label === 'null');
console.log(inputs.filter((input, i) => judge(input) !== valid[i]).length);
for await (const _ of readline.createInterface({ input: process.stdin })) {
  const begun = performance.now();
  for (const input of inputs) judge(input);
  console.log((performance.now() - begun) / 1000);
}

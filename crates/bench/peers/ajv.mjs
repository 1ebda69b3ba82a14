// Ajv's validator for schema.json, as standalone code.
import fs from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';

export async function standaloneValidator() {
  const schema = JSON.parse(fs.readFileSync(new URL('./schema.json', import.meta.url)));
  const ajv = new Ajv2020.default({ code: { source: true, esm: true }, strict: false });
  const code = standalone
    .default(ajv, ajv.compile(schema))
    .replace(/const (\w+) = require\("([^"]+)"\)\.default/g, 'import $1_m from "$2.js"; const $1 = $1_m.default ?? $1_m');
  const file = new URL(`./standalone-${process.pid}.mjs`, import.meta.url);
  fs.writeFileSync(file, code);
  const { default: validate } = await import(file);
  fs.unlinkSync(file);
  return validate;
}

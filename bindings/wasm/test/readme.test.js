// Runs the JavaScript examples of the readmes, as modules of their own.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { inspect } from "node:util";
import { setImmediate as settled } from "node:timers/promises";

const here = fileURLToPath(new URL(".", import.meta.url));
const readmes = { package: "../README.md", project: "../../../README.md" };
const fence = /^```(?:js|html)\n(.*?)^```$/gms;
const script = /<script type="module">\n(.*?)<\/script>/s;

/** The example's code; a page's import from a web address becomes one from this package, a bundler's of an address that address. */
function code(example) {
  const [, module = example] = script.exec(example) ?? [];
  return module
    .replace(/(from\s+["'])[^"']*\/js\/web\.js(["'])/, "$1magewright$2")
    .replace(/^import (\w+) from "([^"]*)\?url";$/m, 'const $1 = import.meta.resolve("$2");');
}

/** What the module prints, line by line. */
async function printed(file) {
  const lines = [];
  const { log } = console;
  console.log = (...values) =>
    lines.push(...values.map((value) => (typeof value === "string" ? value : inspect(value))).join(" ").split("\n"));
  try {
    await import(pathToFileURL(file));
    await settled();
  } finally {
    console.log = log;
  }
  return lines;
}

for (const [name, path] of Object.entries(readmes)) {
  test(`the examples of the ${name}'s readme print what they say`, async (t) => {
    const text = await readFile(join(here, path), "utf8");
    const folder = await mkdtemp(join(here, "readme-"));
    t.after(() => rm(folder, { recursive: true }));
    for (const [at, [, example]] of [...text.matchAll(fence)].entries()) {
      const file = join(folder, `example-${at}.mjs`);
      await writeFile(file, code(example));
      const said = [...example.matchAll(/\/\/> ?(.*)$/gm)].map(([, line]) => line);
      assert.deepEqual(await printed(file), said);
    }
  });
}

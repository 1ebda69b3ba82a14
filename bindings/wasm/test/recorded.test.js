// The recorded cases that are kept with the project, held to the figures that the core is held to.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Folder, KEPT } from "./recorded/folder.js";
import { judged } from "./recorded/run.js";

const figures = readFileSync(fileURLToPath(new URL("../../../crates/conformance/figures.txt", import.meta.url)), "utf8");

for (const [, release, name, passed, total] of figures.matchAll(/^(\S+) (\w+) (\d+)\/(\d+)$/gm)) {
  test(`${release} ${name}: the recorded cases hold through the package`, async (context) => {
    const { cases, failed } = await judged(new Folder(KEPT, release), name);
    context.diagnostic(`${release} ${name} ${cases - failed.length}/${cases}`);
    assert.equal(cases, Number(total));
    assert.ok(failed.length <= total - passed, failed.join());
  });
}

// The recorded cases that are kept with the project, held to the figures that the core is held to.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Folder, KEPT } from "./recorded/folder.js";
import { run } from "./recorded/run.js";

const figures = readFileSync(fileURLToPath(new URL("../../../crates/conformance/figures.txt", import.meta.url)), "utf8");

/** So many cases are asked of what is in part a question to a whole store; of the others all are. */
const ASKED = { bulk: 49, limits: 65, scenarios: 15 };

for (const { name, cases, asked, failed } of run(new Folder(KEPT))) {
  test(`${name}: the recorded cases hold through the module`, (context) => {
    const [, passed, total] = new RegExp(`^2\\.4\\.7-p3 ${name} (\\d+)/(\\d+)$`, "m").exec(figures);
    context.diagnostic(`${name} ${asked - failed.length}/${asked} of ${cases}`);
    assert.equal(cases, Number(total));
    assert.equal(asked, ASKED[name] ?? cases);
    assert.ok(failed.length <= total - passed, failed.join());
  });
}

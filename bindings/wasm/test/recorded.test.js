// The recorded cases that are kept with the project, held to the figures that the core is held to.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Folder, KEPT } from "./recorded/folder.js";
import { run } from "./recorded/run.js";

const figures = readFileSync(fileURLToPath(new URL("../../../crates/conformance/figures.txt", import.meta.url)), "utf8");

/** Of these every case is asked; of the others those that are no question to a whole store. */
const WHOLE = ["errors", "fields", "create", "update", "search"];

for (const { name, cases, asked, failed } of run(new Folder(KEPT))) {
  test(`${name}: the recorded cases hold through the module`, (context) => {
    const [, passed, total] = new RegExp(`^2\\.4\\.7-p3 ${name} (\\d+)/(\\d+)$`, "m").exec(figures);
    context.diagnostic(`${name} ${asked - failed.length}/${asked} of ${cases}`);
    assert.equal(cases, Number(total));
    assert.ok(WHOLE.includes(name) ? asked === cases : asked > cases / 2, `${asked} of ${cases} asked`);
    assert.ok(failed.length <= total - passed, failed.join());
  });
}

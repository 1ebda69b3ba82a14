// Puts a folder of recorded cases to the package: `npm run conformance -- FOLDER`.
import { resolve } from "node:path";
import { argv, env } from "node:process";
import { pathToFileURL } from "node:url";
import { Folder, KEPT } from "./folder.js";
import { SUITES } from "./suites.js";

/** How each suite of the folder fares: how many cases can be asked about, and which of them fail. */
export function run(folder) {
  const found = [];
  for (const [name, suite] of Object.entries(SUITES)) {
    const cases = folder.cases(name);
    if (cases === undefined) continue;
    const verdicts = suite(folder, cases);
    const asked = verdicts.filter((holds) => holds !== undefined).length;
    const failed = cases.filter((_, at) => verdicts[at] === false).map(({ id }) => id);
    found.push({ name, cases: cases.length, asked, failed });
  }
  return found;
}

if (import.meta.url === pathToFileURL(argv[1] ?? "").href) {
  const results = run(new Folder(resolve(env.INIT_CWD ?? ".", argv[2] ?? KEPT)));
  for (const { name, cases, asked, failed } of results) {
    const left = asked < cases ? `, ${cases - asked} for a store to answer` : "";
    console.log(`${name} ${asked - failed.length}/${asked}${left}${failed.length > 0 ? `; not ${failed.slice(0, 10).join(", ")}` : ""}`);
  }
  if (results.length === 0 || results.some(({ failed }) => failed.length > 0)) process.exitCode = 1;
}

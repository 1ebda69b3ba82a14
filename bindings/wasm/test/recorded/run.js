// Puts a folder of recorded cases to the package: `npm run conformance -- FOLDER [--release R] [--only NAME]`.
import { resolve } from "node:path";
import { argv, env } from "node:process";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { Folder, KEPT, RECORDED } from "./folder.js";
import { SUITES } from "./suites.js";

/** The suites that were recorded on every release. */
const EVERYWHERE = ["create", "update", "oauth"];

/** How a suite of the folder fares: how many cases there are, and which of them fail; nothing where it has none. */
export async function judged(folder, name) {
  const cases = folder.cases(name);
  if (cases === undefined) return undefined;
  const verdicts = await SUITES[name](folder, cases);
  return { cases: cases.length, failed: cases.filter((_, at) => verdicts[at] !== true).map(({ id }) => id) };
}

async function main() {
  const only = { type: "string", multiple: true, default: [] };
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { release: { type: "string", default: RECORDED }, only } });
  const folder = new Folder(resolve(env.INIT_CWD ?? ".", positionals[0] ?? KEPT), values.release);
  const names = values.release === RECORDED ? Object.keys(SUITES) : EVERYWHERE;
  let holds = false;
  for (const name of names.filter((name) => values.only.length === 0 || values.only.includes(name))) {
    const found = await judged(folder, name);
    if (found === undefined) continue;
    const { cases, failed } = found;
    console.log(`${name} ${cases - failed.length}/${cases}${failed.length > 0 ? `; not ${failed.slice(0, 10).join(", ")}` : ""}`);
    holds = failed.length === 0 && process.exitCode === undefined;
    if (!holds) process.exitCode = 1;
  }
  if (!holds) process.exitCode = 1;
}

if (import.meta.url === pathToFileURL(argv[1] ?? "").href) await main();

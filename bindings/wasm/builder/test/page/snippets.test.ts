// Every snippet of every endpoint is run as it is copied, and what arrives must be the request.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { condense } from "../../build/facts.ts";
import { example } from "../../src/examples.ts";
import { type Endpoint, keyOf } from "../../src/facts.ts";
import { request } from "../../src/request.ts";
import { snippets } from "../../src/snippets/snippets.ts";
import { launch, open } from "./browser.ts";
import { serve, type Served } from "./serve.ts";

const run = promisify(execFile);
const python = process.env["PYTHON"] ?? "python3";
const facts = condense(fileURLToPath(new URL("../../../../..", import.meta.url)));

/** What runs a snippet, and the probe that says whether it is here. */
const TOOLS: Record<string, { file: string; command: string[]; probe: string[] }> = {
  curl: { file: "s.sh", command: ["bash"], probe: ["curl", "--version"] },
  fetch: { file: "s.mjs", command: ["node"], probe: ["node", "--version"] },
  "Python requests": { file: "s.py", command: [python], probe: [python, "-c", "import requests"] },
  "Python magewright": { file: "s.py", command: [python], probe: [python, "-c", "import magewright"] },
  PHP: { file: "s.php", command: ["php"], probe: ["php", "-r", "curl_version();"] },
};

let served: Served;
let token: string;
let folder: string;

before(async () => {
  served = await serve();
  folder = await mkdtemp(join(tmpdir(), "snippets-"));
  const login = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ username: "admin", password: "admin123" }) };
  token = (await (await fetch(`${served.origin}/rest/V1/integration/admin/token`, login)).json()) as string;
});

after(async () => {
  await served.close();
  await rm(folder, { recursive: true });
});

const sent = (endpoint: Endpoint) => {
  const { parameters, body } = example(endpoint);
  return request(endpoint, parameters, { scope: "", release: "2.4.7-p3" }, body);
};

/** Runs a snippet; a reply that is an error ends some tools with a code of their own. */
async function execute(name: string, text: string) {
  const { file, command } = TOOLS[name] ?? { file: "", command: [] };
  const path = join(folder, file);
  await writeFile(path, text);
  const [program = "", ...rest] = command;
  await run(program, [...rest, path], { env: { ...process.env, MAGENTO_TOKEN: token }, timeout: 20_000 }).catch(() => undefined);
}

for (const [name, { probe }] of Object.entries(TOOLS)) {
  test(`${name}: what is copied sends the request`, async (context) => {
    const [program = "", ...rest] = probe;
    if (!(await run(program, rest).then(() => true, () => false))) return context.skip(`${program} cannot run it here`);
    let ran = 0;
    for (const endpoint of facts.endpoints) {
      const wanted = sent(endpoint);
      const snippet = snippets(wanted, served.origin).find((one) => one.name === name);
      if (!snippet) continue;
      const before = served.arrived.length;
      await execute(name, snippet.text);
      ran++;
      const [arrived, ...more] = served.arrived.slice(before);
      assert.ok(arrived, `${keyOf(endpoint)} sends nothing`);
      assert.equal(more.length, 0, keyOf(endpoint));
      assert.equal(arrived.method, wanted.method, keyOf(endpoint));
      assert.equal(decodeURIComponent(arrived.target), decodeURIComponent(wanted.target), keyOf(endpoint));
      assert.equal(arrived.authorization, wanted.authorized ? `Bearer ${token}` : undefined, keyOf(endpoint));
      assert.deepEqual(arrived.body === "" ? null : JSON.parse(arrived.body), wanted.body === null ? null : JSON.parse(wanted.body), keyOf(endpoint));
      assert.notEqual(arrived.status, 405, keyOf(endpoint));
    }
    context.diagnostic(`${ran} requests sent`);
  });
}

test("the page shows the snippets that were run", async () => {
  const browser = await launch();
  const { page } = await open(browser, `${served.page}#create`);
  const create = facts.endpoints.find((one) => keyOf(one) === "POST /V1/customers");
  assert.ok(create);
  for (const { name, text } of snippets(sent(create), served.origin)) {
    await page.getByRole("tab", { name, exact: true }).click();
    assert.equal(await page.locator("#snippet-panel pre").first().textContent(), text);
  }
  await browser.close();
});

// The package as npm packs it, installed into empty projects: for Node, for a bundler, for a plain page.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createReadStream } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { chromium } from "playwright-core";
import { createServer as createViteServer } from "vite";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));
const tool = (name) => join(root, "node_modules/.bin", name);

/** Asks something of every kind, in any host; says `ok` or what went wrong. */
const EXAMPLE = `
import { Store, Validator, encodeCriteria, plan, validateStream } from "magewright";

export async function example() {
  const stored = { id: 5, group_id: 1, email: "a@x.test", firstname: "A", lastname: "B", store_id: 1, website_id: 1,
    addresses: [], disable_auto_group_change: 0 };
  const store = new Store({ release: "2.4.8-p1" });
  const { request } = plan(stored, { suffix: "Jr" }, { store });
  const query = encodeCriteria("email like '%@x.test' limit 5");
  const text = '{"email":"ada@example.test","firstname":"Ada","lastname":"Lovelace"}\\n'.repeat(1000) + "{}";
  const stream = validateStream({ store });
  const reports = [];
  const read = async () => { for (const reader = stream.readable.getReader(); ; ) { const { done, value } = await reader.read(); if (done) return; reports.push(value); } };
  const writer = stream.writable.getWriter();
  await Promise.all([read(), writer.write(new TextEncoder().encode(text)).then(() => writer.close())]);
  const { clean } = await stream.tally;
  const accepted = new Validator({ store }).accepts(text.split("\\n", 1)[0]);
  const seen = [request.target, query.includes("pageSize"), reports.length, clean, accepted].join();
  return seen === "/rest/V1/customers/5,true,1,1000,true" ? "ok" : seen;
}
`;
const MAIN = `import { example } from "./example.js";
example().then((said) => (document.title = said), (error) => (document.title = String(error)));
const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
worker.onmessage = ({ data }) => (document.body.textContent = data);
worker.onerror = ({ message }) => (document.body.textContent = message ?? "worker failed");
`;
const WORKER = `import { example } from "./example.js";
example().then(postMessage, (error) => postMessage(String(error)));
`;
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm", ".css": "text/css" };

let folder;
let packed;
let browser;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "magewright-"));
  const { stdout } = await run("npm", ["pack", "--silent", "--pack-destination", folder], { cwd: root });
  packed = join(folder, stdout.trim().split("\n").at(-1));
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
});

after(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

/** An empty project with the package installed. */
async function project(name, files) {
  const place = join(folder, name);
  await mkdir(place);
  const texts = { "package.json": '{"private":true,"type":"module"}', "example.js": EXAMPLE, ...files };
  for (const [file, text] of Object.entries(texts)) await writeFile(join(place, file), text);
  await run("npm", ["install", "--silent", "--offline", "--no-audit", "--no-fund", packed], { cwd: place });
  return place;
}

/** What page and worker say under a strict content security policy. */
async function served(place) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const file = join(place, pathname === "/" ? "index.html" : decodeURIComponent(pathname));
    if (!(await stat(file).catch(() => undefined))?.isFile()) return response.writeHead(404).end();
    response.writeHead(200, {
      "content-type": TYPES[extname(file)] ?? "application/octet-stream",
      "content-security-policy": "default-src 'none'; connect-src 'self'; worker-src 'self'; script-src 'self' 'wasm-unsafe-eval'",
    });
    createReadStream(file).pipe(response);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  try {
    return await visited(`http://127.0.0.1:${server.address().port}/`);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

/** What page and worker say, without a console error. */
async function visited(address) {
  const page = await browser.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => message.type() === "error" && !/favicon/.test(message.location().url) && problems.push(message.text()));
  try {
    await page.goto(address);
    await page.waitForFunction(() => document.title !== "" && document.body.textContent.trim() !== "", undefined, { timeout: 30_000 });
    const said = await page.evaluate(() => [document.title, document.body.textContent.trim()]);
    assert.deepEqual(problems, []);
    return said;
  } finally {
    await page.close();
  }
}

/** The example where an import may not wait, as the readme has it. */
const INIT = EXAMPLE.replace('"magewright";', '"magewright/init";\nimport { init } from "magewright/init";\nimport wasm from "magewright/magewright.wasm?url";').replace(
  "example() {",
  "example() {\n  await init(wasm);",
);
const PAGE = '<!doctype html><html lang="en"><body></body><script type="module" src="/main.js"></script></html>';

test("a node script, as a module and as CommonJS", async () => {
  const place = await project("node", {
    "main.js": 'import { example } from "./example.js";\nconsole.log(await example());\n',
    "main.cjs": 'import("magewright").then(({ operations }) => console.log(operations().length > 0));\n',
    "required.cjs": 'console.log(require("magewright").operations().length > 0);\n',
  });
  const said = async (file) => (await run("node", ["--no-warnings", file], { cwd: place })).stdout.trim();
  assert.equal(await said("main.js"), "ok");
  assert.equal(await said("main.cjs"), "true");
  if (process.features.require_module) assert.equal(await said("required.cjs"), "true");
});

for (const [name, flags] of [["bun", []], ["deno", ["run", "--allow-read=node_modules/magewright/dist"]]]) {
  const isThere = await run(name, ["--version"]).then(() => true, () => false);
  test(`a script of ${name}`, { skip: !isThere && `${name} is not installed` }, async () => {
    const main = 'import { example } from "./example.js";\nconsole.log(await example());\n';
    const place = await project(name, { "main.js": main });
    const said = async (program, ...words) => (await run(program, words, { cwd: place })).stdout.trim();
    assert.equal(await said(name, ...flags, "main.js"), "ok");
    if (name !== "bun") return;
    await said(name, "build", "main.js", "--target=bun", "--outdir=built");
    assert.equal(await said(name, "built/main.js"), "ok");
    await said(name, "build", "main.js", "--compile", "--outfile=program");
    assert.equal(await said(join(place, "program")), "ok");
  });
}

test("an empty Vite project without configuration, built and served by it", async () => {
  const place = await project("empty", { "index.html": PAGE, "main.js": MAIN, "worker.js": WORKER, "example.js": INIT });
  await run(tool("vite"), ["build", "--logLevel", "error"], { cwd: place });
  const assets = await readdir(join(place, "dist/assets"));
  assert.equal(assets.filter((file) => file.endsWith(".wasm")).length, 1, "one .wasm for page and worker");
  assert.deepEqual(await served(join(place, "dist")), ["ok", "ok"]);
  const server = await createViteServer({ root: place, logLevel: "error", server: { host: "127.0.0.1", port: 0 } });
  try {
    await server.listen();
    assert.deepEqual(await visited(`http://127.0.0.1:${server.httpServer.address().port}/`), ["ok", "ok"]);
  } finally {
    await server.close();
  }
});

test("a Vite project whose target has top-level await, page and worker", async () => {
  const place = await project("vite", {
    "index.html": PAGE,
    "main.js": MAIN,
    "worker.js": WORKER,
    "vite.config.js": 'export default { build: { target: "es2022" }, worker: { format: "es" } };',
  });
  await run(tool("vite"), ["build", "--logLevel", "error"], { cwd: place });
  assert.deepEqual(await served(join(place, "dist")), ["ok", "ok"]);
});

test("a plain page and its worker, without a bundler", async () => {
  const entry = "/node_modules/magewright/js/web.js";
  const example = EXAMPLE.replace('"magewright"', JSON.stringify(entry));
  const place = await project("plain", { "index.html": PAGE, "example.js": example, "main.js": MAIN, "worker.js": WORKER });
  assert.deepEqual(await served(place), ["ok", "ok"]);
});

test("a classic worker", async () => {
  const place = await project("classic", {
    "index.html": PAGE,
    "main.js": 'document.title = "page";\nnew Worker("/worker.js").onmessage = ({ data }) => (document.body.textContent = data);\n',
    "worker.js": `import("/node_modules/magewright/js/init.js").then(async ({ init, operations }) => {
      await init();
      postMessage(operations().length > 0 ? "ok" : "no");
    }, (error) => postMessage(String(error)));`,
  });
  assert.deepEqual(await served(place), ["page", "ok"]);
});

import assert from "node:assert/strict";
import { availableParallelism, loadavg } from "node:os";
import { gzipSync } from "node:zlib";
import { test } from "node:test";
import { stage } from "./stage.ts";

/** Bytes, gzip level 9, of everything the page asks for until its first verdict. */
const MOST_BYTES = 350 * 1024;

/** From the start of the navigation until form and editor answer, the processor slowed to a quarter. */
const MOST_MILLISECONDS = 1000;

const set = stage();

/** The same without the core's module, whose size is its package's to keep. */
const MOST_OWN_BYTES = 60 * 1024;

test("the first load stays within its budget, and editing asks for the editor alone", async (context) => {
  const page = await set.browser.newPage();
  const sizes = new Map<string, number>();
  page.on("response", async (response) => {
    const bytes = await response.body().catch(() => Buffer.alloc(0));
    sizes.set(new URL(response.url()).pathname.replace(/.*\//, "") || "index.html", gzipSync(bytes, { level: 9 }).length);
  });
  await page.goto(set.served.page);
  await page.getByText("The store takes this").waitFor();
  await page.waitForTimeout(300);
  const first = [...sizes];
  const total = sum(first);
  for (const [name, size] of first) context.diagnostic(`${name}: ${size} bytes gzip`);
  context.diagnostic(`in all: ${total} bytes gzip`);
  const own = sum(first.filter(([name]) => !name.endsWith(".wasm")));
  assert.ok(own <= MOST_OWN_BYTES, `${own} bytes gzip without the module, at most ${MOST_OWN_BYTES}`);
  assert.ok(total <= MOST_BYTES, `${total} bytes gzip, at most ${MOST_BYTES}`);

  const json = page.getByRole("textbox", { name: "Request body as JSON" });
  const before = await json.inputValue();
  await json.focus();
  await page.locator(".cm-content:focus").waitFor();
  await page.keyboard.insertText(" ");
  assert.equal((await page.locator(".cm-content").innerText()).replace(/\s/g, ""), before.replace(/\s/g, ""));
  const later = [...sizes].slice(first.length);
  context.diagnostic(`the editor: ${sum(later)} bytes gzip`);
  assert.deepEqual(later.map(([name]) => name.replace(/-.*/, "")), ["codemirror"]);
  await page.close();
});

const sum = (sizes: [string, number][]) => sizes.reduce((all, [, size]) => all + size, 0);

test("the page is interactive within a second on a slow processor", async (context) => {
  const loads = [];
  for (let at = 0; at < 7; at++) loads.push(await load());
  const busy = loadavg()[0] ?? 0;
  const interactive = median(loads.map((one) => one.interactive));
  const verdict = median(loads.map((one) => one.verdict));
  context.diagnostic(`the processor slowed four times: interactive after ${interactive} ms, first verdict after ${verdict} ms (medians of ${loads.length} loads, the best ${Math.min(...loads.map((one) => one.interactive))} ms)`);
  if (interactive > MOST_MILLISECONDS && busy > 2 * availableParallelism()) {
    return context.skip(`not judged: in the last minute ${busy.toFixed(1)} programs wanted the ${availableParallelism()} processors (load average)`);
  }
  assert.ok(interactive <= MOST_MILLISECONDS, `${interactive} ms, at most ${MOST_MILLISECONDS}`);
});

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Infinity;

/** When form and editor are there and the page is free to answer, and when the first verdict stands. */
async function load(): Promise<{ interactive: number; verdict: number }> {
  const page = await set.browser.newPage();
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.addInitScript(() => {
    const wanted = { interactive: ".editor", verdict: ".verdict .title" };
    new MutationObserver(() => {
      for (const [name, selector] of Object.entries(wanted)) {
        if (performance.getEntriesByName(`${name}-seen`).length > 0 || !document.querySelector(selector)) continue;
        performance.mark(`${name}-seen`);
        requestAnimationFrame(() => setTimeout(() => performance.mark(name)));
      }
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto(set.served.page);
  await page.waitForFunction(() => performance.getEntriesByName("verdict").length > 0);
  const times = await page.evaluate(() => ["interactive", "verdict"].map((name) => Math.round(performance.getEntriesByName(name)[0]?.startTime ?? Infinity)));
  await page.close();
  return { interactive: times[0] ?? Infinity, verdict: times[1] ?? Infinity };
}

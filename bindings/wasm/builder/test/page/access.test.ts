import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { open } from "./browser.ts";
import { stage } from "./stage.ts";

const set = stage();

const TABS = ["create", "update", "search", "bulk", "store", "users"];

interface Finding {
  id: string;
  impact: string;
  nodes: { target: string[]; failureSummary: string }[];
}

/** What axe finds to be serious or worse. The page's policy keeps foreign scripts out, so axe comes through the debugger. */
async function findings(page: Page): Promise<string[]> {
  const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  const session = await page.context().newCDPSession(page);
  await session.send("Runtime.evaluate", { expression: axe });
  const expression = `axe.run(document, { resultTypes: ["violations"] }).then((found) => JSON.stringify(found.violations))`;
  const { result } = await session.send("Runtime.evaluate", { expression, awaitPromise: true });
  const found = JSON.parse(String(result.value)) as Finding[];
  const serious = found.filter(({ impact }) => impact === "serious" || impact === "critical");
  return serious.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} at ${target.join(" ")}: ${failureSummary}`));
}

for (const look of [{ name: "light", dark: false, width: 1280 }, { name: "dark", dark: true, width: 1280 }, { name: "light on a phone", dark: false, width: 390 }]) {
  test(`axe finds nothing serious on any tab, ${look.name}`, async () => {
    for (const tab of TABS) {
      const { page } = await open(set.browser, `${set.served.page}#${tab}`, look);
      await page.locator("#page-panel > :not([hidden]) > *").first().waitFor();
      const example = page.getByRole("button", { name: "Start from the example" });
      if (await example.count()) await example.click();
      await page.waitForTimeout(500);
      assert.deepEqual(await findings(page), [], tab);
      await page.context().close();
    }
  });
}

/** A desk's width enlarged four times has room for no more than this. */
const NARROW = 320;

test("no tab is wider than a phone, or than a page enlarged four times", async () => {
  for (const tab of TABS) {
    const { page } = await open(set.browser, `${set.served.page}#${tab}`, { width: NARROW });
    await page.locator("#page-panel > :not([hidden]) > *").first().waitFor();
    if (tab === "bulk") await page.getByLabel("Drop a CSV or NDJSON file here").setInputFiles({ name: `${"long-name-".repeat(8)}.csv`, mimeType: "text/csv", buffer: Buffer.from("email\na@example.test") });
    await page.waitForTimeout(300);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= NARROW, tab);
    await page.context().close();
  }
});

/** What a finger has to hit, and what is smaller than it should be for that. */
const SMALL = `[...document.querySelectorAll("button, select, input, textarea, summary, [role=tab]")]
  .filter((one) => one.offsetParent && !one.closest(".sr-only, .drop, .check") && one.getBoundingClientRect().height < 40)
  .map((one) => one.outerHTML.slice(0, 90) + " " + one.getBoundingClientRect().height)`;

test("on a phone everything is large enough for a finger", async () => {
  for (const tab of TABS) {
    const { page } = await open(set.browser, `${set.served.page}#${tab}`, { width: 390 });
    await page.locator("#page-panel > :not([hidden]) > *").first().waitFor();
    await page.waitForTimeout(500);
    assert.deepEqual(await page.evaluate(SMALL), [], tab);
    await page.context().close();
  }
});

test("verdicts are said in short, and groups are called by their names", async () => {
  const { page } = await open(set.browser, `${set.served.page}#create`);
  const heard = (text: RegExp) => page.getByRole("status").filter({ hasText: text }).first().waitFor();
  await heard(/^The store takes this as it is$/);
  await page.locator(".verdict .title").evaluate((title) => ((globalThis as { title?: Element }).title = title));
  await page.getByLabel("email needed").fill("none");
  await heard(/^The store refuses this: 1 error$/);
  assert.ok(await page.locator(".verdict .title").evaluate((title) => (globalThis as { title?: Element }).title === title), "a line is heard when its text changes, not when another one comes");
  await page.getByRole("group", { name: "address 1", exact: true }).waitFor();
  await page.getByRole("tab", { name: "Update" }).click();
  await page.getByRole("button", { name: "Start from the example" }).click();
  await heard(/^3 places change, and nothing else$/);
  assert.deepEqual(await page.locator("[aria-live] pre, [aria-live] table").count(), 0, "no long text is read out");
  await page.context().close();
});

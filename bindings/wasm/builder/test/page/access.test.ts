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

test("no tab is wider than a phone", async () => {
  for (const tab of TABS) {
    const { page } = await open(set.browser, `${set.served.page}#${tab}`, { width: 360 });
    await page.locator("#page-panel > :not([hidden]) > *").first().waitFor();
    await page.waitForTimeout(300);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 360, tab);
    await page.context().close();
  }
});

/** Presses Tab until something with that name has the focus. */
async function walkTo(page: Page, name: string, most = 60) {
  const passed: string[] = [];
  for (let at = 0; at < most; at++) {
    await page.keyboard.press("Tab");
    const here = await page.evaluate(() => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      if (active === document.body) return "(the browser)";
      const label = (active as HTMLInputElement | null)?.labels?.[0]?.textContent;
      return active?.getAttribute("aria-label") ?? label ?? active?.textContent ?? "";
    });
    passed.push(here.slice(0, 40));
    if (here.includes(name)) return;
  }
  assert.fail(`${name} is not reached with ${most} steps, but ${passed.join("; ")}`);
}

test("tabs are walked with the arrow keys", async () => {
  const { page } = await open(set.browser, `${set.served.page}#create`);
  await page.getByRole("tab", { name: "Create" }).focus();
  await page.keyboard.press("ArrowRight");
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Update");
  await page.getByText("What is stored").waitFor();
  await page.keyboard.press("End");
  await page.getByText("Not part of Magento.").waitFor();
  await page.keyboard.press("ArrowRight");
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Create");
  await page.context().close();
});

test("a customer is written and sent with the keyboard alone", async () => {
  const { page, complaints } = await open(set.browser, `${set.served.page}#create`);
  await page.getByLabel("email needed").waitFor();
  await walkTo(page, "email needed");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("keyboard@example.test");
  await walkTo(page, "Request body as JSON", 80);
  await walkTo(page, "Base URL", 10);
  await walkTo(page, "Send", 10);
  await page.keyboard.press("Enter");
  await walkTo(page, "Bearer token", 3);
  await walkTo(page, "Send", 3);
  await page.keyboard.press("Enter");
  await page.getByLabel("The reply").getByText("keyboard@example.test").waitFor();
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("an update is planned with the keyboard alone", async () => {
  const { page, complaints } = await open(set.browser, `${set.served.page}#update`);
  await page.getByText("What is stored").waitFor();
  await walkTo(page, "Start from the example");
  await page.keyboard.press("Enter");
  await walkTo(page, "The change as a merge patch");
  await page.keyboard.press("Control+a");
  await page.keyboard.type('{"firstname":"Eve"}');
  await page.getByText("1 place changes, and nothing else").waitFor();
  await walkTo(page, "Just the change", 12);
  await page.keyboard.press("ArrowRight");
  await page.getByRole("tab", { name: "The whole customer, edited", selected: true }).waitFor();
  assert.deepEqual(complaints, []);
  await page.context().close();
});

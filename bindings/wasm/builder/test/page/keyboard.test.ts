// Each flow with the keyboard alone.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { stage } from "./stage.ts";

const set = stage();

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

test("tabs are walked with the arrow keys", () =>
  set.on("create", async (page) => {
    await page.getByRole("tab", { name: "Create" }).focus();
    await page.keyboard.press("ArrowRight");
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Update");
    await page.getByText("What is stored").waitFor();
    await page.keyboard.press("End");
    await page.getByText("Not part of Magento.").waitFor();
    await page.keyboard.press("ArrowRight");
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Create");
  }));

test("a customer is written and sent with the keyboard alone", () =>
  set.on("create", async (page) => {
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
  }));

/** What has the focus, by its place in the form. */
const focused = (page: Page) => page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset["pointer"] ?? document.activeElement?.getAttribute("aria-label"));

test("the focus goes to what is added, and stays near what is removed", () =>
  set.on("create", async (page) => {
    await page.getByRole("button", { name: "Add address" }).focus();
    await page.keyboard.press("Enter");
    assert.equal(await focused(page), "/customer/addresses/1/country_id");
    await page.getByRole("button", { name: "Remove address 1" }).focus();
    await page.keyboard.press("Enter");
    assert.equal(await focused(page), "/customer/addresses/0/country_id");
    await page.getByRole("button", { name: "Remove address 1" }).focus();
    await page.keyboard.press("Enter");
    assert.equal(await focused(page), "/customer/addresses/-");
    await page.getByRole("button", { name: "Remove email" }).focus();
    await page.keyboard.press("Enter");
    assert.equal(await focused(page), "/customer/email");
  }));

test("names of fields are walked before one is added", () =>
  set.on("create", async (page) => {
    const adder = page.getByRole("combobox", { name: "Add a field to customer" });
    await adder.focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    assert.notEqual(await adder.inputValue(), "");
    assert.equal(await page.getByLabel("taxvat", { exact: true }).count(), 0);
    await page.keyboard.type("taxvat");
    await page.keyboard.press("Enter");
    assert.equal(await focused(page), "/customer/taxvat");
  }));

test("an update is planned with the keyboard alone", () =>
  set.on("update", async (page) => {
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
  }));

test("a search is built with the keyboard alone", () =>
  set.on("search", async (page) => {
    await walkTo(page, "Add a filter");
    await page.keyboard.press("Enter");
    assert.equal(await focused(page), "Field in filter 1 of group 1");
    await page.keyboard.type("email");
    await walkTo(page, "Condition in filter 1 of group 1", 2);
    await page.keyboard.type("is like");
    await walkTo(page, "Value in filter 1 of group 1", 2);
    await page.keyboard.type("%@example.test");
    await page.getByText("email matches the pattern '%@example.test'").waitFor();
    await walkTo(page, "Copy the path");
    await page.keyboard.press("Enter");
    await page.getByText("URL copied").waitFor();
    assert.match(await page.evaluate(() => navigator.clipboard.readText()), /searchCriteria.*like/);
  }));

test("the report of a file is walked with the keyboard alone", () =>
  set.on("bulk", async (page) => {
    await walkTo(page, "Start from the example");
    await page.keyboard.press("Enter");
    await page.getByText("1 row is refused").waitFor();
    await walkTo(page, "Report of every row");
    await page.keyboard.press("End");
    await page.locator(".row-detail", { hasText: "Row 4" }).getByText("not an e-mail address").waitFor();
    await page.keyboard.press("ArrowUp");
    await page.locator(".row-detail", { hasText: "Row 3" }).waitFor();
    await walkTo(page, "Copy as a curl loop", 4);
    await page.keyboard.press("Enter");
    await page.getByText("Shell loop copied").waitFor();
  }));

test("another release is taken over with the keyboard alone", () =>
  set.on("store", async (page) => {
    await page.getByRole("button", { name: /^use/ }).first().waitFor();
    await walkTo(page, "use 2.4.7-p1");
    await page.keyboard.press("Enter");
    assert.equal(await page.getByRole("combobox", { name: "Release" }).inputValue(), "2.4.7-p1");
  }));

test("an administrator is written and a link copied with the keyboard alone", () =>
  set.on("users", async (page) => {
    await page.getByLabel("username needed").waitFor();
    await walkTo(page, "username needed");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("keyboard");
    await page.locator("#snippet-panel", { hasText: '"username": "keyboard"' }).waitFor();
    await page.keyboard.press("Home");
    await page.getByRole("tab", { name: "Admin users" }).focus();
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    await page.getByText("Link, without passwords and tokens, copied").waitFor();
  }));

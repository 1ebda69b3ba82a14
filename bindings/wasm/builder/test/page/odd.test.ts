// What people paste and drop that is not what was asked for, and what is far too long.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { stage } from "./stage.ts";

const set = stage();

const customer = (id: number, addresses: number) => ({
  id,
  email: `c${id}@example.test`,
  firstname: "Ada",
  lastname: "Byron",
  group_id: 1,
  store_id: 1,
  website_id: 1,
  addresses: Array.from({ length: addresses }, (_, at) => ({ id: id * 1000 + at, customer_id: id, country_id: "GB", street: ["12 St James's Square"], telephone: "020 7946 0000", postcode: "SW1Y 4JH", city: "London", firstname: "Ada", lastname: "Byron" })),
});

/** Pastes a text over what an editor holds. */
async function paste(page: Page, label: string, text: string) {
  await page.getByRole("textbox", { name: label }).focus();
  await page.locator(".cm-content:focus").waitFor();
  await page.evaluate((text) => navigator.clipboard.writeText(text), text);
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+v");
}

const drop = (page: Page, label: string, name: string, content: string | Buffer) =>
  page.getByLabel(label).setInputFiles({ name, mimeType: "application/octet-stream", buffer: Buffer.from(content) });

const ROWS = "Drop a CSV or NDJSON file here";

test("of a search's reply one customer is chosen", () =>
  set.on("update", async (page) => {
    const items = [customer(5, 1), customer(6, 0)];
    await paste(page, "The customer as GET returns it", JSON.stringify({ items, search_criteria: {}, total_count: 2 }));
    await page.getByText("Choose one of the customers above").waitFor();
    await page.getByRole("combobox", { name: "Customer to update" }).selectOption({ label: "6 · c6@example.test" });
    await paste(page, "The change as a merge patch", '{"lastname":"Lovelace"}');
    await page.getByText("1 place changes, and nothing else").waitFor();
    await page.locator(".request-line", { hasText: "/rest/V1/customers/6" }).first().waitFor();
  }));

test("a text that is no JSON is named with its place, and the form waits", () =>
  set.on("create", async (page) => {
    await paste(page, "Request body as JSON", '{\n  "customer": oh\n}');
    await page.getByText("not JSON from line 2, column 15 on").waitFor();
    assert.ok(await page.locator(".form").evaluate((form: HTMLElement) => form.inert));
    await paste(page, "Request body as JSON", '{"customer":{"email":"a@example.test","firstname":"A","lastname":"B"}}');
    await page.getByText("The store takes this").waitFor();
    assert.ok(!(await page.locator(".form").evaluate((form: HTMLElement) => form.inert)));
    await paste(page, "Request body as JSON", "[1]");
    await page.getByText("a body is one object").waitFor();
    await page.getByText("Waits until the JSON can be read").waitFor();
    await paste(page, "Request body as JSON", " ");
    await page.getByLabel("email needed").fill("first@example.test");
    await page.getByText("/customer/firstname").waitFor();
    await paste(page, "Request body as JSON", '\u0000<html>{{{[[["'.repeat(20_000));
    await page.getByText("not JSON from line 1").waitFor();
  }));

test("a reply of 5 MB leaves the page usable, and is worked on when asked", { timeout: 120_000 }, () =>
  set.on("update", async (page) => {
    const text = JSON.stringify(customer(5, 1), null, 2).replace('"email"', `${`${" ".repeat(99)}\n`.repeat(50_000)}"email"`);
    await paste(page, "The customer as GET returns it", text);
    await paste(page, "The change as a merge patch", '{"lastname":"Lovelace"}');
    await page.getByRole("button", { name: "Work on it now" }).click();
    await page.getByText("1 place changes, and nothing else").waitFor({ timeout: 60_000 });
    await page.getByRole("tab", { name: "Search" }).click();
    await page.getByLabel("As text").waitFor();
  }));

test("another endpoint takes nothing away of what was written for the first", () =>
  set.on("create", async (page) => {
    const endpoint = page.getByRole("combobox", { name: "Endpoint" });
    await page.getByLabel("email needed").fill("kept@example.test");
    await endpoint.selectOption("POST /V1/customerGroups");
    await page.getByLabel("code needed").waitFor();
    await endpoint.selectOption("POST /V1/customers");
    assert.equal(await page.getByLabel("email needed").inputValue(), "kept@example.test");
    await page.getByRole("button", { name: "Start from the example" }).click();
    assert.notEqual(await page.getByLabel("email needed").inputValue(), "kept@example.test");
  }));

test("what was opened stays open while somebody types, and what is the same is not read out again", () =>
  set.on("create", async (page) => {
    await page.locator("summary", { hasText: "The customer as the store saves it" }).click();
    await page.locator(".verdict .title").evaluate((title) => ((globalThis as { title?: Element }).title = title));
    await page.getByLabel("email needed").fill("open@example.test");
    await page.getByLabel("The customer as it is saved").getByText("open@example.test").waitFor();
    assert.ok(await page.locator(".verdict .title").evaluate((title) => (globalThis as { title?: Element }).title === title));
  }));

test("a long list keeps its form short", () =>
  set.on("create", async (page) => {
    const { addresses, ...rest } = customer(5, 200);
    await paste(page, "Request body as JSON", JSON.stringify({ customer: { ...rest, addresses } }));
    await page.getByText("170 more stand in the JSON only.").waitFor();
    assert.equal(await page.locator(".item").count(), 30);
  }));

test("a file that is no table is refused in words", () =>
  set.on("bulk", async (page) => {
    await drop(page, ROWS, "photo.csv", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 1, 2]));
    await page.getByText("photo.csv cannot be read: it is no text").waitFor();
    await drop(page, ROWS, "letter.txt", "Dear Ada,\nthank you.\n");
    await page.getByText("letter.txt cannot be read: its first line names no field").waitFor();
    await drop(page, ROWS, "empty.csv", "");
    await page.getByText("empty.csv cannot be read: it is empty").waitFor();
    await drop(page, ROWS, "head.csv", "email,firstname\n");
    await page.getByText("head.csv has no rows").waitFor();
    await drop(page, ROWS, "cut.json", '[{"email":"a@example.test"');
    await page.getByText("it begins as a JSON document and is none to its end").waitFor();
  }));

test("a list and a search's reply are rows too", () =>
  set.on("bulk", async (page) => {
    const rows = [1, 2].map((at) => ({ email: `r${at}@example.test`, firstname: "R", lastname: "S", website_id: 1 }));
    await drop(page, ROWS, "rows.json", JSON.stringify(rows, null, 2));
    await page.getByText("Every row is taken as it is").waitFor();
    await page.getByRole("combobox", { name: "What to do" }).selectOption("update");
    await drop(page, "Drop the stored customers here", "search.json", JSON.stringify({ items: [customer(5, 1)], total_count: 1 }));
    await drop(page, ROWS, "rows.csv", "id,taxvat\n5,GB1\n");
    await page.getByText("Every row is taken as it is").waitFor();
    await page.getByText("1 row in").waitFor();
  }));

test("a search that cannot be read is said to be so everywhere", () =>
  set.on("search", async (page) => {
    await page.getByLabel("As text").fill("group_id = 1 limit");
    await page.getByText("after “group_id = 1 limit”: expected a whole number").waitFor();
    await page.getByText("Waits until the text can be read.").waitFor();
    await page.getByText("Nothing to copy yet.").waitFor();
  }));

test("a link that lost a part says so", () =>
  set.on("s=AAAA", async (page) => {
    await page.getByText("This link cannot be read").waitFor();
  }));

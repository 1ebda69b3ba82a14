import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { availableParallelism, loadavg } from "node:os";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { stage } from "./stage.ts";

const set = stage();

async function downloaded(page: Page, button: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: button }).click()]);
  return readFile(await download.path(), "utf8");
}

const ROWS = "Drop a CSV or NDJSON file here";

test("rows become bodies, and every row has its verdict", () =>
  set.on("bulk", async (page) => {
    const csv = `email,firstname,lastname,website_id,address.street,prefix\na@example.test,Ada,L,1,"One|Two",\nb@example.test,Bea,L,1,,${"x".repeat(60)}\nnone,Cea,L,1,,\n`;
    await page.getByLabel(ROWS).setInputFiles({ name: "rows.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
    await page.getByText("2 rows are refused").or(page.getByText("1 row is refused")).waitFor();
    await page.getByRole("tab", { name: "Refused" }).click();
    await page.getByRole("row", { name: /none/ }).getByText("not an e-mail address").waitFor();
    const rejected = (await downloaded(page, "Download what is refused")).trim().split("\n").map((line) => JSON.parse(line));
    assert.ok(rejected.some(({ line, label }) => line === 4 && label === "none"));
  }));

test("a file as spreadsheets write it is read, or refused with the way out", () =>
  set.on("bulk", async (page) => {
    const put = (name: string, content: string | Buffer) => page.getByLabel(ROWS).setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(content) });
    const said = (text: string) => page.getByText(text).first().waitFor();
    await put("bom.csv", '\ufeffsep=;\r\nemail;firstname;lastname\r\n"a@example.test";Zoë;L\r\nA@example.test;Zoë;L\r\n');
    await said("row 3 has the same e-mail address");
    await put("wide.csv", Buffer.from("\ufeffemail\tfirstname\tlastname\r\nw@example.test\tZoë\tL\r\n", "utf16le"));
    await said("Every row is taken as it is");
    await put("latin.csv", Buffer.from("email,firstname,lastname\na@example.test,Zoë,L\n", "latin1"));
    await said("its letters are not in UTF-8");
    await put("heads.csv", "E-Mail,First Name\na@example.test,A\n");
    await said("E-Mail may be email, First Name may be firstname");
    await put("twice.csv", "email,email\na@example.test,b@example.test\n");
    await said("two columns are named email");
    await put("torn.csv", 'email,firstname,lastname\na@example.test,A,B,C\nb@example.test,"B,C\n');
    await said("4 cells under 3 columns");
    await said("a quote is not closed");
    await put("many.csv", ["email,firstname,lastname", ...Array.from({ length: 30 }, (_, at) => `none${at},A,B`)].join("\n"));
    await page.locator(".notes li", { hasText: "30 rows" }).waitFor();
  }));

/** Keeps how long the page was busy without a pause, in milliseconds. */
const WATCH_TASKS = `
  globalThis.longest = 0;
  new PerformanceObserver((seen) => {
    for (const { duration } of seen.getEntries()) globalThis.longest = Math.max(globalThis.longest, duration);
  }).observe({ type: "longtask" });
`;

/** No task of the page may take longer. */
const MOST_MILLISECONDS = 200;

test("100,000 rows leave the page free", { timeout: 240_000 }, (context) =>
  set.on("bulk", async (page) => {
    const rows = Array.from({ length: 100_000 }, (_, at) => JSON.stringify({ email: at % 50 === 0 ? "none" : `c${at}@example.test`, firstname: "Ada", lastname: "Lovelace", website_id: 1, group_id: 1 }));
    await page.getByLabel(ROWS).setInputFiles({ name: "rows.ndjson", mimeType: "application/x-ndjson", buffer: Buffer.from(rows.join("\n")) });
    // Handing the file over is the test's own work, and not the page's.
    await page.getByText("rows read…").or(page.getByText("rows are refused")).waitFor({ timeout: 60_000 });
    await page.evaluate(WATCH_TASKS);
    await page.getByText("2,000 rows are refused").waitFor({ timeout: 200_000 });
    const longest = await page.evaluate(() => (globalThis as unknown as { longest: number }).longest);
    const took = await page.locator(".verdict p").nth(1).textContent();
    context.diagnostic(`${took} The longest task of the page took ${Math.round(longest)} ms.`);
    const busy = loadavg()[0] ?? 0;
    if (longest > MOST_MILLISECONDS && busy > 2 * availableParallelism()) context.diagnostic(`not judged: ${busy.toFixed(1)} programs wanted the ${availableParallelism()} processors (load average)`);
    else assert.ok(longest <= MOST_MILLISECONDS, `a task took ${Math.round(longest)} ms, at most ${MOST_MILLISECONDS}`);
    assert.ok((await page.getByRole("row").count()) < 60, "only what is in sight is drawn");

    await page.getByRole("grid", { name: "Report of every row" }).evaluate((table) => (table.scrollTop = 34 * 50_000));
    await page.getByText("c50001@example.test").waitFor();
    const bodies = (await downloaded(page, "Download the bodies")).trim().split("\n");
    const items = bodies.map((body) => JSON.parse(body) as unknown[]);
    assert.equal(items.flat().length, 98_000);
    assert.ok(items.every((body) => body.length <= 500));
  }));

test("updates are planned from what is stored, and the store takes them", () =>
  set.on("bulk", async (page) => {
    const token = await (await fetch(`${set.served.origin}/rest/V1/integration/admin/token`, { method: "POST", headers: { "Content-Type": "application/json" }, body: '{"username":"admin","password":"admin123"}' })).json();
    const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
    const { items } = (await (await fetch(`${set.served.origin}/rest/V1/customers/search?searchCriteria[pageSize]=5`, { headers })).json()) as { items: { id: number }[] };
    const stored = await Promise.all(items.map(async ({ id }) => (await fetch(`${set.served.origin}/rest/V1/customers/${id}`, { headers })).text()));

    await page.getByRole("combobox", { name: "What to do" }).selectOption("update");
    await page.getByLabel("Drop the stored customers here").setInputFiles({ name: "stored.ndjson", mimeType: "application/x-ndjson", buffer: Buffer.from(stored.join("\n")) });
    const rows = ["id,taxvat", ...items.map(({ id }) => `${id},GB${id}`), "999999,GB0"].join("\n");
    await page.getByLabel(ROWS).setInputFiles({ name: "rows.csv", mimeType: "text/csv", buffer: Buffer.from(rows) });
    await page.getByText("1 row is refused").waitFor();
    await page.getByText("not among the stored ones").waitFor();

    const body = (await downloaded(page, "Download the bodies")).trim();
    const accepted = await fetch(`${set.served.origin}/rest/async/bulk/V1/customers/byCustomerId`, { method: "PUT", headers, body });
    assert.equal(accepted.status, 202);
    await new Promise((waited) => setTimeout(waited, 1500));
    for (const [at, { id }] of items.entries()) {
      const now = (await (await fetch(`${set.served.origin}/rest/V1/customers/${id}`, { headers })).json()) as Record<string, unknown>;
      const before = JSON.parse(stored[at] ?? "") as Record<string, unknown>;
      assert.equal(now["taxvat"], `GB${id}`);
      assert.deepEqual(now["addresses"], before["addresses"]);
    }
  }));

test("a store's replies describe it, and its choices come into the form", () =>
  set.on("store", async (page) => {
    const file = (name: string, value: unknown) => ({ name, mimeType: "application/json", buffer: Buffer.from(JSON.stringify(value)) });
    const groups = { items: [{ id: 0, code: "NOT LOGGED IN", tax_class_id: 3 }, { id: 7, code: "Clinics", tax_class_id: 3 }], search_criteria: {}, total_count: 2 };
    await page.getByLabel("Profile or replies of a store").setInputFiles([file("groups.json", groups), file("odd.json", { message: "no" })]);
    await page.getByText("2 customer groups").waitFor();
    await page.getByText("odd.json: neither a profile").waitFor();
    await page.getByRole("tab", { name: "Create" }).click();
    await page.getByRole("combobox", { name: "Add a field to customer" }).selectOption("group_id");
    assert.ok((await page.getByLabel("group_id").locator("option").allTextContents()).includes("7 · Clinics"));
  }));

test("releases that answer otherwise stand apart", () =>
  set.on("store", async (page) => {
    const table = page.getByRole("region", { name: "Your requests on every release" });
    await table.getByText("2.4.7-p1").first().waitFor();
    assert.ok((await table.getByRole("rowheader").count()) >= 3);
    await table.getByRole("button", { name: /^use/ }).first().click();
    assert.notEqual(await page.getByRole("combobox", { name: "Release" }).inputValue(), "2.4.7-p3");
  }));

test("administrators are checked by their own policy, and marked as foreign", () =>
  set.on("users", async (page) => {
    await page.getByText("Not part of Magento.").waitFor();
    await page.getByLabel("password needed").fill("abcdef1");
    await page.getByText("The store takes this").waitFor();
    await page.getByRole("combobox", { name: "Password policy" }).selectOption("mixed-case");
    await page.getByText("The store refuses this").waitFor();
    const field = page.locator(".field", { has: page.getByLabel("password needed") });
    assert.ok((await field.locator(".message.error").count()) > 0);
  }));

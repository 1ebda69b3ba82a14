import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { stage } from "./stage.ts";

const set = stage();

const json = (page: Page, label: string) => page.getByRole("textbox", { name: label });

/** What an editor holds, which may be more than is drawn: read through the clipboard. */
async function text(page: Page, label: string): Promise<string> {
  await json(page, label).focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+c");
  return page.evaluate(() => navigator.clipboard.readText());
}

async function write(page: Page, label: string, value: string) {
  await json(page, label).focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(value);
}

test("form and JSON stay in step, and a violation stands at its field", () =>
  set.on("create", async (page) => {
    await page.getByLabel("email needed").fill("ada(at)example.test");
    await page.getByText("The store refuses this").waitFor();
    assert.match(await text(page, "Request body as JSON"), /"email": "ada\(at\)example.test"/);
    const field = page.locator(".field", { has: page.getByLabel("email needed") });
    await field.getByText("not an e-mail address").waitFor();
    assert.equal(await page.getByLabel("email needed").getAttribute("aria-invalid"), "true");

    await write(page, "Request body as JSON", '{"customer":{"email":"eve@example.test","firstname":"Eve","lastname":"L","prefix":"' + "x".repeat(60) + '"}}');
    await page.getByText("The store takes this and loses something").waitFor();
    assert.equal(await page.getByLabel("email needed").inputValue(), "eve@example.test");
    await page.getByRole("button", { name: "/customer/prefix" }).click();
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("data-pointer")), "/customer/prefix");
  }));

test("a country is shown as the JSON has it, chosen from all there are, and kept when the store does not know it", () =>
  set.on("create", async (page) => {
    const country = page.getByLabel("country_id needed");
    const body = (code: string) => `{"customer":{"email":"eve@example.test","firstname":"Eve","lastname":"L","addresses":[{"country_id":"${code}"}]}}`;
    for (const code of ["GB", "ZZ", "US"]) {
      await write(page, "Request body as JSON", body(code));
      await page.waitForFunction((code) => document.querySelector<HTMLSelectElement>('[data-pointer$="country_id"]')?.value === code, code);
    }
    await country.focus();
    assert.ok((await country.locator("option").count()) > 200);
    assert.equal(await country.inputValue(), "US");
    await country.selectOption("DE");
    assert.match(await text(page, "Request body as JSON"), /"country_id": ?"DE"/);
  }));

test("fields are added and removed in the form", () =>
  set.on("create", async (page) => {
    await page.getByRole("combobox", { name: "Add a field to customer" }).selectOption("taxvat");
    await page.getByLabel("taxvat", { exact: true }).fill("GB1");
    assert.match(await text(page, "Request body as JSON"), /"taxvat": "GB1"/);
    await page.getByRole("button", { name: "Remove taxvat" }).click();
    // What it is about is told beneath it, and the button below stays where it is pressed.
    await page.getByLabel("country_id needed").focus();
    await page.getByText("The country, one that the store allows.").waitFor();
    await page.getByRole("button", { name: "Add address" }).click();
    const body = JSON.parse(await text(page, "Request body as JSON"));
    assert.equal(body.customer.taxvat, undefined);
    assert.equal(body.customer.addresses.length, 2);
  }));

test("every endpoint has an example that can be pasted", () =>
  set.on("create", async (page) => {
    const endpoint = page.getByRole("combobox", { name: "Endpoint" });
    const all = await endpoint.locator("option").evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
    assert.ok(all.length > 50, `${all.length} endpoints`);
    for (const one of all) {
      await endpoint.selectOption(one);
      const [method, path = ""] = one.split(" ");
      const target = path.replace(/\{\w+\}/g, "[^'/{}]+").replace(/[.?]/g, "\\$&");
      await page.locator("#snippet-panel pre", { hasText: new RegExp(`--request ${method} '[^']*/rest${target}['?]`) }).waitFor({ timeout: 3000 });
    }
  }));

test("an update is planned, compared and audited", () =>
  set.on("update", async (page) => {
    await page.getByRole("button", { name: "Start from the example" }).click();
    await page.getByText("3 places change, and nothing else").waitFor();
    const body = JSON.parse((await page.getByLabel("The planned body").textContent()) ?? "");
    assert.equal(body.customer.lastname, "Lovelace");
    await page.getByRole("region", { name: "Side-by-side difference" }).getByText("020 7946 0001").waitFor();
    await page.getByText("the address is deleted").waitFor();
    await page.getByRole("combobox", { name: "Route" }).selectOption("queue");
    await page.getByText("The queue says 202 and").waitFor();
    await page.getByRole("combobox", { name: "Route" }).selectOption("id");
    await page.getByRole("tab", { name: "A body of your own" }).click();
    await write(page, "A body of your own", '{"customer":{"id":5,"addresses":[]}}');
    await page.getByText("The store says 200 and 4 things go wrong").waitFor();
    await write(page, "The change as a merge patch", '{"addresses":[{"id":7,"country_id":"ZZ"}]}');
    await page.getByText("No request makes just this change").waitFor();
  }));

test("a customer that is edited becomes a patch", () =>
  set.on("update", async (page) => {
    await page.getByRole("button", { name: "Start from the example" }).click();
    await page.getByText("3 places change, and nothing else").waitFor();
    await page.getByRole("tab", { name: "By editing the customer" }).click();
    const wanted = JSON.parse(await text(page, "The customer as wanted"));
    assert.equal(wanted.lastname, "Lovelace");
    await write(page, "The customer as wanted", JSON.stringify({ ...wanted, firstname: "Eve", addresses: wanted.addresses.slice(0, 1) }));
    await page.getByText("5 places change").waitFor();
    await page.getByRole("tab", { name: "As a patch" }).click();
    assert.deepEqual(JSON.parse(await text(page, "The change as a merge patch")), {
      firstname: "Eve",
      lastname: "Lovelace",
      taxvat: null,
      addresses: [{ id: 8, $patch: "delete" }, { id: 7, telephone: "020 7946 0001" }],
    });
  }));

test("release, caller and route change what is planned", () =>
  set.on("update", async (page) => {
    await page.getByRole("button", { name: "Start from the example" }).click();
    await write(page, "The change as a merge patch", '{"lastname":"Lovelace"}');
    const body = page.getByLabel("The planned body");
    await body.getByText('"addresses": null').waitFor();
    await page.getByRole("combobox", { name: "Route" }).selectOption("me");
    await page.getByRole("combobox", { name: "Sent by" }).selectOption("customer");
    await body.getByText('"email": "ada@example.test"').waitFor();
    await page.getByRole("combobox", { name: "Route" }).selectOption("queue");
    await page.getByRole("combobox", { name: "Sent by" }).selectOption("integration");
    await page.getByText("/async/bulk/V1/customers/byCustomerId").first().waitFor();
    await page.getByRole("combobox", { name: "Route" }).selectOption("id");
    await page.getByRole("combobox", { name: "Sent by" }).selectOption("customer");
    await page.getByText("a customer's own token is for PUT /V1/customers/me").waitFor();
  }));

test("what a store alone knows is not called sure, and a foreign condition stays in sight", () =>
  set.on("search", async (page) => {
    await page.getByLabel("As text").fill("region = 'Texas'");
    await page.getByText("whether region is an attribute of its customers").waitFor();
    await page.getByLabel("As text").fill("billing_region = 'Texas'");
    await page.getByText("whether region").waitFor({ state: "detached" });
    await page.getByLabel("Encoded").fill("searchCriteria[filter_groups][0][filters][0][field]=email&searchCriteria[filter_groups][0][filters][0][value]=a&searchCriteria[filter_groups][0][filters][0][condition_type]=bogus");
    await page.getByText("the store does not know this condition").first().waitFor();
    assert.equal(await page.getByLabel("Condition in filter 1 of group 1").inputValue(), "bogus");
  }));

test("a search is the same as rows, as text and as a URL", () =>
  set.on("search", async (page) => {
    await page.getByLabel("As text").fill("group_id = 1 limit 5");
    await page.getByText("group_id is equal to 1").waitFor();
    assert.equal(await page.getByLabel("Value in filter 1 of group 1").inputValue(), "1");
    assert.match(await page.getByLabel("Encoded").inputValue(), /pageSize%5D=5/);

    await page.getByRole("button", { name: "or…" }).first().click();
    await page.getByLabel("Field in filter 2 of group 1").fill("taxvat");
    await page.getByLabel("Condition in filter 2 of group 1").selectOption("null");
    await page.getByText("taxvat has no value").waitFor({ timeout: 5000 });
    assert.match(await page.getByLabel("As text").inputValue(), /\(group_id = 1 or taxvat is null\) limit 5/);

    await page.getByLabel("Encoded").fill("https://x.test/rest/V1/customers/search?searchCriteria[filterGroups][0][filters][0][field]=id&searchCriteria[filterGroups][0][filters][0][value]=7");
    await page.getByText("The store refuses this search").waitFor();
    assert.equal(await page.getByLabel("As text").inputValue(), "id = 7");
  }));

// The SaaS edition as a release: other addresses, other tokens, fewer endpoints.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { stage } from "./stage.ts";

const set = stage();

const choose = (page: Page) => page.getByRole("combobox", { name: "Release" }).selectOption("saas");

const snippet = (page: Page) => page.locator("#snippet-panel pre").first();

test("requests go without /rest, with an IMS token, and to the store view in a header", () =>
  set.on("create", async (page) => {
    await choose(page);
    await page.getByText("Adobe Commerce as a Cloud Service.").waitFor();
    await page.getByRole("combobox", { name: "Store code in the path" }).selectOption("default");
    await page.getByRole("tab", { name: "curl" }).click();
    await snippet(page).filter({ hasText: "'Store: default'" }).waitFor();
    const text = (await snippet(page).textContent()) ?? "";
    assert.match(text, /--request POST '[^']*:\d+\/V1\/customers'/);
    assert.match(text, /Bearer \$IMS_ACCESS_TOKEN/);
    await page.getByText("what the SaaS edition does has not been recorded").waitFor();
    assert.ok(await page.getByRole("button", { name: "Send", exact: true, includeHidden: true }).isDisabled());
  }));

test("an endpoint that it lacks stays chosen, and the way out is told", () =>
  set.on("create", async (page) => {
    const endpoint = page.getByRole("combobox", { name: "Endpoint" });
    await endpoint.selectOption("POST /V1/customers/isEmailAvailable");
    await choose(page);
    await page.getByText("Not in the SaaS edition: search customers by e-mail").waitFor();
    assert.equal(await endpoint.inputValue(), "POST /V1/customers/isEmailAvailable");
    await page.getByText("Nothing to copy yet.").waitFor();
    const offered = await endpoint.locator("optgroup option").allTextContents();
    assert.ok(!offered.some((one) => one.startsWith("GET /V1/customers/me")));
  }));

test("updates, searches and bulk bodies are addressed alike, and no route is a customer's own", () =>
  set.on("update", async (page) => {
    await choose(page);
    await page.getByRole("button", { name: "Start from the example" }).click();
    await page.locator(".request-line code", { hasText: /^\/V1\/customers\/5$/ }).first().waitFor();
    await page.getByRole("combobox", { name: "Route" }).selectOption("queue");
    await page.locator(".request-line code", { hasText: /^\/V1\/async\/bulk\/customers\/byCustomerId$/ }).first().waitFor();
    await page.getByRole("combobox", { name: "Route" }).selectOption("me");
    await page.getByText("No request makes just this change").waitFor();
    await page.getByRole("tab", { name: "Search" }).click();
    await page.waitForFunction(() => (document.querySelector("textarea.url") as HTMLTextAreaElement | null)?.value.startsWith("/V1/customers/search?"));
  }));

test("what it does otherwise than the chosen release stands out", () =>
  set.on("store", async (page) => {
    const row = page.getByRole("table", { name: "Your requests on every release" }).getByRole("row", { name: /SaaS edition/ });
    await row.locator(".differs", { hasText: "no plan: the SaaS edition has no route" }).waitFor();
    await row.getByText("as 2.4.7-p3").first().waitFor();
    await page.getByText(/endpoints that the SaaS edition lacks/).click();
    await page.getByRole("row", { name: /POST \/V1\/integration\/admin\/token/ }).getByText("IMS access token").waitFor();
    await row.getByRole("button", { name: "use SaaS edition" }).click();
    assert.equal(await page.getByRole("combobox", { name: "Release" }).inputValue(), "saas");
  }));

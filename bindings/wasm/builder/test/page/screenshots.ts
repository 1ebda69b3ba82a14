// Pictures of every look of the page, in both themes, on a desk and on a phone:
// `npm run screenshots -- FOLDER [PART OF A NAME]`.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { launch, open } from "./browser.ts";
import { serve } from "./serve.ts";

const folder = process.argv[2] ?? "screenshots";
const wanted = process.argv[3] ?? "";

interface Scene {
  tab: string;
  prepare?: (page: Page) => Promise<unknown>;
}

const example = (page: Page) => page.getByRole("button", { name: "Start from the example" }).click();

const use = (endpoint: string) => (page: Page) => page.getByRole("combobox", { name: "Endpoint" }).selectOption(endpoint);

/** Each look by its name. */
const SCENES: Record<string, Scene> = {
  create: { tab: "create" },
  "create-refused": { tab: "create", prepare: (page) => page.getByLabel("email needed").fill("ada(at)example.test") },
  "create-unread": { tab: "create", prepare: (page) => page.getByRole("textbox", { name: "Request body as JSON" }).fill('{ "customer": { "email": "ada@example.test", oh } }') },
  "create-get": { tab: "create", prepare: use("GET /V1/customers/{customerId}") },
  "create-put": { tab: "create", prepare: use("PUT /V1/customers/{customerId}") },
  "create-delete": { tab: "create", prepare: use("DELETE /V1/addresses/{addressId}") },
  "create-group": { tab: "create", prepare: use("POST /V1/customerGroups") },
  "create-saas": { tab: "create", prepare: (page) => page.getByRole("combobox", { name: "Release" }).selectOption("saas") },
  "create-sent": {
    tab: "create",
    prepare: async (page) => {
      await page.locator("summary", { hasText: "Send" }).click();
      await page.getByRole("button", { name: "Send", exact: true }).click();
      await page.getByLabel("The reply").waitFor();
    },
  },
  update: { tab: "update", prepare: example },
  "update-empty": { tab: "update" },
  search: { tab: "search", prepare: example },
  "search-empty": { tab: "search" },
  "search-refused": { tab: "search", prepare: (page) => page.getByLabel("As text").fill("group_id = 1 and nothing like '%a' limit") },
  bulk: {
    tab: "bulk",
    prepare: async (page) => {
      await example(page);
      await page.getByText("refused").first().waitFor();
    },
  },
  "bulk-empty": { tab: "bulk" },
  "bulk-update": { tab: "bulk", prepare: (page) => page.getByRole("combobox", { name: "What to do" }).selectOption("update") },
  store: { tab: "store" },
  users: { tab: "users" },
};

const LOOKS = [
  { name: "light", options: { height: 900 } },
  { name: "dark", options: { height: 900, dark: true } },
  { name: "phone", options: { width: 390 } },
  { name: "phone-dark", options: { width: 390, dark: true } },
];

await mkdir(folder, { recursive: true });
const [served, browser] = [await serve(), await launch()];
for (const look of LOOKS) {
  for (const [scene, { tab, prepare }] of Object.entries(SCENES)) {
    const name = `${scene}-${look.name}`;
    if (!name.includes(wanted)) continue;
    const { page, complaints } = await open(browser, `${served.page}#${tab}`, look.options);
    await page.locator("#page-panel > :not([hidden]) > *").first().waitFor();
    await prepare?.(page).catch((error: unknown) => console.log(`${name}: ${String(error).split("\n")[0]}`));
    // CodeMirror measures its lines when they are in sight.
    for (const editor of await page.locator(".editor:visible").all()) await editor.scrollIntoViewIfNeeded();
    await page.waitForTimeout(500);
    await page.evaluate(() => scrollTo(0, 0));
    await page.waitForTimeout(100);
    await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
    for (const complaint of complaints) console.log(`${name}: ${complaint}`);
    await page.context().close();
  }
}
await browser.close();
await served.close();

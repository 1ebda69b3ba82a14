// Pictures of every tab in both themes and at phone width: `npm run screenshots -- FOLDER`.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { launch, open } from "./browser.ts";
import { serve } from "./serve.ts";

const folder = process.argv[2] ?? "screenshots";
const wanted = process.argv[3];

const PREPARED: Record<string, (page: Page) => Promise<void>> = {
  create: async (page) => {
    await page.getByLabel("email needed").fill("ada(at)example.test");
    await page.waitForTimeout(300);
  },
  update: (page) => page.getByRole("button", { name: "Start from the example" }).click(),
  search: (page) => page.getByRole("button", { name: "Start from the example" }).click(),
  bulk: async (page) => {
    await page.getByRole("button", { name: "Start from the example" }).click();
    await page.getByText("refused").first().waitFor();
  },
  store: async () => {},
  users: async () => {},
};

const LOOKS = [
  { name: "light", options: {} },
  { name: "dark", options: { dark: true } },
  { name: "phone", options: { width: 390 } },
];

await mkdir(folder, { recursive: true });
const [served, browser] = [await serve(), await launch()];
for (const look of LOOKS) {
  for (const [tab, prepare] of Object.entries(PREPARED)) {
    if (wanted && !`${tab}-${look.name}`.includes(wanted)) continue;
    const { page, complaints } = await open(browser, `${served.page}#${tab}`, look.options);
    await page.locator("#page-panel > :not([hidden]) > *").first().waitFor();
    await prepare(page);
    await page.waitForTimeout(500);
    await page.screenshot({ path: join(folder, `${tab}-${look.name}.png`), fullPage: true });
    for (const complaint of complaints) console.log(`${tab} ${look.name}: ${complaint}`);
    await page.context().close();
  }
}
await browser.close();
await served.close();

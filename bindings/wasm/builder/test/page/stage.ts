// What every test of the page has: the page served beside a sandbox, and a browser.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import type { Browser, Page } from "playwright-core";
import { launch, open } from "./browser.ts";
import { serve, type Served } from "./serve.ts";

export interface Stage {
  served: Served;
  browser: Browser;
  /** Runs on a tab, in a window of its own; at the end the browser may have complained about nothing. */
  on(tab: string, run: (page: Page) => Promise<void>): Promise<void>;
}

/** The stage for the tests of a file: set before the first of them, struck after the last. */
export function stage(): Stage {
  const set = { on } as Stage;
  before(async () => void Object.assign(set, { served: await serve(), browser: await launch() }));
  after(async () => {
    await set.browser.close();
    await set.served.close();
  });
  async function on(tab: string, run: (page: Page) => Promise<void>) {
    const { page, complaints } = await open(set.browser, `${set.served.page}#${tab}`);
    await page.locator("#page-panel > :not([hidden]) > *").first().waitFor();
    await run(page);
    assert.deepEqual(complaints, []);
    await page.context().close();
  }
  return set;
}

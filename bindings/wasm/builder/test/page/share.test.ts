import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./browser.ts";
import { stage } from "./stage.ts";

const set = stage();

test("a shared link brings everything back but the secrets", async () => {
  const { page, complaints } = await open(set.browser, `${set.served.page}#create`);
  await page.getByLabel("email needed").fill("eve@example.test");
  await page.getByLabel("password", { exact: true }).fill("Hidden-Word1");
  await page.getByRole("combobox", { name: "Release" }).selectOption("2.4.8-p1");
  await page.getByRole("button", { name: "Copy link" }).click();
  await page.getByText("Link, without passwords and tokens, copied").waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await page.context().close();

  const again = await open(set.browser, link);
  assert.equal(await again.page.getByLabel("email needed").inputValue(), "eve@example.test");
  assert.equal(await again.page.getByLabel("password", { exact: true }).inputValue(), "");
  assert.equal(await again.page.getByRole("combobox", { name: "Release" }).inputValue(), "2.4.8-p1");
  assert.deepEqual([...complaints, ...again.complaints], []);
  await again.page.context().close();
});

test("nothing is sent before Send is pressed, and then the request alone, to the page's own origin", async () => {
  const { page, complaints } = await open(set.browser, `${set.served.page}#create`);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`));
  await page.getByLabel("email needed").fill("send@example.test");
  await page.getByText("The store takes this").waitFor();
  await page.locator("summary", { hasText: "Send" }).click();
  await page.getByText("Get a token as an administrator").click();
  await page.getByLabel("User name").fill("admin");
  await page.getByLabel("Password", { exact: true }).fill("admin123");
  assert.deepEqual(asked.filter((one) => one.includes("/rest/")), []);
  await page.getByRole("button", { name: "Get a token", exact: true }).click();
  await page.getByText("Signed in.").waitFor();
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.getByLabel("The reply").getByText("send@example.test").waitFor();
  assert.deepEqual(asked.filter((one) => one.includes("/rest/")), ["POST /rest/V1/integration/admin/token", "POST /rest/V1/customers"]);

  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href]));
  assert.doesNotMatch(kept, /admin123|eyJ|send@example/);
  assert.deepEqual(complaints, []);
  await page.context().close();
});

test("a part that the server does not give is missed in words, and asked for again", async () => {
  const { page } = await open(set.browser, `${set.served.page}#create`);
  await page.getByText("The store takes this").waitFor();
  await page.route("**/assets/search-*", (route) => route.abort());
  await page.getByRole("tab", { name: "Search" }).click();
  await page.getByText("This part of the page could not be loaded").waitFor();
  await page.unroute("**/assets/search-*");
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByLabel("As text").waitFor();
  await page.context().close();
});

test("without the rules the page says that it knows nothing", async () => {
  const context = await set.browser.newContext();
  const page = await context.newPage();
  await page.route("**/*.wasm", (route) => route.abort());
  await page.goto(`${set.served.page}#create`);
  await page.getByText("The rules could not be loaded.").waitFor();
  await context.close();
});

test("the policy lets the page reach no other server", async () => {
  const { page } = await open(set.browser, `${set.served.page}#create`);
  const reached = await page.evaluate(async (origin) => {
    const other = origin.replace("127.0.0.1", "localhost");
    return fetch(`${other}/rest/V1/modules`).then(() => "reached", () => "refused");
  }, set.served.origin);
  assert.equal(reached, "refused");
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
  assert.match(policy ?? "", /default-src 'none'/);
  assert.doesNotMatch(policy ?? "", /unsafe-inline|'unsafe-eval'|\*/);
  await page.context().close();
});

// The page: header, tabs, and the view of the chosen tab, each made when it is first seen.
import "./styles/page.css";
import facts from "virtual:facts";
import { ready } from "./core.ts";
import { announce, copy, fill, h } from "./dom.ts";
import { decode, encode } from "./share.ts";
import { change, get, type Tab, watch } from "./state.ts";
import { createView } from "./views/create.ts";
import { releasePicker, saasNotice } from "./views/releases.ts";
import { tabs } from "./views/tabs.ts";
import { themeSwitch } from "./theme.ts";

const TABS: { id: Tab; text: string }[] = [
  { id: "create", text: "Create" },
  { id: "update", text: "Update" },
  { id: "search", text: "Search" },
  { id: "bulk", text: "Bulk" },
  { id: "store", text: "Release and store" },
  { id: "users", text: "Admin users" },
];

const VIEWS: Record<Tab, () => Promise<HTMLElement> | HTMLElement> = {
  create: createView,
  update: async () => (await import("./views/update.ts")).updateView(),
  search: async () => (await import("./views/search.ts")).searchView(),
  bulk: async () => (await import("./views/bulk.ts")).bulkView(),
  store: async () => (await import("./views/store.ts")).storeView(),
  users: async () => (await import("./views/users.ts")).usersView(),
};

const made = new Map<Tab, HTMLElement>();

async function show(tab: Tab, panel: HTMLElement) {
  for (const [name, element] of made) element.hidden = name !== tab;
  if (made.has(tab)) return;
  const element = h("div", {});
  made.set(tab, element);
  panel.append(element);
  try {
    fill(element, await VIEWS[tab]());
  } catch {
    fill(element, unreachable(() => {
      made.delete(tab);
      element.remove();
      void show(tab, panel);
    }));
  }
}

/** What stands in the place of a part of the page that its server did not give. */
function unreachable(again: () => void): HTMLElement {
  return h(
    "section",
    { class: "card", role: "alert" },
    h("p", { class: "verdict error" }, h("span", { class: "title" }, "This part of the page could not be loaded. Is its server still there?")),
    h("div", { class: "actions" }, h("button", { type: "button", onclick: again }, "Try again"), h("button", { type: "button", onclick: () => location.reload() }, "Load the page anew")),
  );
}

/** Without the core the page is a form that knows nothing: that is said, and not waited for. */
function withoutCore() {
  document.getElementById("page-panel")?.before(
    h("aside", { class: "card notice", role: "alert" }, h("p", {}, h("strong", {}, "The rules could not be loaded. "), "Nothing is checked, planned or explained here. Load the page anew, from a server that gives .wasm files.")),
  );
}

async function share() {
  const url = new URL(location.href);
  url.hash = await encode(get(), facts.secrets);
  // Servers and chats cut long links; a fragment has no limit of its own.
  const long = url.href.length > 8000 ? ` It has ${url.href.length.toLocaleString("en")} characters, which some programs cut.` : "";
  await copy(url.href, "Link, without passwords and tokens,", long);
}

function header(): HTMLElement {
  return h(
    "header",
    { class: "page-head" },
    h("div", { class: "brand" }, h("h1", {}, "magewright"), h("p", {}, "What a Magento store will do, before you send it")),
    h("div", { class: "head-tools" }, releasePicker(), h("button", { type: "button", onclick: () => void share() }, "Copy link"), themeSwitch()),
  );
}

function start() {
  const nav = h("nav", { class: "page-tabs", "aria-label": "Tasks" });
  const panel = h("main", { role: "tabpanel", id: "page-panel", tabindex: "-1" });
  const footer = h("footer", { class: "page-foot" }, h("p", {}, "Everything is worked out in this browser. Nothing leaves the page unless you press Send."));
  document.body.append(header(), nav, saasNotice(), panel, footer, h("div", { id: "announcement", role: "status", "aria-live": "polite" }));
  watch((state) => [state.tab], () => {
    const { tab } = get();
    fill(nav, tabs("Tasks", TABS, tab, (tab) => change({ tab }), "page"));
    panel.setAttribute("aria-labelledby", `page-tab-${tab}`);
    document.title = `${TABS.find(({ id }) => id === tab)?.text ?? ""} · magewright`;
    void show(tab, panel);
  });
}

/** Takes over what the address holds; says whether that could be read. */
async function restore(): Promise<boolean> {
  const shared = await decode(location.hash);
  if (shared) change(shared);
  return shared !== undefined || !location.hash.startsWith("#s=");
}

const complain = (read: boolean) => read || announce("This link cannot be read: part of it may be missing.");

if (location.protocol.startsWith("http")) change({ base: location.origin });
// Without `await` here: modules that others share would each be a file of their own.
void restore().then((read) => {
  start();
  complain(read);
  ready.catch(withoutCore);
});
addEventListener("hashchange", () => void restore().then(complain));

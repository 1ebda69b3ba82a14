// Release and store: what differs between releases, and what is known of one store.
import { change, get, watch } from "../state.ts";
import { copy, fill, h } from "../dom.ts";
import { message, ready } from "../core.ts";
import { parsed } from "../pointer.ts";
import { type Profile } from "../profile.ts";
import { PARTS, recognise } from "../replies.ts";
import { type Address, addressed } from "../request.ts";
import { isSaas } from "../releases.ts";
import { shell, tokenOf } from "../snippets/snippets.ts";
import { contractDifferences, requestDifferences } from "./differences.ts";
import { count } from "./verdict.ts";

export function storeView(): HTMLElement {
  return h("div", { class: "stack" }, profileCard(), requestDifferences(), contractDifferences());
}

function profileCard(): HTMLElement {
  const known = h("div", { "aria-live": "polite" });
  const said = h("div", { "aria-live": "polite" });
  const input = h("input", { type: "file", multiple: true, accept: ".json", class: "sr-only", "aria-label": "Profile or replies of a store" });
  const drop = h("label", { class: "drop" }, h("p", {}, h("strong", {}, "Drop a profile, or a store's replies, here"), " or ", h("span", { class: "like-link" }, "choose files")), h("p", { class: "hint" }, "What the store says of its websites, groups, attributes and countries. It stays in this browser."), input);
  const take = (files: readonly File[]) => void load(files, said);
  input.addEventListener("change", () => take([...(input.files ?? [])]));
  const over = (is: boolean) => (event: DragEvent) => {
    event.preventDefault();
    drop.classList.toggle("over", is);
  };
  drop.addEventListener("dragover", over(true));
  drop.addEventListener("dragleave", over(false));
  drop.addEventListener("drop", (event) => {
    over(false)(event);
    take([...(event.dataTransfer?.files ?? [])]);
  });
  watch((state) => [state.profile], () => fill(known, summary(get().profile)));
  const actions = h(
    "div",
    { class: "actions" },
    h("button", { type: "button", onclick: () => void copy(script(), "Script") }, "Copy a script that asks a store"),
    h("button", { type: "button", onclick: () => change({ profile: "" }) }, "Back to a fresh installation"),
  );
  return h("section", { class: "card" }, h("header", { class: "card-head" }, h("h2", {}, "The store")), known, drop, said, actions);
}

/** Reads files, one after the other, into the profile of the page. */
async function load(files: readonly File[], said: HTMLElement) {
  const core = await ready;
  const lines: HTMLElement[] = [];
  let replies: Record<string, unknown> = {};
  for (const file of files) {
    const document = parsed(await file.text());
    const part = recognise(document);
    if (part === "profile") change({ profile: JSON.stringify(document) });
    else if (part) replies = { ...replies, [part]: document };
    lines.push(h("p", { class: part ? "hint" : "message error" }, `${file.name}: ${part ? part.replaceAll("_", " ") : "neither a profile nor a reply that a profile is made of"}`));
  }
  try {
    if (Object.keys(replies).length > 0) {
      const made = core.ask("profile.from_replies", replies) as object;
      const before = (parsed(get().profile) ?? {}) as object;
      change({ profile: JSON.stringify({ ...before, ...made }) });
    }
    fill(said, lines);
  } catch (error) {
    fill(said, lines, h("p", { class: "message error" }, message(error)));
  }
}

function summary(text: string): HTMLElement {
  if (text === "") return h("p", { class: "hint spaced" }, "Nothing is known of your store yet, so a fresh installation of Magento Open Source is assumed: rules that rest on its settings are not applied, and reports name them as not checked.");
  const profile = (parsed(text) ?? {}) as Profile;
  const custom = (list: Profile["customer_attributes"]) => (list ?? []).filter((one) => one.user_defined).length;
  const facts = [
    profile.websites && count(profile.websites.length, "website"),
    profile.store_views && count(profile.store_views.length, "store view"),
    profile.customer_groups && count(profile.customer_groups.length, "customer group"),
    profile.customer_attributes && count(custom(profile.customer_attributes), "customer attribute of its own", "customer attributes of its own"),
    profile.address_attributes && count(custom(profile.address_attributes), "address attribute of its own", "address attributes of its own"),
    profile.countries && count(profile.countries.length, "country", "countries"),
    profile.modules && count(profile.modules.length, "module"),
    profile.schema && `its own schema, ${count(Object.keys(profile.schema.$defs).length, "type")} other than Magento's`,
  ];
  return h("ul", { class: "known" }, facts.map((fact) => fact && h("li", {}, h("span", { class: "tag" }, fact))));
}

/** The requests whose replies make a profile. */
function script(): string {
  const { base, release } = get();
  const saas = isSaas(release);
  // Where the SaaS edition shows its schema is not known.
  const parts = Object.entries(PARTS).filter(([name]) => !saas || name !== "schema");
  return parts.map(([name, path]) => ask(base.replace(/\/+$/, ""), name, addressed(path, { scope: "all", release }))).join("\n");
}

function ask(base: string, name: string, { target, headers = {}, saas }: Address): string {
  const store = Object.entries(headers).map(([header, value]) => ` --header ${shell(`${header}: ${value}`)}`);
  return `curl --header "Authorization: Bearer $${tokenOf(saas)}"${store.join("")} ${shell(base + target)} --output ${name}.json`;
}

// What the store will do with a body, in one line and as a list.
import type { Refusal, Report, Violation } from "magewright";
import { h } from "../dom.ts";

/** What is not known without a store's profile, in words. */
const UNCHECKED: Record<string, string> = {
  store: "store views",
  group: "customer groups",
  custom_attributes: "custom attributes",
  address_attributes: "address attributes",
  region: "regions",
  settings: "the store's settings",
  email_taken: "whether the e-mail address is taken",
  username_taken: "whether the user name is taken",
  role: "roles",
  former_passwords: "former passwords",
  dob_in_future: "whether the date of birth is yet to come",
};

/** What nobody has recorded is named apart: no store has to be asked for it. */
const UNRECORDED = "saas_edition";

const MOST_LINES = 100;

export function verdict(report: Report, reveal: (pointer: string) => void): HTMLElement {
  const errors = report.violations.filter(({ severity }) => severity === "error");
  const losses = report.violations.filter(({ severity }) => severity === "loss");
  const unchecked = report.unchecked.filter((name) => name !== "not_in_core" && name !== UNRECORDED);
  const kind = errors.length > 0 ? "error" : losses.length > 0 ? "loss" : "good";
  const title =
    kind === "error"
      ? `The store refuses this: ${count(errors.length, "error")}`
      : kind === "loss"
        ? `The store takes this and loses something: ${count(losses.length, "loss", "losses")}`
        : "The store takes this as it is";
  return h(
    "div",
    { class: `verdict ${kind}` },
    h("p", { class: "title", role: "status" }, title),
    report.violations.length > 0 && h("ul", {}, [...errors, ...losses].slice(0, MOST_LINES).map((one) => line(one, reveal))),
    report.violations.length > MOST_LINES && h("p", { class: "hint" }, `and ${count(report.violations.length - MOST_LINES, "more", "more")}`),
    report.unchecked.includes(UNRECORDED) && h("p", { class: "hint" }, "Taken to be as on the newest release: what the SaaS edition does has not been recorded."),
    unchecked.length > 0 && h("p", { class: "hint" }, `Not checked, since only the store knows: ${unchecked.map((name) => UNCHECKED[name] ?? name.replaceAll("_", " ")).join(", ")}.`),
  );
}

function line(violation: Violation, reveal: (pointer: string) => void): HTMLElement {
  const where = violation.pointer || "/";
  return h(
    "li",
    { class: violation.severity },
    h("button", { type: "button", class: "link", onclick: () => reveal(violation.pointer) }, where),
    h("span", {}, violation.message),
    h("span", { class: "source", title: `Rule: ${violation.source}` }, violation.releases === "all releases" ? "" : violation.releases),
  );
}

export const count = (number: number, one: string, many = `${one}s`) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

/** A refusal in the store's own words. */
export const refusal = ({ status, message, errors }: Refusal) =>
  h(
    "div",
    { class: "reply" },
    h("p", {}, h("span", { class: "status" }, status), " ", message),
    errors.length > 0 && h("ul", {}, errors.map((one) => h("li", {}, one))),
  );

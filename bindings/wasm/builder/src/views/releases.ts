// The choice of a release, and what is special about one that is no installation.
import facts from "virtual:facts";
import { fill, h, labelled } from "../dom.ts";
import { isSaas, LINES, nameOf, RELEASES, releasesOf, SAAS } from "../releases.ts";
import { change, get, watch } from "../state.ts";
import { count } from "./verdict.ts";

export function releasePicker(): HTMLElement {
  const select = h("select", { "aria-label": "Release" });
  for (const line of LINES) select.append(group(`2.4.${line}`, releasesOf(line)));
  select.append(group("Without a number", [SAAS]));
  select.addEventListener("change", () => change({ release: select.value }));
  watch((state) => [state.release], () => {
    const { release } = get();
    const known = [...RELEASES, SAAS].includes(release);
    if (!known && ![...select.options].some(({ value }) => value === release)) select.append(option(release));
    select.value = release;
  });
  return labelled("Release", select);
}

const option = (release: string) => h("option", { value: release }, nameOf(release));

const group = (label: string, releases: string[]) => h("optgroup", { label }, releases.map(option));

/** What every look has to say while the SaaS edition is chosen. */
export function saasNotice(): HTMLElement {
  const notice = h("aside", { class: "card notice", "aria-label": "About the SaaS edition" });
  watch((state) => [state.release], () => {
    notice.hidden = !isSaas(get().release);
    if (!notice.hidden) fill(notice, ABOUT_SAAS());
  });
  return notice;
}

const ABOUT_SAAS = () => {
  const missing = facts.endpoints.filter((one) => !one.foreign && !one.contracts.includes(SAAS)).length;
  return h(
    "div",
    {},
    h("p", {}, h("strong", {}, "Adobe Commerce as a Cloud Service. "), "Known from its published schema and documentation only: every verdict says that nobody has recorded what it does."),
    h("p", { class: "hint" }, `The base URL ends with the tenant's id and no /rest follows; the store view goes into the header Store; every request carries an access token of Adobe's identity service (IMS) and none is signed. ${count(missing, "endpoint")} that installations have are not there.`),
  );
};

// Admin users: the same for a contract that no Magento has.
import facts from "virtual:facts";
import { choose, h, labelled } from "../dom.ts";
import { changeIn, get, type Policy, watch } from "../state.ts";
import { requestView } from "./create.ts";

const POLICIES: { value: Policy; text: string }[] = [
  { value: "letter-and-digit", text: "Magento's: a letter, a digit" },
  { value: "mixed-case", text: "Stricter: both cases, a digit" },
];

export function usersView(): HTMLElement {
  const reason = facts.endpoints.find((one) => one.foreign)?.foreign ?? "";
  const policy = choose("Password policy", POLICIES, get().users.policy, (policy) => changeIn("users", { policy }));
  watch((state) => [state.users.policy], () => (policy.value = get().users.policy));
  const notice = h(
    "section",
    { class: "card notice" },
    h("div", {}, h("p", {}, h("strong", {}, "Not part of Magento. "), reason), h("p", { class: "hint" }, "The sandbox answers these routes when it is started with --admin-users.")),
    labelled("Password policy", policy),
  );
  return requestView("users", notice);
}

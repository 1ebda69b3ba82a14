// The one panel that sends something, and only when its button is pressed. The token lives in its
// input and nowhere else.
import { fill, h, id, labelled } from "../dom.ts";
import { loaded, message } from "../core.ts";
import { parsed, pretty } from "../pointer.ts";
import type { Sent } from "../request.ts";
import { change, changeIn } from "../state.ts";
import { refusal } from "./verdict.ts";

export interface Sending {
  element: HTMLElement;
  show(request: Sent | undefined): void;
}

/** Kept while the page is open, so that all tabs share it; never stored. */
let token = "";

export function sending(): Sending {
  const reply = h("div", { role: "status", "aria-live": "polite" });
  const secret = h("input", { type: "password", autocomplete: "off", spellcheck: "false", value: token });
  secret.addEventListener("input", () => (token = secret.value.trim()));
  secret.addEventListener("focus", () => (secret.value = token));
  let request: Sent | undefined;
  const button = h("button", { type: "button", class: "primary", onclick: () => request && void run(request, reply) }, "Send");
  const form = h("div", { class: "send-form" }, labelled("Bearer token", secret), button);
  const elsewhere = h("p", { class: "hint", hidden: true }, "The SaaS edition answers at its tenant's address, which this page cannot reach: copy the request.");
  const element = h(
    "details",
    { class: "card" },
    h("summary", {}, h("h2", {}, "Send"), h("span", { class: "hint" }, `to ${location.host || "the server of this page"}`)),
    h("p", { class: "hint" }, "Sends to the server that serves this page, such as the sandbox. The page's security policy lets it reach no other: for your store, copy the request. Nothing is sent until you press the button, and the token is never stored."),
    elsewhere,
    form,
    signIn(secret),
    reply,
  );
  return {
    element,
    show(next) {
      request = next;
      button.disabled = !next || next.saas === true;
      elsewhere.hidden = !next?.saas;
    },
  };
}

function signIn(secret: HTMLInputElement): HTMLElement {
  const user = h("input", { type: "text", autocomplete: "off", spellcheck: "false", id: id("user") });
  const password = h("input", { type: "password", autocomplete: "off" });
  const said = h("p", { class: "hint", role: "status" });
  const run_ = async () => {
    const body = JSON.stringify({ username: user.value, password: password.value });
    const answer = await post("POST", "/rest/V1/integration/admin/token", body, "").catch((error: unknown) => ({ status: 0, text: message(error) }));
    if (answer.status === 200) {
      token = String(JSON.parse(answer.text));
      secret.value = token;
      password.value = "";
      said.textContent = "Signed in. The token is in the field above.";
    } else said.textContent = answer.status === 0 ? answer.text : `${answer.status}: ${loaded()?.decodeError(answer.status, answer.text).message ?? answer.text}`;
  };
  return h(
    "details",
    { class: "sub" },
    h("summary", {}, "Get a token as an administrator"),
    h("p", { class: "hint" }, "The sandbox's administrator is admin with the password admin123."),
    h("div", { class: "send-form" }, labelled("User name", user), labelled("Password", password), h("button", { type: "button", onclick: () => void run_() }, "Get a token")),
    said,
  );
}

async function run(request: Sent, reply: HTMLElement) {
  fill(reply, h("p", { class: "hint" }, "Waiting for the reply…"));
  const started = performance.now();
  try {
    const { status, text } = await post(request.method, request.target, request.body, token);
    const took = Math.round(performance.now() - started);
    const refused = status >= 400 ? loaded()?.decodeError(status, text) : undefined;
    fill(
      reply,
      h("p", { class: "reply-head" }, h("span", { class: `status ${status < 400 ? "good" : "bad"}` }, status), ` in ${took} ms`),
      refused && refusal(refused),
      h("pre", { class: "code", tabindex: "0", "aria-label": "The reply" }, pretty(text)),
      status === 200 && isCustomer(parsed(text)) && h("div", { class: "actions" }, h("button", { type: "button", onclick: () => toUpdate(text) }, "Plan an update of this customer")),
    );
  } catch (error) {
    fill(reply, h("p", { class: "message error" }, `No reply: ${message(error)}. Is a store running on this address?`));
  }
}

const isCustomer = (value: unknown) => typeof value === "object" && value !== null && "id" in value && "email" in value;

function toUpdate(text: string) {
  changeIn("update", { stored: pretty(text) });
  change({ tab: "update" });
}

async function post(method: string, target: string, body: string | null, bearer: string) {
  const headers = {
    Accept: "application/json",
    ...(body === null ? {} : { "Content-Type": "application/json" }),
    ...(bearer ? { Authorization: `Bearer ${bearer}` } : {}),
  };
  const response = await fetch(target, { method, headers, body, credentials: "omit", redirect: "error", referrerPolicy: "no-referrer" });
  return { status: response.status, text: await response.text() };
}

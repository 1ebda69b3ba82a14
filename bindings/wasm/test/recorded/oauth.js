// Headers sent to a store: verified all, and those it took signed again.
import { contractOf, sign, verify } from "magewright";
import { isReply, judgedEach, same } from "./compare.js";

/** A time after every timestamp that the store took, and before those it refused as too early. */
const NOW = 1_800_000_000;

const padded = (text) => text.padEnd(32, "0");
const named = (consumerId, name, state) => ({
  consumerId,
  consumerKey: padded(`fakeconsumerkey${name}`),
  consumerSecret: padded(`fakeconsumersecret${name}`),
  token: padded(`faketoken${name}`),
  tokenSecret: padded(`faketokensecret${name}`),
  ...state,
});

/** The integrations that the recorded store had. */
const INTEGRATIONS = [
  named(3, "full"),
  named(4, "limited"),
  named(5, "inactive", { active: false }),
  named(6, "revoked", { revoked: true }),
  {
    consumerId: 7,
    consumerKey: padded("odd/key+w=res&chars~"),
    consumerSecret: padded("odd secret+/=&%~"),
    token: padded("odd'tok*(en)!"),
    tokenSecret: padded("odd&tok=sec%20"),
  },
];

export const signatures = ({ release }, cases) => judgedEach(cases, (one) => isAnswered(one, cases, release) && isSigned(one, release));

function isAnswered(one, cases, release) {
  const { caller, consumer_id: id, refused } = verify(one.method, one.url, one.authorization ?? null, known(one, cases), { now: NOW, release });
  const answer = refused ?? unauthorized(one, caller === "integration" && id !== 4);
  // The recording counts a store that fails as one that did not refuse.
  const isAccepted = answer === undefined || (answer.status === 500 && one.accepted);
  return isAccepted === one.accepted && (answer === undefined || isReply(answer, one.status, one.error));
}

/** The integrations, with the nonce spent that was sent just before, if any. */
function known(one, cases) {
  if (one.after_case === undefined) return INTEGRATIONS;
  const { consumer_key: key, nonce } = cases.find(({ id }) => id === one.after_case) ?? one;
  return INTEGRATIONS.map((own) => (own.consumerKey.toLowerCase() === key.toLowerCase() ? { ...own, usedNonces: [nonce] } : own));
}

const ENDPOINTS = contractOf().endpoints.map(({ method, path, access }) => ({
  method,
  access,
  pattern: new RegExp(`^https?://[^/]+/rest(?:/\\w+)?${path.replace(/\{\w+\}/g, "[^/]+")}/?(?:\\?.*)?$`),
}));

/** What the route says to a caller who may not use it; one recorded integration may see the catalog only. */
function unauthorized({ method, url }, full) {
  const access = ENDPOINTS.find((one) => one.method === method && one.pattern.test(url))?.access ?? "anonymous";
  if (access === "anonymous" || (full && access.includes("::"))) return undefined;
  const template = "The consumer isn't authorized to access %resources.";
  const message = template.replace("%resources", access);
  return { status: 401, template, message, parameters: { resources: access }, errors: [] };
}

/** A header that a signer would write otherwise was sent to see whether the store takes it; others are signed again. */
function isSigned({ accepted, status, method, url, nonce, timestamp, authorization, ...keys }, release) {
  if (!accepted || status === 500 || !/^\d+$/.test(timestamp)) return true;
  const credentials = { consumerKey: keys.consumer_key, consumerSecret: keys.consumer_secret, token: keys.token, tokenSecret: keys.token_secret };
  const signed = parameters(sign(method, url, credentials, { nonce, timestamp: Number(timestamp), release }));
  const wanted = parameters(authorization);
  const plain = ({ oauth_signature: _, ...others }) => others;
  return !same(plain(signed), plain(wanted)) || same(signed, wanted);
}

/** How a header is quoted, spaced and escaped is the signer's choice. */
function parameters(header) {
  const pairs = header.trimStart().slice("OAuth ".length).split(",").map((part) => part.trim().split(/=(.*)/s));
  const clean = (value) => value.replace(/^"|"$/g, "").replaceAll("%2B", "+").replaceAll("%2F", "/").replaceAll("%3D", "=");
  return Object.fromEntries(pairs.filter(([name]) => name.startsWith("oauth_")).map(([name, value = ""]) => [name, clean(value)]));
}

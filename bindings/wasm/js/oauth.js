import { ask } from "./desk.js";

const nonce = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** The value of the `Authorization` header that an integration sends. */
export const sign = (method, url, credentials, options = {}) =>
  ask("oauth.sign", {
    method,
    url,
    consumer_key: credentials.consumerKey,
    consumer_secret: credentials.consumerSecret,
    token: credentials.token,
    token_secret: credentials.tokenSecret,
    nonce: options.nonce ?? nonce(),
    timestamp: options.timestamp ?? Math.floor(Date.now() / 1000),
    ...(options.release === undefined ? {} : { release: options.release }),
  });

/** What a store that has these integrations makes of an `Authorization` header. */
export const verify = (method, url, authorization, integrations, options = {}) =>
  ask("oauth.verify", {
    method,
    url,
    authorization,
    integrations: integrations.map(integration),
    now: options.now ?? Math.floor(Date.now() / 1000),
    ...(options.release === undefined ? {} : { release: options.release }),
  });

const integration = ({ consumerId, consumerKey, consumerSecret, token, tokenSecret, active, revoked, usedNonces }) => ({
  consumer_id: consumerId,
  consumer_key: consumerKey,
  consumer_secret: consumerSecret,
  token,
  token_secret: tokenSecret,
  active,
  revoked,
  used_nonces: usedNonces,
});

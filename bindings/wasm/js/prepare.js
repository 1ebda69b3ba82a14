// Requests as fetch takes them: with the store's address and the caller's credentials.
import { sign } from "./oauth.js";

/**
 * A request ready for `fetch(ready.url, ready)`. The caller is a `token`, an integration's `credentials`
 * (then signed with OAuth), or nobody.
 */
export function prepare({ method, target, body = null, headers: own = {} }, { base, token, credentials, ...signing } = {}) {
  if (base === undefined) throw new TypeError("base: give the store's address, as in https://shop.test");
  const url = String(base).replace(/\/+$/, "") + target;
  const headers = { accept: "application/json", ...own };
  if (body !== null) headers["content-type"] = "application/json";
  if (token !== undefined) headers.authorization = `Bearer ${token}`;
  if (credentials !== undefined) headers.authorization = sign(method, url, credentials, signing);
  return { method, url, headers, body };
}

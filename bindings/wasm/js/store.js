import { document } from "./desk.js";

/** What a question says of the store it is about. */
export const about = ({ profile, accounts, ...options } = {}) => ({
  ...(profile === undefined ? {} : document("profile", profile)),
  ...(accounts === undefined ? {} : document("accounts", accounts)),
  ...options,
});

// Requests one after the other: the package says what becomes of each, a table keeps the customers in between.
import { Store, answerSearch, decodeCriteria, predictPost, selectFields } from "magewright";
import { isReply, tidy } from "./compare.js";
import { TIME, Table, filled, updated } from "./table.js";

const PATH = /^\/rest(?:\/(?!V1\/)(\w+))?\/V1\/customers(?:\/(\d+|search|addresses\/\d+))?(?:\?(.*))?$/s;
const CALLERS = ["admin", "integration"];

/**
 * A scenario is asked when all its requests create, update, find, read or delete customers that are there. The rest
 * is for a store to answer: passwords and tokens, groups, confirmation, the queue over time, what is not there, and
 * reading through another store view.
 */
export const scenarios = (folder, cases) =>
  cases.map(({ steps, config }) => {
    if (!steps.every(isAsked)) return undefined;
    const [shop, names] = [new Shop(folder.profile(config)), new Map()];
    return steps.every(({ request, response }) => holds(shop.answer(named(request, names)), response, names));
  });

function isAsked({ request, response }) {
  const [, scope, id] = PATH.exec(request?.path.replaceAll(/<[ca]\d+>/g, "1") ?? "") ?? [];
  if (request === undefined || !CALLERS.includes(request.caller)) return false;
  const isThere = id !== undefined && scope === undefined && response.status === 200;
  if (request.method === "GET") return id === "search" ? scope === undefined : isThere;
  if (request.method === "DELETE") return isThere && /^\d+$/.test(id);
  return request.method === "PUT" ? /^\d+$/.test(id) : request.method === "POST" && PATH.test(request.path) && id === undefined;
}

class Shop {
  #table = new Table();
  #profile;

  constructor(profile) {
    this.#profile = profile;
  }

  /** The reply to a request, or the refusal. */
  answer({ method, path, caller, body }) {
    const [, scope, id, query = ""] = PATH.exec(path);
    const store = new Store({ profile: this.#profile, accounts: this.#table.rows });
    const found = this.#answered(method, path, id, query, body, { store, caller, ...(scope === undefined ? {} : { scope }) });
    const fields = new URLSearchParams(query).get("fields");
    return found.refused || fields === null ? found : { reply: selectFields(found.reply, fields) };
  }

  #answered(method, path, id, query, body, options) {
    if (method === "PUT") return replied(updated(this.#table, id, body, options));
    if (method === "POST") return this.#created(path, body, options);
    if (method === "DELETE") return { reply: this.#table.remove(id) };
    if (id === "search") return found(query, options.store);
    return { reply: this.#table.find(id) ?? this.#table.address(id) };
  }

  #created(path, body, { store, caller }) {
    const { saved, refused, kept } = predictPost(path.split("?", 1)[0], JSON.stringify(body), { store, caller });
    const ids = this.#table.keep([saved ?? kept].filter(Boolean));
    return replied({ refused, saved: saved && filled(saved, ids) });
  }
}

const replied = ({ refused, saved }) => (refused ? { refused } : { reply: saved });

function found(query, store) {
  const read = decodeCriteria(query, store);
  const { refused, ...reply } = read.refused ? read : answerSearch(read.criteria, store);
  return refused ? { refused } : { reply };
}

/** A request with the ids that the names of the scenario stand for. */
function named(request, names) {
  const text = JSON.stringify(request).replaceAll(/"(<[ca]\d+>)"/g, (all, name) => names.get(name) ?? all);
  return JSON.parse(text.replaceAll(/<[ca]\d+>/g, (name) => names.get(name) ?? name));
}

/** Whether an answer is the recorded one; a name that is new stands for the id it is met with. */
function holds({ refused, reply }, { status, body }, names) {
  if (refused) return isReply(refused, status, named(body, names));
  return status === 200 && agrees(tidy(body), tidy(reply), names);
}

function agrees(recorded, found, names) {
  if (typeof recorded === "string" && /^<[ca]\d+>$/.test(recorded)) {
    if (!names.has(recorded)) names.set(recorded, found);
    return String(names.get(recorded)) === String(found);
  }
  if (recorded === "<time>") return found === TIME;
  if (recorded === null || typeof recorded !== "object") return recorded === found;
  const keys = Object.keys(recorded);
  if (found === null || typeof found !== "object" || keys.length !== Object.keys(found).length) return false;
  return keys.every((key) => key in found && agrees(recorded[key], found[key], names));
}

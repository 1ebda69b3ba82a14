// Submissions to the queue that create or change customers; what else the queue takes is for a store to say.
import { predictQueuedCreate, predictUpdateInBulk } from "magewright";
import { isReply, same } from "./compare.js";

const PATH = /^\/rest(?:\/(?!async\/)(\w+))?\/async\/bulk\/V1\/customers(\/byCustomerId)?$/;
const METHODS = { POST: undefined, PUT: "/byCustomerId" };

/** Lists of objects on the two bulk routes, sent as JSON; at what is no object a store fails as a whole. */
const isAsked = ({ method, path, body, content_type }) =>
  Array.isArray(body) && body.every((item) => item !== null && typeof item === "object") && content_type === undefined && method in METHODS && PATH.exec(path)?.[2] === METHODS[method] && PATH.test(path);

export function queue(folder, cases) {
  const store = folder.store({ customers: "state/update-customers.ndjson" });
  return cases.map((one) => {
    if (!isAsked(one)) return undefined;
    const [, scope] = PATH.exec(one.path);
    const options = { store, caller: one.caller, ...(scope === undefined ? {} : { scope }) };
    const { refused, operations } = one.method === "POST" ? created(one.body, options) : predictUpdateInBulk(one.body, options);
    if (refused) return isReply(refused, one.status, one.reply);
    const accepted = one.status === 202 && one.reply.request_items.length === one.body.length;
    return accepted && same(operations.map(noted), (one.operations ?? []).sort((a, b) => a.id - b.id));
  });
}

const noted = ({ status, error_code, message }, id) => ({ id, status, error_code, result_message: message });

const CREATED = "Service execution success Magento\\Customer\\Model\\AccountManagement\\Interceptor::createAccount";

/** The items one by one, each on a store that has the accounts of those before it. */
function created(items, options) {
  const found = items.map((item) => predictQueuedCreate(JSON.stringify(item), options));
  const refused = found.find(({ not_accepted }) => not_accepted)?.not_accepted;
  const taken = new Set();
  const operations = found.map((one) => {
    const key = one.saved && `${one.saved.website_id} ${one.saved.email.toLowerCase()}`;
    const again = key !== undefined && taken.has(key);
    taken.add(key);
    if (again) return { status: 3, error_code: 0, message: "A customer with the same email address already exists in an associated website." };
    return one.refused ? { status: 3, error_code: 0, message: one.refused.message } : { status: 1, error_code: null, message: CREATED };
  });
  return { refused, operations };
}

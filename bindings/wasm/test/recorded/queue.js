// Submissions to the queue that create or change customers; what else the queue takes is for a store to say.
import { predictQueuedCreate, predictUpdateInBulk } from "magewright";
import { isReply, judgedEach, same } from "./compare.js";
import { items } from "./spelled.js";

const ROUTES = {
  POST: /^\/rest(?:\/(?!async\/)(\w+))?\/async\/(?:bulk\/)?V1\/customers$/,
  PUT: /^\/rest(?:\/(?!async\/)(\w+))?\/async\/(?:bulk\/V1\/customers\/byCustomerId|V1\/customers\/\d+)$/,
};

/** The items as they were sent: those of a bulk, or the body itself, of which the queue keeps no path. */
const sentItems = ({ path, sent }) => (path.includes("/bulk/") ? sent : `[${sent}]`);

/** What is sent as JSON on the routes of creates and updates, creates in a list. */
const isAsked = (one) =>
  ROUTES[one.method]?.test(one.path) && one.body !== undefined && one.content_type === undefined && (one.method === "PUT" || isList(sentItems(one)));

/** Whether the package can be asked about creates one by one. */
export const isList = (text) => text.startsWith("[");

export function queue(folder, cases) {
  const store = folder.store({ customers: "state/update-customers.ndjson" });
  return judgedEach(cases, (one) => {
    if (!isAsked(one)) return undefined;
    const [, scope] = ROUTES[one.method].exec(one.path);
    const options = { store, caller: one.caller, ...(scope === undefined ? {} : { scope }) };
    const { refused, operations } = one.method === "POST" ? created(items(sentItems(one)), options) : predictUpdateInBulk(sentItems(one), options);
    if (refused) return isReply(refused, one.status, one.reply);
    const accepted = one.status === 202 && one.reply.request_items.length === operations.length;
    return accepted && same(operations.map(noted), [...(one.operations ?? [])].sort((a, b) => a.id - b.id));
  });
}

const noted = ({ status, error_code, message }, id) => ({ id, status, error_code, result_message: message });

const CREATED = "Service execution success Magento\\Customer\\Model\\AccountManagement\\Interceptor::createAccount";

/** The items one by one, each as it was sent, each on a store that has the accounts of those before it. */
export function created(texts, options) {
  const found = texts.map((item) => predictQueuedCreate(item, options));
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

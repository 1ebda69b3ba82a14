// A folder of recorded cases, in the form of schema/vectors.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Store, profileFromReplies } from "magewright";
import { items, members } from "./spelled.js";

/** The recordings that are kept with the project; what a folder lacks beside its cases is taken from there. */
export const KEPT = fileURLToPath(new URL("../../../../schema/vectors", import.meta.url));

/** The release that was recorded whole; of others there are the cases that differ. */
export const RECORDED = "2.4.7-p3";

/** The cases were recorded around this time. */
const TIME = 1_795_300_000;

const REPLIES = {
  websites: "websites",
  store_groups: "storeGroups",
  store_views: "storeViews",
  customer_groups: "customerGroups",
  customer_attributes: "attributeMetadata-customer",
  address_attributes: "attributeMetadata-customerAddress",
  countries: "countries",
  modules: "modules",
};

export class Folder {
  constructor(path, release = RECORDED) {
    this.path = path;
    this.release = release;
  }

  /** Where a file is: in the folder, or among what is kept. */
  file(name) {
    const own = join(this.path, name);
    return existsSync(own) ? own : join(KEPT, name);
  }

  lines(file) {
    return linesOf(this.file(file)).map((line) => JSON.parse(line));
  }

  /**
   * The cases of a suite, those that the release answered otherwise in the place of the recorded ones; nothing
   * where the folder has none. What each request sent is there as text.
   */
  cases(suite) {
    const file = join(this.path, `${suite}.jsonl`);
    if (!existsSync(file)) return undefined;
    const other = join(this.path, "releases", this.release, `${suite}.jsonl`);
    const read = (path) => linesOf(path).map(asSent).map((one) => [one.id, one]);
    return [...new Map([...read(file), ...(existsSync(other) ? read(other) : [])]).values()];
  }

  /** What the recorded store says of itself, with the settings a case changes, and replies of today. */
  profile(config = {}, today = {}) {
    const read = (name) => readFileSync(this.file(`store/${name}.json`), "utf8");
    const settings = { ...JSON.parse(read("config")).values, ...config };
    const replies = Object.entries(REPLIES).map(([name, file]) => [name, read(file)]);
    return profileFromReplies({ ...Object.fromEntries(replies), ...today, settings });
  }

  /** The store that was recorded, with the customers of a file. */
  store({ customers, config } = {}) {
    const accounts = typeof customers === "string" ? this.lines(customers) : customers;
    return new Store({ profile: this.profile(config), accounts: accounts ?? [], release: this.release, now: TIME });
  }
}

const linesOf = (path) => readFileSync(path, "utf8").trimEnd().split("\n");

/** A case, or a scenario with all its requests, with the text that was sent as `sent`; nothing where none was. */
function asSent(line) {
  const texts = members(line);
  const one = { ...JSON.parse(line), sent: sent(texts) };
  if (one.steps === undefined) return one;
  const requests = items(texts.get("steps")).map((step) => members(step).get("request"));
  const steps = one.steps.map((step, at) => (step.request ? { ...step, request: { ...step.request, sent: sent(members(requests[at])) } } : step));
  return { ...one, steps };
}

const sent = (texts) => (texts.has("raw_body") ? JSON.parse(texts.get("raw_body")) : texts.get("body"));

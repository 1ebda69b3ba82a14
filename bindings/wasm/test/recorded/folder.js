// A folder of recorded cases, in the form of schema/vectors.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Store, profileFromReplies } from "magewright";

/** The recordings that are kept with the project; what a folder lacks beside its cases is taken from there. */
export const KEPT = fileURLToPath(new URL("../../../../schema/vectors", import.meta.url));

/** The cases were recorded around this time. */
const RECORDED = 1_795_300_000;

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
  constructor(path) {
    this.path = path;
  }

  text(file) {
    const own = join(this.path, file);
    return readFileSync(existsSync(own) ? own : join(KEPT, file), "utf8");
  }

  lines(file) {
    return this.text(file).trimEnd().split("\n").map((line) => JSON.parse(line));
  }

  /** The cases of a suite, each with its own text; nothing where the folder has none. */
  cases(suite) {
    const file = `${suite}.jsonl`;
    return existsSync(join(this.path, file)) ? this.lines(file) : undefined;
  }

  /** What the recorded store says of itself, with the settings a case changes. */
  profile(config = {}) {
    const settings = { ...JSON.parse(this.text("store/config.json")).values, ...config };
    const replies = Object.entries(REPLIES).map(([name, file]) => [name, this.text(`store/${file}.json`)]);
    return profileFromReplies({ ...Object.fromEntries(replies), settings });
  }

  /** The store that was recorded, with the customers of a file. */
  store({ customers, config } = {}) {
    const accounts = typeof customers === "string" ? this.lines(customers) : customers;
    return new Store({ profile: this.profile(config), accounts: accounts ?? [], now: RECORDED });
  }
}

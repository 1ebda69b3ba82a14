// The sandbox set up as the store the cases were recorded on, asked over HTTP with requests of the package.
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { Agent, request as send } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prepare, request } from "magewright";
import { built } from "./built.js";
import { Sandbox } from "./sandbox.js";

/** A moment after everything in the recordings. */
export const NOW = 1_800_000_000;

/** The password of every recorded customer. */
export const PASSWORD = "Passw0rd!x";

const PASSWORDS = { admin: "admin123", limited: "limited123" };

export class Stage {
  #folder;
  #config;
  #line = new Agent({ keepAlive: true, maxSockets: 1 });
  #tokens = new Map();
  #nonce = 0;

  constructor(sandbox, folder, config) {
    this.sandbox = sandbox;
    this.#folder = folder;
    this.#config = config;
  }

  /** An empty store with the folder's profile, its replies about itself, and the settings a case was recorded with. */
  static async open(folder, config = {}) {
    const scratch = mkdtempSync(join(tmpdir(), "magewright-stage-"));
    const file = join(scratch, "profile.json");
    writeFileSync(file, JSON.stringify(folder.profile(config)));
    const index = JSON.parse(readFileSync(folder.file("store/index.json"), "utf8"));
    const replies = index.flatMap(({ path, file }) => ["--reply", `${path.split("?", 1)[0]}=${folder.file(join("store", file))}`]);
    const told = ["--release", folder.release, "--time", String(NOW), "--queue", "0", "--race", "0"];
    const limited = ["--administrator", `limited:${PASSWORDS.limited}:Magento_Catalog::catalog`];
    try {
      return new Stage(await Sandbox.start(["--profile", file, ...told, ...limited, ...replies]), folder, config);
    } finally {
      rmSync(scratch, { recursive: true });
    }
  }

  close() {
    this.#line.destroy();
    this.sandbox.stop();
  }

  /** The store as it is at a time, for questions to the package. */
  async described(now) {
    const accounts = await this.sandbox.customers();
    return { release: this.#folder.release, profile: this.#folder.profile(this.#config, await this.#groups()), accounts, now };
  }

  /** Customer groups come and go; a store that limits its pages cannot be asked for all at once. */
  async #groups() {
    const { status, body } = await this.send(request("GET /V1/customerGroups/search", { query: { searchCriteria: {} } }), "admin");
    return status === 200 && body.items.length === body.total_count ? { customer_groups: body } : {};
  }

  /** Status and body of the answer to a recorded request, as the package builds it where it does: JSON as a value, anything else as text. */
  ask({ method = "GET", path, caller = "guest", sent, raw_body, content_type }) {
    const hasBody = sent !== undefined && (raw_body !== undefined || sent !== "null");
    const isUsual = raw_body === undefined && content_type === undefined;
    const made = isUsual ? built({ method, path, ...(hasBody && { sent }) }) : undefined;
    return this.send(made ?? { method, target: path, body: hasBody ? sent : null }, caller, content_type);
  }

  /** The same for a request of the package; of a content type that is none of its own, or `null` for none. */
  async send(asked, caller, type) {
    const { headers, ...ready } = prepare(asked, { base: this.sandbox.url, ...(await this.#caller(caller)) });
    if (type === undefined) return this.#sent({ ...ready, headers });
    const { "content-type": _, ...others } = headers;
    return this.#sent({ ...ready, headers: type === null ? others : { ...others, "content-type": type } });
  }

  /** By what a caller is known: an administrator by the token of a login, an integration by its signature. */
  async #caller(caller) {
    if (caller === "guest") return {};
    if (caller === "integration") return { credentials: this.sandbox.credentials, nonce: `n${(this.#nonce += 1)}`, timestamp: NOW };
    if (Object.hasOwn(PASSWORDS, caller) && !this.#tokens.has(caller)) {
      const login = request("POST /V1/integration/admin/token", { body: { username: caller, password: PASSWORDS[caller] } });
      this.#tokens.set(caller, (await this.#sent(prepare(login, { base: this.sandbox.url }))).body);
    }
    return { token: this.#tokens.get(caller) ?? caller };
  }

  /** Sent as it stands: `fetch` would spell some targets otherwise. */
  async #sent({ method, url, headers, body }) {
    const { host, hostname, port } = new URL(url);
    const path = Buffer.from(url.slice(url.indexOf(host) + host.length)).toString("latin1");
    const bytes = Buffer.from(body ?? "");
    const asked = send({ hostname, port, path, method, headers: { ...headers, "content-length": bytes.length }, agent: this.#line });
    asked.end(bytes);
    const [reply] = await once(asked, "response");
    const chunks = await reply.toArray();
    const text = Buffer.concat(chunks).toString();
    const isJson = reply.headers["content-type"]?.startsWith("application/json");
    return { status: reply.statusCode, body: isJson ? JSON.parse(text) : text };
  }
}

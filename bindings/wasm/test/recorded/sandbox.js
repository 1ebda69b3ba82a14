// The sandbox's program: a store of its own for whoever starts it, with the control of a test.
import { execFileSync, spawn } from "node:child_process";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import process, { env, platform } from "node:process";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../..", import.meta.url));

let built;

/** The program that the environment names, or the one that Cargo builds. */
function program() {
  if (env.MAGEWRIGHT_SANDBOX) return env.MAGEWRIGHT_SANDBOX;
  if (built === undefined) {
    execFileSync("cargo", ["build", "--quiet", "--locked", "--package", "magewright-sandbox"], { cwd: ROOT, stdio: "inherit" });
    const folder = resolve(ROOT, env.CARGO_TARGET_DIR ?? "target");
    built = join(folder, "debug", platform === "win32" ? "magewright-sandbox.exe" : "magewright-sandbox");
  }
  return built;
}

const running = new Set();
process.on("exit", () => running.forEach((sandbox) => sandbox.stop()));

/** A sandbox that ends with `stop`, or with this program. */
export class Sandbox {
  #child;

  /** Where it is, as in `http://127.0.0.1:8070`. */
  url;

  /** The keys of its integration. */
  credentials;

  static async start(options) {
    const sandbox = new Sandbox();
    sandbox.#child = spawn(program(), ["--port", "0", "--integration", "--control", ...options], { stdio: ["ignore", "pipe", "inherit"] });
    running.add(sandbox);
    await sandbox.#told();
    return sandbox;
  }

  /** Its first lines say where it is, and with which keys its integration signs. */
  async #told() {
    const keys = {};
    for await (const line of createInterface(this.#child.stdout)) {
      const [, name, value] = /^SANDBOX_(\w+)=(.*)$/.exec(line) ?? [];
      this.url ??= /^http:\/\/[^/]+/.exec(line)?.[0];
      if (name !== undefined) keys[name] = value;
      if (Object.keys(keys).length === 4) break;
    }
    if (Object.keys(keys).length < 4) throw new Error("the sandbox did not start; what it said stands above");
    const { CONSUMER_KEY: consumerKey, CONSUMER_SECRET: consumerSecret, TOKEN: token, TOKEN_SECRET: tokenSecret } = keys;
    this.credentials = { consumerKey, consumerSecret, token, tokenSecret };
  }

  /** Begins again, as it was when it was started. */
  reset = () => this.#control("POST", "reset", {});

  /** Sets the time, in seconds since 1970, at which the clock stands still. */
  setClock = (now) => this.#control("PUT", "clock", { now });

  /** Works the queue until nothing waits. */
  workQueue = () => this.#control("POST", "queue", {});

  /** Puts customers in the place of those that are there, all with one password. */
  putCustomers = (customers, password) => this.#control("PUT", "customers", { customers, password });

  customers = async () => (await this.#control("GET", "customers")).customers;

  stop() {
    this.#child.kill();
    running.delete(this);
  }

  async #control(method, what, body) {
    const headers = { "content-type": "application/json" };
    const reply = await fetch(`${this.url}/sandbox/${what}`, { method, headers, body: JSON.stringify(body) });
    const said = await reply.json();
    if (!reply.ok) throw new Error(`the sandbox: ${said.message}`);
    return said;
  }
}

// What the page is tested on: the built page under /builder/, and a sandbox behind the same origin.
import { type ChildProcess, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize, sep } from "node:path";
import { fileURLToPath } from "node:url";

const DIST = fileURLToPath(new URL("../../dist", import.meta.url));

const KINDS: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
};

/** A request as it arrived. */
export interface Arrived {
  method: string;
  target: string;
  authorization: string | undefined;
  body: string;
  status: number;
}

export interface Served {
  /** What was passed on to the sandbox, oldest first. */
  arrived: Arrived[];
  /** Where the page is, with a slash at the end. */
  page: string;
  origin: string;
  close(): Promise<void>;
}

/** Serves the page, and everything else from a sandbox when there is one. */
export async function serve(): Promise<Served> {
  const sandbox = await startSandbox();
  const arrived: Arrived[] = [];
  const server = createServer((asked, reply) => void answer(asked, reply, sandbox?.port, arrived));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { arrived, page: `${origin}/builder/`, origin, close: () => close(server, sandbox?.process) };
}

async function close(server: Server, sandbox: ChildProcess | undefined) {
  sandbox?.kill();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
}

async function answer(asked: IncomingMessage, reply: ServerResponse, port: number | undefined, arrived: Arrived[]) {
  const path = new URL(asked.url ?? "/", "http://localhost").pathname;
  if (path.startsWith("/builder/")) return file(path.slice("/builder/".length) || "index.html", reply);
  if (port === undefined) return void reply.writeHead(502).end();
  const { method = "", headers, url = "" } = asked;
  const chunks: Buffer[] = [];
  for await (const chunk of asked) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const passed = request({ host: "127.0.0.1", port, path: url, method, headers }, (answered) => {
    arrived.push({ method, target: url, authorization: headers.authorization, body: body.toString(), status: answered.statusCode ?? 0 });
    reply.writeHead(answered.statusCode ?? 502, answered.headers);
    answered.pipe(reply);
  });
  passed.on("error", () => reply.writeHead(502).end());
  passed.end(body);
}

async function file(name: string, reply: ServerResponse) {
  const path = normalize(join(DIST, name));
  if (!path.startsWith(DIST + sep)) return void reply.writeHead(404).end();
  try {
    const bytes = await readFile(path);
    reply.writeHead(200, { "Content-Type": KINDS[extname(path)] ?? "application/octet-stream" }).end(bytes);
  } catch {
    reply.writeHead(404).end();
  }
}

/** The sandbox named by the environment, on a free port; its first line says which. */
async function startSandbox() {
  const program = process.env["MAGEWRIGHT_SANDBOX"];
  if (!program) return undefined;
  const child = spawn(program, ["--port", "0", "--customers", "20", "--admin-users"], { stdio: ["ignore", "pipe", "inherit"] });
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.once("data", (data: Buffer) => resolve(data.toString()));
    child.once("exit", (code) => reject(new Error(`the sandbox ended with ${code}`)));
  });
  const port = Number(/:(\d+)\/rest/.exec(line)?.[1]);
  return { process: child, port };
}

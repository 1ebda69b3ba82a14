// The state as a URL fragment, without secrets: compressed, and readable by this page only.
import { initial, type State, TABS } from "./state.ts";
import { redact } from "./secrets.ts";

/** The documents that may hold secrets. */
const BODIES = { create: ["body"], update: ["stored", "patch", "own"], users: ["body"] } as const;

/** A copy of the state in which no secret is left. */
export function shareable(state: State, secrets: readonly string[]): State {
  const clean = { ...state, create: { ...state.create }, update: { ...state.update }, users: { ...state.users } };
  for (const [tab, members] of Object.entries(BODIES)) {
    const part = clean[tab as keyof typeof BODIES] as Record<string, string>;
    for (const member of members) part[member] = redact(part[member] ?? "", secrets);
  }
  for (const part of [clean.create, clean.users]) part.parameters = withoutSecrets(part.parameters, secrets);
  clean.base = withoutUser(state.base);
  return clean;
}

function withoutSecrets(parameters: Record<string, string>, secrets: readonly string[]) {
  const isSecret = (name: string) => secrets.includes(name) || /token|password/i.test(name);
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => !isSecret(name)));
}

/** A URL may carry a user and a password before its host. */
const withoutUser = (url: string) => url.replace(/\/\/[^/@]*@/, "//");

/** The fragment, with `#`, that brings the state back. */
export async function encode(state: State, secrets: readonly string[]): Promise<string> {
  const text = new TextEncoder().encode(JSON.stringify(shareable(state, secrets)));
  return `#s=${base64url(await through(text, new CompressionStream("deflate-raw")))}`;
}

/** The most a shared state may unfold to; a link is not trusted. */
const MOST = 4 << 20;

/** The state of a fragment; nothing when it holds none. */
export async function decode(fragment: string): Promise<Partial<State> | undefined> {
  const tab = TABS.find((name) => fragment === `#${name}`);
  if (tab) return { tab };
  if (!fragment.startsWith("#s=")) return undefined;
  try {
    const bytes = unbase64url(fragment.slice(3));
    const text = new TextDecoder().decode(await through(bytes, new DecompressionStream("deflate-raw"), MOST));
    return sound(JSON.parse(text));
  } catch {
    return undefined;
  }
}

async function through(bytes: Uint8Array, stream: GenericTransformStream, most = Infinity): Promise<Uint8Array> {
  const reader = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(stream).getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const chunk = part.value as Uint8Array;
    size += chunk.length;
    if (size > most) throw new RangeError("a shared state is at most 4 MiB");
    chunks.push(chunk);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/** A state in which every member has the kind it should have; others keep their first value. */
function sound(value: unknown): State {
  const merged = like(initial, value) as State;
  return TABS.includes(merged.tab) ? merged : { ...merged, tab: "create" };
}

function like(model: unknown, value: unknown): unknown {
  if (typeof model !== "object" || model === null) return typeof value === typeof model ? value : model;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return model;
  const given = value as Record<string, unknown>;
  const members = Object.entries(model as Record<string, unknown>);
  if (members.length === 0) return Object.fromEntries(Object.entries(given).filter(([, one]) => typeof one === "string"));
  return Object.fromEntries(members.map(([name, one]) => [name, like(one, given[name])]));
}

function base64url(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function unbase64url(text: string): Uint8Array {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

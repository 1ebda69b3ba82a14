// `virtual:facts`: what the forms of the page need of schema/, condensed while the page is built.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";
import type { Endpoint, Facts, Field } from "../src/facts.ts";
import { isSaas, SAAS } from "../src/releases.ts";
import { kind, type Schema } from "../src/schema.ts";

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema: Schema;
}
interface Operation {
  method: string;
  path: string;
  parameters?: Parameter[];
  body?: Schema;
}
interface Contract {
  release: string;
  $defs: Record<string, Schema>;
  endpoints: Operation[];
}
/** An example of docs/reference/requests.json. */
interface Ready {
  endpoint: string;
  path: string;
  query?: string;
  body?: unknown;
}
interface Note {
  about?: string;
  way?: string;
  secret?: boolean;
  kind?: string;
  values?: (string | number)[];
  since?: string[];
  left_out?: string;
  access?: string;
  needs?: string[];
  forced?: string[];
  instead?: string;
}
interface DeclaredField {
  name: string;
  required?: boolean;
  notes: Note;
}
interface Overlay {
  types: Record<string, { about?: string; fields: Record<string, Note> }>;
  endpoints: Record<string, Note>;
  secrets: { members: string[] };
  declared: Declared[];
}
interface Declared {
  core: boolean;
  saas?: boolean;
  reason: string;
  endpoints?: Record<string, { path?: Record<string, string>; query?: Record<string, string>; body?: Record<string, string>; notes: Note }>;
  types: Record<string, { about?: string; fields: DeclaredField[] }>;
}

const read = <T>(file: string) => JSON.parse(readFileSync(file, "utf8")) as T;

/** The modules `virtual:facts` and `virtual:stock`, made of the workspace's files. */
export function facts(workspace: string): Plugin {
  const made: Record<string, () => unknown> = {
    "\0virtual:facts": () => condense(workspace),
    "\0virtual:stock": () => read(join(workspace, "crates/core/src/profile/stock.json")),
  };
  return {
    name: "facts",
    resolveId: (name) => (`\0${name}` in made ? `\0${name}` : undefined),
    load(name) {
      const make = made[name];
      return make && `export default JSON.parse(${JSON.stringify(JSON.stringify(make()))})`;
    },
  };
}

/** The facts of all contracts, and the examples made of them. */
export function condense(workspace: string): Facts {
  const schema = join(workspace, "schema");
  const { requests } = read<{ requests: Ready[] }>(join(workspace, "docs/reference/requests.json"));
  const overlay = read<Overlay>(join(schema, "overlay.json"));
  // Other files are contracts of single stores.
  const files = readdirSync(join(schema, "contracts")).filter((file) => file.startsWith("2.") || file === `${SAAS}.json`).sort();
  const contracts = files.map((file) => read<Contract>(join(schema, "contracts", file)));
  const releases = contracts.map(({ release }) => release);
  const endpoints = merge(contracts, overlay, requests);
  endpoints.push(...overlay.declared.flatMap((declared) => foreign(declared, declared.saas ? releases : releases.filter((release) => !isSaas(release)), requests)));
  const types = { ...declaredTypes(overlay, endpoints), ...reached(contracts, overlay, endpoints) };
  return { contracts: releases, types, endpoints, secrets: overlay.secrets.members, countries: countries() };
}

/** Names a browser would look up as well, but asking it for the first one takes long. */
function countries(): Record<string, string> {
  const names = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  const codes = letters.flatMap((first) => letters.map((second) => first + second));
  return Object.fromEntries(codes.flatMap((code) => [[code, names.of(code)]]).filter(([, name]) => name));
}

/** The types that no published document has and a body holds. */
function declaredTypes({ declared }: Overlay, endpoints: Endpoint[]): Facts["types"] {
  const sent = new Set(endpoints.flatMap(({ body }) => body?.map(({ type }) => type) ?? []));
  const types = declared.flatMap((one) => Object.entries(one.types)).filter(([name]) => sent.has(name));
  return Object.fromEntries(types.map(([name, { about, fields }]) => [name, { about: about ?? "", fields: fields.map(declaredField) }]));
}

function merge(contracts: Contract[], overlay: Overlay, requests: Ready[]): Endpoint[] {
  const all = new Map<string, Endpoint>();
  for (const contract of contracts) {
    for (const operation of contract.endpoints) {
      const key = `${operation.method} ${operation.path}`;
      const note = overlay.endpoints[key] ?? {};
      if (note.left_out) continue;
      const known = all.get(key);
      if (known) known.contracts.push(contract.release);
      else all.set(key, endpoint(operation, note, contract.release, example(operation.path, requests.find(({ endpoint }) => endpoint === key)), overlay.secrets.members));
    }
  }
  return [...all.values()].sort((a, b) => a.path.localeCompare(b.path) || a.method.localeCompare(b.method));
}

function example(template: string, ready: Ready | undefined): Endpoint["example"] {
  const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "");
  const pattern = new RegExp(`^${template.replace(/\{\w+\}/g, "([^/]+)")}$`);
  const values = pattern.exec(ready?.path ?? "")?.slice(1) ?? [];
  const parameters = Object.fromEntries(names.map((name, at) => [name, decodeURIComponent(values[at] ?? "")]));
  for (const [name, value] of new URLSearchParams(ready?.query)) parameters[name] = value;
  return { parameters, ...(ready?.body === undefined ? {} : { body: ready.body }) };
}

function endpoint(operation: Operation, note: Note, release: string, ready: Endpoint["example"], secrets: string[]): Endpoint {
  const required = new Set(operation.body?.required ?? []);
  const body = operation.body?.properties;
  return {
    method: operation.method as Endpoint["method"],
    path: operation.path,
    about: note.about ?? "",
    access: note.access ?? "unknown",
    contracts: [release],
    parameters: (operation.parameters ?? []).map(({ name, in: place, schema }) => ({
      name,
      place: place as "path" | "query",
      kind: schema.type ?? "string",
    })),
    body: body ? Object.entries(body).map(([name, schema]) => field(name, schema, required.has(name), secrets.includes(name) ? { secret: true } : {})) : null,
    example: ready,
    ...(note.needs ? { needs: note.needs } : {}),
    ...(note.forced ? { forced: note.forced } : {}),
    ...(note.since ? { since: note.since } : {}),
    ...(note.instead ? { instead: note.instead } : {}),
  };
}

/** The endpoints that modules of shops add. */
function foreign({ endpoints, reason, core }: Declared, contracts: string[], requests: Ready[]): Endpoint[] {
  return Object.entries(endpoints ?? {}).map(([key, { path: parameters, body, notes }]) => {
    const [method, path = ""] = key.split(" ");
    const fields = Object.entries(body ?? {}).map(([name, kind]) => declaredField({ name, required: true, notes: { kind } }));
    return {
      method: method as Endpoint["method"],
      path,
      about: notes.about ?? "",
      access: notes.access ?? "unknown",
      contracts,
      parameters: Object.entries(parameters ?? {}).map(([name, kind]) => ({ name, place: "path", kind })),
      body: body ? fields : null,
      example: example(path, requests.find(({ endpoint }) => endpoint === key)),
      ...(notes.needs ? { needs: notes.needs } : {}),
      ...(core ? {} : { foreign: reason }),
    };
  });
}

function reached(contracts: Contract[], overlay: Overlay, endpoints: Endpoint[]): Facts["types"] {
  const types: Facts["types"] = {};
  const visit = (name: string | undefined) => {
    if (!name || types[name] || !contracts.some(({ $defs }) => $defs[name])) return;
    const merged = new Map<string, Field>();
    for (const { $defs, release } of contracts) {
      const schema = $defs[name];
      for (const [key, property] of Object.entries(schema?.properties ?? {})) {
        const known = merged.get(key);
        if (known) known.contracts?.push(release);
        else {
          const note = overlay.types[name]?.fields[key] ?? {};
          merged.set(key, { ...field(key, property, schema?.required?.includes(key) ?? false, note), contracts: [release] });
        }
      }
    }
    const having = contracts.filter(({ $defs }) => $defs[name]).length;
    for (const one of merged.values()) if (one.contracts?.length === having) delete one.contracts;
    const fields = [...merged.values()];
    types[name] = { about: overlay.types[name]?.about ?? "", fields };
    for (const one of fields) visit(one.type);
  };
  for (const { body } of endpoints) for (const one of body ?? []) visit(one.type);
  return types;
}

function field(name: string, schema: Schema, required: boolean, note: Note): Field {
  return described({ name, ...kind(schema) }, required, note);
}

function declaredField({ name, required, notes }: DeclaredField): Field {
  const list = /^\[(.*)\]$/.exec(notes.kind ?? "string");
  const of = list?.[1] ?? notes.kind ?? "string";
  const scalar = /^[a-z]/.test(of);
  const shape = list
    ? { kind: scalar ? "texts" : "list", ...(scalar ? {} : { type: of }) }
    : { kind: scalar ? of : "object", ...(scalar ? {} : { type: of }) };
  return described({ name, ...(shape as Pick<Field, "kind">) }, required ?? false, notes);
}

function described(base: Field, required: boolean, note: Note): Field {
  return {
    ...base,
    ...(required ? { required } : {}),
    ...(note.about ? { about: note.about } : {}),
    ...(note.way ? { way: note.way as "read-only" } : {}),
    ...(note.secret ? { secret: true } : {}),
    ...(note.values ? { values: note.values } : {}),
    ...(note.since ? { since: note.since } : {}),
  };
}

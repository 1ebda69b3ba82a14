// `virtual:facts`: what the forms of the page need of schema/, condensed while the page is built.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";
import type { Endpoint, Facts, Field } from "../src/facts.ts";

interface Schema {
  type?: string;
  $ref?: string;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
}
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
interface Note {
  about?: string;
  way?: string;
  secret?: boolean;
  kind?: string;
  values?: (string | number)[];
  limit?: { size: number; unit: string; beyond: string };
  format?: string;
  module?: string;
  since?: string[];
  left_out?: string;
  access?: string;
  needs?: string[];
  forced?: string[];
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
  types: Record<string, { about?: string; fields: DeclaredField[] }>;
}

const read = <T>(file: string) => JSON.parse(readFileSync(file, "utf8")) as T;

/** The modules `virtual:facts` and `virtual:stock`, made of a folder `schema` and a profile document. */
export function facts(schema: string, stock: string): Plugin {
  const made: Record<string, () => unknown> = {
    "\0virtual:facts": () => condense(schema),
    "\0virtual:stock": () => read(stock),
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

/** The facts of all contracts in a folder `schema`. */
export function condense(schema: string): Facts {
  const overlay = read<Overlay>(join(schema, "overlay.json"));
  const files = readdirSync(join(schema, "contracts")).sort();
  const contracts = files.map((file) => read<Contract>(join(schema, "contracts", file)));
  const endpoints = merge(contracts, overlay);
  const types = reached(contracts, overlay, endpoints);
  for (const declared of overlay.declared) {
    for (const [name, type] of Object.entries(declared.types)) {
      types[name] = { about: type.about ?? "", fields: type.fields.map((field) => declaredField(field)) };
    }
  }
  return { contracts: contracts.map(({ release }) => release), types, endpoints, secrets: overlay.secrets.members };
}

function merge(contracts: Contract[], overlay: Overlay): Endpoint[] {
  const all = new Map<string, Endpoint>();
  for (const contract of contracts) {
    for (const operation of contract.endpoints) {
      const key = `${operation.method} ${operation.path}`;
      const note = overlay.endpoints[key] ?? {};
      if (note.left_out || operation.path.includes("/tfa/provider/authy")) continue;
      const known = all.get(key);
      if (known) known.contracts.push(contract.release);
      else all.set(key, endpoint(operation, note, contract.release));
    }
  }
  return [...all.values()].sort((a, b) => a.path.localeCompare(b.path) || a.method.localeCompare(b.method));
}

function endpoint(operation: Operation, note: Note, release: string): Endpoint {
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
    body: body ? Object.entries(body).map(([name, schema]) => field(name, schema, required.has(name), {})) : null,
    ...(note.needs ? { needs: note.needs } : {}),
    ...(note.forced ? { forced: note.forced } : {}),
    ...(note.since ? { since: note.since } : {}),
  };
}

function reached(contracts: Contract[], overlay: Overlay, endpoints: Endpoint[]): Facts["types"] {
  const types: Facts["types"] = {};
  const visit = (name: string | undefined) => {
    if (!name || types[name]) return;
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
    for (const one of merged.values()) if (one.contracts?.length === contracts.length) delete one.contracts;
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
    ...(note.limit ? { limit: note.limit.size } : {}),
    ...(note.format ? { format: note.format } : {}),
    ...(note.module ? { module: note.module } : {}),
    ...(note.since ? { since: note.since } : {}),
  };
}

function kind(schema: Schema): Pick<Field, "kind" | "type"> {
  const name = schema.$ref?.split("/").at(-1);
  if (name) return { kind: "object", type: name };
  if (schema.type === "array") {
    const of = schema.items ? kind(schema.items) : { kind: "string" as const };
    return of.type ? { kind: "list", type: of.type } : { kind: "texts" };
  }
  const known = ["integer", "number", "boolean", "string"] as const;
  return { kind: known.find((one) => one === schema.type) ?? "mixed" };
}

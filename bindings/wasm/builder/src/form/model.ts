// The form of a request's body as data: what the contract and the profile say of each place.
import type { Facts, Field } from "../facts.ts";
import { contractFor } from "../facts.ts";
import { child } from "../pointer.ts";
import { type Choice, choices, customAttributes, type Profile } from "../profile.ts";

/** A place of the form. */
export interface Place {
  pointer: string;
  field: Field;
  /** What stands there; `undefined` for nothing. */
  value: unknown;
  required: boolean;
  choices?: Choice[] | undefined;
  /** The members of an object, the items of a list. */
  children: Place[];
  /** Members that may be added to this object. */
  addable: Field[];
  /** The names of this object's members, in the contract's order. */
  order: string[];
  /** How many items of a long list have no place of their own. */
  left?: number;
}

/** A form of more items than this helps nobody, and a browser takes seconds to draw it. */
const MOST_ITEMS = 30;

export interface Surroundings {
  facts: Facts;
  profile: Profile;
  release: string;
  /** Pointers that the store does not do without. */
  needs: readonly string[];
  /** The country of the address that is looked at. */
  country?: unknown;
}

/** The form of a body with those fields. */
export function form(fields: readonly Field[], body: unknown, around: Surroundings): Place {
  const root: Field = { name: "", kind: "object" };
  return object("", root, body, fields, around);
}

function object(pointer: string, field: Field, value: unknown, fields: readonly Field[], outside: Surroundings): Place {
  const members = isObject(value) ? value : {};
  const around = "country_id" in members ? { ...outside, country: members["country_id"] } : outside;
  const known = fields.filter((one) => exists(one, around));
  const shown = known.filter((one) => one.name in members || needed(pointer, one, around));
  const foreign = Object.keys(members).filter((name) => !known.some((one) => one.name === name));
  const unknown = foreign.map((name): Field => ({ name, kind: "mixed", about: "Not in this release's contract." }));
  return {
    pointer,
    field,
    value,
    required: false,
    children: [...shown, ...unknown].map((one) => place(pointer, one, members, around)),
    addable: known.filter((one) => !shown.includes(one) && one.way !== "read-only"),
    order: known.map((one) => one.name),
  };
}

function place(above: string, field: Field, owner: Record<string, unknown>, around: Surroundings): Place {
  const pointer = child(above, field.name);
  const value = owner[field.name];
  const required = needed(above, field, around);
  if (field.kind === "object") {
    return { ...object(pointer, field, value ?? {}, fieldsOf(field, around), around), value, required };
  }
  const leaf: Place = { pointer, field, value, required, children: [], addable: [], order: [] };
  if (field.kind === "list" && Array.isArray(value)) {
    const shown = value.slice(0, MOST_ITEMS);
    return { ...leaf, children: items(pointer, field, shown, around, owner), left: value.length - shown.length };
  }
  return { ...leaf, choices: choicesOf(pointer, field, owner, around) };
}

function items(pointer: string, field: Field, list: unknown[], around: Surroundings, owner: unknown): Place[] {
  return list.map((item, at) => {
    const here = child(pointer, at);
    const of: Field = { name: String(at), kind: "object", ...(field.type ? { type: field.type } : {}) };
    const made = object(here, of, item, fieldsOf(field, around), around);
    return field.type === "CustomAttribute" ? attribute(made, item, owner, around) : made;
  });
}

/** A custom attribute's code and value, with what the shop lets choose. */
function attribute(item: Place, value: unknown, owner: unknown, around: Surroundings): Place {
  const type = isObject(owner) && ("street" in owner || "country_id" in owner) ? "Address" : "Customer";
  const known = customAttributes(around.profile, type);
  const code = isObject(value) ? value["attribute_code"] : undefined;
  const { options: all = [], frontend_input: input } = known.find((one) => one.attribute_code === code) ?? {};
  const options = all.filter((one) => one.value !== "");
  return {
    ...item,
    children: item.children.map((one) => {
      if (one.field.name === "attribute_code" && known.length > 0) {
        return { ...one, choices: known.map((a) => ({ value: a.attribute_code, text: a.frontend_label ? `${a.attribute_code} · ${a.frontend_label}` : a.attribute_code })) };
      }
      if (one.field.name === "value" && options.length > 0 && input === "multiselect") {
        return { ...one, field: { ...one.field, about: `One or more, apart by commas: ${options.map(({ value, label }) => `${value} ${label}`).join(", ")}.` } };
      }
      if (one.field.name === "value" && options.length > 0) {
        return { ...one, choices: options.map(({ value, label }) => ({ value, text: label })) };
      }
      return one;
    }),
  };
}

function choicesOf(pointer: string, field: Field, owner: unknown, around: Surroundings): Choice[] | undefined {
  if (field.kind === "texts" || field.kind === "list") return undefined;
  const type = "country_id" in (owner as object) ? "Address" : pointer.includes("/region/") ? "Region" : "Customer";
  const given = choices(around.profile, around.facts.countries, type, field.name, around.country);
  if (given) return given;
  return field.values?.map((value) => ({ value: String(value), text: String(value) }));
}

const fieldsOf = (field: Field, { facts }: Surroundings): Field[] => (field.type ? (facts.types[field.type]?.fields ?? []) : []);

function exists(field: Field, { facts, release }: Surroundings): boolean {
  return !field.contracts || field.contracts.includes(contractFor(facts, release));
}

/** What the store does not do without, by pointers in which a list's items have no number. */
function needed(above: string, field: Field, { needs }: Surroundings): boolean {
  if (above === "" && field.required) return true;
  const pointer = child(above, field.name);
  if (needs.some((one) => one === pointer || one.startsWith(`${pointer}/`))) return true;
  if (/\/addresses\/\d+$/.test(above)) return ADDRESS.has(field.name);
  return /\/custom_attributes\/\d+$/.test(above);
}

const ADDRESS = new Set(["country_id", "street", "telephone", "postcode", "city", "firstname", "lastname"]);

/** What a field's input is turned into; a text that does not fit stays one, so that the checks can say so. */
export function valueOf(field: Field, text: string): unknown {
  if (field.kind === "integer" && /^-?(0|[1-9]\d{0,14})$/.test(text)) return Number(text);
  if (field.kind === "number" && /^-?(0|[1-9]\d*)(\.\d+)?$/.test(text)) return Number(text);
  if (field.kind === "boolean" && (text === "true" || text === "false")) return text === "true";
  return text;
}

/** What is put in when a member is added. */
export function blank(field: Field): unknown {
  switch (field.kind) {
    case "object":
      return {};
    case "list":
      return [field.type === "CustomAttribute" ? { attribute_code: "", value: "" } : {}];
    case "texts":
      return [""];
    case "boolean":
      return false;
    default:
      return field.values?.length ? field.values[0] : "";
  }
}

/** Everything but the values: two forms with the same shape differ in what is filled in only. */
export function shape({ pointer, field, children, addable, choices, left }: Place): string {
  const below = children.map(shape).join();
  return `${pointer}:${field.kind}:${field.about ?? ""}:${choices?.map(({ value }) => value).join("|") ?? ""}(${below})${left ?? ""}${addable.map(({ name }) => name).join("|")}`;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

// A row of a table as a customer. Columns are named as the contract names its fields; dots go into
// objects: `address.city`, `addresses.1.city`, `custom_attributes.tier`, `extension_attributes.is_subscribed`.
import type { Facts, Field } from "../facts.ts";
import { valueOf } from "../form/model.ts";

type Json = Record<string, unknown>;

/** The lines of a street stand in one cell, apart by this or by a line break. */
const LINES = /\s*(?:\||\n)\s*/;

/** The customer of a row; empty cells are left out. */
export function customer(row: Record<string, string>, facts: Facts): Json {
  const made: Json = {};
  for (const [column, cell] of Object.entries(row)) {
    const text = cell.trim();
    if (column.trim() !== "" && text !== "") put(made, column.trim().split("."), "Customer", text, facts);
  }
  return made;
}

function put(owner: Json, [name = "", ...rest]: string[], type: string, text: string, facts: Facts) {
  if (name === "address") return put(owner, ["addresses", "0", ...rest], type, text, facts);
  const field = facts.types[type]?.fields.find((one) => one.name === name);
  if (field?.type === "CustomAttribute" && rest.length > 0) return attribute(owner, name, rest.join("."), text);
  if (field?.kind === "list" && field.type && rest.length > 1) return put(item(owner, name, rest[0] ?? "0"), rest.slice(1), field.type, text, facts);
  if (field?.type && rest.length > 0) return put(member(owner, name), rest, field.type, text, facts);
  owner[[name, ...rest].join(".")] = cellOf(field, text);
}

function attribute(owner: Json, name: string, code: string, value: string) {
  const list = (owner[name] ??= []) as Json[];
  list.push({ attribute_code: code, value });
}

/** Addresses are numbered in any order; those never filled in leave no gap. */
function item(owner: Json, name: string, number: string): Json {
  const list = (owner[name] ??= []) as Json[];
  const at = Math.min(Number.parseInt(number, 10) || 0, list.length);
  return (list[at] ??= {});
}

const member = (owner: Json, name: string): Json => (owner[name] ??= {}) as Json;

function cellOf(field: Field | undefined, text: string): unknown {
  if (!field) return text;
  if (field.kind === "texts") return text.split(LINES);
  if (field.kind === "boolean") return /^(1|yes|true)$/i.test(text) ? true : /^(0|no|false)$/i.test(text) ? false : text;
  return valueOf(field, text);
}

// The names over a table's columns, held against the contract's fields.
import type { Facts, Field } from "../facts.ts";

/** Columns that name nothing of the contract: a misspelt one would be refused in every row. */
export function unknownColumns(columns: readonly string[], facts: Facts): string[] {
  return columns.filter((column) => column.trim() !== "" && !known(column.trim().split("."), "Customer", facts));
}

function known([name = "", ...rest]: string[], type: string, facts: Facts): boolean {
  if (name === "address") return known(["addresses", "0", ...rest], type, facts);
  const field = facts.types[type]?.fields.find((one) => one.name === name);
  if (!field) return false;
  if (field.type === "CustomAttribute") return rest.length === 1;
  if (field.kind === "list" && field.type) return known(rest.slice(1), field.type, facts);
  return field.type ? known(rest, field.type, facts) : rest.length === 0;
}

/** What other systems call a field. */
const OTHERWISE: Record<string, string> = {
  mail: "email",
  emailaddress: "email",
  dateofbirth: "dob",
  birthday: "dob",
  vatid: "taxvat",
  vatnumber: "taxvat",
  phone: "address.telephone",
  zip: "address.postcode",
  zipcode: "address.postcode",
  postalcode: "address.postcode",
};

/** The column that may have been meant by an unknown name; nothing when none is like it. */
export function meant(column: string, facts: Facts): string | undefined {
  const wanted = fold(column);
  const all = [...scalars(facts, "Customer", ""), ...scalars(facts, "Address", "address.")];
  const like = (text: string) => text === wanted || text === `${wanted}id`;
  return OTHERWISE[wanted] ?? all.find((one) => like(fold(one))) ?? all.find((one) => like(fold(one.split(".").at(-1) ?? "")));
}

const fold = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, "");

const scalars = (facts: Facts, type: string, prefix: string) => (facts.types[type]?.fields ?? []).filter(isCell).map(({ name }) => prefix + name);

const isCell = ({ type, way }: Field) => !type && way !== "read-only";

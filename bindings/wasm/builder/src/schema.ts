// Types as JSON Schema says them: of the contracts while the page is built, and of a store's own
// schema when one is loaded.
import type { Facts, Field } from "./facts.ts";

export interface Schema {
  type?: string;
  $ref?: string;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
}

const SCALARS = ["integer", "number", "boolean", "string"] as const;

/** The kind of a property, and the type it names. */
export function kind(schema: Schema): Pick<Field, "kind" | "type"> {
  const name = schema.$ref?.split("/").at(-1);
  if (name) return { kind: "object", type: name };
  if (schema.type === "array") {
    const of = schema.items ? kind(schema.items) : { kind: "string" as const };
    return of.type ? { kind: "list", type: of.type } : { kind: "texts" };
  }
  return { kind: SCALARS.find((one) => one === schema.type) ?? "mixed" };
}

/** The facts with a store's own types in the place of those it shares. */
export function extended(facts: Facts, own: Record<string, Schema> | undefined): Facts {
  if (!own) return facts;
  const types = Object.entries(own).map(([name, schema]) => [name, { about: facts.types[name]?.about ?? "", fields: fields(facts, name, schema) }]);
  return { ...facts, types: { ...facts.types, ...(Object.fromEntries(types) as Facts["types"]) } };
}

/** A type's fields, with what is known of those that Magento has. */
function fields(facts: Facts, type: string, { properties, required }: Schema): Field[] {
  return Object.entries(properties ?? {}).map(([name, schema]) => {
    const known = facts.types[type]?.fields.find((one) => one.name === name);
    const { contracts: _, ...said } = known ?? { name, about: "Added by a module of this store." };
    return { ...said, name, ...kind(schema), ...(required?.includes(name) ? { required: true } : {}) };
  });
}

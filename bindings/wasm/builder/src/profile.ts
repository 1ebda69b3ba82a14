// What the forms read of a profile document: the choices a store gives.
import type { Schema } from "./schema.ts";

export interface Choice {
  value: string;
  text: string;
}
export interface Attribute {
  attribute_code: string;
  frontend_label?: string;
  frontend_input?: string;
  user_defined?: boolean;
  required?: boolean;
  options?: { label: string; value: string }[];
}
export interface Region {
  id: number;
  code: string;
  name: string;
}
export interface Profile {
  websites?: { id: number; code: string; name: string }[];
  store_views?: { id: number; code: string; name: string; website_id: number }[];
  customer_groups?: { id: number; code: string }[];
  customer_attributes?: Attribute[];
  address_attributes?: Attribute[];
  countries?: { id: string; regions?: Region[] }[];
  modules?: string[];
  /** The store's own types, where they differ from Magento's. */
  schema?: { $defs: Record<string, Schema> };
}

/**
 * What may be chosen for a field of a customer or an address; nothing when anything may be.
 *
 * @param countries names by code
 * @param country the code of the address's country
 */
export function choices(profile: Profile, countries: Record<string, string>, type: string, field: string, country: unknown): Choice[] | undefined {
  switch (field) {
    case "group_id":
      return profile.customer_groups?.map(({ id, code }) => ({ value: String(id), text: `${id} · ${code}` }));
    case "website_id":
    case "websiteId":
      return profile.websites?.map(({ id, name }) => ({ value: String(id), text: `${id} · ${name}` }));
    case "store_id":
      return profile.store_views?.map(({ id, name }) => ({ value: String(id), text: `${id} · ${name}` }));
    case "country_id":
      return profile.countries?.map(({ id }) => ({ value: id, text: `${id} · ${countries[id] ?? id}` }));
    case "region_id":
      return type === "Address" || type === "Region" ? regions(profile, country) : undefined;
    case "gender":
      return [1, 2, 3].map((value) => ({ value: String(value), text: `${value} · ${["Male", "Female", "Not specified"][value - 1]}` }));
    default:
      return undefined;
  }
}

function regions(profile: Profile, country: unknown): Choice[] | undefined {
  const known = profile.countries?.find(({ id }) => id === country)?.regions;
  return known?.length ? known.map(({ id, code, name }) => ({ value: String(id), text: `${id} · ${name} (${code})` })) : undefined;
}

/** The attributes a shop added to customers or addresses. */
export function customAttributes(profile: Profile, type: string): Attribute[] {
  const all = type === "Address" ? profile.address_attributes : profile.customer_attributes;
  return (all ?? []).filter((attribute) => attribute.user_defined);
}

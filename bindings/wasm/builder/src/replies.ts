// What a JSON file says of a store: a profile document, or one of the replies a profile is made of.

/** The parts of a profile, and the request that asks a store for each. */
export const PARTS: Record<string, string> = {
  websites: "/V1/store/websites",
  store_groups: "/V1/store/storeGroups",
  store_views: "/V1/store/storeViews",
  customer_groups: "/V1/customerGroups/search?searchCriteria",
  customer_attributes: "/V1/attributeMetadata/customer",
  address_attributes: "/V1/attributeMetadata/customerAddress",
  countries: "/V1/directory/countries",
  modules: "/V1/modules",
  schema: "/schema?services=all",
};

/** Which part a document is; `profile` for a whole one, nothing for what is neither. */
export function recognise(document: unknown): string | undefined {
  if (isObject(document)) {
    if (typeof document["version"] === "number") return "profile";
    if (document["swagger"] === "2.0") return "schema";
    const items = document["items"];
    return Array.isArray(items) && has(items[0], "code", "tax_class_id") ? "customer_groups" : undefined;
  }
  if (!Array.isArray(document) || document.length === 0) return undefined;
  if (document.every((one) => typeof one === "string")) return "modules";
  const first: unknown = document[0];
  if (has(first, "attribute_code")) return attributes(document);
  if (has(first, "two_letter_abbreviation")) return "countries";
  if (has(first, "code", "website_id", "store_group_id")) return "store_views";
  if (has(first, "website_id", "root_category_id")) return "store_groups";
  return has(first, "code", "default_group_id") ? "websites" : undefined;
}

function attributes(list: unknown[]): string | undefined {
  const codes = new Set(list.map((one) => (isObject(one) ? one["attribute_code"] : undefined)));
  if (codes.has("street") || codes.has("postcode")) return "address_attributes";
  return codes.has("email") || codes.has("group_id") ? "customer_attributes" : undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

const has = (value: unknown, ...names: string[]) => isObject(value) && names.every((name) => name in value);

// A request that can be pasted for every endpoint, made from its contract and from values that a
// freshly installed store takes.
import type { Endpoint, Facts, Field } from "./facts.ts";

export interface Example {
  parameters: Record<string, string>;
  /** Laid out JSON; empty when the endpoint takes no body. */
  body: string;
}

const SAMPLES: Record<string, unknown> = {
  id: 1,
  email: "ada@example.test",
  customerEmail: "ada@example.test",
  username: "ada@example.test",
  firstname: "Ada",
  lastname: "Lovelace",
  websiteId: 1,
  website_id: 1,
  store_id: 1,
  group_id: 1,
  code: "Members",
  tax_class_id: 3,
  country_id: "GB",
  street: ["12 St James's Square"],
  telephone: "020 7946 0000",
  postcode: "SW1Y 4JH",
  city: "London",
  default_billing: true,
  default_shipping: true,
  template: "email_reset",
  otp: "123456",
};

const PARAMETERS: Record<string, string> = {
  email: "ada@example.test",
  attributeCode: "firstname",
  formCode: "adminhtml_customer",
  countryId: "GB",
  fields: "",
  bulkUuid: "00000000-0000-4000-8000-000000000000",
  status: "4",
  resetPasswordLinkToken: "token-of-the-mail",
};

const CUSTOMER = ["email", "firstname", "lastname"];
const ADDRESS = ["firstname", "lastname", "street", "city", "postcode", "country_id", "telephone", "default_billing", "default_shipping"];

/** Members of an example beside those the contract requires. */
const MORE: Record<string, string[]> = {
  "POST /V1/customers": [...CUSTOMER, "addresses"],
  "PUT /V1/customers/me": [...CUSTOMER, "website_id"],
  "PUT /V1/customers/{customerId}": ["id", ...CUSTOMER, "website_id"],
  "PUT /V1/customers/validate": [...CUSTOMER, "website_id", "group_id", "store_id", "addresses"],
  "POST /V1/customerGroups": ["code", "tax_class_id"],
  "PUT /V1/customerGroups/{id}": ["id", "code", "tax_class_id"],
};

const SEARCH = {
  "searchCriteria[filterGroups][0][filters][0][field]": "email",
  "searchCriteria[filterGroups][0][filters][0][value]": "%@example.test",
  "searchCriteria[filterGroups][0][filters][0][conditionType]": "like",
  "searchCriteria[pageSize]": "20",
};

/** The example of an endpoint. */
export function example(endpoint: Endpoint, facts: Facts): Example {
  const key = `${endpoint.method} ${endpoint.path}`;
  const parameters: Record<string, string> = {};
  for (const { name, place } of endpoint.parameters) {
    if (place === "path") parameters[name] = PARAMETERS[name] ?? "1";
    else if (key.startsWith("GET /V1/customers/search") && name in SEARCH) parameters[name] = SEARCH[name as keyof typeof SEARCH];
    else if (name === "searchCriteria[pageSize]") parameters[name] = "20";
  }
  if (!endpoint.body) return { parameters, body: "" };
  const body = Object.fromEntries(endpoint.body.flatMap((field) => member(field, key, facts)));
  return { parameters, body: JSON.stringify(body, null, 2) };
}

function member(field: Field, key: string, facts: Facts): [string, unknown][] {
  if (field.type === "Customer") return [[field.name, object("Customer", MORE[key] ?? CUSTOMER, facts)]];
  if (field.type) return [[field.name, object(field.type, MORE[key] ?? [], facts)]];
  if (field.secret || /password/i.test(field.name)) return /hash/i.test(field.name) ? [] : [[field.name, ""]];
  if (key === "POST /V1/customers" || !(field.required || field.name in SAMPLES)) return [];
  if (key === "POST /V1/integration/admin/token" && field.name === "username") return [[field.name, "admin"]];
  return [[field.name, SAMPLES[field.name] ?? blank(field)]];
}

function object(type: string, names: readonly string[], facts: Facts): Record<string, unknown> {
  const fields = facts.types[type]?.fields ?? [];
  const wanted = fields.filter((field) => names.includes(field.name) || (names.length === 0 && field.required));
  return Object.fromEntries(wanted.map((field) => [field.name, sample(field, facts)]));
}

function sample(field: Field, facts: Facts): unknown {
  if (field.type === "Address") return [object("Address", ADDRESS, facts)];
  return SAMPLES[field.name] ?? blank(field);
}

const blank = (field: Field) => (field.kind === "integer" ? 1 : field.kind === "boolean" ? false : "");

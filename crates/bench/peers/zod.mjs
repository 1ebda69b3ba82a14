// The same rules as schema.json, for zod 4.
import * as z from 'zod';

const DATE = /^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$/;
const MOMENT = /^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]) ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$/;
const EMAIL = /^[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/;

const positive = z.int().min(1);
const natural = z.int().min(0);
const text = (most) => z.string().max(most);
const name = z.string().min(1).max(255);

const region = z.looseObject({
  region_code: text(255).optional(),
  region: text(255).optional(),
  region_id: natural.optional(),
});

const address = z.looseObject({
  id: positive.optional(),
  customer_id: positive.optional(),
  region: region.optional(),
  region_id: natural.optional(),
  country_id: z.string().regex(/^[A-Z]{2}$/),
  street: z.array(text(255)).min(1),
  company: text(255).optional(),
  telephone: text(255),
  fax: text(255).optional(),
  postcode: text(255),
  city: text(255),
  firstname: name,
  lastname: name,
  middlename: text(255).optional(),
  prefix: text(40).optional(),
  suffix: text(40).optional(),
  vat_id: text(255).optional(),
  default_shipping: z.boolean().optional(),
  default_billing: z.boolean().optional(),
});

export const customer = z.looseObject({
  id: positive.optional(),
  group_id: natural.optional(),
  default_billing: z.string().optional(),
  default_shipping: z.string().optional(),
  confirmation: z.string().optional(),
  created_at: z.string().regex(MOMENT).optional(),
  updated_at: z.string().regex(MOMENT).optional(),
  created_in: text(255).optional(),
  dob: z.string().regex(DATE).optional(),
  email: z.string().max(255).regex(EMAIL),
  firstname: name,
  lastname: name,
  middlename: text(255).optional(),
  prefix: text(40).optional(),
  suffix: text(40).optional(),
  gender: z.literal([0, 1, 2, 3]).optional(),
  store_id: natural.optional(),
  taxvat: text(50).optional(),
  website_id: natural.optional(),
  addresses: z.array(address).optional(),
  disable_auto_group_change: z.literal([0, 1]).optional(),
  extension_attributes: z.looseObject({ is_subscribed: z.boolean().optional() }).optional(),
  custom_attributes: z.array(z.looseObject({ attribute_code: name, value: z.any() })).optional(),
});

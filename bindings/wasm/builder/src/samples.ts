// What the page shows before anything was pasted.

export const STORED = JSON.stringify(
  {
    id: 5,
    group_id: 2,
    default_billing: "7",
    default_shipping: "7",
    created_at: "2024-01-01 09:30:00",
    updated_at: "2024-03-12 16:05:41",
    created_in: "Default Store View",
    dob: "1815-12-10",
    email: "ada@example.test",
    firstname: "Ada",
    lastname: "Byron",
    gender: 2,
    store_id: 1,
    taxvat: "GB123456789",
    website_id: 1,
    addresses: [
      {
        id: 7,
        customer_id: 5,
        region: { region_code: null, region: null, region_id: 0 },
        country_id: "GB",
        street: ["12 St James's Square"],
        telephone: "020 7946 0000",
        postcode: "SW1Y 4JH",
        city: "London",
        firstname: "Ada",
        lastname: "Byron",
        default_shipping: true,
        default_billing: true,
      },
      {
        id: 8,
        customer_id: 5,
        region: { region_code: null, region: null, region_id: 0 },
        country_id: "GB",
        street: ["Ashley Combe"],
        telephone: "01643 555 0100",
        postcode: "TA24 8PS",
        city: "Porlock",
        firstname: "Ada",
        lastname: "Byron",
      },
    ],
    disable_auto_group_change: 0,
    extension_attributes: { is_subscribed: true },
    custom_attributes: [{ attribute_code: "member_since", value: "2020-05-06 00:00:00" }],
  },
  null,
  2,
);

export const PATCH = JSON.stringify({ lastname: "Lovelace", taxvat: null, addresses: [{ id: 7, telephone: "020 7946 0001" }] }, null, 2);

export const SEARCH = "group_id in (1, 2) and (email like '%@example.test' or lastname = 'Byron') order by entity_id asc limit 100";

//! Made-up customers, the same for the same seed.

use magewright::json::{Object, Value};
use magewright::time::Moment;

use crate::app::App;
use crate::clock::Chance;

const FIRST: &[&str] = &[
    "Ada", "Björk", "Carlos", "Dagny", "Elif", "Farid", "Grace", "Hana", "Ivo", "Jutta", "Kenji", "Léa",
    "Mateus", "Noor", "Olu", "Petra", "Quinn", "Rosa", "Søren", "Tomás", "Uma", "Vera", "Wanda", "Xenia",
    "Yara", "Zoë",
];
const LAST: &[&str] = &[
    "Almeida",
    "Bauer",
    "Costello",
    "D'Artagnan",
    "Eriksen",
    "Fischer",
    "Garcia-Lopez",
    "Haddad",
    "Ito",
    "Jansen",
    "Kowalski",
    "Lindqvist",
    "Meyer",
    "Nowak",
    "O'Neil",
    "Petrov",
    "Rossi",
    "Smith",
    "Tanaka",
    "Usman",
    "Vogel",
    "Wong",
    "Yilmaz",
    "Zimmermann",
];
const STREETS: &[&str] = &[
    "High Street",
    "Main Street",
    "Rue de la Paix",
    "Lindenallee",
    "Via Roma",
    "Calle Mayor",
    "Honey Bluff",
];
/// A place to live: city, postcode, country, and the region as id, code and name.
#[derive(Clone, Copy)]
struct Town {
    city: &'static str,
    postcode: &'static str,
    country: &'static str,
    region: Option<(i64, &'static str, &'static str)>,
}

impl Town {
    const fn new(city: &'static str, postcode: &'static str, country: &'static str) -> Self {
        Town { city, postcode, country, region: None }
    }

    const fn within(self, id: i64, code: &'static str, name: &'static str) -> Self {
        Town { region: Some((id, code, name)), ..self }
    }
}

const TOWNS: [Town; 6] = [
    Town::new("Detroit", "48201", "US").within(33, "MI", "Michigan"),
    Town::new("London", "SW1A 1AA", "GB"),
    Town::new("Berlin", "10115", "DE").within(82, "BER", "Berlin"),
    Town::new("Paris", "75001", "FR"),
    Town::new("Vienna", "1010", "AT").within(95, "WI", "Wien"),
    Town::new("Dublin", "D02 X285", "IE"),
];

/// The first moment a made-up account may be from: 2020-01-01.
const SINCE: i64 = 1_577_836_800;
/// Accounts are spread over five years.
const SPAN: u64 = 5 * 365 * 86_400;

/// Adds so many customers with the ids that follow; the same for the same seed.
///
/// Every account signs in with the password `Passw0rd!<id>`.
///
/// ```
/// use magewright::profile::Profile;
/// use magewright::release::Release;
/// use magewright_sandbox::{App, Options, seed};
/// let mut app = App::new(Profile::stock(), Release::DEFAULT, Options::default());
/// seed(&mut app, 3, 1);
/// assert_eq!(app.customers().count(), 3);
/// ```
pub fn seed(app: &mut App, count: u32, seed: u64) {
    let mut chance = Chance::new(Some(seed));
    let mut address = app.next_address();
    let first = app.next_customer();
    for id in (first..).take(usize::try_from(count).unwrap_or(usize::MAX)) {
        let customer = customer(&mut chance, id, &mut address);
        app.insert(customer, Some(&format!("Passw0rd!{id}")));
    }
}

fn customer(chance: &mut Chance, id: i64, next_address: &mut i64) -> Value {
    let (first, last) = (pick(chance, FIRST), pick(chance, LAST));
    let age = i64::try_from(chance.below(SPAN)).unwrap_or(0);
    let created = Moment::at(SINCE + age).to_string();
    let addresses: Vec<Value> = (0..chance.below(4))
        .map(|index| {
            let shown = address(chance, *next_address, id, (first, last), index == 0);
            *next_address += 1;
            shown
        })
        .collect();
    let default = addresses.first().and_then(|address| address.get("id")?.as_i64()).map(|id| id.to_string());
    let mut out = Object::new();
    out.insert("id", id);
    out.insert("group_id", [1i64, 1, 1, 2, 3].get(below(chance, 5)).copied().unwrap_or(1));
    if let Some(default) = &default {
        out.insert("default_billing", default.as_str());
        out.insert("default_shipping", default.as_str());
    }
    out.insert("created_at", created.as_str());
    out.insert("updated_at", created.as_str());
    out.insert("created_in", "Default Store View");
    if chance.below(3) == 0 {
        out.insert(
            "dob",
            format!("{}-{:02}-{:02}", 1950 + below(chance, 55), 1 + below(chance, 12), 1 + below(chance, 28)),
        );
    }
    out.insert("email", email(first, last, id));
    out.insert("firstname", first);
    out.insert("lastname", last);
    if chance.below(2) == 0 {
        out.insert("gender", i64::try_from(1 + below(chance, 3)).unwrap_or(3));
    }
    out.insert("store_id", 1i64);
    if chance.below(5) == 0 {
        out.insert("taxvat", format!("VAT{:09}", chance.below(1_000_000_000)));
    }
    out.insert("website_id", 1i64);
    out.insert("addresses", addresses);
    out.insert("disable_auto_group_change", 0i64);
    out.insert("extension_attributes", Object::from_iter([("is_subscribed", chance.below(3) == 0)]));
    out.into()
}

fn address(chance: &mut Chance, id: i64, customer: i64, name: (&str, &str), default: bool) -> Value {
    const PARIS: Town = Town::new("Paris", "75001", "FR");
    let Town { city, postcode, country, region } =
        TOWNS.get(below(chance, TOWNS.len())).copied().unwrap_or(PARIS);
    let mut out = Object::new();
    out.insert("id", id);
    out.insert("customer_id", customer);
    let mut shown = Object::new();
    shown.insert("region_code", region.map(|(_, code, _)| code));
    shown.insert("region", region.map(|(_, _, name)| name));
    shown.insert("region_id", region.map_or(0, |(id, _, _)| id));
    out.insert("region", shown);
    out.insert("region_id", region.map_or(0, |(id, _, _)| id));
    out.insert("country_id", country);
    out.insert("street", vec![format!("{} {}", 1 + below(chance, 200), pick(chance, STREETS))]);
    out.insert("telephone", format!("555-{:04}", chance.below(10_000)));
    out.insert("postcode", postcode);
    out.insert("city", city);
    out.insert("firstname", name.0);
    out.insert("lastname", name.1);
    if default {
        out.insert("default_shipping", true);
        out.insert("default_billing", true);
    }
    out.into()
}

/// Letters of plain ASCII and the id, which keeps addresses apart.
fn email(first: &str, last: &str, id: i64) -> String {
    let plain =
        |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    format!("{}.{}{id}@example.test", plain(first), plain(last))
}

fn pick<'a>(chance: &mut Chance, of: &[&'a str]) -> &'a str {
    of.get(below(chance, of.len())).copied().unwrap_or_default()
}

fn below(chance: &mut Chance, limit: usize) -> usize {
    usize::try_from(chance.below(limit as u64)).unwrap_or(0)
}

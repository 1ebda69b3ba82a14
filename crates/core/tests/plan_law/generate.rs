//! Customers as a store has them, patches of them, and targets.

use magewright::json::{Object, Value, parse};
use magewright::predict::update::Route;
use magewright::release::Release;
use magewright::store::Caller;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

pub(crate) fn object(pairs: Vec<(&str, Value)>) -> Value {
    pairs.into_iter().collect::<Object>().into()
}

/// Mostly what the store takes, now and then what it refuses or changes.
fn text(good: &'static [&'static str], odd: &'static [&'static str]) -> impl Strategy<Value = Value> {
    prop_oneof![12 => select(good), 1 => select(odd)].prop_map(Value::from)
}

const NAMES: &[&str] = &["Ada", "Jean-Luc", "O'Neil", "李雷", "Zoë"];
const CITIES: &[&str] = &["Ulm", "São Paulo", "L'Aquila"];
const PHONES: &[&str] = &["030", "+49 30 123456", "(555) 0100"];

fn attributes() -> impl Strategy<Value = Vec<Value>> {
    let value = (
        option::of(select(&["4", "5", "6"][..])),
        option::of(select(&["L-1", "0", "Ü 9"][..])),
        option::of(select(&["2020-05-06 00:00:00", "1999-12-31 00:00:00"][..])),
        option::of(select(&["12.5000", "-5.0000"][..])),
    );
    value.prop_map(|(tier, code, since, limit)| {
        let named =
            [("tier", tier), ("loyalty_code", code), ("member_since", since), ("credit_limit", limit)];
        let pair = |(code, value): (&str, &str)| {
            object(vec![("attribute_code", code.into()), ("value", value.into())])
        };
        named.into_iter().filter_map(|(code, value)| Some(pair((code, value?)))).collect()
    })
}

/// A country, the region as GET shows it, and the id beside it.
fn region() -> impl Strategy<Value = (&'static str, Value, Option<u64>)> {
    let shown = |code: Value, name: Value, id: u64| {
        object(vec![("region_code", code), ("region", name), ("region_id", id.into())])
    };
    prop_oneof![
        Just(("GB", shown(Value::Null, Value::Null, 0), None)),
        Just(("GB", shown(Value::Null, Value::Null, 0), Some(0))),
        Just(("GB", shown("Kent".into(), "Kent".into(), 0), Some(0))),
        Just(("US", shown("MI".into(), "Michigan".into(), 33), Some(33))),
        Just(("US", shown("NY".into(), "New York".into(), 43), None)),
        Just(("US", shown(Value::Null, Value::Null, 0), Some(0))),
    ]
}

fn address(id: u64, owner: u64) -> impl Strategy<Value = Value> {
    let names = (select(NAMES), select(NAMES), option::of(select(&["ACME", "Zwei"][..])));
    let place = (select(CITIES), text(PHONES, &["555 ext. 5"]), region());
    (names, place, option::of(select(&["VAT1"][..]))).prop_map(
        move |((first, last, company), (city, telephone, (country, region, region_id)), vat)| {
            let mut address = vec![("id", id.into()), ("customer_id", owner.into()), ("region", region)];
            address.extend(region_id.map(|id| ("region_id", id.into())));
            address.push(("country_id", country.into()));
            address.push(("street", Value::from(vec!["1 High St", "Unit 2"])));
            address.extend(company.map(|company| ("company", company.into())));
            address.push(("telephone", telephone));
            address.push(("postcode", "N1".into()));
            address.push(("city", city.into()));
            address.push(("firstname", first.into()));
            address.push(("lastname", last.into()));
            address.extend(vat.map(|vat| ("vat_id", vat.into())));
            object(address)
        },
    )
}

/// A customer as GET returns it.
pub(crate) fn customer() -> impl Strategy<Value = Value> {
    let addresses = (0..4_usize)
        .prop_flat_map(|count| (0..count).map(|at| address(11 + at as u64, 5)).collect::<Vec<_>>());
    let optional = (
        option::of(select(&["1980-02-28"][..])),
        option::of(select(&["Mid"][..])),
        option::of(select(&["Dr."][..])),
        option::of(select(&["TAX"][..])),
        option::of(1..4_u64),
    );
    let defaults = (option::of(0..4_usize), option::of(0..4_usize));
    let rest = (select(NAMES), select(NAMES), 1..4_u64, 0..2_u64, any::<bool>());
    (addresses, optional, defaults, rest, attributes()).prop_map(
        |(mut addresses, (dob, middle, prefix, taxvat, gender), (billing, shipping), rest, attributes)| {
            let (first, last, group, regroup, subscribed) = rest;
            let mut customer = vec![("id", 5_u64.into()), ("group_id", group.into())];
            for (field, at) in [("default_billing", billing), ("default_shipping", shipping)] {
                if let Some(Value::Object(address)) = at.and_then(|at| addresses.get_mut(at)) {
                    address.insert(field, true);
                    let id = address.get("id").map(Value::to_string).unwrap_or_default();
                    customer.push((field, id.into()));
                }
            }
            customer.push(("created_at", "2024-01-01 03:04:05".into()));
            customer.push(("updated_at", "2024-03-01 10:20:00".into()));
            customer.push(("created_in", "Default Store View".into()));
            customer.extend(dob.map(|dob| ("dob", dob.into())));
            customer.push(("email", "five@example.test".into()));
            customer.push(("firstname", first.into()));
            customer.push(("lastname", last.into()));
            customer.extend(middle.map(|middle| ("middlename", middle.into())));
            customer.extend(prefix.map(|prefix| ("prefix", prefix.into())));
            customer.extend(gender.map(|gender| ("gender", gender.into())));
            customer.push(("store_id", 1_u64.into()));
            customer.extend(taxvat.map(|taxvat| ("taxvat", taxvat.into())));
            customer.push(("website_id", 1_u64.into()));
            customer.push(("addresses", Value::Array(addresses)));
            customer.push(("disable_auto_group_change", regroup.into()));
            let own = [("is_subscribed", subscribed.into()), ("own", object(vec![("n", 7_u64.into())]))];
            customer.push(("extension_attributes", object(own.to_vec())));
            if !attributes.is_empty() {
                customer.push(("custom_attributes", Value::Array(attributes)));
            }
            object(customer)
        },
    )
}

fn customer_changes() -> impl Strategy<Value = Vec<(&'static str, Value)>> {
    let change = prop_oneof![
        text(NAMES, &["A(B)", ""]).prop_map(|name| ("firstname", name)),
        select(&["taxvat", "prefix", "middlename", "suffix", "dob"][..]).prop_map(|key| (key, Value::Null)),
        text(&["T2", "", "x y"], &["123456789012345678901234567890123456789012345678901"])
            .prop_map(|t| ("taxvat", t)),
        text(&["2001-02-03"], &["2001-2-3", "soon"]).prop_map(|dob| ("dob", dob)),
        prop_oneof![Just(1_u64), Just(3), Just(99)].prop_map(|group| ("group_id", group.into())),
        prop_oneof![Just(Value::Null), Just(2_u64.into())].prop_map(|gender| ("gender", gender)),
        Just(("email", "new@example.test".into())),
        any::<bool>().prop_map(|on| ("extension_attributes", object(vec![("is_subscribed", on.into())]))),
        (0..2_u64).prop_map(|on| ("disable_auto_group_change", on.into())),
        option::of(11..15_u64).prop_map(|id| ("default_billing", id.map(|id| id.to_string()).into())),
        option::of(11..15_u64).prop_map(|id| ("default_shipping", id.map(|id| id.to_string()).into())),
    ];
    vec(change, 0..4)
}

fn attribute_changes() -> impl Strategy<Value = Vec<Value>> {
    let pair = |code: &str, value: Value| object(vec![("attribute_code", code.into()), ("value", value)]);
    let change = prop_oneof![
        text(&["4", "6"], &["99", "Gold"]).prop_map(move |tier| pair("tier", tier)),
        text(&["L-2", ""], &["L-3"]).prop_map(move |code| pair("loyalty_code", code)),
        Just(pair("loyalty_code", Value::Null)),
        text(&["2021-01-01", "2022-02-28 13:14:15"], &["soon"])
            .prop_map(move |day| pair("member_since", day)),
        text(&["7", "1.25"], &["x"]).prop_map(move |limit| pair("credit_limit", limit)),
    ];
    vec(change, 0..2)
}

fn address_changes() -> impl Strategy<Value = Vec<Value>> {
    let member = prop_oneof![
        select(CITIES).prop_map(|city| ("city", Value::from(city))),
        text(PHONES, &["", "555 ext. 5"]).prop_map(|phone| ("telephone", phone)),
        Just(("company", Value::Null)),
        Just(("vat_id", "VAT2".into())),
        Just(("street", Value::from(vec!["2 Low St"]))),
        any::<bool>().prop_map(|on| ("default_billing", on.into())),
        Just(("default_shipping", true.into())),
        Just(("region", object(vec![("region", "Essex".into()), ("region_id", Value::Null)]))),
        Just(("region", Value::Null)),
        Just(("region", object(vec![("region_id", 43_u64.into())]))),
        Just(("region_id", 33_u64.into())),
        Just(("region_id", 0_u64.into())),
        Just(("country_id", "DE".into())),
    ];
    let changed = (11..14_u64, vec(member, 0..3))
        .prop_map(|(id, members)| object([("id", Value::from(id))].into_iter().chain(members).collect()));
    let removed = (11..14_u64).prop_map(|id| object(vec![("id", id.into()), ("$patch", "delete".into())]));
    let added = any::<bool>().prop_map(|default| {
        let text = r#"{"firstname":"N","lastname":"W","street":["3"],"city":"c","postcode":"1","country_id":"GB","telephone":"1"}"#;
        let mut address = parse(text.as_bytes()).unwrap();
        if default && let Some(address) = address.as_object_mut() {
            address.insert("default_billing", true);
        }
        address
    });
    vec(prop_oneof![3 => changed, 1 => removed, 1 => added], 0..3)
}

/// What a patch may ask for.
pub(crate) fn patch() -> impl Strategy<Value = Value> {
    (customer_changes(), attribute_changes(), option::weighted(0.5, address_changes())).prop_map(
        |(mut members, attributes, addresses)| {
            if !attributes.is_empty() {
                members.push(("custom_attributes", Value::Array(attributes)));
            }
            members.extend(addresses.map(|list| ("addresses", Value::Array(list))));
            object(members)
        },
    )
}

const RELEASES: &[&str] = &[
    "2.4.0", "2.4.1", "2.4.3-p1", "2.4.4-p7", "2.4.4-p9", "2.4.5-p8", "2.4.6-p2", "2.4.6-p6", "2.4.6-p9",
    "2.4.7", "2.4.7-p1", "2.4.7-p3", "2.4.7-p4", "2.4.8", "2.4.9",
];

/// Every band of releases, every route with every caller that may use it.
pub(crate) fn target() -> impl Strategy<Value = (Release, Caller, Route<'static>)> {
    let road = prop_oneof![
        Just((Caller::Admin, Route::ById("5"))),
        Just((Caller::Integration, Route::ById("5"))),
        Just((Caller::Customer, Route::Me)),
        Just((Caller::Admin, Route::Queue)),
        Just((Caller::Integration, Route::Queue)),
    ];
    (select(RELEASES), road).prop_map(|(release, (caller, route))| (release.parse().unwrap(), caller, route))
}

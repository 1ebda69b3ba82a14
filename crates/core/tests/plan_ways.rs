//! What a store can do is planned, whatever the strategy, the release and the route: a plan that is refused for want
//! of a body loses nothing, and yet its writer cannot go on.

#![allow(clippy::unwrap_used, clippy::panic)]

use magewright::json::{Value, parse};
use magewright::plan::{Patch, Strategy, audit, changes, plan};
use magewright::predict::update::{Route, Target};
use magewright::profile::Profile;
use magewright::store::{Accounts, Caller, Store};

/// A customer with something in every place that a patch can name.
const STORED: &str = r#"{"id":5,"group_id":2,"default_billing":"7","default_shipping":"8","created_at":"2024-01-01 00:00:00",
    "updated_at":"2024-01-02 00:00:00","created_in":"Default Store View","dob":"1980-02-28","email":"a@example.test",
    "firstname":"A","lastname":"B","middlename":"M","gender":1,"store_id":1,"taxvat":"T","website_id":1,"addresses":[
        {"id":7,"customer_id":5,"region":{"region_code":"Kent","region":"Kent","region_id":0},"region_id":0,"country_id":"GB","street":["1"],
         "company":"C","telephone":"1","fax":"2","postcode":"1","city":"c","firstname":"F","lastname":"L","default_billing":true,
         "custom_attributes":[{"attribute_code":"door","value":"green"},{"attribute_code":"floor","value":"2"}]},
        {"id":8,"customer_id":5,"region":{"region_code":"MI","region":"Michigan","region_id":33},"region_id":33,"country_id":"US",
         "street":["2"],"telephone":"2","postcode":"2","city":"d","firstname":"F","lastname":"L","default_shipping":true},
        {"id":9,"customer_id":5,"region":{"region_code":null,"region":null,"region_id":0},"region_id":0,"country_id":"GB",
         "street":["3"],"telephone":"3","postcode":"3","city":"e","firstname":"F","lastname":"L"}],
    "disable_auto_group_change":1,"extension_attributes":{"is_subscribed":true},"custom_attributes":[
        {"attribute_code":"tier","value":"gold"},{"attribute_code":"nick","value":"Ad"}]}"#;

/// A store with attributes of its own on customers and addresses, and one country's regions.
fn profile() -> Profile {
    let mut document = parse(include_bytes!("../src/profile/stock.json")).unwrap();
    let mut add = |section: &str, item: String| {
        let list = document.as_object_mut().unwrap().get_mut(section);
        let Some(Value::Array(list)) = list else { panic!("{section}") };
        let item = parse(item.as_bytes()).unwrap();
        list.retain(|other| other.get("id").is_none() || other.get("id") != item.get("id"));
        list.push(item);
    };
    for (section, code) in [
        ("customer_attributes", "tier"),
        ("customer_attributes", "nick"),
        ("address_attributes", "door"),
        ("address_attributes", "floor"),
    ] {
        add(
            section,
            format!(
                r#"{{"attribute_code":"{code}","frontend_label":"{code}","frontend_input":"text","backend_type":"varchar",
            "visible":true,"user_defined":true}}"#
            ),
        );
    }
    let regions = r#"{"id":"US","available_regions":[{"id":33,"code":"MI","name":"Michigan"},{"id":43,"code":"NY","name":"New York"}]}"#;
    add("countries", regions.to_owned());
    Profile::from_document(&document).unwrap()
}

const NEW: &str = r#""country_id":"GB","street":["4"],"telephone":"4","postcode":"4","city":"f","firstname":"F","lastname":"L""#;

/// What patches change, by the places that a store then shows otherwise; the time of the save aside.
fn table() -> Vec<(String, Vec<&'static str>)> {
    let with_new = |more: &str| format!(r#"{{"addresses":[{{{NEW}{more}}}]}}"#);
    let rows = [
        (r#"{"taxvat":null,"middlename":null}"#, vec!["/middlename", "/taxvat"]),
        (r#"{"dob":"1981-03-01"}"#, vec!["/dob"]),
        (r#"{"extension_attributes":{"is_subscribed":false}}"#, vec!["/extension_attributes/is_subscribed"]),
        (r#"{"custom_attributes":{"tier":null}}"#, vec!["/custom_attributes/tier"]),
        (r#"{"custom_attributes":{"nick":"Ada"}}"#, vec!["/custom_attributes/nick/value"]),
        (
            r#"{"custom_attributes":{"tier":null,"nick":null}}"#,
            vec!["/custom_attributes/tier", "/custom_attributes/nick"],
        ),
        (r#"{"addresses":[{"id":7,"fax":null}]}"#, vec!["/addresses/7/fax"]),
        (
            r#"{"addresses":[{"id":7,"custom_attributes":{"door":null}}]}"#,
            vec!["/addresses/7/custom_attributes/door"],
        ),
        (
            r#"{"addresses":[{"id":7,"custom_attributes":{"floor":"3"}}]}"#,
            vec!["/addresses/7/custom_attributes/floor/value"],
        ),
        (
            r#"{"addresses":[{"id":9,"custom_attributes":{"floor":"3"}}]}"#,
            vec!["/addresses/9/custom_attributes/floor"],
        ),
        (r#"{"addresses":[{"id":9,"$patch":"delete"}]}"#, vec!["/addresses/9"]),
        (r#"{"addresses":[{"id":8,"$patch":"delete"}]}"#, vec!["/default_shipping", "/addresses/8"]),
        (r#"{"default_billing":null}"#, vec!["/default_billing", "/addresses/7/default_billing"]),
        (
            r#"{"default_billing":"9"}"#,
            vec!["/default_billing", "/addresses/7/default_billing", "/addresses/9/default_billing"],
        ),
        (
            r#"{"addresses":[{"id":9,"default_billing":true}]}"#,
            vec!["/default_billing", "/addresses/7/default_billing", "/addresses/9/default_billing"],
        ),
        (
            r#"{"addresses":[{"id":8,"region_id":43}]}"#,
            vec![
                "/addresses/8/region/region_code",
                "/addresses/8/region/region",
                "/addresses/8/region/region_id",
                "/addresses/8/region_id",
            ],
        ),
        (
            r#"{"addresses":[{"id":7,"region":{"region":"Essex"}}]}"#,
            vec!["/addresses/7/region/region_code", "/addresses/7/region/region"],
        ),
        (
            r#"{"addresses":[{"id":9,"region":{"region":"Essex"}}]}"#,
            vec!["/addresses/9/region/region_code", "/addresses/9/region/region"],
        ),
    ];
    let rows = rows.map(|(patch, places)| (patch.to_owned(), places));
    let added = [
        (with_new(""), vec!["/addresses/<new1>"]),
        (with_new(r#","custom_attributes":{"floor":"1"}"#), vec!["/addresses/<new1>"]),
        (with_new(r#","region":{"region":"Essex"}"#), vec!["/addresses/<new1>"]),
        (
            with_new(r#","default_shipping":true"#),
            vec!["/default_shipping", "/addresses/8/default_shipping", "/addresses/<new1>"],
        ),
    ];
    rows.into_iter().chain(added).collect()
}

#[test]
fn every_way_does_what_can_be_done() {
    let (profile, accounts) = (profile(), Accounts::new());
    let stored = parse(STORED.as_bytes()).unwrap();
    let ways = [
        ("2.4.0", Caller::Admin, Route::ById("5")),
        ("2.4.6-p2", Caller::Integration, Route::ById("5")),
        ("2.4.7-p3", Caller::Admin, Route::ById("5")),
        ("2.4.7-p3", Caller::Admin, Route::Queue),
        ("2.4.7-p3", Caller::Customer, Route::Me),
        ("2.4.8-p1", Caller::Admin, Route::ById("5")),
        ("2.4.8-p1", Caller::Admin, Route::Queue),
    ];
    let mut failures = Vec::new();
    for (release, caller, route) in ways {
        let release = release.parse().unwrap();
        let store = Store { release, profile: &profile, accounts: &accounts, scope: None, now: None };
        let target = Target { store, caller, route };
        for (patch, places) in table() {
            let patch = Patch::parse(patch.as_bytes()).unwrap();
            for strategy in [Strategy::Auto, Strategy::Minimal, Strategy::Full] {
                let planned = plan(&stored, &patch, &target, strategy);
                let done = planned.map(|planned| {
                    let lost = audit(&stored, &planned.body, &target);
                    let removed =
                        |place: &str| planned.removals.iter().any(|removal| removal.pointer == place);
                    let lost = lost
                        .into_iter()
                        .filter(|effect| effect.severity.is_some() && !removed(&effect.pointer));
                    failures
                        .extend(lost.map(|effect| format!("{release} {route:?} {strategy:?}: {effect:?}")));
                    let done = changes(&stored, &planned.expected).into_iter().map(|change| change.pointer);
                    done.filter(|place| place != "/updated_at").collect::<Vec<_>>()
                });
                if !done.as_ref().is_ok_and(|done| *done == places) {
                    let patch = patch.clone().into_value();
                    failures.push(format!("{release} {route:?} {strategy:?} {patch}: {done:?}"));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

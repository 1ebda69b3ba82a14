//! The planner from bytes to bytes: which customers and patches take the quick way, and what it writes.

#![allow(clippy::unwrap_used, clippy::panic)]

use magewright::json::parse;
use magewright::plan::{Planner, Strategy, Warning};
use magewright::predict::update::{Route, Target};
use magewright::profile::Profile;
use magewright::store::{Accounts, Caller, Store};

const STORED: &str = concat!(
    r#"{"id":5,"group_id":2,"default_billing":"7","created_at":"2024-01-01 00:00:00","updated_at":"2024-01-02 00:00:00","#,
    r#""created_in":"Default Store View","dob":"1980-02-28","email":"a@example.com","firstname":"Zo\u00eb","lastname":"B","#,
    r#""gender":1,"store_id":1,"taxvat":"T","website_id":1,"addresses":["#,
    r#"{"id":7,"customer_id":5,"region":{"region_code":null,"region":null,"region_id":0},"country_id":"GB","street":["1 High St"],"#,
    r#""telephone":"1","postcode":"1","city":"Ulm","firstname":"F","lastname":"L","default_billing":true},"#,
    r#"{"id":8,"customer_id":5,"region":{"region_code":"","region":"","region_id":0},"region_id":0,"country_id":"GB","street":["2"],"#,
    r#""company":"ACME","telephone":"2","postcode":"2","city":"Bonn","firstname":"F","lastname":"L"}],"#,
    r#""disable_auto_group_change":1,"extension_attributes":{"is_subscribed":true,"own":{"n":7}},"#,
    r#""custom_attributes":[{"attribute_code":"erp","value":"E\/1"},{"attribute_code":"list","value":["1"]}]}"#
);

struct Shop {
    profile: Profile,
    accounts: Accounts,
}

impl Shop {
    fn stock() -> Self {
        Shop { profile: Profile::stock(), accounts: Accounts::new() }
    }

    fn planner(&self, release: &str, caller: Caller, route: Route<'static>) -> Planner<'_> {
        let release = release.parse().unwrap();
        let store =
            Store { release, profile: &self.profile, accounts: &self.accounts, scope: None, now: None };
        Planner::new(Target { store, caller, route }, Strategy::Auto)
    }
}

fn by_id(shop: &Shop) -> Planner<'_> {
    shop.planner("2.4.7-p3", Caller::Admin, Route::ById(""))
}

/// The body without its envelope.
fn quick(planner: &Planner<'_>, patch: &str) -> Option<String> {
    let planned = planner.quick(STORED.as_bytes(), patch.as_bytes())?;
    let body = String::from_utf8(planned.body).unwrap();
    let whole = planner.plan(STORED.as_bytes(), patch.as_bytes()).unwrap();
    assert_eq!(whole.body, body.as_bytes());
    Some(body.strip_prefix(r#"{"customer":"#)?.strip_suffix('}')?.to_owned())
}

#[test]
fn the_smallest_body_is_written_in_one_pass() {
    let shop = Shop::stock();
    for (patch, body) in [
        ("{}", r#"{"id":5,"addresses":null}"#),
        (r#"{"firstname":"Zoë"}"#, r#"{"id":5,"addresses":null}"#),
        (r#"{"firstname":"Zoe"}"#, r#"{"id":5,"firstname":"Zoe","addresses":null}"#),
        (
            r#"{"taxvat":null,"suffix":"Jr","group_id":3}"#,
            r#"{"id":5,"group_id":3,"taxvat":"","suffix":"Jr","addresses":null}"#,
        ),
        (
            r#"{"addresses":[{"id":8,"company":null,"city":"Ulm"}]}"#,
            r#"{"id":5,"addresses":[{"id":7,"default_billing":true},{"id":8,"company":"","city":"Ulm"}]}"#,
        ),
        (
            r#"{"extension_attributes":{"is_subscribed":false},"custom_attributes":[{"attribute_code":"new","value":"1"},{"attribute_code":"list","value":null}]}"#,
            r#"{"id":5,"addresses":null,"extension_attributes":{"is_subscribed":false},"custom_attributes":[{"attribute_code":"new","value":"1"},{"attribute_code":"list","value":null}]}"#,
        ),
    ] {
        assert_eq!(quick(&by_id(&shop), patch).as_deref(), Some(body), "{patch}");
    }
}

#[test]
fn where_the_store_does_not_merge_what_it_demands_is_copied_as_it_stands() {
    let shop = Shop::stock();
    let body = r#"{"email":"a@example.com","firstname":"Zo\u00eb","lastname":"C","website_id":1,"disable_auto_group_change":1}"#;
    let me = shop.planner("2.4.7-p3", Caller::Customer, Route::Me);
    let planned = me.quick(STORED.as_bytes(), br#"{"lastname":"C"}"#).unwrap();
    assert_eq!(String::from_utf8(planned.body).unwrap(), format!(r#"{{"customer":{body}}}"#));
    assert_eq!(planned.warnings, [Warning::NotMerged]);
    let queue = shop.planner("2.4.8", Caller::Admin, Route::Queue);
    let planned = queue.quick(STORED.as_bytes(), br#"{"lastname":"C"}"#).unwrap();
    assert!(String::from_utf8(planned.body).unwrap().ends_with(r#","dob":"1980-02-28"}}"#));
}

#[test]
fn whatever_may_need_more_is_looked_at_closer() {
    let shop = Shop::stock();
    for patch in [
        r#"{"email":"b@example.com"}"#,
        r#"{"gender":null}"#,
        r#"{"firstname":"A(B)"}"#,
        r#"{"addresses":[{"id":9,"city":"Ulm"}]}"#,
        r#"{"addresses":[{"id":8,"country_id":"DE"}]}"#,
        r#"{"addresses":[{"id":8,"$patch":"delete"}]}"#,
        r#"{"addresses":[{"city":"Ulm"}]}"#,
        r#"{"addresses":null}"#,
        r#"{"unknown":1}"#,
        "[]",
        "{} x",
    ] {
        assert_eq!(quick(&by_id(&shop), patch), None, "{patch}");
    }
}

#[test]
fn a_stored_customer_that_is_not_sound_is_looked_at_closer() {
    let shop = Shop::stock();
    for (from, to) in [
        (r#""default_billing":"7""#, r#""default_billing":"8""#),
        (r#""default_billing":"7","#, ""),
        (r#""id":8,"customer_id":5"#, r#""id":8,"customer_id":6"#),
        (r#""id":8,"#, r#""id":7,"#),
        (r#""city":"Bonn""#, r#""city":"""#),
        (r#""gender":1"#, r#""gender":9"#),
        (r#""value":["1"]"#, r#""value":null"#),
        (r#""created_at":"2024"#, r#""created_at":"1024"#),
    ] {
        let stored = STORED.replacen(from, to, 1);
        assert_ne!(stored, STORED);
        assert!(parse(stored.as_bytes()).is_ok());
        assert!(by_id(&shop).quick(stored.as_bytes(), b"{}").is_none(), "{from} -> {to}");
    }
}

#[test]
fn an_address_without_a_country_matters_only_when_it_is_saved_again() {
    let shop = Shop::stock();
    let stored = STORED.replacen(r#""country_id":"GB","street":["2"]"#, r#""street":["2"]"#, 1);
    assert_ne!(stored, STORED);
    let quick = |patch: &str| by_id(&shop).quick(stored.as_bytes(), patch.as_bytes());
    let plan = |patch: &str| by_id(&shop).plan(stored.as_bytes(), patch.as_bytes());
    let patch = r#"{"addresses":[{"id":7,"city":"Ulm"}],"taxvat":null}"#;
    assert_eq!(plan(patch).unwrap(), quick(patch).unwrap());
    assert!(quick(r#"{"addresses":[{"id":7,"city":"Bonn"}]}"#).is_none());
}

#[test]
fn any_number_of_addresses_and_attributes_is_read() {
    let shop = Shop::stock();
    let address = |id: usize| {
        let address = STORED.split(r#"{"id":8,"#).nth(1).unwrap().split("}],").next().unwrap();
        format!(r#",{{"id":{id},{address}}}"#)
    };
    let attribute = |at: usize| format!(r#",{{"attribute_code":"own_{at}","value":"{at}"}}"#);
    let addresses: String = (9..20).map(address).collect();
    let attributes: String = (0..12).map(attribute).collect();
    let stored = STORED.replacen(r#"],"disable"#, &format!(r#"{addresses}],"disable"#), 1);
    let stored = stored.replacen("]}]}", &format!("]}}{attributes}]}}"), 1);
    let patch = concat!(
        r#"{"addresses":[{"id":8,"city":"Ulm"},{"id":12,"city":"Ulm"},{"id":19,"city":"Ulm"}],"#,
        r#""custom_attributes":[{"attribute_code":"own_11","value":"x"}]}"#
    );
    let planned = by_id(&shop).quick(stored.as_bytes(), patch.as_bytes()).unwrap();
    let body = String::from_utf8(planned.body).unwrap();
    assert_eq!((body.matches(r#",{"id":"#).count(), body.matches("Ulm").count()), (12, 3));
    assert!(body.ends_with(r#"[{"attribute_code":"own_11","value":"x"}]}}"#), "{body}");
}

#[test]
fn an_address_another_customer_has_is_found() {
    let mut shop = Shop::stock();
    let row = |id: i64| format!(r#"{{"id":{id},"email":"A@example.com","website_id":1}}"#);
    shop.accounts.insert(parse(row(5).as_bytes()).unwrap()).unwrap();
    assert!(by_id(&shop).quick(STORED.as_bytes(), b"{}").is_some());
    shop.accounts.insert(parse(row(6).as_bytes()).unwrap()).unwrap();
    assert!(by_id(&shop).quick(STORED.as_bytes(), b"{}").is_none());
}

#[test]
fn who_may_not_and_what_is_no_json_has_no_plan() {
    let shop = Shop::stock();
    let guest = shop.planner("2.4.7-p3", Caller::Guest, Route::ById(""));
    assert!(guest.quick(STORED.as_bytes(), b"{}").is_none());
    assert!(guest.plan(STORED.as_bytes(), b"{}").is_err());
    for (stored, patch) in [("{", "{}"), (STORED, "["), ("", "")] {
        assert!(by_id(&shop).plan(stored.as_bytes(), patch.as_bytes()).is_err());
    }
}

#[test]
fn another_strategy_is_never_written_in_one_pass() {
    let (profile, accounts) = (Profile::stock(), Accounts::new());
    let release = "2.4.7-p3".parse().unwrap();
    let store = Store { release, profile: &profile, accounts: &accounts, scope: None, now: None };
    let target = Target { store, caller: Caller::Admin, route: Route::ById("") };
    let quick = |strategy| quick(&Planner::new(target, strategy), r#"{"taxvat":"N"}"#);
    assert!(quick(Strategy::Auto).is_some());
    assert_eq!([Strategy::Minimal, Strategy::Full].map(quick), [None, None]);
}

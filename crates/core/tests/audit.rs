//! What hand-written bodies would really do.

#![allow(clippy::unwrap_used)]

use magewright::json::parse;
use magewright::plan::{Effect, audit};
use magewright::predict::update::{Route, Target};
use magewright::profile::Profile;
use magewright::report::Severity;
use magewright::store::{Accounts, Caller, Store};

const STORED: &str = r#"{"id":5,"group_id":2,"default_billing":"7","created_at":"2024-01-01 00:00:00","updated_at":"2024-01-02 00:00:00",
    "created_in":"Default Store View","dob":"1980-02-28","email":"a@example.test","firstname":"A","lastname":"B","store_id":1,
    "taxvat":"T","website_id":1,"addresses":[
        {"id":7,"customer_id":5,"region":{"region_code":null,"region":null,"region_id":0},"country_id":"GB","street":["1"],
         "telephone":"1","postcode":"1","city":"c","firstname":"F","lastname":"L","default_billing":true},
        {"id":8,"customer_id":5,"region":{"region_code":null,"region":null,"region_id":0},"country_id":"GB","street":["2"],
         "telephone":"2","postcode":"2","city":"d","firstname":"F","lastname":"L"}],
    "disable_auto_group_change":1,"extension_attributes":{"is_subscribed":true}}"#;

fn audited(stored: &str, release: &str, route: Route<'_>, body: &str) -> Vec<String> {
    let (profile, accounts) = (Profile::stock(), Accounts::new());
    let release = release.parse().unwrap();
    let store = Store { release, profile: &profile, accounts: &accounts, scope: None, now: None };
    let target = Target { store, caller: Caller::Admin, route };
    let found = audit(&parse(stored.as_bytes()).unwrap(), &parse(body.as_bytes()).unwrap(), &target);
    let mark = |severity| match severity {
        None => "",
        Some(Severity::Loss) => " (loss)",
        Some(Severity::Error) => " (error)",
    };
    let said =
        |e: &Effect| e.refusal.as_ref().map_or_else(String::new, |said| format!(": {}", said.rendered()));
    found
        .iter()
        .map(|e| format!("{} {}{}{}", e.pointer, e.kind.as_str(), mark(e.severity), said(e)))
        .collect()
}

fn by_id(body: &str) -> Vec<String> {
    audited(STORED, "2.4.7-p3", Route::ById("5"), body)
}

#[test]
fn what_is_asked_for_is_told_from_what_is_lost() {
    assert_eq!(by_id(r#"{"customer":{"groupId":3,"taxvat":""}}"#), ["/group_id changed", "/taxvat changed"]);
    assert_eq!(
        by_id(r#"{"customer":{"addresses":[],"default_billing":null}}"#),
        [
            "/default_billing default-cleared (loss)",
            "/addresses/7 address-lost (loss)",
            "/addresses/8 address-lost (loss)"
        ]
    );
    let long = "1".repeat(41);
    assert_eq!(by_id(&format!(r#"{{"customer":{{"prefix":"{long}"}}}}"#)), ["/prefix altered (loss)"]);
}

#[test]
fn null_in_an_address_is_sent_in_vain() {
    let faxed = STORED.replace(r#""city":"c""#, r#""city":"c","fax":"1""#);
    let body = r#"{"customer":{"addresses":[{"id":7,"fax":null,"default_billing":true},{"id":8}]}}"#;
    let found = audited(&faxed, "2.4.7-p3", Route::ById("5"), body);
    assert_eq!(found, ["/addresses/7/fax ignored (loss)"]);
}

#[test]
fn what_is_sent_in_vain_is_named() {
    assert_eq!(
        by_id(
            r#"{"customer":{"taxvat":null,"default_billing":"8","custom_attributes":[{"attribute_code":"email","value":"1"}]}}"#
        ),
        [
            "/taxvat ignored (loss)",
            "/default_billing ignored (loss)",
            "/custom_attributes/email ignored (loss)"
        ]
    );
}

#[test]
fn what_the_service_does_not_take_is_named() {
    assert_eq!(
        by_id(r#"{"customer":{"taxvat":"N"},"password":"Passw0rd!x","customerId":5}"#),
        ["/taxvat changed", "/password ignored (loss)"]
    );
    let region = r#"{"customer":{"addresses":[{"id":7,"region":{"region_code":"TX"}},{"id":8}]}}"#;
    assert_eq!(by_id(region), ["/addresses/7/region/region_code ignored (loss)"]);
    let map = r#"{"customer":{"custom_attributes":{"gender":"2"}}}"#;
    assert_eq!(by_id(map), ["/custom_attributes/gender ignored (loss)"]);
}

#[test]
fn a_customer_sets_neither_group_nor_website() {
    let body = r#"{"customer":{"id":5,"groupId":3,"website_id":2,"email":"a@example.test","firstname":"A","lastname":"B",
        "disable_auto_group_change":1}}"#;
    let (profile, accounts) = (Profile::stock(), Accounts::new());
    let release = "2.4.7-p3".parse().unwrap();
    let store = Store { release, profile: &profile, accounts: &accounts, scope: None, now: None };
    let target = Target { store, caller: Caller::Customer, route: Route::Me };
    let found = audit(&parse(STORED.as_bytes()).unwrap(), &parse(body.as_bytes()).unwrap(), &target);
    let said: Vec<_> = found.iter().map(|e| (e.pointer.as_str(), e.kind.as_str())).collect();
    assert_eq!(said, [("/group_id", "ignored"), ("/website_id", "ignored")]);
}

#[test]
fn the_queue_loses_what_is_not_sent() {
    let item = r#"{"customer":{"id":5,"email":"a@example.test","firstname":"A","lastname":"B","website_id":1,"addresses":[{"id":7}]}}"#;
    assert_eq!(
        audited(STORED, "2.4.8", Route::Queue, item),
        [
            "/default_billing default-cleared (loss)",
            "/dob lost (loss)",
            "/addresses/7/default_billing default-cleared (loss)",
            "/addresses/8 address-lost (loss)",
            "/disable_auto_group_change lost (loss)"
        ]
    );
}

#[test]
fn the_whole_request_is_judged_first() {
    assert_eq!(
        by_id(r#"{"customer":{"firstname":""}}"#),
        [" refused (error): \"First Name\" is a required value."]
    );
    assert_eq!(by_id(r#"{"customer":{},"passwordHash":"x"}"#), ["/passwordHash password-replaced (loss)"]);
    let blocked = STORED.replace(r#""city":"d""#, r#""city":"""#);
    assert_eq!(
        audited(&blocked, "2.4.7-p3", Route::ById("5"), r#"{"customer":{"taxvat":"x"}}"#),
        [" blocked-by-stored (error): \"City\" is a required value."]
    );
    let none = r#"{"customer":{"id":0,"email":"n@example.test","addresses":[],"default_billing":null}}"#;
    assert_eq!(by_id(none), ["/id created (loss)"]);
}

#[test]
fn nothing_panics_on_odd_bodies() {
    for body in ["null", "[]", "{}", r#"{"customer":[]}"#, r#"{"customer":{"addresses":"x"}}"#] {
        let _ = by_id(body);
        let _ = audited("[]", "2.4.0", Route::Queue, body);
    }
}

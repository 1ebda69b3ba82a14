//! The planner on a customer with two addresses: what it sends, and what it refuses with which way out.

#![allow(clippy::unwrap_used, clippy::panic)]

use magewright::json::{Value, parse};
use magewright::plan::{Obstacle, Patch, Plan, Strategy, Unplannable, Warning, plan};
use magewright::predict::update::{Route, Target};
use magewright::profile::Profile;
use magewright::release::Release;
use magewright::store::{Accounts, Caller, Store};

const STORED: &str = r#"{"id":5,"group_id":2,"default_billing":"7","default_shipping":"7","created_at":"2024-01-01 00:00:00",
    "updated_at":"2024-01-02 00:00:00","created_in":"Default Store View","email":"a@example.test","firstname":"A","lastname":"B",
    "gender":1,"store_id":1,"taxvat":"T","website_id":1,"addresses":[
        {"id":7,"customer_id":5,"region":{"region_code":null,"region":null,"region_id":0},"country_id":"GB","street":["1"],
         "telephone":"1","postcode":"1","city":"c","firstname":"F","lastname":"L","default_shipping":true,"default_billing":true},
        {"id":8,"customer_id":5,"region":{"region_code":"MI","region":"Michigan","region_id":33},"region_id":33,"country_id":"US",
         "street":["2"],"telephone":"2","postcode":"2","city":"d","firstname":"F","lastname":"L"}],
    "disable_auto_group_change":1,"extension_attributes":{"is_subscribed":true}}"#;

fn planned(
    release: &str,
    caller: Caller,
    route: Route<'_>,
    strategy: Strategy,
    patch: &str,
) -> Result<Plan, Unplannable> {
    let (profile, accounts) = (Profile::stock(), Accounts::new());
    let release = release.parse().unwrap();
    let store = Store { release, profile: &profile, accounts: &accounts, scope: None, now: None };
    let target = Target { store, caller, route };
    plan(&parse(STORED.as_bytes()).unwrap(), &Patch::parse(patch.as_bytes()).unwrap(), &target, strategy)
}

fn by_id(patch: &str) -> Result<Plan, Unplannable> {
    planned("2.4.7-p3", Caller::Admin, Route::ById("5"), Strategy::Auto, patch)
}

fn body(plan: Result<Plan, Unplannable>) -> String {
    plan.unwrap().body.get("customer").unwrap().to_string()
}

fn obstacle(plan: Result<Plan, Unplannable>) -> (String, Obstacle) {
    let refused = plan.unwrap_err();
    assert!(refused.to_string().starts_with("no lossless update"), "{refused}");
    let reason = refused.reasons.first().unwrap();
    (reason.pointer.clone(), reason.obstacle)
}

#[test]
fn a_small_change_is_a_small_body() {
    assert_eq!(body(by_id(r#"{"firstname":"N"}"#)), r#"{"id":5,"firstname":"N","addresses":null}"#);
    assert_eq!(body(by_id(r#"{"taxvat":null}"#)), r#"{"id":5,"taxvat":"","addresses":null}"#);
    assert!(by_id("{}").unwrap().is_empty());
}

#[test]
fn addresses_are_listed_once_one_of_them_changes() {
    assert_eq!(
        body(by_id(r#"{"addresses":[{"id":8,"city":"Ulm"}]}"#)),
        concat!(
            r#"{"id":5,"addresses":[{"id":7,"default_billing":true,"default_shipping":true},"#,
            r#"{"id":8,"city":"Ulm"}]}"#
        )
    );
}

#[test]
fn a_default_address_is_removed_with_its_defaults() {
    let removed = by_id(r#"{"addresses":[{"id":7,"$patch":"delete"}]}"#).unwrap();
    let pointers: Vec<_> = removed.removals.iter().map(|change| change.pointer.as_str()).collect();
    assert_eq!(pointers, ["/default_billing", "/default_shipping", "/addresses/7"]);
    assert_eq!(
        removed.body.get("customer").unwrap().to_string(),
        r#"{"id":5,"default_billing":null,"default_shipping":null,"addresses":[{"id":8}]}"#
    );
    let moved = by_id(r#"{"default_billing":"8","addresses":[{"id":7,"$patch":"delete"}]}"#).unwrap();
    assert_eq!(moved.expected.get("default_billing").and_then(Value::as_str), Some("8"));
}

#[test]
fn a_region_is_set_by_its_id() {
    let plan = by_id(r#"{"addresses":[{"id":8,"region":{"region_id":43}}]}"#).unwrap();
    assert_eq!(plan.body.pointer("/customer/addresses/1").unwrap().to_string(), r#"{"id":8,"region_id":43}"#);
    assert_eq!(plan.expected.pointer("/addresses/1/region_id").and_then(Value::as_i64), Some(43));
    let named = by_id(r#"{"addresses":[{"id":8,"region":{"region":"New York"}}]}"#);
    assert_eq!(obstacle(named), ("/addresses/8/region".into(), Obstacle::RegionNeedsId));
    let both = by_id(r#"{"addresses":[{"id":8,"region_id":43,"region":{"region_id":12}}]}"#);
    assert_eq!(obstacle(both).1, Obstacle::ConflictingRegions);
}

#[test]
fn a_region_the_patch_does_not_name_is_left_alone() {
    let (profile, accounts) = (Profile::stock(), Accounts::new());
    let release = Release::DEFAULT;
    let store = Store { release, profile: &profile, accounts: &accounts, scope: None, now: None };
    let target = Target { store, caller: Caller::Admin, route: Route::ById("5") };
    let by_id_only = STORED.replace(
        r#""region":{"region_code":"MI","region":"Michigan","region_id":33},"region_id":33,"#,
        r#""region_id":33,"#,
    );
    assert_ne!(by_id_only, STORED);
    let patch = Patch::parse(br#"{"taxvat":"N"}"#).unwrap();
    let plan = plan(&parse(by_id_only.as_bytes()).unwrap(), &patch, &target, Strategy::Auto).unwrap();
    assert_eq!(plan.body.get("customer").unwrap().to_string(), r#"{"id":5,"taxvat":"N","addresses":null}"#);
}

#[test]
fn what_cannot_be_done_is_refused_with_the_way_out() {
    let cases = [
        (r#"{"gender":null}"#, "/gender", Obstacle::CannotBeUnset),
        (r#"{"firstname":null}"#, "/firstname", Obstacle::CannotBeUnset),
        (r#"{"id":6}"#, "/id", Obstacle::ReadOnly),
        (r#"{"created_at":"2020-01-01 00:00:00"}"#, "/created_at", Obstacle::ReadOnly),
        (r#"{"addresses":null}"#, "/addresses", Obstacle::NullList),
        (r#"{"default_billing":"9"}"#, "/default_billing", Obstacle::NoSuchDefault),
        (r#"{"firstname":"A(B)"}"#, "", Obstacle::Refused),
        (r#"{"prefix":"12345678901234567890123456789012345678901"}"#, "/prefix", Obstacle::ChangedByStore),
        (r#"{"nosuch":1}"#, "", Obstacle::Refused),
    ];
    for (patch, pointer, expected) in cases {
        assert_eq!(obstacle(by_id(patch)), (pointer.to_owned(), expected), "{patch}");
    }
    let refused = by_id(r#"{"firstname":"A(B)"}"#).unwrap_err();
    assert_eq!(refused.refusal.unwrap().message, "First Name is not valid!");
}

#[test]
fn the_queue_gets_what_it_needs() {
    let plan = planned("2.4.7-p3", Caller::Admin, Route::Queue, Strategy::Auto, r#"{"taxvat":"N"}"#).unwrap();
    assert_eq!(
        plan.body.get("customer").unwrap().to_string(),
        concat!(
            r#"{"id":5,"email":"a@example.test","firstname":"A","lastname":"B","website_id":1,"#,
            r#""disable_auto_group_change":1,"taxvat":"N"}"#
        )
    );
    assert_eq!(plan.warnings, [Warning::NotMerged]);
}

#[test]
fn a_customer_cannot_change_its_group() {
    let own = planned("2.4.7-p3", Caller::Customer, Route::Me, Strategy::Auto, r#"{"group_id":3}"#);
    assert_eq!(obstacle(own), ("/group_id".into(), Obstacle::ReadOnly));
}

#[test]
fn the_whole_customer_is_sent_on_demand() {
    let plan =
        planned("2.4.7-p3", Caller::Admin, Route::ById("5"), Strategy::Full, r#"{"taxvat":"N"}"#).unwrap();
    assert_eq!(plan.body.pointer("/customer/addresses/1/region/region_id").and_then(Value::as_i64), Some(33));
    assert_eq!(plan.warnings, [Warning::AddressesSavedAgain]);
}

#[test]
fn an_item_of_a_search_is_a_base_with_a_warning() {
    let (profile, accounts) = (Profile::stock(), Accounts::new());
    let release = "2.4.7-p3".parse().unwrap();
    let store = Store { release, profile: &profile, accounts: &accounts, scope: None, now: None };
    let target = Target { store, caller: Caller::Admin, route: Route::ById("5") };
    let mut item = parse(STORED.as_bytes()).unwrap();
    let added = parse(br#"[{"attribute_code":"tier","value":null}]"#).unwrap();
    item.as_object_mut().unwrap().insert("custom_attributes", added);
    let patch = Patch::parse(br#"{"taxvat":"N"}"#).unwrap();
    let plan = plan(&item, &patch, &target, Strategy::Full).unwrap();
    assert!(plan.warnings.contains(&Warning::ListItem));
    assert_eq!(plan.body.pointer("/customer/custom_attributes").and_then(Value::as_array), Some(&[][..]));
}

#[test]
fn of_a_store_nobody_described_any_website_may_exist() {
    let (profile, accounts) = (Profile::stock(), Accounts::new());
    let release = Release::DEFAULT;
    let store = Store { release, profile: &profile, accounts: &accounts, scope: None, now: None };
    let target = Target { store, caller: Caller::Admin, route: Route::ById("5") };
    let stored = parse(
        br#"{"id":5,"group_id":99,"email":"a@example.test","firstname":"A","lastname":"B","store_id":7,
            "website_id":4,"addresses":[],"disable_auto_group_change":0}"#,
    )
    .unwrap();
    let patch = Patch::parse(br#"{"suffix":"Jr"}"#).unwrap();
    let plan = plan(&stored, &patch, &target, Strategy::Auto).unwrap();
    assert!(plan.unchecked.contains(&"store") && plan.unchecked.contains(&"group"));
    assert_eq!(plan.body.pointer("/customer/suffix").and_then(Value::as_str), Some("Jr"));
}

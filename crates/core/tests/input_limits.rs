//! How many objects a list in a request may hold: one rule, for all who ask.

#![allow(clippy::unwrap_used, clippy::panic)]

use magewright::json::{Value, parse};
use magewright::outcome::{Outcome, Refusal};
use magewright::plan::{Patch, Planner, Strategy, plan};
use magewright::predict::update::{Route, Target, check_body, update, update_in_bulk};
use magewright::predict::{Queued, create, create_queued, validate_batch};
use magewright::profile::{InputLimits, Profile};
use magewright::release::Release;
use magewright::report::Severity;
use magewright::store::{Accounts, Caller, Store};
use magewright::validate::{Operation, Validator, validate};

const ADDRESS: &str = r#"{"country_id":"GB","street":["1 High St"],"telephone":"1","postcode":"AA","city":"c","firstname":"F","lastname":"L"}"#;

/// The body of a create with so many addresses.
fn body(addresses: usize) -> Value {
    let addresses = vec![ADDRESS; addresses].join(",");
    parse(format!(r#"{{"customer":{{"email":"a@example.com","firstname":"A","lastname":"B","addresses":[{addresses}]}}}}"#).as_bytes())
        .unwrap()
}

/// A stored customer with two addresses.
fn stored() -> Value {
    let region = r#""region":{"region_code":null,"region":null,"region_id":0},"region_id":0,"#;
    let address = |id: u32| format!(r#"{{"id":{id},"customer_id":5,{region}{}"#, &ADDRESS[1..]);
    let text = format!(
        r#"{{"id":5,"group_id":1,"created_at":"2024-01-01 00:00:00","email":"a@example.com","firstname":"A","lastname":"B",
        "store_id":1,"website_id":1,"addresses":[{},{}],"disable_auto_group_change":0}}"#,
        address(7),
        address(8)
    );
    parse(text.as_bytes()).unwrap()
}

/// What `ask` says in a store that takes so many objects in a list.
fn limited<T>(most: Option<i64>, release: &str, ask: impl FnOnce(Store<'_>) -> T) -> T {
    let (mut profile, accounts) = (Profile::stock(), Accounts::new());
    profile.settings.input_limits =
        most.map(|most| InputLimits { list_items: Some(most), ..InputLimits::default() });
    let release = release.parse().unwrap();
    ask(Store { release, profile: &profile, accounts: &accounts, scope: None, now: None })
}

fn refuses(refusal: &Refusal, most: i64) {
    let words =
        format!("Maximum items of type \"\\Magento\\Customer\\Api\\Data\\AddressInterface\" is {most}");
    assert_eq!((refusal.status, refusal.rendered()), (400, words));
}

#[test]
fn a_create_over_the_limit_is_refused_and_explained() {
    let text = |addresses| body(addresses).to_string().into_bytes();
    limited(Some(2), "2.4.7-p3", |store| {
        let Outcome::Refused(refusal) = create(&text(3), Caller::Admin, &store) else { panic!() };
        refuses(&refusal, 2);
        assert!(create(&text(2), Caller::Admin, &store).is_saved());
        let operation = Operation::Create { caller: Caller::Admin };
        let validator = Validator::new(operation, store);
        assert!(validator.accepts(&text(2)) && !validator.accepts(&text(3)));
        let report = validate(&text(3), operation, &store);
        let [violation] = report.violations.as_slice() else { panic!("{report:?}") };
        assert_eq!(
            (&*violation.pointer, violation.code, violation.severity),
            ("/customer/addresses", "too_many_items", Severity::Error)
        );
        assert!(violation.source.contains("EntityArrayValidator"));
        assert_eq!(validator.check(&text(3)).violations, report.violations);
    });
    limited(None, "2.4.7-p3", |store| assert!(create(&text(30), Caller::Admin, &store).is_saved()));
}

#[test]
fn two_releases_limit_whatever_the_settings_say() {
    let saved = |release, addresses: usize| {
        let text = body(addresses).to_string();
        limited(None, release, |store| create(text.as_bytes(), Caller::Admin, &store).is_saved())
    };
    assert!(saved("2.4.3", 20) && !saved("2.4.3", 21) && !saved("2.4.3-p1", 21) && saved("2.4.3-p2", 21));
}

#[test]
fn every_spelling_of_a_list_is_counted_and_custom_attributes_are_not() {
    limited(Some(1), "2.4.7-p3", |store| {
        let target = Target { store, caller: Caller::Admin, route: Route::ById("5") };
        let check = |text: String| check_body(&parse(text.as_bytes()).unwrap(), &target);
        for list in [
            format!(r#"{{"addresses":{{"a":{ADDRESS},"b":{ADDRESS}}}}}"#),
            format!(r#"{{"Addresses":{{"item":[{ADDRESS},{ADDRESS}]}}}}"#),
        ] {
            refuses(&check(format!(r#"{{"customer":{list}}}"#)).unwrap_err(), 1);
        }
        let pair = r#"{"attribute_code":"a","value":"x"}"#;
        for list in [
            format!(r#"{{"addresses":{{"item":{ADDRESS}}}}}"#),
            format!(r#"{{"custom_attributes":[{pair},{pair}]}}"#),
            r#"{"addresses":[{"street":["1","2"]}]}"#.to_owned(),
        ] {
            assert_eq!(check(format!(r#"{{"customer":{list}}}"#)), Ok(()), "{list}");
        }
    });
}

#[test]
fn queued_requests_have_a_limit_of_their_own() {
    limited(Some(2), "2.4.7-p3", |store| {
        let create = |addresses| create_queued(&body(addresses), Caller::Admin, &store);
        assert!(matches!(create(5000), Queued::Ran(_)));
        let Queued::NotAccepted(refusal) = create(5001) else { panic!() };
        refuses(&refusal, 5000);
        let target = Target { store, caller: Caller::Admin, route: Route::Queue };
        refuses(&update_in_bulk(&Value::from(vec![body(5001)]), &target).unwrap_err(), 5000);
        assert!(update_in_bulk(&Value::from(vec![body(3)]), &target).is_ok());
    });
}

#[test]
fn no_plan_writes_more_than_the_store_takes() {
    let patch = format!(r#"{{"addresses":[{ADDRESS}]}}"#);
    for (most, plans) in [(Some(2), false), (Some(3), true), (None, true)] {
        limited(most, "2.4.7-p3", |store| {
            let target = Target { store, caller: Caller::Admin, route: Route::ById("5") };
            let planned = plan(&stored(), &Patch::parse(patch.as_bytes()).unwrap(), &target, Strategy::Auto);
            let planner = Planner::new(target, Strategy::Auto);
            let quick = planner.quick(stored().to_string().as_bytes(), patch.as_bytes());
            assert_eq!((planned.is_ok(), quick.is_some()), (plans, plans), "{most:?}");
            if let Err(unplannable) = planned {
                refuses(&unplannable.refusal.unwrap(), 2);
            }
        });
    }
}

#[test]
fn an_update_over_the_limit_is_refused_on_each_route() {
    limited(Some(2), "2.4.7-p3", |store| {
        for (caller, route) in [(Caller::Admin, Route::ById("5")), (Caller::Customer, Route::Me)] {
            let prediction = update(&stored(), &body(3), &Target { store, caller, route });
            let Outcome::Refused(refusal) = prediction.outcome else { panic!("{route:?}") };
            refuses(&refusal, 2);
        }
    });
}

#[test]
fn php_fails_on_an_item_that_is_no_object() {
    let (profile, accounts) = (Profile::stock(), Accounts::new());
    let release = Release::DEFAULT;
    let store = Store { release, profile: &profile, accounts: &accounts, scope: None, now: None };
    let target = Target { store, caller: Caller::Admin, route: Route::Queue };
    for item in ["null", "5", "\"x\"", "true"] {
        let item = parse(item.as_bytes()).unwrap();
        let Queued::NotAccepted(refusal) = create_queued(&item, Caller::Admin, &store) else { panic!() };
        assert_eq!(refusal, Refusal::php_failure());
        let items = Value::from(vec![body(0), item.clone()]);
        assert_eq!(*update_in_bulk(&items, &target).unwrap_err(), Refusal::php_failure());
        let reports = validate_batch(&[body(0), item], Caller::Admin, &store);
        assert!(reports[0].is_accepted());
        assert_eq!(
            (&*reports[1].violations[0].pointer, reports[1].violations[0].code),
            ("", "not_an_object")
        );
    }
    assert_eq!(*update_in_bulk(&"x".into(), &target).unwrap_err(), Refusal::php_failure());
    assert_eq!(update_in_bulk(&Value::Null, &target).unwrap().operations.len(), 0);
}

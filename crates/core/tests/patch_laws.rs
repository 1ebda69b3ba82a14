//! Laws of patches: identity, idempotence, `diff` against `apply`, and no panic on any input.

#![allow(clippy::unwrap_used)]

use magewright::json::{Object, Value, parse};
use magewright::plan::{Patch, Policy, apply, audit, diff, merge, plan, reconcile, same};
use magewright::predict::update::{Route, Target, update_in_bulk};
use magewright::profile::Profile;
use magewright::release::Release;
use magewright::store::{Accounts, Caller, Store};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::Union;

const NAMES: [&str; 8] =
    ["id", "addresses", "custom_attributes", "attribute_code", "value", "region", "city", "$patch"];

/// Any JSON over few names, so that two documents often name the same things.
fn any_json() -> impl Strategy<Value = Value> {
    let number = prop_oneof![Just("1"), Just("1.0"), Just("12345678901234567890"), Just("-2e3")]
        .prop_map(|text| parse(text.as_bytes()).unwrap());
    let text = prop_oneof![Just(""), Just("1"), Just("ü\"\\"), Just("delete"), Just("replace")];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        number,
        text.prop_map(Value::from)
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let name = Union::new(NAMES.map(Just));
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::Array),
            vec((name, inner), 0..5).prop_map(|pairs| pairs.into_iter().collect::<Object>().into()),
        ]
    })
}

fn object(pairs: Vec<(&str, Value)>) -> Value {
    pairs.into_iter().collect::<Object>().into()
}

fn attributes() -> impl Strategy<Value = Value> {
    vec((0..4_u64, any_json()), 0..4).prop_map(|pairs| {
        let item =
            |(code, value)| object(vec![("attribute_code", format!("a{code}").into()), ("value", value)]);
        Value::Array(pairs.into_iter().map(item).collect())
    })
}

fn address() -> impl Strategy<Value = Value> {
    let id = proptest::option::of(0..4_u64);
    (id, any_json(), proptest::option::of(attributes())).prop_map(|(id, city, attributes)| {
        let id = id.map(|id| ("id", id.into()));
        let attributes = attributes.map(|list| ("custom_attributes", list));
        object(id.into_iter().chain([("city", city)]).chain(attributes).collect())
    })
}

/// A document shaped like a customer, with an odd shape now and then.
fn customer() -> impl Strategy<Value = Value> {
    let addresses = prop_oneof![9 => vec(address(), 0..4).prop_map(Value::Array), 1 => any_json()];
    (any_json(), addresses, attributes(), any_json()).prop_map(|(taxvat, addresses, attributes, other)| {
        object(vec![
            ("id", 5_u64.into()),
            ("taxvat", taxvat),
            ("addresses", addresses),
            ("custom_attributes", attributes),
            ("extension_attributes", other),
        ])
    })
}

fn has_new_addresses(customer: &Value) -> bool {
    let items = customer.pointer("/addresses").and_then(Value::as_array).unwrap_or_default();
    items.iter().any(|item| item.get("id").is_none())
}

/// Plans and audits whatever comes, on every route.
fn judge(stored: &Value, body: &Value) {
    let (profile, accounts) = (Profile::stock(), Accounts::new());
    let store =
        Store { release: Release::DEFAULT, profile: &profile, accounts: &accounts, scope: None, now: None };
    for (caller, route) in
        [(Caller::Admin, Route::ById("5")), (Caller::Customer, Route::Me), (Caller::Admin, Route::Queue)]
    {
        let target = Target { store, caller, route };
        let _ = audit(stored, body, &target);
        let _ = update_in_bulk(body, &target);
        if let Ok(patch) = Patch::new(body.clone()) {
            let _ = plan(stored, &patch, &target, magewright::plan::Strategy::Auto);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    #[test]
    fn the_empty_patch_changes_nothing(stored in customer()) {
        let empty = Patch::parse(b"{}").unwrap();
        prop_assert_eq!(apply(&stored, &empty).unwrap().to_string(), stored.to_string());
    }

    #[test]
    fn a_customer_differs_from_itself_in_nothing(stored in customer()) {
        if let Ok(patch) = diff(&stored, &stored) {
            prop_assert!(patch.is_empty());
        }
    }

    #[test]
    fn the_difference_applied_gives_the_other(before in customer(), after in customer()) {
        if let Ok(patch) = diff(&before, &after) {
            let text = patch.clone().into_value().to_string();
            prop_assert_eq!(&Patch::parse(text.as_bytes()).unwrap(), &patch);
            let made = apply(&before, &patch).unwrap();
            prop_assert!(same(&made, &after), "{} made {} instead of {}", text, made, after);
        }
    }

    #[test]
    fn a_patch_that_creates_nothing_applies_twice_as_once(before in customer(), after in customer()) {
        if let (false, Ok(patch)) = (has_new_addresses(&after), diff(&before, &after)) {
            let once = apply(&before, &patch).unwrap();
            prop_assert_eq!(apply(&once, &patch).unwrap(), once);
        }
    }

    #[test]
    fn without_others_a_reconciled_change_is_the_change(base in customer(), desired in customer()) {
        if let Ok(found) = reconcile(&base, &base, &desired, Policy::Fail) {
            prop_assert_eq!(&found.conflicts, &[]);
            prop_assert!(same(&apply(&base, &found.patch.unwrap()).unwrap(), &desired));
        }
    }

    #[test]
    fn without_own_changes_nothing_is_sent(base in customer(), current in customer()) {
        if let Ok(found) = reconcile(&base, &current, &base, Policy::Fail) {
            prop_assert!(found.conflicts.is_empty() && found.patch.unwrap().is_empty());
        }
    }

    #[test]
    fn text_is_merged_as_values_are(before in customer(), after in customer()) {
        if let Ok(patch) = diff(&before, &after) {
            let applied = apply(&before, &patch).unwrap();
            let merged = merge(before.to_string().as_bytes(), patch.into_value().to_string().as_bytes()).unwrap();
            prop_assert_eq!(parse(&merged).unwrap().to_string(), applied.to_string());
        }
    }

    #[test]
    fn nothing_panics(stored in any_json(), patch in any_json(), bytes in vec(any::<u8>(), 0..64)) {
        let _ = Patch::parse(&bytes);
        let _ = merge(&bytes, &bytes);
        let _ = merge(stored.to_string().as_bytes(), patch.to_string().as_bytes());
        if let Ok(patch) = Patch::new(patch.clone()) {
            let _ = apply(&stored, &patch);
        }
        judge(&stored, &patch);
        let _ = diff(&stored, &patch);
        let _ = reconcile(&stored, &patch, &stored, Policy::Ours);
    }
}

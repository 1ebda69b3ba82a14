//! Laws that hold the parts of the plan room together: what differs can be planned, what was
//! planned loses nothing and is verified, and writers who change different things never conflict.

#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "plan_law/generate.rs"]
mod generate;

use std::collections::BTreeSet;

use magewright::json::Value;
use magewright::plan::{
    EffectKind, Patch, Plan, Policy, Strategy, Verification, apply, audit, changes, diff, plan, reconcile,
    same, verify, verify_stored,
};
use magewright::predict::update::{Route, Target};
use magewright::profile::Profile;
use magewright::release::Release;
use magewright::store::{Accounts, Caller, Store};
use proptest::prelude::*;

/// What `ask` says of the target in a stock store.
fn sent<T>((release, caller, route): (Release, Caller, Route<'_>), ask: impl FnOnce(&Target<'_>) -> T) -> T {
    let (profile, accounts) = (Profile::stock(), Accounts::new());
    let store = Store { release, profile: &profile, accounts: &accounts, scope: None, now: None };
    ask(&Target { store, caller, route })
}

fn planned(stored: &Value, patch: &Value, target: &Target<'_>) -> Option<Plan> {
    plan(stored, &Patch::new(patch.clone()).ok()?, target, Strategy::Auto).ok()
}

/// A customer with the ids that a store gives: new addresses from 90 on, and a time.
fn with_ids(customer: &Value) -> Value {
    let text = customer.to_string();
    let named = (1..9).fold(text, |text, at| {
        let (id, marker) = (89 + at, format!("<new{at}>"));
        let text = text.replace(&format!("\"id\":\"{marker}\""), &format!("\"id\":{id}"));
        text.replace(&marker, &id.to_string())
    });
    magewright::json::parse(named.replace("<time>", "2026-01-02 03:04:05").as_bytes()).unwrap()
}

/// A customer as somebody writes it who wants it so: new addresses without what the store gives them.
fn as_wanted(customer: &Value) -> Value {
    let mut wanted = customer.clone();
    if let Some(Value::Array(addresses)) = wanted.as_object_mut().and_then(|c| c.get_mut("addresses")) {
        for address in addresses.iter_mut().filter_map(Value::as_object_mut) {
            if matches!(address.get("id"), Some(Value::String(_))) {
                address.remove("id");
                address.remove("customer_id");
            }
        }
    }
    wanted
}

/// A customer whose new addresses have the markers of their ids.
fn as_stored(customer: &Value) -> Value {
    let mut stored = customer.clone();
    if let Some(Value::Array(addresses)) = stored.as_object_mut().and_then(|c| c.get_mut("addresses")) {
        let new = addresses.iter_mut().filter_map(Value::as_object_mut).filter(|new| new.get("id").is_none());
        for (at, address) in new.enumerate() {
            address.insert("id", format!("<new{}>", at + 1));
        }
    }
    stored
}

/// The pointers of what changed.
fn touched(before: &Value, after: &Value) -> BTreeSet<String> {
    changes(before, after).into_iter().map(|change| change.pointer).collect()
}

/// Whether no place of the one is a place of the other, or lies within one.
fn disjoint(a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
    let within = |a: &str, b: &str| a == b || a.strip_prefix(b).is_some_and(|rest| rest.starts_with('/'));
    a.iter().all(|a| b.iter().all(|b| !within(a, b) && !within(b, a)))
}

fn applied(stored: &Value, patch: &Value) -> Option<Value> {
    apply(stored, &Patch::new(patch.clone()).ok()?).ok()
}

/// Whether a new address has no key yet, by which two writers' could be told apart.
fn adds_addresses(customer: &Value) -> bool {
    let addresses = customer.get("addresses").and_then(Value::as_array).unwrap_or_default();
    addresses.iter().any(|address| address.get("id").is_none())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    #[test]
    fn what_an_update_leaves_can_be_asked_for(
        stored in generate::customer(), patch in generate::patch(), target in generate::target()
    ) {
        sent(target, |target| {
            let Some(first) = planned(&stored, &patch, target) else { return Ok(()) };
            let mut wanted = as_wanted(&first.expected);
            // The time of the save is the store's.
            if let (Some(customer), Some(time)) = (wanted.as_object_mut(), stored.get("updated_at")) {
                customer.insert("updated_at", time.clone());
            }
            let again = plan(&stored, &diff(&stored, &wanted).unwrap(), target, Strategy::Auto);
            let Ok(again) = again else { return Err(TestCaseError::fail(format!("{again:?} for {wanted}"))) };
            // The id 0 of no region is shown where it was sent.
            let no_region = |place: &str| place.ends_with("/region_id");
            let mut other = touched(&again.expected, &first.expected);
            other.retain(|place| !no_region(place));
            prop_assert!(other.is_empty(), "{:?} by {}", other, again.body);
            Ok(())
        })?;
    }

    #[test]
    fn what_was_predicted_is_verified_and_anything_else_is_drift(
        stored in generate::customer(), patch in generate::patch(), target in generate::target(),
        field in proptest::sample::select(&["firstname", "group_id", "email", "website_id"][..])
    ) {
        sent(target, |target| {
            let Some(plan) = planned(&stored, &patch, target) else { return Ok(()) };
            prop_assert_eq!(verify(&plan, &with_ids(&plan.reply)), Verification::Verified);
            let mut seen = with_ids(&plan.expected);
            prop_assert_eq!(verify_stored(&plan, &seen), Verification::Verified);
            seen.as_object_mut().unwrap().insert(field, "other");
            let Verification::Drift(drift) = verify_stored(&plan, &seen) else { panic!("{field}") };
            let places: Vec<_> = drift.into_iter().map(|change| change.pointer).collect();
            prop_assert_eq!(places, [format!("/{field}")]);
            Ok(())
        })?;
    }

    #[test]
    fn a_planned_body_loses_nothing_by_an_audit(
        stored in generate::customer(), patch in generate::patch(), target in generate::target()
    ) {
        sent(target, |target| {
            let Some(plan) = planned(&stored, &patch, target) else { return Ok(()) };
            let removed = |pointer: &str| plan.removals.iter().any(|removal| removal.pointer == pointer);
            for effect in audit(&stored, &plan.body, target) {
                use EffectKind::{AddressLost, Changed, DefaultCleared, Ignored, Lost};
                let harmless = match effect.kind {
                    Changed | Ignored => true,
                    AddressLost | DefaultCleared | Lost => removed(&effect.pointer),
                    _ => false,
                };
                prop_assert!(harmless, "{:?} by {}", effect, plan.body);
            }
            Ok(())
        })?;
    }

    #[test]
    fn writers_of_different_things_never_conflict(
        base in generate::customer(), theirs in generate::patch(), ours in generate::patch()
    ) {
        let copies = (applied(&base, &theirs), applied(&base, &ours));
        let (Some(current), Some(desired)) = copies else { return Ok(()) };
        // What is stored has its ids.
        let current = with_ids(&as_stored(&current));
        if !disjoint(&touched(&base, &current), &touched(&base, &desired)) {
            return Ok(());
        }
        let found = reconcile(&base, &current, &desired, Policy::Fail).unwrap();
        prop_assert!(found.conflicts.is_empty(), "{:?} in {} by {} and {}", found.conflicts, base, theirs, ours);
        let merged = apply(&current, &found.patch.unwrap()).unwrap();
        let both = apply(&current, &diff(&base, &desired).unwrap()).unwrap();
        prop_assert!(same(&merged, &both), "{} is not {}", merged, both);
    }

    #[test]
    fn conflicts_are_the_same_from_both_sides_and_settled_by_policy(
        base in generate::customer(), theirs in generate::patch(), ours in generate::patch()
    ) {
        let copies = (applied(&base, &theirs), applied(&base, &ours));
        let (Some(current), Some(desired)) = copies else { return Ok(()) };
        if adds_addresses(&current) || adds_addresses(&desired) {
            return Ok(());
        }
        let ours = reconcile(&base, &current, &desired, Policy::Ours).unwrap();
        let other = reconcile(&base, &desired, &current, Policy::Theirs).unwrap();
        let places = |conflicts: &[magewright::plan::Conflict]| {
            conflicts.iter().map(|conflict| conflict.pointer.clone()).collect::<BTreeSet<_>>()
        };
        prop_assert_eq!(places(&ours.conflicts), places(&other.conflicts));
        // Whoever writes last, the same customer comes of it.
        let one = apply(&current, &ours.patch.unwrap()).unwrap();
        let two = apply(&desired, &other.patch.unwrap()).unwrap();
        prop_assert!(same(&one, &two), "{} is not {}", one, two);
        // Both changed what they are said to conflict in.
        for conflict in &ours.conflicts {
            let at: BTreeSet<String> = [conflict.pointer.clone()].into();
            prop_assert!(!disjoint(&touched(&base, &current), &at) && !disjoint(&touched(&base, &desired), &at));
        }
    }
}

//! The law of the planner: what a store makes of a planned body is the stored
//! customer with the patch laid over it, and nothing else.
//!
//! `MAGEWRIGHT_CASES=1000000 cargo test -p magewright --release --test plan_law`
//! runs as many cases as it says; 10,000 otherwise.

#![allow(clippy::unwrap_used, clippy::panic)]

mod generate;
mod odd;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use magewright::json::{Value, parse};
use magewright::plan::{Change, Patch, Planner, Strategy, Unplannable, apply, changes, plan};
use magewright::predict::update::{Target, update};
use magewright::profile::Profile;
use magewright::store::{Accounts, Store};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

/// A stock store with attributes of its own.
fn profile() -> Profile {
    let attribute = |code: &str, input: &str, backend: &str| {
        format!(
            r#"{{"attribute_code":"{code}","frontend_label":"{code}","frontend_input":"{input}","backend_type":"{backend}",
            "visible":true,"user_defined":true,"options":[{{"value":"4","label":"a"}},{{"value":"5","label":"b"}},{{"value":"6","label":"c"}}]}}"#
        )
    };
    let mut profile = Profile::stock();
    let own = [
        attribute("tier", "select", "int"),
        attribute("loyalty_code", "text", "varchar"),
        attribute("member_since", "date", "datetime"),
        attribute("credit_limit", "text", "decimal"),
    ];
    let document = format!(r#"{{"version":1,"customer_attributes":[{}]}}"#, own.join(","));
    let own = Profile::from_document(&parse(document.as_bytes()).unwrap()).unwrap();
    profile.customer_attributes.extend(own.customer_attributes);
    profile
}

/// Members that follow from others, or that the store writes as it likes.
fn is_derived(pointer: &str) -> bool {
    let last = pointer.rsplit('/').next().unwrap_or_default();
    pointer == "/updated_at"
        || pointer.contains("/region")
        || matches!(last, "default_billing" | "default_shipping" | "customer_id")
}

fn text(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Null) | None => String::new(),
        Some(value) => value.to_string(),
    }
}

/// Whether the store wrote what was asked: decimals and dates have a longer form.
fn is_written(asked: Option<&Value>, kept: Option<&Value>) -> bool {
    let (asked, kept) = (text(asked), text(kept));
    let number = |text: &str| text.parse::<f64>().ok();
    asked == kept
        || kept == format!("{asked} 00:00:00")
        || (number(&asked).is_some() && number(&asked) == number(&kept))
}

fn value_of(change: &Change) -> Option<&Value> {
    match &change.after {
        Some(item @ Value::Object(_)) if change.pointer.contains("custom_attributes") => item.get("value"),
        value => value.as_ref(),
    }
}

/// Every change the store makes is asked for, and every change asked for is made.
fn check(stored: &Value, wanted: &Value, made: &Value) -> Result<(), TestCaseError> {
    let (asked, done) = (changes(stored, wanted), changes(stored, made));
    let find = |list: &[Change], pointer: &str| list.iter().find(|change| change.pointer == pointer).cloned();
    for change in done.iter().filter(|change| !is_derived(&change.pointer)) {
        let new = change.pointer.starts_with("/addresses/<new");
        let wanted = find(&asked, if new { "/addresses/-" } else { &change.pointer });
        // An attribute set to an empty text is gone.
        let wanted = wanted.or_else(|| find(&asked, &format!("{}/value", change.pointer)));
        prop_assert!(wanted.is_some(), "{} was not asked for", change.pointer);
        if !new {
            prop_assert!(is_written(wanted.as_ref().and_then(value_of), value_of(change)), "{change:?}");
        }
    }
    for change in
        asked.iter().filter(|change| !is_derived(&change.pointer) && !text(value_of(change)).is_empty())
    {
        let new = change.pointer == "/addresses/-";
        prop_assert!(
            new && done.iter().any(|change| change.pointer.starts_with("/addresses/<new"))
                || find(&done, &change.pointer).is_some(),
            "{} was not made",
            change.pointer
        );
    }
    Ok(())
}

fn cases() -> u32 {
    std::env::var("MAGEWRIGHT_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(10_000)
}

/// What is planned without a prediction is what a prediction allows, in a store that was
/// described and in one nobody described.
#[test]
fn the_quick_way_gives_the_body_of_the_plan() {
    let cases = cases();
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) };
    let (stored, patch) = (odd::oddly(generate::customer()), odd::oddly(generate::patch()));
    let all = (stored, patch, generate::target(), any::<bool>());
    let (described, stock, accounts) = (profile(), Profile::stock(), Accounts::new());
    let taken = Cell::new(0_u32);
    let planners = RefCell::new(HashMap::new());
    let law = |(stored, patch, (release, caller, route), known): (Value, Value, _, bool)| {
        let profile = if known { &described } else { &stock };
        let store = Store { release, profile, accounts: &accounts, scope: None, now: None };
        let target = Target { store, caller, route };
        let (text, patch_text) = (stored.to_string(), patch.to_string());
        let mut planners = planners.borrow_mut();
        let planner = planners
            .entry((release, caller, format!("{route:?}"), known))
            .or_insert_with(|| Planner::new(target, Strategy::Auto));
        let Some(quick) = planner.quick(text.as_bytes(), patch_text.as_bytes()) else { return Ok(()) };
        taken.set(taken.get() + 1);
        let plan = Patch::new(patch).map_err(Unplannable::from);
        let plan = plan.and_then(|patch| magewright::plan::plan(&stored, &patch, &target, Strategy::Auto));
        let Ok(plan) = plan else { return Err(TestCaseError::fail(format!("{plan:?}"))) };
        prop_assert_eq!(parse(&quick.body).unwrap().to_string(), plan.body.to_string());
        prop_assert_eq!((quick.is_empty, quick.warnings), (plan.is_empty(), plan.warnings));
        Ok(())
    };
    if let Err(failure) = TestRunner::new(config).run(&all, law) {
        panic!("{failure}");
    }
    println!("{} of {cases} cases took the quick way", taken.get());
    assert!(taken.get() > cases / 16, "too few cases take the quick way to show anything: {}", taken.get());
}

#[test]
fn a_plan_does_what_the_patch_asks_and_nothing_else() {
    let cases = cases();
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) };
    let strategy = prop_oneof![Just(Strategy::Auto), Just(Strategy::Minimal), Just(Strategy::Full)];
    let all = (generate::customer(), generate::patch(), generate::target(), strategy);
    let (profile, accounts) = (profile(), Accounts::new());
    let planned = Cell::new(0_u32);
    let law = |(stored, patch, (release, caller, route), strategy)| {
        let store = Store { release, profile: &profile, accounts: &accounts, scope: None, now: None };
        let target = Target { store, caller, route };
        let Ok(patch) = Patch::new(patch) else { return Ok(()) };
        let Ok(plan) = plan(&stored, &patch, &target, strategy) else { return Ok(()) };
        planned.set(planned.get() + 1);
        let prediction = update(&stored, &plan.body, &target);
        prop_assert!(prediction.outcome.is_saved(), "{} is refused", plan.body);
        let made = prediction.customer(5).cloned().unwrap_or_default();
        prop_assert_eq!(&made, &plan.expected);
        check(&stored, &apply(&stored, &patch).unwrap(), &made)
    };
    if let Err(failure) = TestRunner::new(config).run(&all, law) {
        panic!("{failure}");
    }
    println!("{} of {cases} cases could be planned", planned.get());
    assert!(planned.get() > cases / 4, "too few cases can be planned to show anything: {}", planned.get());
}

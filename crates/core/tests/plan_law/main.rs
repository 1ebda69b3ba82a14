//! The law of the planner: what a store makes of a planned body is the stored
//! customer with the patch laid over it, and nothing else.
//!
//! `MAGEWRIGHT_CASES=1000000 cargo test -p magewright --release --test plan_law`
//! runs as many cases as it says, shared among all processors; 10,000 otherwise.

#![allow(clippy::unwrap_used, clippy::panic)]

mod generate;
mod odd;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use magewright::json::{Value, parse};
use magewright::plan::{Change, Patch, Planner, Strategy, Unplannable, apply, changes, plan};
use magewright::predict::update::{Route, Target, update};
use magewright::profile::{InputLimits, Profile};
use magewright::store::{Accounts, Store};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

/// A stock store with attributes of its own, of which nobody said that these are all.
fn assumed() -> Profile {
    let mut profile = Profile::stock();
    profile.customer_attributes = described().customer_attributes;
    profile
}

/// The same store as it describes itself, with the regions of one country.
fn described() -> Profile {
    let attribute = |code: &str, input: &str, backend: &str| {
        let text = format!(
            r#"{{"attribute_code":"{code}","frontend_label":"{code}","frontend_input":"{input}","backend_type":"{backend}",
            "visible":true,"user_defined":true,"options":[{{"value":"4","label":"a"}},{{"value":"5","label":"b"}},{{"value":"6","label":"c"}}]}}"#
        );
        parse(text.as_bytes()).unwrap()
    };
    let own = [
        attribute("tier", "select", "int"),
        attribute("loyalty_code", "text", "varchar"),
        attribute("member_since", "date", "datetime"),
        attribute("credit_limit", "text", "decimal"),
    ];
    let mut document = parse(include_bytes!("../../src/profile/stock.json")).unwrap();
    let mut section = |name: &str, more: Vec<Value>| {
        let Some(Value::Array(list)) = document.as_object_mut().unwrap().get_mut(name) else { panic!() };
        list.retain(|item| item.get("id").and_then(Value::as_str) != Some("US"));
        list.extend(more);
    };
    section("customer_attributes", own.to_vec());
    let regions = br#"{"id":"US","available_regions":[{"id":33,"code":"MI","name":"Michigan"},{"id":43,"code":"NY","name":"New York"}]}"#;
    section("countries", vec![parse(regions).unwrap()]);
    Profile::from_document(&document).unwrap()
}

/// The same store, with a limit on the addresses of a request.
fn limited() -> Profile {
    let mut profile = described();
    profile.settings.input_limits = Some(InputLimits { list_items: Some(2), ..InputLimits::default() });
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

/// Runs a law for as many cases as are asked for, a share of them in each thread; gives the number
/// of cases and the sum of what the threads counted.
fn hold(law: impl Fn(ProptestConfig, &Cell<u32>) -> Result<(), String> + Sync) -> (u32, u32) {
    let cases: u32 =
        std::env::var("MAGEWRIGHT_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(10_000);
    let threads = std::thread::available_parallelism().map_or(1, |count| u32::try_from(count.get()).unwrap());
    let share = || {
        let cases = cases.div_ceil(threads);
        let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) };
        let counted = Cell::new(0);
        law(config, &counted).unwrap_or_else(|failure| panic!("{failure}"));
        counted.get()
    };
    let counted = std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(share)).collect();
        running.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    (cases, counted)
}

/// What is planned without a prediction is what a prediction allows, in a store that was
/// described, in one nobody described and in one that limits its input.
#[test]
fn the_quick_way_gives_the_body_of_the_plan() {
    let (profiles, accounts) = ([described(), Profile::stock(), limited()], Accounts::new());
    let (cases, taken) = hold(|config, taken| {
        let (stored, patch) = (odd::oddly(generate::customer()), odd::oddly(generate::patch()));
        let all = (stored, patch, generate::target(), 0..profiles.len());
        let planners = RefCell::new(HashMap::new());
        let law = |(stored, patch, (release, caller, route), known): (Value, Value, _, usize)| {
            let profile = &profiles[known];
            let store = Store { release, profile, accounts: &accounts, scope: None, now: None };
            let target = Target { store, caller, route };
            let (text, patch_text) = (stored.to_string(), patch.to_string());
            let mut planners = planners.borrow_mut();
            let planner = planners
                .entry((release, caller, format!("{route:?}"), known))
                .or_insert_with(|| Planner::new(target, Strategy::Auto));
            let Some(quick) = planner.quick(text.as_bytes(), patch_text.as_bytes()) else { return Ok(()) };
            taken.set(taken.get() + 1);
            let id = stored.get("id").map(Value::to_string).unwrap_or_default();
            let route = if let Route::ById(_) = route { Route::ById(&id) } else { route };
            let target = Target { route, ..target };
            let patch = Patch::new(patch).map_err(Unplannable::from);
            let plan = patch.and_then(|patch| plan(&stored, &patch, &target, Strategy::Auto));
            let Ok(plan) = plan else { return Err(TestCaseError::fail(format!("{plan:?}"))) };
            prop_assert_eq!(parse(&quick.body).unwrap().to_string(), plan.body.to_string());
            prop_assert_eq!((quick.is_empty, quick.warnings), (plan.is_empty(), plan.warnings));
            Ok(())
        };
        TestRunner::new(config).run(&all, law).map_err(|failure| failure.to_string())
    });
    println!("{taken} of {cases} cases took the quick way");
    assert!(taken > cases / 16, "too few cases take the quick way to show anything: {taken}");
}

#[test]
fn a_plan_does_what_the_patch_asks_and_nothing_else() {
    let (described, assumed, accounts) = (described(), assumed(), Accounts::new());
    let (cases, planned) = hold(|config, planned| {
        let strategy = prop_oneof![Just(Strategy::Auto), Just(Strategy::Minimal), Just(Strategy::Full)];
        let all = (generate::customer(), generate::patch(), generate::target(), strategy, any::<bool>());
        let law = |(stored, patch, (release, caller, route), strategy, known)| {
            let profile = if known { &described } else { &assumed };
            let store = Store { release, profile, accounts: &accounts, scope: None, now: None };
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
        TestRunner::new(config).run(&all, law).map_err(|failure| failure.to_string())
    });
    println!("{planned} of {cases} cases could be planned");
    assert!(planned > cases / 4, "too few cases can be planned to show anything: {planned}");
}

//! Two texts, parted by the first line break, as a stored customer and a patch
//! or body: nothing panics, text is merged as values are, a plan is saved, and
//! what is planned without a prediction is what a prediction allows.
#![no_main]

use libfuzzer_sys::fuzz_target;
use magewright::json::parse;
use magewright::plan::{Patch, Planner, Policy, Strategy, apply, audit, diff, merge, plan, reconcile};
use magewright::predict::update::{Route, Target, update, update_in_bulk};
use magewright::profile::Profile;
use magewright::release::Release;
use magewright::store::{Accounts, Caller, Store};
use std::sync::LazyLock;

static STOCK: LazyLock<(Profile, Accounts)> = LazyLock::new(|| (Profile::stock(), Accounts::new()));
const ROADS: [(Caller, Route<'static>); 3] =
    [(Caller::Admin, Route::ById("5")), (Caller::Customer, Route::Me), (Caller::Admin, Route::Queue)];
static PLANNERS: LazyLock<[Planner<'static>; 3]> =
    LazyLock::new(|| ROADS.map(|road| Planner::new(target(road), Strategy::Auto)));

fn target((caller, route): (Caller, Route<'static>)) -> Target<'static> {
    let (profile, accounts) = &*STOCK;
    let store = Store { release: Release::DEFAULT, profile, accounts, scope: None, now: None };
    Target { store, caller, route }
}

/// A body written the quick way is that of the plan.
fn agree(stored: &[u8], patch: &[u8]) {
    for (planner, road) in PLANNERS.iter().zip(ROADS) {
        let Some(quick) = planner.quick(stored, patch) else { continue };
        let stored = parse(stored).expect("what is planned is JSON");
        let id = stored.get("id").expect("a customer has an id").to_string();
        let route = if let Route::ById(_) = road.1 { Route::ById(&id) } else { road.1 };
        let target = Target { route, ..target(road) };
        let patch = Patch::parse(patch).expect("what is planned is a patch");
        let plan = plan(&stored, &patch, &target, Strategy::Auto).expect("what is planned can be planned");
        assert_eq!(parse(&quick.body), Ok(plan.body));
    }
}

fuzz_target!(|bytes: &[u8]| {
    let at = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let (stored, patch) = (&bytes[..at], bytes.get(at + 1..).unwrap_or_default());
    let merged = merge(stored, patch);
    agree(stored, patch);
    let (Ok(stored), Ok(body)) = (parse(stored), parse(patch)) else { return };
    let _ = diff(&stored, &body);
    let _ = reconcile(&stored, &body, &stored, Policy::Theirs);
    for road in ROADS {
        let target = target(road);
        let _ = audit(&stored, &body, &target);
        let _ = update_in_bulk(&body, &target);
        let Ok(patch) = Patch::new(body.clone()) else { continue };
        if let Ok(plan) = plan(&stored, &patch, &target, Strategy::Auto) {
            assert!(update(&stored, &plan.body, &target).outcome.is_saved());
        }
    }
    let Ok(patch) = Patch::new(body) else { return };
    if let (Ok(merged), Ok(applied)) = (merged, apply(&stored, &patch)) {
        assert_eq!(parse(&merged).ok(), Some(applied));
    }
});

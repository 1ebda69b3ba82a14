//! Two texts, parted by the first line break, as a stored customer and a patch
//! or body: nothing panics, text is merged as values are, and a plan is saved.
#![no_main]

use libfuzzer_sys::fuzz_target;
use magewright::json::parse;
use magewright::plan::{Patch, Policy, Strategy, apply, audit, diff, merge, plan, reconcile};
use magewright::predict::update::{Route, Target, update, update_in_bulk};
use magewright::profile::Profile;
use magewright::release::Release;
use magewright::store::{Accounts, Caller, Store};
use std::sync::LazyLock;

static STOCK: LazyLock<(Profile, Accounts)> = LazyLock::new(|| (Profile::stock(), Accounts::new()));

fuzz_target!(|bytes: &[u8]| {
    let at = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let (stored, patch) = (&bytes[..at], bytes.get(at + 1..).unwrap_or_default());
    let merged = merge(stored, patch);
    let (Ok(stored), Ok(body)) = (parse(stored), parse(patch)) else { return };
    let _ = diff(&stored, &body);
    let _ = reconcile(&stored, &body, &stored, Policy::Theirs);
    let (profile, accounts) = &*STOCK;
    let store = Store { release: Release::DEFAULT, profile, accounts, scope: None, now: None };
    let roads =
        [(Caller::Admin, Route::ById("5")), (Caller::Customer, Route::Me), (Caller::Admin, Route::Queue)];
    for (caller, route) in roads {
        let target = Target { store, caller, route };
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

//! What would have become of the same rows, had they been sent as they are.

use std::collections::BTreeMap;

use magewright::json::{Object, Value, parse};
use magewright::plan::{EffectKind, audit};
use magewright::predict::update::{Route, Target};
use magewright::predict::validate_create;
use magewright::profile::Profile;
use magewright::release::Release;
use magewright::report::Severity;
use magewright::store::{Accounts, Caller, Store};

/// A loss that a row would have caused.
struct Loss {
    kind: &'static str,
    line: usize,
    pointer: String,
}

/// Prints the losses by kind: those of a plain PUT or POST of each row.
pub(crate) fn print(rows: &[String], before: &BTreeMap<i64, Value>, profile: &Profile) {
    let accounts = Accounts::from_customers(before.values().cloned()).unwrap_or_default();
    let store = Store { release: Release::DEFAULT, profile, accounts: &accounts, scope: None, now: None };
    let losses: Vec<Loss> = rows
        .iter()
        .enumerate()
        .filter_map(|(at, row)| Some((at + 1, parse(row.trim().as_bytes()).ok()?)))
        .flat_map(|(line, row)| of(line, &row, before, &store))
        .collect();
    println!("\nLosses that were avoided: sent as they are, the same rows would be answered 200, and");
    let mut kinds: BTreeMap<&str, Vec<&Loss>> = BTreeMap::new();
    losses.iter().for_each(|loss| kinds.entry(loss.kind).or_default().push(loss));
    for (kind, losses) in kinds {
        let Some(first) = losses.first() else { continue };
        println!("  {:>3} × {kind}, the first by line {}: {}", losses.len(), first.line, first.pointer);
    }
}

fn of(line: usize, row: &Value, before: &BTreeMap<i64, Value>, store: &Store<'_>) -> Vec<Loss> {
    let Some(members) = row.as_object() else { return Vec::new() };
    let body = Value::Object([("customer", row.clone())].into_iter().collect::<Object>());
    if let Some(id) = members.get("id").and_then(Value::as_i64) {
        let (Some(stored), path) = (before.get(&id), id.to_string()) else { return Vec::new() };
        let target = Target { store: *store, caller: Caller::Admin, route: Route::ById(&path) };
        let lost = audit(stored, &body, &target).into_iter().filter(|e| e.severity == Some(Severity::Loss));
        return lost.filter_map(|e| Some(Loss { kind: said(e.kind)?, line, pointer: e.pointer })).collect();
    }
    let is_new = members
        .get("email")
        .and_then(Value::as_str)
        .is_some_and(|email| !store.accounts.is_taken(email, None, None));
    if !is_new {
        return Vec::new();
    }
    let report = validate_create(body.to_string().as_bytes(), Caller::Admin, store);
    if !report.is_accepted() {
        return Vec::new();
    }
    let losses = report.violations.into_iter().filter(|violation| violation.severity == Severity::Loss);
    losses.map(|violation| Loss { kind: violation.code, line, pointer: violation.pointer }).collect()
}

fn said(kind: EffectKind) -> Option<&'static str> {
    Some(match kind {
        EffectKind::AddressLost => "an address deleted because the row does not name it",
        EffectKind::DefaultCleared => "a default address cleared",
        EffectKind::Lost => "a value changed that the row does not name",
        EffectKind::Altered => "another value kept than the one sent",
        EffectKind::Ignored => "a change ignored",
        EffectKind::OtherCustomer => "another customer overwritten",
        _ => return None,
    })
}

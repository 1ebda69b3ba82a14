//! The most surprising losses: what the store answered with 200 and did not keep.

use magewright::json::Value;
use magewright::plan::{EffectKind, audit};
use magewright::predict;
use magewright::predict::update::{Route, Target};
use magewright::report::Severity;
use magewright::store::{Accounts, Caller, Store};
use magewright_conformance::folder::FolderError;

use crate::recordings::{Recordings, answered, shortened, text};

/// How many are explained.
const MOST: usize = 3;

/// Something that a recorded request lost.
struct Surprise {
    case: String,
    kind: &'static str,
    why: String,
    pointer: String,
    lost: Value,
}

pub(crate) fn print(recordings: &Recordings) -> Result<(), FolderError> {
    let mut surprises: Vec<Surprise> = Vec::new();
    for case in recordings.cases("create")?.iter().filter(|case| answered(case, 200)) {
        surprises.extend(lost_by_create(case, recordings));
    }
    let accounts = recordings.accounts("state/update-customers.ndjson")?;
    for case in recordings.cases("update")?.iter().filter(|case| answered(case, 200)) {
        surprises.extend(lost_by_update(case, recordings, &accounts));
    }
    println!("The most surprising losses: the store answered 200, and this was gone.");
    for (at, (surprise, cases)) in heaviest(&surprises).into_iter().take(MOST).enumerate() {
        println!("  {}. {} in {}, {cases} in all", at + 1, surprise.pointer, surprise.case);
        println!("     lost  {}", shortened(&surprise.lost));
        println!("     why   {}", surprise.why);
    }
    println!();
    Ok(())
}

/// For each kind of loss its heaviest instance and how many there are; the kind that lost most comes first.
fn heaviest(surprises: &[Surprise]) -> Vec<(&Surprise, usize)> {
    let mut kinds: Vec<&str> = surprises.iter().map(|surprise| surprise.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let mut kinds: Vec<_> = kinds
        .into_iter()
        .filter_map(|kind| {
            let of_kind = || surprises.iter().filter(|surprise| surprise.kind == kind);
            let total: usize = of_kind().map(|surprise| leaves(&surprise.lost)).sum();
            Some((total, of_kind().max_by_key(|surprise| leaves(&surprise.lost))?, of_kind().count()))
        })
        .collect();
    kinds.sort_by_key(|(total, ..)| std::cmp::Reverse(*total));
    kinds.into_iter().map(|(_, surprise, cases)| (surprise, cases)).collect()
}

fn lost_by_create(case: &Value, recordings: &Recordings) -> Vec<Surprise> {
    let (Some(body), "admin") = (case.get("body"), text(case, "caller")) else { return Vec::new() };
    let report = predict::validate_create(body.to_string().as_bytes(), Caller::Admin, &recordings.store());
    let losses = report.violations.into_iter().filter(|violation| violation.severity == Severity::Loss);
    let surprise = |violation: magewright::report::Violation| {
        Some(Surprise {
            case: text(case, "id").to_owned(),
            kind: violation.code,
            why: format!("POST: {} ({}; {})", violation.message, violation.source, violation.releases),
            lost: body.pointer(&violation.pointer)?.clone(),
            pointer: violation.pointer,
        })
    };
    losses.filter_map(surprise).collect()
}

fn lost_by_update(case: &Value, recordings: &Recordings, accounts: &Accounts) -> Vec<Surprise> {
    let (Some(stored), Some(body), "admin") = (case.get("before"), case.get("body"), text(case, "caller"))
    else {
        return Vec::new();
    };
    let path = text(case, "path");
    let store = Store { accounts, ..recordings.store() };
    let route = Route::ById(path.rsplit('/').next().unwrap_or_default());
    let target = Target { store, caller: Caller::Admin, route };
    let explained = |kind: EffectKind| match kind {
        EffectKind::AddressLost => {
            Some("PUT: the list of addresses is the whole list: what it does not name is deleted")
        }
        EffectKind::DefaultCleared => Some("PUT: the default address went with the address it named"),
        EffectKind::Lost => Some("PUT: the request does not name it, and the store took it away"),
        _ => None,
    };
    let effects = audit(stored, body, &target).into_iter();
    let surprise = |effect: magewright::plan::Effect| {
        Some(Surprise {
            case: text(case, "id").to_owned(),
            kind: effect.kind.as_str(),
            why: explained(effect.kind)?.to_owned(),
            pointer: effect.pointer,
            lost: effect.before?,
        })
    };
    effects.filter_map(surprise).collect()
}

fn leaves(value: &Value) -> usize {
    match value {
        Value::Array(items) => items.iter().map(leaves).sum(),
        Value::Object(members) => members.iter().map(|(_, member)| leaves(member)).sum(),
        _ => 1,
    }
}

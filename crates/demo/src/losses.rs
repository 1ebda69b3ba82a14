//! The most surprising losses: what the store answered with 200 and did not save.

use magewright::json::Value;
use magewright::predict;
use magewright::report::{Severity, Violation};
use magewright::store::Caller;
use magewright_conformance::folder::FolderError;

use crate::recordings::{Recordings, answered, text};

/// How many are explained.
const MOST: usize = 3;

/// Something that was sent in a recorded case and is not in the saved customer.
struct Surprise {
    case: String,
    sent: Value,
    /// How many values it held.
    weight: usize,
    why: Violation,
}

pub(crate) fn print(recordings: &Recordings) -> Result<(), FolderError> {
    let mut surprises: Vec<Surprise> = Vec::new();
    for case in recordings.cases("create")?.iter().filter(|case| answered(case, 200)) {
        surprises.extend(lost(case, recordings));
    }
    println!("The most surprising losses: the store answered 200, and this was gone.");
    for (at, (surprise, cases)) in heaviest(&surprises).into_iter().take(MOST).enumerate() {
        println!("  {}. {} in {}, and so in {cases} cases", at + 1, surprise.why.pointer, surprise.case);
        println!("     sent    {}", shortened(&surprise.sent));
        println!("     why     {}", surprise.why.message);
        println!("     rule    {} ({}; {})", surprise.why.code, surprise.why.source, surprise.why.releases);
    }
    println!();
    Ok(())
}

/// For each kind of loss its heaviest instance and how many cases have it; the kind that lost most comes first.
fn heaviest(surprises: &[Surprise]) -> Vec<(&Surprise, usize)> {
    let mut kinds: Vec<&str> = surprises.iter().map(|surprise| surprise.why.code).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let mut kinds: Vec<_> = kinds
        .into_iter()
        .filter_map(|kind| {
            let of_kind = || surprises.iter().filter(|surprise| surprise.why.code == kind);
            let total: usize = of_kind().map(|surprise| surprise.weight).sum();
            Some((total, of_kind().max_by_key(|surprise| surprise.weight)?, of_kind().count()))
        })
        .collect();
    kinds.sort_by_key(|(total, ..)| std::cmp::Reverse(*total));
    kinds.into_iter().map(|(_, surprise, cases)| (surprise, cases)).collect()
}

fn lost(case: &Value, recordings: &Recordings) -> Vec<Surprise> {
    let (Some(body), "admin") = (case.get("body"), text(case, "caller")) else { return Vec::new() };
    let report = predict::validate_create(body.to_string().as_bytes(), Caller::Admin, &recordings.store());
    let losses = report.violations.into_iter().filter(|violation| violation.severity == Severity::Loss);
    losses
        .filter_map(|why| {
            let sent = body.pointer(&why.pointer)?.clone();
            Some(Surprise { case: text(case, "id").to_owned(), weight: leaves(&sent), sent, why })
        })
        .collect()
}

fn leaves(value: &Value) -> usize {
    match value {
        Value::Array(items) => items.iter().map(leaves).sum(),
        Value::Object(members) => members.iter().map(|(_, member)| leaves(member)).sum(),
        _ => 1,
    }
}

fn shortened(value: &Value) -> String {
    const MOST: usize = 90;
    let text = value.to_string();
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text,
    }
}

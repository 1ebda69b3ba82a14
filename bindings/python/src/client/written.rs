//! What the client gives, as JSON.

use magewright::bulk::Settled;
use magewright::json::{Object, Value};
use magewright::plan::Change;
use magewright::search::Rows;
use magewright_client::{Changed, Created, Error, Outcome, RowOutcome, Updated};

fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    Value::Object(members.into_iter().collect())
}

/// A page in the store's own words: what was checked to be JSON is not read before Python reads it.
pub(super) fn page(page: &Rows) -> String {
    let items: Vec<&str> = page.iter().map(|row| row.text()).collect();
    format!(r#"{{"items":[{}],"total_count":{}}}"#, items.join(","), page.total_count())
}

/// The rows of a page, in the same way.
pub(super) fn rows(page: Rows) -> impl Iterator<Item = Result<String, Error>> {
    let rows: Vec<_> = page.iter().map(|row| Ok(row.text().to_owned())).collect();
    rows.into_iter()
}

pub(super) fn created(created: Created) -> Value {
    object([("customer", created.customer), ("looked_up", created.looked_up.into())])
}

pub(super) fn updated(updated: Updated) -> Value {
    object([
        ("customer", updated.customer),
        ("changes", changes(updated.changes)),
        ("drift", changes(updated.drift)),
        ("sent", u64::from(updated.sent).into()),
    ])
}

fn changes(changes: Vec<Change>) -> Value {
    Value::Array(changes.into_iter().map(change).collect())
}

fn change(change: Change) -> Value {
    let mut told: Object = [("pointer", change.pointer)].into_iter().collect();
    if let Some(before) = change.before {
        told.insert("before", before);
    }
    if let Some(after) = change.after {
        told.insert("after", after);
    }
    told.into()
}

pub(super) fn changed(changed: Changed) -> Value {
    object([("customers", Value::Array(changed.customers)), ("until", changed.until.into())])
}

/// What became of each item of a bulk.
pub(super) fn settled(settled: Vec<Settled>) -> Value {
    Value::Array(settled.iter().map(one_settled).collect())
}

fn one_settled(settled: &Settled) -> Value {
    let (state, message, code) = match settled {
        Settled::Done => ("done", None, None),
        Settled::Open => ("open", None, None),
        Settled::Retriable { message } => ("retriable", Some(message), None),
        Settled::Failed { message, code } => ("failed", Some(message), Some(*code)),
        Settled::Rejected { message } => ("rejected", Some(message), None),
        _ => ("lost", None, None),
    };
    object([("state", state.into()), ("message", message.cloned().into()), ("code", code.into())])
}

/// What became of a row of a sync.
pub(super) fn row(row: &RowOutcome) -> Value {
    let why = match &row.outcome {
        Outcome::Rejected(problems) => {
            let told = |problem: &magewright_client::Problem| {
                let place = if problem.pointer.is_empty() { "/" } else { &problem.pointer };
                format!("{place}: {}", problem.message)
            };
            Some(problems.iter().map(told).collect::<Vec<_>>().join("; "))
        }
        Outcome::Conflict(pointers) => Some(pointers.join(" ")),
        Outcome::Failed(message) => Some(message.clone()),
        _ => None,
    };
    object([
        ("line", row.line.into()),
        ("id", row.id.into()),
        ("outcome", row.outcome.as_str().into()),
        ("why", why.into()),
        ("earlier", row.earlier.into()),
        ("reject", row.reject().into()),
    ])
}

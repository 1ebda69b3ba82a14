//! `create.jsonl`: POSTs of a customer, path, content type and body as they were sent.

use magewright::json::{Object, Value};
use magewright::outcome::Outcome;
use magewright::predict::{self, Post};
use magewright::release::{Band, Release};
use magewright::store::{Caller, Store};

use crate::Verdict;
use crate::compare::differences;
use crate::folder::{Folder, FolderError};
use crate::surroundings;

/// Releases that list the default shipping address first: compared by id.
const BY_ID: Band = Band::since(&[(8, 0)]);

/// Runs the cases against the customers of `state/create-customers.ndjson`.
pub(super) fn run(folder: &Folder, cases: &[Value]) -> Result<Vec<Verdict>, FolderError> {
    let profile = surroundings::profile(folder)?;
    let accounts = surroundings::accounts(folder, "state/create-customers.ndjson")?;
    let release = folder.release();
    let store = Store {
        release,
        profile: &profile,
        accounts: &accounts,
        scope: None,
        now: Some(surroundings::RECORDED),
    };
    Ok(cases.iter().map(|case| verdict(case, &store)).collect())
}

fn verdict(case: &Value, store: &Store<'_>) -> Verdict {
    let outcome = predict(case, store);
    let expected = sorted(&recorded(case), store.release);
    let actual = sorted(&shown(&outcome), store.release);
    let id = case.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
    Verdict { id, differences: differences(&expected, &actual) }
}

fn predict(case: &Value, store: &Store<'_>) -> Outcome {
    let text = |key: &str| case.get(key).and_then(Value::as_str);
    let body = case.get("body").map(ToString::to_string);
    let body = body.or_else(|| text("raw_body").map(str::to_owned)).unwrap_or_default();
    let content_type = match case.get("content_type") {
        None => Some("application/json"),
        Some(given) => given.as_str(),
    };
    let path = text("path").unwrap_or_default();
    predict::request(&Post { path, content_type, body: body.as_bytes() }, caller(text("caller")), store)
}

/// The caller by the name the recordings use.
pub(super) fn caller(name: Option<&str>) -> Caller {
    match name {
        Some("admin") => Caller::Admin,
        Some("integration") => Caller::Integration,
        Some("customer") => Caller::Customer,
        Some("limited") => Caller::Limited,
        _ => Caller::Guest,
    }
}

/// Status, reply of a refusal and saved customer, as recorded.
fn recorded(case: &Value) -> Value {
    let member = |key: &str| case.get(key).cloned().unwrap_or_default();
    let refused = member("status").as_i64() != Some(200);
    let reply = if refused { member("reply") } else { Value::Null };
    document(member("status"), reply, member("saved"))
}

fn shown(outcome: &Outcome) -> Value {
    match outcome {
        Outcome::Saved { customer } => document(200i64.into(), Value::Null, customer.clone()),
        Outcome::Refused(refusal) => {
            let saved = refusal.kept.clone().unwrap_or_default();
            document(i64::from(refusal.status).into(), refusal.reply(), saved)
        }
    }
}

fn document(status: Value, reply: Value, saved: Value) -> Value {
    Object::from_iter([("status", status), ("reply", reply), ("saved", saved)]).into()
}

/// Addresses in the order of their ids where the release changed it.
fn sorted(document: &Value, release: Release) -> Value {
    let mut document = document.clone();
    let saved = document.as_object_mut().and_then(|document| document.get_mut("saved"));
    let addresses = saved.and_then(Value::as_object_mut).and_then(|saved| saved.get_mut("addresses"));
    if let Some(Value::Array(addresses)) = addresses.filter(|_| BY_ID.holds(release)) {
        addresses.sort_by_key(|address| address.get("id").map(ToString::to_string));
    }
    document
}

//! `limits.jsonl`: input limits switched on and off.

use magewright::json::{Object, Value};

use crate::Verdict;
use crate::compare::differences;
use crate::folder::{Folder, FolderError, kept};
use crate::placeholders::Bindings;
use crate::stage::{self, Stage};

/// The cases run in the order of their ids on one state: customers 1 to 8, of which
/// a case may change one. Created customers are removed before the next case.
pub(super) fn run(folder: &Folder, cases: &[Value]) -> Result<Vec<Verdict>, FolderError> {
    run_on(folder, cases, &mut Stage::direct())
}

pub(super) fn run_on(
    folder: &Folder,
    cases: &[Value],
    stage: &mut Stage,
) -> Result<Vec<Verdict>, FolderError> {
    let mut customers = state(folder)?;
    let mut verdicts = Vec::new();
    for (judged, case) in with_earlier_changes(folder, cases)? {
        let mut app = stage::store(folder, case.get("config"))?;
        for customer in customers.drain(..) {
            app.insert(customer, None);
        }
        stage.set(app);
        let found = differ(stage, &case);
        if judged {
            verdicts.push(Verdict { id: text(&case, "id").to_owned(), differences: found });
        }
        customers = stage.app().customers().filter(|customer| is_kept(customer)).cloned().collect();
    }
    Ok(verdicts)
}

/// Customers 1 to 8, made the way they were.
fn state(folder: &Folder) -> Result<Vec<Value>, FolderError> {
    let mut app = stage::store(folder, None)?;
    for number in 0..KEPT {
        let body = format!(
            r#"{{"customer":{{"email":"pre{number}@example.test","firstname":"A","lastname":"B"}}}}"#
        );
        let request = magewright_sandbox::Request::new("POST", "/rest/V1/customers").json(body);
        app.handle(&request);
    }
    Ok(app.customers().cloned().collect())
}

const KEPT: i64 = 8;

fn is_kept(customer: &Value) -> bool {
    customer.get("id").and_then(Value::as_i64).is_some_and(|id| id <= KEPT)
}

/// The cases in the order of their ids, with the kept ones between them that changed
/// one of the customers: a folder may hold a part of the recording only.
fn with_earlier_changes(folder: &Folder, cases: &[Value]) -> Result<Vec<(bool, Value)>, FolderError> {
    let mut all: Vec<(bool, Value)> = cases.iter().map(|case| (true, case.clone())).collect();
    let others = Folder::new(kept(), folder.release()).cases("limits")?.unwrap_or_default();
    let is_here = |case: &Value| cases.iter().any(|other| other.get("id") == case.get("id"));
    let others = others.into_iter().filter(|case| text(case, "method") == "PUT" && !is_here(case));
    all.extend(others.map(|case| (false, case)));
    all.sort_by(|(_, a), (_, b)| text(a, "id").cmp(text(b, "id")));
    Ok(all)
}

fn differ(stage: &mut Stage, case: &Value) -> Vec<String> {
    let (status, reply) = stage.ask(&stage::request(case, &Bindings::default()));
    let mut found = match case.get("error").filter(|error| !error.is_null()) {
        Some(error) => differences(error, &reply),
        None => differences(case.get("summary").unwrap_or(&Value::Null), &summary(&reply)),
    };
    let expected = case.get("status").and_then(Value::as_i64);
    if expected != Some(status) {
        found.push(format!("status: expected {expected:?}, got {status}"));
    }
    found
}

/// The counts of a reply: of a list, of a submission or of a customer.
fn summary(reply: &Value) -> Value {
    let count = |key: &str| {
        let items = reply.get(key).and_then(Value::as_array).unwrap_or_default();
        i64::try_from(items.len()).unwrap_or(i64::MAX)
    };
    let mut out = Object::new();
    if reply.get("search_criteria").is_some() {
        out.insert("items", count("items"));
        out.insert("total_count", reply.get("total_count").cloned());
        out.insert("search_criteria", reply.get("search_criteria").cloned());
    } else if reply.get("request_items").is_some() {
        out.insert("request_items", count("request_items"));
    } else {
        out.insert("addresses", count("addresses"));
        out.insert("custom_attributes", count("custom_attributes"));
    }
    out.into()
}

fn text<'a>(case: &'a Value, key: &str) -> &'a str {
    case.get(key).and_then(Value::as_str).unwrap_or_default()
}

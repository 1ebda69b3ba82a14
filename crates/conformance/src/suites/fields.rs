//! `fields.jsonl`: a reply without and with the `fields` parameter.

use magewright::fields;
use magewright::json::Value;

use crate::Verdict;
use crate::compare::differences;
use crate::folder::{Folder, FolderError};

pub(super) fn run(_: &Folder, cases: &[Value]) -> Result<Vec<Verdict>, FolderError> {
    Ok(cases.iter().map(verdict).collect())
}

fn verdict(case: &Value) -> Verdict {
    let text = |key: &str| case.get(key).and_then(Value::as_str).unwrap_or_default();
    let input = case.get("input").cloned().unwrap_or_default();
    let status = case.get("status").and_then(Value::as_i64).unwrap_or_default();
    // The filter is not applied to what is an error without it.
    let is_error = input.get("message").is_some();
    let (got_status, output) = match fields::apply(&input, text("fields")) {
        _ if is_error => (status, input),
        Ok(output) => (200, output),
        Err(refusal) => (i64::from(refusal.status), Value::String(refusal.message)),
    };
    let mut found = differences(case.get("output").unwrap_or(&Value::Null), &output);
    if status != got_status {
        found.push(format!("status: expected {status}, got {got_status}"));
    }
    Verdict { id: text("id").to_owned(), differences: found }
}

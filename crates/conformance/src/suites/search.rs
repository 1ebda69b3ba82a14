//! `search.jsonl`: searches for customers and what a store found.

use magewright::json::{Object, Value};
use magewright::outcome::{Parameters, Refusal};
use magewright::release::Release;
use magewright::search::{self, DecodeError, SearchCriteria, Spelling};

use crate::Verdict;
use crate::compare::differences;
use crate::folder::{Folder, FolderError};

pub(super) fn run(folder: &Folder, cases: &[Value]) -> Result<Vec<Verdict>, FolderError> {
    let release = folder.release();
    Ok(cases.iter().map(|case| verdict(case, release)).collect())
}

fn verdict(case: &Value, release: Release) -> Verdict {
    let text = |key: &str| case.get(key).and_then(Value::as_str).unwrap_or_default();
    let found = match search::decode(text("query"), release) {
        Ok(criteria) => decoded(case, &criteria, release),
        Err(DecodeError::Refused(refusal)) => refused(case, &refusal),
        Err(other) => vec![other.to_string()],
    };
    Verdict { id: text("id").to_owned(), differences: found }
}

/// The whole of a refusal: status, message and parameters.
fn refused(case: &Value, refusal: &Refusal) -> Vec<String> {
    let mut reply = Object::new();
    reply.insert("message", refusal.message.as_str());
    match &refusal.parameters {
        Parameters::None => {}
        Parameters::Positional(list) => reply.insert("parameters", list.clone()),
        Parameters::Named(object) => reply.insert("parameters", object.clone()),
    }
    let mut found = differences(case.get("error").unwrap_or(&Value::Null), &reply.into());
    let status = case.get("status").and_then(Value::as_i64);
    if status != Some(i64::from(refusal.status)) {
        found.push(format!("status: expected {status:?}, got {}", refusal.status));
    }
    found
}

fn decoded(case: &Value, criteria: &SearchCriteria, release: Release) -> Vec<String> {
    let mut found = Vec::new();
    if let Some(expected) = case.get("criteria").filter(|echo| !echo.is_null()) {
        found.extend(differences(expected, &search::echo(criteria)));
    }
    for spelling in [Spelling::Camel, Spelling::Snake] {
        let query = search::encode(criteria, spelling);
        if search::decode(&query, release).as_ref() != Ok(criteria) {
            found.push(format!("re-encoded as {query}, which is read differently"));
        }
    }
    if criteria.to_string().parse().as_ref() != Ok(criteria) {
        found.push(format!("printed as {criteria}, which is read differently"));
    }
    found
}

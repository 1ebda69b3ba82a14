//! `update.jsonl`: each PUT to a store of its own, and GETs of the customers it was about.

use std::path::Path;

use magewright::json::Value;
use magewright_sandbox::{Credentials, Identity, Request, Rights};

use super::{created, get, id, member, reply, status_differs};
use crate::Verdict;
use crate::folder::{Folder, FolderError};
use crate::placeholders::Bindings;
use crate::stage::{self, Stage};
use crate::suites::update::mask_assigned_customer;

pub(in crate::suites) fn run_on(
    folder: &Folder,
    cases: &[Value],
    stage: &mut Stage,
) -> Result<Vec<Verdict>, FolderError> {
    let base = stage::store_with(folder, Path::new("state/update-customers.ndjson"))?;
    let verdict = |case: &Value| {
        stage.set(base.clone());
        Verdict { id: id(case), differences: differences(stage, case) }
    };
    Ok(cases.iter().map(verdict).collect())
}

fn differences(stage: &mut Stage, case: &Value) -> Vec<String> {
    let before = case.pointer("/before/id").and_then(Value::as_i64).unwrap_or_default();
    let request = stage::request(case, &Bindings::default());
    let mut request = Request { method: "PUT".to_owned(), ..request };
    if case.get("caller").and_then(Value::as_str) == Some("customer") {
        request.credentials = Credentials::Known(Identity::Customer(before));
    }
    let known = stage.app().next_customer() - 1;
    let mut bindings = Bindings::default();
    let mut found = match case.get("mode").and_then(Value::as_str) {
        Some("bulk") => queued(stage, case, &request),
        _ => direct(stage, case, &request, known, &mut bindings),
    };
    found.extend(bindings.differences(member(case, "after"), &get(stage, before)));
    for other in case.get("other_after").and_then(Value::as_array).unwrap_or_default() {
        let id = other.get("id").and_then(Value::as_i64).unwrap_or_default();
        found.extend(bindings.differences(other, &get(stage, id)));
    }
    if let Some(expected) = case.get("created") {
        found.extend(bindings.differences(expected, &created(stage, known)));
    }
    found
}

/// A refusal may name the id that a save rolled back had taken: its number is the database's.
fn direct(
    stage: &mut Stage,
    case: &Value,
    request: &Request,
    known: i64,
    bindings: &mut Bindings,
) -> Vec<String> {
    if member(case, "status").as_i64() == Some(200) {
        return reply(stage, case, request, bindings);
    }
    let (status, mut body) = stage.ask(request);
    let mut expected = member(case, "reply").clone();
    for side in [&mut expected, &mut body] {
        mask_assigned_customer(side, &|id| id <= known);
    }
    let mut found = bindings.differences(&expected, &body);
    found.extend(status_differs(case, "status", Some(status)));
    found
}

/// A submission, and what became of its first operation.
fn queued(stage: &mut Stage, case: &Value, request: &Request) -> Vec<String> {
    let known = stage.app().next_customer() - 1;
    let (status, submitted) = stage.ask(request);
    stage.app().run_consumer();
    let mut found = Vec::from_iter(status_differs(case, "http_status", Some(status)));
    let mut expected = member(case, "reply").clone();
    let Some(uuid) = submitted.get("bulk_uuid").and_then(Value::as_str) else {
        found.extend(Bindings::default().differences(&expected, &submitted));
        return found;
    };
    let request = Request::get(&format!("/rest/V1/bulk/{uuid}/status")).from(Identity::Admin(1, Rights::All));
    let (_, status) = stage.ask(&request);
    let Some(mut first) = status.pointer("/operations_list/0").cloned() else { return found };
    for side in [&mut expected, &mut first] {
        mask_assigned_customer(side, &|id| id <= known);
    }
    for name in ["error_code", "result_message"] {
        if let Some(expected) = expected.get(name) {
            found.extend(Bindings::default().differences(expected, member(&first, name)));
        }
    }
    found.extend(status_differs(case, "status", first.get("status").and_then(Value::as_i64)));
    found
}

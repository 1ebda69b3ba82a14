//! `bulk.jsonl`: submissions to the queue, their state before and after it is worked.

use std::path::Path;

use magewright::json::{Object, Value};
use magewright_sandbox::Request;

use crate::Verdict;
use crate::folder::{Folder, FolderError};
use crate::placeholders::Bindings;
use crate::stage::{self, Stage};

/// All cases are submitted in their order, then the queue is worked until it is empty.
pub(super) fn run(folder: &Folder, cases: &[Value]) -> Result<Vec<Verdict>, FolderError> {
    run_on(folder, cases, &mut Stage::direct())
}

pub(super) fn run_on(
    folder: &Folder,
    cases: &[Value],
    stage: &mut Stage,
) -> Result<Vec<Verdict>, FolderError> {
    stage.set(stage::store_with(folder, Path::new("state/update-customers.ndjson"))?);
    let submitted: Vec<Submitted<'_>> = cases.iter().map(|case| submit(stage, case)).collect();
    stage.app().run_consumer();
    Ok(submitted.into_iter().map(|submitted| judge(stage, submitted)).collect())
}

struct Submitted<'a> {
    case: &'a Value,
    uuid: Option<String>,
    differences: Vec<String>,
}

fn submit<'a>(stage: &mut Stage, case: &'a Value) -> Submitted<'a> {
    let (status, reply) = stage.ask(&stage::request(case, &Bindings::default()));
    let mut differences = Vec::new();
    differ(case.get("reply"), &reply, "reply", &mut differences);
    let expected = case.get("status").and_then(Value::as_i64);
    if expected != Some(status) {
        differences.push(format!("status: expected {expected:?}, got {status}"));
    }
    let uuid = reply.get("bulk_uuid").and_then(Value::as_str).map(str::to_owned);
    let mut submitted = Submitted { case, uuid, differences };
    submitted.ask(stage, "open_status", "status");
    submitted
}

fn judge(stage: &mut Stage, mut submitted: Submitted<'_>) -> Verdict {
    submitted.ask(stage, "final_status", "status");
    submitted.ask(stage, "detailed_status", "detailed-status");
    submitted.ask_operations(stage);
    submitted.ask_counts(stage);
    let id = submitted.case.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
    Verdict { id, differences: submitted.differences }
}

impl Submitted<'_> {
    /// Holds the reply of an endpoint against what was recorded of it, if anything was.
    fn ask(&mut self, stage: &mut Stage, recorded: &str, endpoint: &str) {
        if let Some(expected) = self.case.get(recorded) {
            let reply = self.get(stage, endpoint);
            differ(Some(expected), &reply, recorded, &mut self.differences);
        }
    }

    /// `operations`: the list of `/status` without the rest.
    fn ask_operations(&mut self, stage: &mut Stage) {
        let Some(expected) = self.case.get("operations") else { return };
        let status = self.get(stage, "status");
        let actual = status.get("operations_list").cloned().unwrap_or_default();
        let listed = |value: &Value| Value::Object(Object::from_iter([("operations_list", value.clone())]));
        differ(Some(&listed(expected)), &listed(&actual), "operations", &mut self.differences);
    }

    fn ask_counts(&mut self, stage: &mut Stage) {
        let Some(expected) = self.case.get("operation_counts").and_then(Value::as_object) else { return };
        for (status, count) in expected.iter() {
            let actual = self.get(stage, &format!("operation-status/{status}"));
            differ(Some(count), &actual, &format!("operation-status/{status}"), &mut self.differences);
        }
    }

    fn get(&self, stage: &mut Stage, endpoint: &str) -> Value {
        let uuid = self.uuid.as_deref().unwrap_or_default();
        let mut recorded = Object::new();
        recorded.insert("caller", "admin");
        let mut request: Request = stage::request(&recorded.into(), &Bindings::default());
        request.target = format!("/rest/V1/bulk/{uuid}/{endpoint}");
        stage.ask(&request).1
    }
}

fn differ(expected: Option<&Value>, actual: &Value, what: &str, differences: &mut Vec<String>) {
    let found = Bindings::default().differences(expected.unwrap_or(&Value::Null), actual);
    differences.extend(found.into_iter().map(|difference| format!("{what}{difference}")));
}

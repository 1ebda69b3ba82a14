//! `scenarios.jsonl`: whole sequences of requests to an empty store.

use magewright::json::Value;
use magewright_sandbox::Clock;

use crate::Verdict;
use crate::folder::{Folder, FolderError};
use crate::placeholders::Bindings;
use crate::stage::{self, Stage};

pub(super) fn run(folder: &Folder, cases: &[Value]) -> Result<Vec<Verdict>, FolderError> {
    run_on(folder, cases, &mut Stage::direct())
}

pub(super) fn run_on(
    folder: &Folder,
    cases: &[Value],
    stage: &mut Stage,
) -> Result<Vec<Verdict>, FolderError> {
    cases.iter().map(|case| verdict(folder, case, stage)).collect()
}

fn verdict(folder: &Folder, case: &Value, stage: &mut Stage) -> Result<Verdict, FolderError> {
    stage.set(stage::store(folder, case.get("config"))?);
    let mut bindings = Bindings::default();
    let mut differences = Vec::new();
    let steps = case.get("steps").and_then(Value::as_array).unwrap_or_default();
    for (number, step) in steps.iter().enumerate() {
        // A second passes between two requests: tokens issued in the same one are equal.
        stage.app().set_clock(Clock::Fixed(stage::NOW + number as i64));
        let found = self::step(stage, step, &mut bindings);
        differences.extend(found.into_iter().map(|difference| format!("step {number}{difference}")));
    }
    let id = case.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
    Ok(Verdict { id, differences })
}

fn step(stage: &mut Stage, step: &Value, bindings: &mut Bindings) -> Vec<String> {
    let (Some(request), Some(response)) = (step.get("request"), step.get("response")) else {
        if step.get("action").and_then(Value::as_str) == Some("run_consumer") {
            stage.app().run_consumer();
            return Vec::new();
        }
        return vec![": a step that is neither a request nor a known action".to_owned()];
    };
    let (status, body) = stage.ask(&stage::request(request, bindings));
    let mut found = bindings.differences(response.get("body").unwrap_or(&Value::Null), &body);
    let expected = response.get("status").and_then(Value::as_i64);
    if expected != Some(status) {
        found.push(format!(" status: expected {expected:?}, got {status}"));
    }
    found
}

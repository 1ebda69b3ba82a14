//! The cases of the core's own predictions, put to the sandbox store: request, reply, and GETs afterwards.

pub(super) mod create;
pub(super) mod search;
pub(super) mod update;

use magewright::json::Value;
use magewright_sandbox::{Identity, Request, Rights};

use crate::placeholders::Bindings;
use crate::stage::Stage;

/// The customer as an administrator reads them; `null` when there is none.
fn get(stage: &mut Stage, id: i64) -> Value {
    let request = Request::get(&format!("/rest/V1/customers/{id}")).from(Identity::Admin(1, Rights::All));
    let (status, body) = stage.ask(&request);
    if status == 200 { body } else { Value::Null }
}

/// The customer whose id is beyond those known.
fn created(stage: &mut Stage, known: i64) -> Value {
    let newest = |stage: &Stage| stage.app().customers().filter_map(|one| one.get("id")?.as_i64()).max();
    match newest(stage) {
        Some(id) if id > known => get(stage, id),
        _ => Value::Null,
    }
}

/// Puts the request and holds status and reply against the recorded ones.
fn reply(stage: &mut Stage, case: &Value, request: &Request, bindings: &mut Bindings) -> Vec<String> {
    let (status, body) = stage.ask(request);
    let mut found = bindings.differences(member(case, "reply"), &body);
    found.extend(status_differs(case, "status", Some(status)));
    found
}

fn status_differs(case: &Value, key: &str, actual: Option<i64>) -> Option<String> {
    let expected = case.get(key).and_then(Value::as_i64);
    (expected != actual).then(|| format!("{key}: expected {expected:?}, got {actual:?}"))
}

fn member<'v>(case: &'v Value, key: &str) -> &'v Value {
    const NOTHING: &Value = &Value::Null;
    case.get(key).unwrap_or(NOTHING)
}

fn id(case: &Value) -> String {
    case.get("id").and_then(Value::as_str).unwrap_or_default().to_owned()
}

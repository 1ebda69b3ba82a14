//! Puts the recorded creates and updates to the sandbox store: request, reply, and a GET afterwards.

use std::path::Path;

use magewright::json::Value;
use magewright::release::Release;
use magewright_conformance::folder::{Folder, kept};
use magewright_conformance::placeholders::Bindings;
use magewright_conformance::stage;
use magewright_sandbox::{App, Credentials, Identity, Request, Rights};

type Failure = Box<dyn std::error::Error>;

/// The least share, in percent, of the cases whose whole outcome is the recorded one.
const BAR: usize = 99;

fn folder() -> Folder {
    Folder::new(kept(), Release::DEFAULT)
}

/// The store with the customers of a state file.
fn app(state: &str) -> Result<App, Failure> {
    let mut app = stage::store(&folder(), None)?;
    for customer in folder().lines(Path::new(state))?.unwrap_or_default() {
        app.insert(customer, Some(stage::PASSWORD));
    }
    Ok(app)
}

/// Runs every case on a store of its own and counts those that differ nowhere.
fn run(suite: &str, state: &str, differ: impl Fn(&mut App, &Value) -> Vec<String>) -> Result<(), Failure> {
    let base = app(state)?;
    let cases = folder().cases(suite)?.unwrap_or_default();
    let mut failed = Vec::new();
    for case in &cases {
        let found = differ(&mut base.clone(), case);
        if !found.is_empty() {
            failed.push(format!(
                "{}: {}",
                case.get("id").map(Value::to_string).unwrap_or_default(),
                found.join("; ")
            ));
        }
    }
    let passed = cases.len() - failed.len();
    println!("{suite} through the sandbox {passed}/{}\n{}", cases.len(), failed.join("\n"));
    assert!(passed * 100 >= cases.len() * BAR, "{suite}: {passed} of {}", cases.len());
    Ok(())
}

fn get(app: &mut App, id: i64) -> Value {
    let request = Request::get(&format!("/rest/V1/customers/{id}")).from(Identity::Admin(1, Rights::All));
    let (status, body) = stage::recorded(&app.handle(&request));
    if status == 200 { body } else { Value::Null }
}

/// The customer that was not there before.
fn created(app: &mut App, known: i64) -> Value {
    let newest = app.customers().filter_map(|customer| customer.get("id")?.as_i64()).max().unwrap_or(0);
    if newest > known { get(app, newest) } else { Value::Null }
}

fn reply(app: &mut App, case: &Value, request: &Request, bindings: &mut Bindings) -> Vec<String> {
    let (status, body) = stage::recorded(&app.handle(request));
    let mut found = bindings.differences(case.get("reply").unwrap_or(&Value::Null), &body);
    if case.get("status").and_then(Value::as_i64) != Some(status) {
        found.push(format!("status {status}"));
    }
    found
}

#[test]
fn creates_are_answered_and_kept_as_recorded() -> Result<(), Failure> {
    run("create", "state/create-customers.ndjson", |app, case| {
        let mut bindings = Bindings::default();
        let request = Request { method: "POST".to_owned(), ..stage::request(case, &bindings) };
        let mut found = reply(app, case, &request, &mut bindings);
        let saved = created(app, 3);
        found.extend(bindings.differences(case.get("saved").unwrap_or(&Value::Null), &saved));
        found
    })
}

#[test]
fn updates_are_answered_and_kept_as_recorded() -> Result<(), Failure> {
    run("update", "state/update-customers.ndjson", |app, case| {
        let before = case.pointer("/before/id").and_then(Value::as_i64).unwrap_or_default();
        let request = stage::request(case, &Bindings::default());
        let mut request = Request { method: "PUT".to_owned(), ..request };
        if case.get("caller").and_then(Value::as_str) == Some("customer") {
            request.credentials = Credentials::Known(Identity::Customer(before));
        }
        let known = app.next_customer() - 1;
        let mut bindings = Bindings::default();
        let mut found = if case.get("mode").and_then(Value::as_str) == Some("bulk") {
            queued(app, case, &request)
        } else {
            reply(app, case, &request, &mut bindings)
        };
        found.extend(bindings.differences(case.get("after").unwrap_or(&Value::Null), &get(app, before)));
        if let Some(expected) = case.get("created") {
            found.extend(bindings.differences(expected, &created(app, known)));
        }
        found
    })
}

/// A submission, and what became of its first operation.
fn queued(app: &mut App, case: &Value, request: &Request) -> Vec<String> {
    let (status, submitted) = stage::recorded(&app.handle(request));
    app.run_consumer();
    let mut found = Vec::new();
    if case.get("http_status").and_then(Value::as_i64) != Some(status) {
        found.push(format!("http_status {status}"));
    }
    let expected = case.get("reply").cloned().unwrap_or_default();
    let Some(uuid) = submitted.get("bulk_uuid").and_then(Value::as_str) else {
        found.extend(Bindings::default().differences(&expected, &submitted));
        return found;
    };
    let request = Request::get(&format!("/rest/V1/bulk/{uuid}/status")).from(Identity::Admin(1, Rights::All));
    let (_, status) = stage::recorded(&app.handle(&request));
    let first = status.pointer("/operations_list/0").cloned().unwrap_or_default();
    for name in ["error_code", "result_message"] {
        if let Some(expected) = expected.get(name) {
            found.extend(Bindings::default().differences(expected, first.get(name).unwrap_or(&Value::Null)));
        }
    }
    let expected = case.get("status").and_then(Value::as_i64);
    if first.get("status").and_then(Value::as_i64) != expected
        && !status
            .pointer("/operations_list")
            .is_some_and(|list| list.as_array().is_some_and(<[_]>::is_empty))
    {
        found.push(format!("operation {first}"));
    }
    found
}

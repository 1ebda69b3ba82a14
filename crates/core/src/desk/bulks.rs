//! Questions about many customers at once: what to submit, and what came of it.

use super::answer::object;
use super::checks::report;
use super::predictions::caller;
use super::request::{invalid, missing};
use super::requests::sendable;
use super::{Failure, Request};
use crate::bulk::{Limits, Passwords, Settled, align_reply, check, chunks};
use crate::call::bulk::deletion;
use crate::call::{self, Route, route};
use crate::json::{Path, Value};
use crate::predict;
use crate::store::Store;

/// `validate.batch`: a report an item of `POST /async/bulk/V1/customers`.
pub(super) fn validate(request: &Request, store: &Store<'_>) -> Result<Value, Failure> {
    let items = items(request)?;
    let reports = predict::validate_batch(&items, caller(request)?, store);
    Ok(reports.iter().map(report).collect::<Vec<_>>().into())
}

const PASSWORDS: &[(&str, Passwords)] = &[("refuse", Passwords::Refuse), ("allow", Passwords::Allow)];

/// `bulk.create`: `[{"first", "count", "request"}]`, the items cut into submissions.
pub(super) fn create(request: &Request) -> Result<Value, Failure> {
    let items = checked(request, request.choice("passwords", PASSWORDS)?.unwrap_or_default())?;
    submissions(request, route::CUSTOMER_CREATE, &items)
}

/// `bulk.update`: the same for changes, each `{"customer": {"id", …}}`.
pub(super) fn update(request: &Request) -> Result<Value, Failure> {
    let items = checked(request, Passwords::Refuse)?;
    let is_named = |item: &Value| item.pointer("/customer/id").and_then(Value::as_i64).is_some();
    if let Some(at) = items.iter().position(|item| !is_named(item)) {
        let place = Path::root();
        let place = place.index(at);
        let pointer = place.key("customer").key("id").to_string();
        return Err(invalid("items", "give the id of the customer to change").below(&pointer));
    }
    submissions(request, route::CUSTOMER_UPDATE, &items)
}

/// `bulk.delete`: the same for ids of customers to delete.
pub(super) fn delete(request: &Request) -> Result<Value, Failure> {
    let mut deletions = Vec::new();
    for (at, item) in items(request)?.iter().enumerate() {
        let id = item.as_i64().and_then(|id| u64::try_from(id).ok());
        let at = Path::root().index(at).to_string();
        deletions.push(deletion(id.ok_or_else(|| invalid("items", "give ids of customers").below(&at))?));
    }
    submissions(request, route::CUSTOMER_DELETE, &deletions)
}

/// `bulk.align`: what became of each of `count` items, in their order: `[{"state", "message"?, "code"?}]`.
pub(super) fn align(request: &Request) -> Result<Value, Failure> {
    let count = size(request, "count")?.ok_or_else(|| missing("count"))?;
    let settled = align_reply(count, &request.document("status")?);
    Ok(settled.into_iter().map(outcome).collect::<Vec<_>>().into())
}

fn outcome(settled: Settled) -> Value {
    let (state, message, code) = match settled {
        Settled::Done => ("done", None, None),
        Settled::Open => ("open", None, None),
        Settled::Retriable { message } => ("retriable", Some(message), None),
        Settled::Failed { message, code } => ("failed", Some(message), Some(code)),
        Settled::Rejected { message } => ("rejected", Some(message), None),
        Settled::Lost => ("lost", None, None),
    };
    let mut members = vec![("state", Value::from(state))];
    members.extend(message.map(|message| ("message", message.into())));
    members.extend(code.map(|code| ("code", code.into())));
    object(members).into()
}

fn items(request: &Request) -> Result<Vec<Value>, Failure> {
    match request.document("items")? {
        Value::Array(items) => Ok(items),
        _ => Err(invalid("items", "give a list")),
    }
}

/// The items, unless a store would refuse the whole submission for one, or keep a password of it.
fn checked(request: &Request, passwords: Passwords) -> Result<Vec<Value>, Failure> {
    let items = items(request)?;
    match check(&items, passwords).first() {
        Some(problem) => Err(invalid("items", problem.to_string()).below(&problem.pointer)),
        None => Ok(items),
    }
}

/// Takes the route, so that the module for browsers need not hold the readers of replies.
fn submissions(request: &Request, route: Route, items: &[Value]) -> Result<Value, Failure> {
    let usual = Limits::default();
    let limits = Limits {
        items: size(request, "most_items")?.unwrap_or(usual.items),
        bytes: size(request, "most_bytes")?.unwrap_or(usual.bytes),
    };
    let mut found = Vec::new();
    for range in chunks(items, limits) {
        let (first, count) = (range.start as u64, range.len() as u64);
        let part = items.get(range).unwrap_or_default().to_vec();
        let made = sendable(request, call::Request::bulk(route, part))?;
        found.push(object(vec![("first", first.into()), ("count", count.into()), ("request", made)]));
    }
    Ok(found.into())
}

fn size(request: &Request, name: &str) -> Result<Option<usize>, Failure> {
    let given = request.optional_integer(name)?;
    let read =
        |number| usize::try_from(number).map_err(|_| invalid(name, "give a number that is not negative"));
    given.map(read).transpose()
}

#[cfg(test)]
mod tests {
    use super::super::call;

    fn ask(operation: &str, request: &str) -> String {
        call(operation, request.as_bytes())
    }

    #[test]
    fn a_batch_is_judged_item_by_item() {
        let item = r#"{"customer":{"email":"ada@x.test","firstname":"Ada","lastname":"L"}}"#;
        let answer = ask("validate.batch", &format!(r#"{{"items":[{item},{item}]}}"#));
        assert!(answer.starts_with(r#"{"ok":[{"accepted":true"#), "{answer}");
        assert_eq!(answer.matches(r#""code":"email_taken""#).count(), 1);
        assert!(ask("validate.batch", r#"{"items":{}}"#).contains(r#""pointer":"/items""#));
    }

    #[test]
    fn items_are_cut_into_submissions() {
        let items = r#""items":[{"customer":{"id":1}},{"customer":{"id":2}},{"customer":{"id":3}}]"#;
        let answer = ask("bulk.update", &format!(r#"{{{items},"most_items":2,"scope":"de"}}"#));
        let first = r#"{"ok":[{"first":0,"count":2,"request":{"method":"PUT","target":"/rest/de/async/bulk/V1/customers/byCustomerId""#;
        assert!(answer.starts_with(first), "{answer}");
        assert!(answer.contains(r#"{"first":2,"count":1"#), "{answer}");
        let answer = ask("bulk.delete", r#"{"items":[5,6]}"#);
        assert!(answer.contains(r#"[{\"customerId\":5},{\"customerId\":6}]"#), "{answer}");
        assert_eq!(ask("bulk.create", r#"{"items":[]}"#), r#"{"ok":[]}"#);
    }

    #[test]
    fn what_must_not_be_submitted_is_named() {
        let at = |operation: &str, request: &str, pointer: &str| {
            let answer = ask(operation, request);
            assert!(answer.contains(&format!(r#""pointer":"{pointer}""#)), "{answer}");
        };
        let secret = r#"{"items":[{"customer":{},"password":"x"}]}"#;
        at("bulk.create", secret, "/items/0/password");
        let allowed = secret.replace("]}", r#"],"passwords":"allow"}"#);
        assert!(ask("bulk.create", &allowed).contains(r#""method":"POST""#));
        at("bulk.create", r#"{"items":[7]}"#, "/items/0");
        at("bulk.update", r#"{"items":[{"customer":{"id":1}},{"customer":{}}]}"#, "/items/1/customer/id");
        at("bulk.delete", r#"{"items":[1,-1]}"#, "/items/1");
        at("bulk.delete", r#"{"items":[1],"most_items":-1}"#, "/most_items");
    }

    #[test]
    fn operations_come_back_to_their_items() {
        let status = r#"{"operations_list":[{"id":1,"status":3,"result_message":"no","error_code":0},{"id":0,"status":1}]}"#;
        let answer = ask("bulk.align", &format!(r#"{{"count":3,"status":{status}}}"#));
        let expected =
            r#"{"ok":[{"state":"done"},{"state":"failed","message":"no","code":0},{"state":"lost"}]}"#;
        assert_eq!(answer, expected);
        assert!(ask("bulk.align", r#"{"status":{}}"#).contains(r#""pointer":"/count""#));
    }
}

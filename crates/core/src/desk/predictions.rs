//! Questions about what a store will make of a request.

use super::answer::object;
use super::replies::refusal;
use super::request::among;
use super::{Failure, Request};
use crate::json::Value;
use crate::outcome::{Outcome, Refusal};
use crate::predict::{self, Post, Queued};
use crate::store::{Caller, Store};

const CALLERS: &[(&str, Caller)] = &[
    ("admin", Caller::Admin),
    ("integration", Caller::Integration),
    ("customer", Caller::Customer),
    ("guest", Caller::Guest),
    ("limited", Caller::Limited),
];

/// `predict.create`: `{"saved": <customer>}` or `{"refused", "kept"}` for the body of a
/// `POST /V1/customers`; `kept` is the customer that the store keeps although it refuses.
pub(super) fn create(request: &Request, store: &Store<'_>) -> Result<Value, Failure> {
    let found = predict::create(&request.bytes("body")?, caller(request)?, store);
    Ok(object(outcome(found)).into())
}

/// `predict.post`: the same for a POST as it is sent, whose `path` names the store view and whose
/// `content_type` the store looks at: a text, `null` for none, JSON when left out.
pub(super) fn post(request: &Request, store: &Store<'_>) -> Result<Value, Failure> {
    let content_type = match request.names("content_type") || !request.has("content_type") {
        true => Some(request.optional_text("content_type")?.unwrap_or("application/json")),
        false => None,
    };
    let post = Post { path: request.text("path")?, content_type, body: &request.bytes("body")? };
    Ok(object(outcome(predict::request(&post, caller(request)?, store))).into())
}

/// `predict.create_queued`: the same for an item of `POST /async/bulk/V1/customers`, or `{"not_accepted"}` when
/// the whole submission is refused for it.
pub(super) fn queued(request: &Request, store: &Store<'_>) -> Result<Value, Failure> {
    let item = request.document("item")?;
    let answer = match predict::create_queued(&item, caller(request)?, store) {
        Queued::Ran(found) => outcome(found),
        Queued::NotAccepted(found) => vec![("not_accepted", refusal(&found).into())],
    };
    Ok(object(answer).into())
}

/// Who sends the request; an administrator with all rights when nobody is named.
pub(super) fn caller(request: &Request) -> Result<Caller, Failure> {
    Ok(request.choice("caller", CALLERS)?.unwrap_or(Caller::Admin))
}

/// The caller of that name: `admin`, `integration`, `customer`, `guest` or `limited`.
///
/// # Errors
/// Any other name.
///
/// ```
/// use magewright::{desk, store::Caller};
///
/// assert_eq!(desk::caller("guest")?, Caller::Guest);
/// assert_eq!(desk::caller("root").unwrap_err().pointer(), Some("/caller"));
/// # Ok::<(), magewright::desk::Failure>(())
/// ```
pub fn named(name: &str) -> Result<Caller, Failure> {
    among("caller", name, CALLERS)
}

/// The members of an answer that say what became of a request.
pub(super) fn outcome(outcome: Outcome) -> Vec<(&'static str, Value)> {
    match outcome {
        Outcome::Saved { customer } => vec![("saved", customer)],
        Outcome::Refused(refusal) => refused(refusal),
    }
}

/// The members of an answer that say that a request is refused.
pub(super) fn refused(found: Refusal) -> Vec<(&'static str, Value)> {
    vec![("refused", refusal(&found).into()), ("kept", found.kept.into())]
}

#[cfg(test)]
mod tests {
    use super::super::call;

    #[test]
    fn a_customer_is_saved_or_refused() {
        let body = r#"{"customer":{"email":"ada@x.test","firstname":"Ada","lastname":"Lovelace"}}"#;
        let saved = call("predict.create", format!(r#"{{"body":{body}}}"#).as_bytes());
        assert!(saved.starts_with(r#"{"ok":{"saved":{"#), "{saved}");
        let refused = call("predict.create", br#"{"body":{"customer":{}},"caller":"guest"}"#);
        assert!(refused.starts_with(r#"{"ok":{"refused":{"status":400"#), "{refused}");
    }

    #[test]
    fn a_post_is_judged_with_its_path_and_type() {
        let body = r#"{"customer":{"email":"ada@x.test","firstname":"Ada","lastname":"Lovelace"}}"#;
        let ask = |members: &str| call("predict.post", format!(r#"{{"body":{body},{members}}}"#).as_bytes());
        let saved = r#""path":"/rest/default/V1/customers""#;
        assert!(ask(saved).starts_with(r#"{"ok":{"saved""#), "{}", ask(saved));
        assert!(ask(r#""path":"/rest/V1/nosuch""#).contains(r#""status":404"#));
        let untyped = ask(&format!(r#"{saved},"content_type":null"#));
        assert!(untyped.contains("Content-Type header is empty"), "{untyped}");
        assert!(ask(r#""caller":"guest""#).contains(r#""pointer":"/path""#));
    }

    #[test]
    fn an_item_of_a_queue_is_not_accepted_or_runs() {
        let ask = |item: &str| call("predict.create_queued", format!(r#"{{"item":{item}}}"#).as_bytes());
        assert!(ask(r#"{"customer":{"gender":"x"}}"#).starts_with(r#"{"ok":{"not_accepted":{"status":400"#));
        assert!(ask(r#"{"customer":{"email":"bad"}}"#).starts_with(r#"{"ok":{"refused":{"#));
    }

    #[test]
    fn nobody_else_is_a_caller() {
        let answer = call("predict.create", br#"{"body":{},"caller":"root"}"#);
        assert!(answer.contains("admin, integration, customer, guest, limited"), "{answer}");
    }
}

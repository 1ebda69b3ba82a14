//! Questions about what a store will make of a request.

use super::answer::object;
use super::replies::refusal;
use super::request::among;
use super::stores::AskedStore;
use super::{Failure, Request};
use crate::json::Value;
use crate::outcome::{Outcome, Refusal};
use crate::predict;
use crate::store::Caller;

const CALLERS: &[(&str, Caller)] = &[
    ("admin", Caller::Admin),
    ("integration", Caller::Integration),
    ("customer", Caller::Customer),
    ("guest", Caller::Guest),
    ("limited", Caller::Limited),
];

/// `predict.create`: `{"saved": <customer>}` or `{"refused", "kept"}` for the body of a
/// `POST /V1/customers`; `kept` is the customer that the store keeps although it refuses.
pub(super) fn create(request: &Request) -> Result<Value, Failure> {
    let asked = AskedStore::read(request)?;
    let found = predict::create(&request.bytes("body")?, caller(request)?, &asked.store());
    Ok(object(outcome(found)).into())
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
    fn nobody_else_is_a_caller() {
        let answer = call("predict.create", br#"{"body":{},"caller":"root"}"#);
        assert!(answer.contains("admin, integration, customer, guest, limited"), "{answer}");
    }
}

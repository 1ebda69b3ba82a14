//! Questions about a payload before it is sent.

use super::answer::object;
use super::predictions::caller;
use super::{Failure, Request};
use crate::json::Value;
use crate::predict::{self, AdminPassword, AdminUserChecks};
use crate::report::{Report, Violation};
use crate::store::Store;
use crate::validate::{self, Operation};

/// `validate`: `{"accepted", "violations", "unchecked"}` for a customer record.
pub(super) fn record(request: &Request, store: &Store<'_>) -> Result<Value, Failure> {
    Ok(report(&validate::validate(&request.bytes("payload")?, Operation::Record, store)))
}

/// `validate.create`: the same for the body of a `POST /V1/customers`.
pub(super) fn create(request: &Request, store: &Store<'_>) -> Result<Value, Failure> {
    let body = request.bytes("body")?;
    Ok(report(&predict::validate_create(&body, caller(request)?, store)))
}

/// How an administrator's password must be made.
const POLICIES: &[(&str, AdminPassword)] =
    &[("letter-and-digit", AdminPassword::LetterAndDigit), ("mixed-case", AdminPassword::MixedCaseAndDigit)];

/// `validate.admin_user`: the same for the body that creates or changes an administrator, which no
/// Magento has a route for.
pub(super) fn admin_user(request: &Request) -> Result<Value, Failure> {
    let checks = AdminUserChecks {
        password: request.choice("policy", POLICIES)?.unwrap_or_default(),
        exists: request.choice("user", &[("new", false), ("existing", true)])?.unwrap_or_default(),
    };
    Ok(report(&predict::validate_admin_user(&request.bytes("body")?, checks)))
}

/// A report as `{"accepted", "violations", "unchecked"}`; `accepted` is whether the store takes the
/// payload, be it with losses.
///
/// ```
/// use magewright::{desk::write_report, report::Report};
///
/// let written = write_report(&Report::default()).to_string();
/// assert_eq!(written, r#"{"accepted":true,"violations":[],"unchecked":[]}"#);
/// ```
#[must_use]
pub fn report(report: &Report) -> Value {
    let violations: Vec<_> = report.violations.iter().map(violation).collect();
    object(vec![
        ("accepted", Value::from(report.is_accepted())),
        ("violations", violations.into()),
        ("unchecked", report.unchecked.clone().into()),
    ])
    .into()
}

fn violation(violation: &Violation) -> Value {
    object(vec![
        ("pointer", violation.pointer.as_str().into()),
        ("code", violation.code.into()),
        ("severity", violation.severity.as_str().into()),
        ("message", violation.message.as_ref().into()),
        ("source", violation.source.into()),
        ("releases", violation.releases.to_string().into()),
    ])
    .into()
}

#[cfg(test)]
mod tests {
    use super::super::call;
    use crate::json::{Value, parse};

    fn validated(request: &str) -> Value {
        let answer = parse(call("validate", request.as_bytes()).as_bytes()).unwrap();
        answer.get("ok").unwrap_or_else(|| panic!("{answer}")).clone()
    }

    #[test]
    fn all_violations_are_told_at_once() {
        let report = validated(r#"{"payload":{"email":"ada@x.test","prefix":7}}"#);
        let found = report.pointer("/violations").and_then(Value::as_array).unwrap().iter();
        let pointers: Vec<_> = found.map(|one| one.get("pointer").and_then(Value::as_str).unwrap()).collect();
        assert!(["/firstname", "/lastname", "/prefix"].iter().all(|place| pointers.contains(place)));
        assert_eq!(report.get("accepted").and_then(Value::as_bool), Some(false));
    }

    #[test]
    fn a_create_is_checked_with_its_envelope() {
        let answer = call("validate.create", br#"{"body":{"customer":{"email":"ada"}}}"#);
        assert!(answer.contains(r#""pointer":"/customer/email""#), "{answer}");
    }

    #[test]
    fn an_administrator_is_checked_by_the_policy_named() {
        let ask = |members: &str| {
            let user = r#"{"username":"ada","firstname":"Ada","lastname":"L","email":"a@b.test"}"#;
            call("validate.admin_user", format!(r#"{{"body":{{"user":{user}}}{members}}}"#).as_bytes())
        };
        assert!(ask("").contains(r#""pointer":"/user/password""#), "{}", ask(""));
        assert!(ask(r#","user":"existing""#).contains(r#""accepted":true"#));
        assert!(ask(r#","policy":"none""#).contains(r#""pointer":"/policy""#));
    }

    #[test]
    fn text_that_is_no_json_is_a_violation_not_a_failure() {
        let report = validated(r#"{"payload_text":"{"}"#);
        assert_eq!(report.pointer("/violations/0/code").and_then(Value::as_str), Some("not_json"));
    }
}

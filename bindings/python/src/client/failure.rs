//! What the client could not do, as Python exceptions.

use magewright::error::Cause;
use magewright::json::{Object, Value};
use magewright::outcome::Parameters;
use magewright_client::{Error, Failed, NetworkFailure, Refused};
use pyo3::prelude::*;

use crate::document::loads;

/// The exception that an error is in Python: what `magewright._exceptions.raised` makes of its members.
pub(super) fn raised(py: Python<'_>, error: &Error) -> PyErr {
    let made = loads(py, &Value::Object(told(error)))
        .and_then(|told| py.import("magewright._exceptions")?.getattr("raised")?.call1((told,)));
    match made {
        Ok(error) => PyErr::from_value(error),
        Err(error) => error,
    }
}

fn told(error: &Error) -> Object {
    let mut told = match error {
        Error::Refused(refused) => self::refused("refused", refused),
        Error::LeftBehind(left) => {
            let mut told = self::refused("left_behind", &left.refused);
            told.insert("customer", left.customer.clone());
            told.insert("mend", left.mend.clone().into_value());
            told
        }
        Error::Login(inner) => {
            let mut told = self::told(inner);
            told.insert("login", true);
            told
        }
        Error::Network(failed) => network(failed),
        Error::Reply(failed) => {
            let mut told = sent("unexpected_reply", &failed.method.to_string(), &failed.path);
            told.insert("status", u64::from(failed.reason.status));
            told
        }
        Error::NoSuchCustomer(id) => with("no_such_customer", "id", *id),
        Error::Unplannable(unplannable) => with("unplannable", "reasons", reasons(&unplannable.reasons)),
        Error::Unsettled(unsettled) => with("unsettled", "pointers", texts(&unsettled.pointers)),
        Error::Settings(_) => with("settings", "status", Value::Null),
        Error::Journal(_) => with("journal", "status", Value::Null),
        _ => with("other", "status", Value::Null),
    };
    told.insert("message", error.to_string());
    told
}

fn with(kind: &str, name: &str, value: impl Into<Value>) -> Object {
    let mut told = Object::new();
    told.insert("kind", kind);
    told.insert(name, value);
    told
}

fn sent(kind: &str, method: &str, path: &str) -> Object {
    let mut told = with(kind, "method", method);
    told.insert("path", path);
    told
}

fn refused(kind: &str, refused: &Refused) -> Object {
    let error = &refused.error;
    let parameters = match &error.refusal.parameters {
        Parameters::None => Value::Null,
        Parameters::Positional(values) => Value::Array(values.clone()),
        Parameters::Named(values) => Value::Object(values.clone()),
    };
    let mut told = sent(kind, &refused.method.to_string(), &refused.path);
    told.insert("status", u64::from(error.status()));
    told.insert("said", error.message());
    told.insert("template", error.refusal.message.as_str());
    told.insert("parameters", parameters);
    told.insert("errors", texts(&error.refusal.rendered_errors()));
    told.insert("causes", refused.causes.iter().map(cause).collect::<Vec<_>>());
    told.insert("retry_after", refused.retry_after.map(|wait| wait.as_secs()));
    told
}

fn cause(cause: &Cause) -> Value {
    let mut told = Object::new();
    told.insert("code", cause.code);
    told.insert("message", cause.message.to_string());
    told.insert("pointer", cause.pointer.as_deref());
    told.insert("resource", cause.resource.clone());
    told.into()
}

fn network(failed: &Failed<NetworkFailure>) -> Object {
    let kind = if failed.reason == NetworkFailure::Timeout { "timeout" } else { "network" };
    let mut told = sent(kind, &failed.method.to_string(), &failed.path);
    told.insert("sent", !failed.reason.is_unsent());
    told
}

fn reasons(reasons: &[magewright::plan::Reason]) -> Value {
    let told = reasons.iter().map(|reason| {
        let mut told = Object::new();
        told.insert("pointer", reason.pointer.as_str());
        told.insert("code", reason.obstacle.as_str());
        told.insert("message", reason.obstacle.message());
        told
    });
    told.collect::<Vec<_>>().into()
}

fn texts(texts: &[String]) -> Value {
    Value::Array(texts.iter().map(|text| text.as_str().into()).collect())
}

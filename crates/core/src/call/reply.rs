//! Reading replies.

use std::fmt;

use crate::error::StoreError;
use crate::json::{self, Value};

/// How the body of a success is read; the error says what is wrong with it, without quoting it.
pub(super) type Read<T> = fn(&[u8]) -> Result<T, String>;

/// Why a call gave no value.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Error {
    /// The store refused or failed.
    Store(Box<StoreError>),
    /// The status says success, and the body is not what the endpoint answers: cut off, or another's.
    Reply(UnexpectedReply),
}

/// A success whose body cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnexpectedReply {
    /// The HTTP status.
    pub status: u16,
    /// What is wrong with the body; never quotes it.
    pub problem: String,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Store(error) => error.fmt(f),
            Error::Reply(reply) => reply.fmt(f),
        }
    }
}

impl fmt::Display for UnexpectedReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the store answered {} with a body that cannot be read ({}): it may have done what was asked",
            self.status, self.problem
        )
    }
}

impl std::error::Error for Error {}

impl std::error::Error for UnexpectedReply {}

pub(super) fn value(body: &[u8]) -> Result<Value, String> {
    json::parse(body).map_err(|error| error.to_string())
}

/// An object; the store writes one without members as `[]`.
pub(super) fn object(body: &[u8]) -> Result<Value, String> {
    match value(body)? {
        object @ Value::Object(_) => Ok(object),
        Value::Array(items) if items.is_empty() => Ok(Value::Object(json::Object::new())),
        other => Err(unlike("an object", &other)),
    }
}

/// An object, or `None` for the `[]` by which a store says that there is none.
pub(super) fn optional(body: &[u8]) -> Result<Option<Value>, String> {
    let read = object(body)?;
    Ok(Some(read).filter(|read| read.as_object().is_some_and(|members| !members.is_empty())))
}

pub(super) fn list(body: &[u8]) -> Result<Vec<Value>, String> {
    match value(body)? {
        Value::Array(items) => Ok(items),
        other => Err(unlike("a list", &other)),
    }
}

pub(super) fn boolean(body: &[u8]) -> Result<bool, String> {
    let read = value(body)?;
    read.as_bool().ok_or_else(|| unlike("true or false", &read))
}

pub(super) fn integer(body: &[u8]) -> Result<i64, String> {
    let read = value(body)?;
    read.as_i64().ok_or_else(|| unlike("a whole number", &read))
}

pub(super) fn text(body: &[u8]) -> Result<String, String> {
    match value(body)? {
        Value::String(text) => Ok(text),
        other => Err(unlike("a text", &other)),
    }
}

pub(super) fn secret(body: &[u8]) -> Result<crate::oauth::Secret, String> {
    text(body).map(Into::into)
}

fn unlike(expected: &str, got: &Value) -> String {
    format!("expected {expected}, got {}", got.kind())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replies_of_another_kind_are_named_and_not_quoted() {
        assert_eq!(boolean(b"\"hunter2\"").unwrap_err(), "expected true or false, got string");
        assert_eq!(list(b"{}").unwrap_err(), "expected a list, got object");
        assert_eq!(integer(b"1.5").unwrap_err(), "expected a whole number, got number");
        assert!(text(b"\"cut of").is_err());
        assert!(value(b"").is_err());
    }

    #[test]
    fn an_empty_list_stands_for_an_empty_object() {
        assert_eq!(object(b"[]").unwrap(), Value::Object(json::Object::new()));
        assert_eq!(optional(b"[]").unwrap(), None);
        assert!(optional(b"{\"id\":1}").unwrap().is_some());
    }
}

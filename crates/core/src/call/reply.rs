//! Reading replies.

use std::fmt;

use crate::error::StoreError;
use crate::json::{self, Value};
use crate::models::{self, Model, PhpObject};

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

pub(super) fn model<M: Model>(body: &[u8]) -> Result<M, String> {
    models::read(body).map_err(|error| error.to_string())
}

/// A model, or `None` for the `[]` by which a store says that there is none.
pub(super) fn optional<M: Model + Default + PartialEq>(body: &[u8]) -> Result<Option<M>, String> {
    let read: PhpObject<M> = model(body)?;
    Ok(if read.was_list() { None } else { Some(read.into_inner()) })
}

pub(super) fn texts(body: &[u8]) -> Result<Vec<String>, String> {
    let read = value(body)?;
    let items = read.as_array().ok_or_else(|| unlike("a list", &read))?;
    let texts =
        items.iter().map(|item| item.as_str().map(str::to_owned).ok_or_else(|| unlike("a text", item)));
    texts.collect()
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

pub(super) fn secret(body: &[u8]) -> Result<crate::secret::Secret, String> {
    text(body).map(Into::into)
}

fn unlike(expected: &str, got: &Value) -> String {
    format!("expected {expected}, got {}", got.kind())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::Group;

    #[test]
    fn replies_of_another_kind_are_named_and_not_quoted() {
        assert_eq!(boolean(b"\"hunter2\"").unwrap_err(), "expected true or false, got string");
        assert_eq!(texts(b"{}").unwrap_err(), "expected a list, got object");
        assert_eq!(
            model::<Group>(br#"{"id":"hunter2"}"#).unwrap_err(),
            "/id: expected an integer, found string"
        );
        assert_eq!(integer(b"1.5").unwrap_err(), "expected a whole number, got number");
        assert!(text(b"\"cut of").is_err());
        assert!(value(b"").is_err());
    }

    #[test]
    fn an_empty_list_stands_for_no_object() {
        assert_eq!(optional::<Group>(b"[]").unwrap(), None);
        assert!(optional::<Group>(b"{\"id\":1}").unwrap().is_some());
        assert!(optional::<Group>(b"[1]").is_err());
    }
}

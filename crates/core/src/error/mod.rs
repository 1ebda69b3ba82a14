//! What a store says when it refuses, whatever form it says it in.
//!
//! [`StoreError::decode`] takes the status and the bytes of any reply that is not
//! a success and always gives an answer: the store's JSON in its four forms, its
//! XML, bare text of a PHP failure, a proxy's HTML page, or nothing at all.
//! [`diagnose`] then names the likely causes and the way out.

mod cause;
mod decode;
mod diagnose;
mod fields;
mod render;
mod write;
mod xml;

use std::fmt;

pub use cause::{Cause, Circumstances, TokenAge};
pub use diagnose::diagnose;
pub use render::render;

use crate::outcome::{Parameters, Refusal};

/// An error reply of a store, decoded.
///
/// ```
/// use magewright::error::StoreError;
/// let body = br#"{"message":"\"%fieldName\" is required.","parameters":{"fieldName":"city"}}"#;
/// let error = StoreError::decode(400, body);
/// assert_eq!(error.status(), 400);
/// assert_eq!(error.message(), r#""city" is required."#);
/// assert_eq!(error.template(), r#""%fieldName" is required."#);
/// ```
#[derive(Clone, PartialEq)]
pub struct StoreError {
    /// Status, template, parameters and the single errors behind an aggregate.
    pub refusal: Refusal,
    /// What kind of text the reply was.
    pub shape: Shape,
    /// The reply's `code`: the number of the PHP exception, not the HTTP status; absent when 0.
    pub code: Option<i64>,
    /// The stack trace that a store in developer mode adds.
    pub trace: Option<String>,
    /// The id under which the store logged an internal error, as in `webapi-5f2c…`.
    pub report_id: Option<String>,
}

/// The forms in which an error arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Shape {
    /// `{"message": …}` with or without `parameters`, `errors`, `code`, `trace`.
    Json,
    /// `{"messages":{"error":[{"code": …,"message": …}]}}`, written when the store fails before its API answers.
    Fatal,
    /// `<response><message>…`, for a caller that asked for XML.
    Xml,
    /// Bare text, as when PHP itself fails.
    Text,
    /// A page for people, from a proxy or a store in maintenance.
    Html,
    /// No body.
    Empty,
}

impl StoreError {
    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.refusal.status
    }

    /// The message with its placeholders filled; for a reply without one, a sentence naming the status.
    #[must_use]
    pub fn message(&self) -> String {
        if self.refusal.message.is_empty() {
            return format!("status {} without a message", self.status());
        }
        self.refusal.rendered()
    }

    /// The message as the store sent it, placeholders unfilled.
    #[must_use]
    pub fn template(&self) -> &str {
        &self.refusal.message
    }

    /// What fills the placeholders.
    #[must_use]
    pub fn parameters(&self) -> &Parameters {
        &self.refusal.parameters
    }

    /// The messages behind an aggregate, placeholders filled; empty unless there are two or more.
    #[must_use]
    pub fn errors(&self) -> Vec<String> {
        self.refusal.rendered_errors()
    }
}

impl From<Refusal> for StoreError {
    /// What a client would read if a store answered so.
    fn from(refusal: Refusal) -> Self {
        let shape = match (refusal.plain_text, refusal.message.is_empty()) {
            (true, true) => Shape::Empty,
            (true, false) => Shape::Text,
            (false, _) => Shape::Json,
        };
        let report_id = decode::report_id(&refusal.message);
        StoreError { refusal, shape, code: None, trace: None, report_id }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the store answered {}: {}", self.status(), self.message())?;
        for error in self.errors() {
            write!(f, "; {error}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for StoreError {
    /// Leaves the trace out, since it quotes the arguments of the failing calls.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoreError")
            .field("refusal", &self.refusal)
            .field("shape", &self.shape)
            .field("code", &self.code)
            .field("report_id", &self.report_id)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for StoreError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn display_lists_the_single_errors() {
        let body = br#"{"message":"One or more input exceptions have occurred.","errors":[
            {"message":"\"%fieldName\" is required.","parameters":{"fieldName":"city"}},
            {"message":"plain","parameters":[]}]}"#;
        let text = StoreError::decode(400, body).to_string();
        assert_eq!(
            text,
            "the store answered 400: One or more input exceptions have occurred.; \"city\" is required.; plain"
        );
    }

    #[test]
    fn debug_keeps_the_trace_to_itself() {
        let error = StoreError::decode(500, br##"{"message":"m","trace":"#0 login('hunter2')"}"##);
        assert_eq!(error.trace.as_deref(), Some("#0 login('hunter2')"));
        assert!(!format!("{error:?}").contains("hunter2"));
    }

    #[test]
    fn a_refusal_becomes_what_a_client_reads() {
        let refusal = Refusal::new(500, "Internal Error. Report ID: webapi-1a2b");
        let error = StoreError::from(refusal);
        assert_eq!((error.shape, error.report_id.as_deref()), (Shape::Json, Some("webapi-1a2b")));
    }
}

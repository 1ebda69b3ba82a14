use crate::json::{Object, Path, SyntaxError, Value};

/// Why a question has no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure(Box<Told>);

/// What a failure says, behind a pointer: nearly every function of the desk may return one, and none is quick.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Told {
    code: FailureCode,
    message: String,
    pointer: Option<String>,
}

/// The kinds of failure, for programs: stable across versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FailureCode {
    /// No operation has that name.
    UnknownOperation,
    /// The request, or a document in it, is not JSON.
    Syntax,
    /// The request has a member that the operation does not know.
    UnknownMember,
    /// The request lacks a member.
    MissingMember,
    /// A member of the request holds what it cannot.
    InvalidMember,
    /// The question is understood, and the core has no answer that it could vouch for.
    Unsupported,
}

impl FailureCode {
    /// The code's name in an answer, such as `unknown_operation`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            FailureCode::UnknownOperation => "unknown_operation",
            FailureCode::Syntax => "syntax",
            FailureCode::UnknownMember => "unknown_member",
            FailureCode::MissingMember => "missing_member",
            FailureCode::InvalidMember => "invalid_member",
            FailureCode::Unsupported => "unsupported",
        }
    }
}

impl Failure {
    /// A failure of the question as a whole.
    #[must_use]
    pub fn new(code: FailureCode, message: impl Into<String>) -> Self {
        Failure(Box::new(Told { code, message: message.into(), pointer: None }))
    }

    /// A failure that one member of the request causes.
    #[must_use]
    pub fn member(code: FailureCode, member: &str, message: impl Into<String>) -> Self {
        let pointer = Path::root().key(member).to_string();
        Failure(Box::new(Told { code, message: message.into(), pointer: Some(pointer) }))
    }

    /// The same failure, deeper in the member that causes it.
    pub(super) fn below(mut self, pointer: &str) -> Self {
        if let Some(member) = &mut self.0.pointer {
            member.push_str(pointer);
        }
        self
    }

    /// The kind of failure.
    #[must_use]
    pub fn code(&self) -> FailureCode {
        self.0.code
    }

    /// What is wrong and the way out, for people.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The member of the request that causes the failure, as a JSON Pointer.
    #[must_use]
    pub fn pointer(&self) -> Option<&str> {
        self.0.pointer.as_deref()
    }
}

impl From<SyntaxError> for Failure {
    fn from(error: SyntaxError) -> Self {
        Failure::new(FailureCode::Syntax, error.to_string())
    }
}

/// The answer's text.
pub(super) fn text(answer: Result<Value, Failure>) -> String {
    let (kind, value) = match answer {
        Ok(value) => ("ok", value),
        Err(failure) => ("error", write_failure(&failure)),
    };
    Value::Object(object(vec![(kind, value)])).to_string()
}

/// An object of these members. One function, so that the module for browsers holds it once.
pub(super) fn object(members: Vec<(&'static str, Value)>) -> Object {
    members.into_iter().collect()
}

/// A failure as `{"code", "message", "pointer"?}`.
///
/// ```
/// use magewright::desk::{Described, write_failure};
///
/// let failure = Described::read(br#"{"scope":7}"#).unwrap_err();
/// let written = write_failure(&failure).to_string();
/// assert_eq!(written, r#"{"code":"invalid_member","message":"give a string","pointer":"/scope"}"#);
/// ```
#[must_use]
pub fn write_failure(failure: &Failure) -> Value {
    let mut members = vec![("code", failure.code().as_str().into()), ("message", failure.message().into())];
    members.extend(failure.pointer().map(|pointer| ("pointer", pointer.into())));
    Value::Object(object(members))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_one_of_two_variants() {
        assert_eq!(text(Ok(Value::Null)), r#"{"ok":null}"#);
        let failure = Failure::member(FailureCode::MissingMember, "a/b", "give it");
        assert_eq!(
            text(Err(failure)),
            r#"{"error":{"code":"missing_member","message":"give it","pointer":"/a~1b"}}"#
        );
    }
}

//! The desk: every question the core answers, asked and answered in JSON text.
//!
//! A binding passes text through this one door instead of mirroring types, so
//! it stays small and all host languages get the same answers. Failure is a
//! variant of the answer, never a panic:
//!
//! ```text
//! {"ok": <the answer>}
//! {"error": {"code": "unknown_member", "message": "…", "pointer": "/releaze"}}
//! ```
//!
//! A request is one JSON object; a member no operation knows is an error, since
//! it is most often a misspelt one. A document in a request (`payload`,
//! `stored`, `patch`, …) stands there as a JSON value, or under its name with
//! `_text` as a string of JSON text, byte for byte as it would be sent: only
//! the latter keeps what a parser loses, such as keys written twice.

mod answer;
mod bulks;
mod checks;
mod contracts;
mod criteria;
mod operations;
mod patches;
mod predictions;
mod replies;
mod request;
mod requests;
mod searches;
mod signatures;
mod stores;
mod updates;

pub use answer::{Failure, FailureCode, write_failure};
pub use checks::report as write_report;
pub use criteria::{read as read_criteria, write as write_criteria};
pub use operations::{OPERATIONS, Operation};
pub use predictions::named as caller;
pub use request::Request;
pub use stores::Described;
pub use updates::unplannable as write_unplannable;

use crate::json::Value;
use operations::Run;
use stores::AskedStore;

/// Answers one question: JSON text in, JSON text out.
///
/// The answer is `{"ok": …}` or `{"error": {"code", "message", "pointer"?}}`,
/// for any input whatever. [`OPERATIONS`] lists what may be asked.
///
/// ```
/// use magewright::desk;
///
/// let answer = desk::call("operations", b"{}");
/// assert!(answer.starts_with(r#"{"ok":["#));
/// let answer = desk::call("valdate", b"{}");
/// assert!(answer.starts_with(r#"{"error":{"code":"unknown_operation""#));
/// ```
#[must_use]
pub fn call(operation: &str, input: &[u8]) -> String {
    answer::text(run(operation, input, None))
}

/// As [`call`], about a store that was described once; of it a request may give `scope` and `now` only.
///
/// ```
/// use magewright::desk::{self, Described};
///
/// let store = Described::read(br#"{"release":"2.4.8-p1"}"#)?;
/// let answer = desk::call_about(&store, "validate", br#"{"payload":{"email":"ada@example.com"}}"#);
/// assert!(answer.starts_with(r#"{"ok":{"accepted":false"#));
/// # Ok::<(), magewright::desk::Failure>(())
/// ```
#[must_use]
pub fn call_about(store: &Described, operation: &str, input: &[u8]) -> String {
    answer::text(run(operation, input, Some(store)))
}

fn run(name: &str, input: &[u8], store: Option<&Described>) -> Result<Value, Failure> {
    let known = OPERATIONS.iter().find(|operation| operation.name == name);
    let operation = known.ok_or_else(|| unknown(name))?;
    let request = Request::read(input, operation)?.about(store);
    match operation.run {
        Run::Alone(answer) => answer(&request),
        Run::About(answer) => answer(&request, &AskedStore::read(&request)?.store()),
    }
}

fn unknown(name: &str) -> Failure {
    let known: Vec<_> = OPERATIONS.iter().map(|operation| operation.name).collect();
    let name: String = name.chars().take(40).collect();
    let message = format!("unknown operation `{name}`: ask one of {}", known.join(", "));
    Failure::new(FailureCode::UnknownOperation, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;
    use proptest::prelude::*;

    #[test]
    fn an_unknown_operation_is_answered_with_the_known_ones() {
        let answer = parse(call("valdate", b"{}").as_bytes()).unwrap();
        let message = answer.pointer("/error/message").and_then(Value::as_str).unwrap();
        assert!(OPERATIONS.iter().all(|operation| message.contains(operation.name)), "{message}");
    }

    #[test]
    fn a_misspelt_member_is_refused_with_its_pointer() {
        let answer = call("operations", br#"{"releaze":"2.4.7"}"#);
        let answer = parse(answer.as_bytes()).unwrap();
        assert_eq!(answer.pointer("/error/code").and_then(Value::as_str), Some("unknown_member"));
        assert_eq!(answer.pointer("/error/pointer").and_then(Value::as_str), Some("/releaze"));
    }

    #[test]
    fn operation_names_are_unique() {
        let mut names: Vec<_> = OPERATIONS.iter().map(|operation| operation.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), OPERATIONS.len());
    }

    proptest! {
        #[test]
        fn any_input_gets_an_answer_that_is_json(at in 0..OPERATIONS.len(), input in ".{0,60}") {
            let answer = call(OPERATIONS[at].name, input.as_bytes());
            let answer = parse(answer.as_bytes()).unwrap();
            prop_assert!(answer.get("ok").is_some() != answer.get("error").is_some());
        }
    }
}

//! From the bytes of a reply to a [`StoreError`].

use super::{Shape, StoreError, xml};
use crate::json::{self, Object, Value};
use crate::outcome::{Parameters, Refusal};

/// How much of a text that is no message is kept, in characters.
const KEPT: usize = 2000;

impl StoreError {
    /// Decodes a reply that is not a success. Any bytes give an answer.
    ///
    /// ```
    /// use magewright::error::{Shape, StoreError};
    /// let error = StoreError::decode(502, b"<html><title>502 Bad Gateway</title></html>");
    /// assert_eq!((error.shape, error.message().as_str()), (Shape::Html, "502 Bad Gateway"));
    /// assert_eq!(StoreError::decode(405, b"").message(), "status 405 without a message");
    /// ```
    #[must_use]
    pub fn decode(status: u16, body: &[u8]) -> Self {
        let decoded = match json::parse(body) {
            Ok(Value::Object(reply)) => from_json(status, &reply),
            Ok(Value::String(text)) => Some(from_text(status, &text)),
            _ => None,
        };
        decoded.unwrap_or_else(|| from_text(status, &String::from_utf8_lossy(body)))
    }
}

fn from_json(status: u16, reply: &Object) -> Option<StoreError> {
    match reply.get("message") {
        Some(message) => Some(from_message(status, message, reply)),
        None => from_fatal(status, reply),
    }
}

fn from_message(status: u16, message: &Value, reply: &Object) -> StoreError {
    let mut refusal = Refusal::new(status, text_of(message));
    refusal.parameters = parameters(reply.get("parameters"));
    refusal.errors = errors(reply.get("errors"));
    StoreError {
        code: reply.get("code").and_then(integer),
        trace: reply.get("trace").map(text_of),
        ..StoreError::from(refusal)
    }
}

fn from_fatal(status: u16, reply: &Object) -> Option<StoreError> {
    let entries = reply.get("messages")?.get("error")?.as_array()?;
    let messages: Vec<_> = entries.iter().filter_map(|entry| entry.get("message")).map(text_of).collect();
    Some(StoreError {
        shape: Shape::Fatal,
        code: entries.iter().find_map(|entry| integer(entry.get("code")?)),
        trace: entries.iter().find_map(|entry| entry.get("trace")).map(text_of),
        ..StoreError::from(Refusal::new(status, messages.join("\n")))
    })
}

fn from_text(status: u16, text: &str) -> StoreError {
    let trimmed = text.trim();
    if let Some(error) = xml::decode(status, trimmed) {
        return error;
    }
    let (shape, message) = match is_page(trimmed) {
        true => (Shape::Html, page_message(trimmed)),
        false if trimmed.is_empty() => (Shape::Empty, String::new()),
        false => (Shape::Text, cut(trimmed)),
    };
    let mut refusal = Refusal::new(status, message);
    refusal.plain_text = true;
    let report_id = report_id(trimmed);
    StoreError { shape, report_id, ..StoreError::from(refusal) }
}

fn parameters(value: Option<&Value>) -> Parameters {
    match value {
        Some(Value::Object(named)) => Parameters::Named(named.clone()),
        Some(Value::Array(values)) => Parameters::Positional(values.clone()),
        _ => Parameters::None,
    }
}

fn errors(value: Option<&Value>) -> Vec<(String, Parameters)> {
    let entries = value.and_then(Value::as_array).unwrap_or_default();
    let single = |entry: &Value| Some((text_of(entry.get("message")?), parameters(entry.get("parameters"))));
    entries.iter().filter_map(single).collect()
}

fn text_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn integer(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.parse().ok())
}

/// The id after `Report ID: ` (API) or `Error log record number: ` (page).
pub(super) fn report_id(message: &str) -> Option<String> {
    let marks = ["Report ID: ", "Error log record number: "];
    let (_, after) = marks.iter().find_map(|mark| message.split_once(mark))?;
    let ends = |c: char| c.is_whitespace() || c == '<' && !after.starts_with("webapi-<");
    let id = after.split(ends).next()?.trim_end_matches('.');
    (!id.is_empty()).then(|| id.to_owned())
}

fn is_page(text: &str) -> bool {
    let start: String = text.chars().take(200).collect::<String>().to_ascii_lowercase();
    start.starts_with("<!doctype html") || start.contains("<html") || start.contains("<head")
}

/// The title of a page, else its first heading.
fn page_message(page: &str) -> String {
    let lower = page.to_ascii_lowercase();
    let within = |tag: &str| {
        let open = lower.find(&format!("<{tag}"))?;
        let start = open + lower.get(open..)?.find('>')? + 1;
        let end = start + lower.get(start..)?.find("</")?;
        let words: Vec<_> = page.get(start..end)?.split_whitespace().collect();
        (!words.is_empty()).then(|| words.join(" "))
    };
    within("title").or_else(|| within("h1")).map_or_else(|| "a page without a title".to_owned(), |t| cut(&t))
}

fn cut(text: &str) -> String {
    text.chars().take(KEPT).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_fatal_error_keeps_its_code() {
        let body = br#"{"messages":{"error":[{"code":500,"message":"Server internal error. See details in report api/8"}]}}"#;
        let error = StoreError::decode(500, body);
        assert_eq!((error.shape, error.code), (Shape::Fatal, Some(500)));
        assert_eq!(error.message(), "Server internal error. See details in report api/8");
    }

    #[test]
    fn bare_text_is_the_message() {
        let error = StoreError::decode(500, b"An error has happened during application run.\n");
        assert_eq!(error.shape, Shape::Text);
        assert!(error.refusal.plain_text);
        assert_eq!(error.message(), "An error has happened during application run.");
    }

    #[test]
    fn report_ids_are_found() {
        let of = |message: &str| report_id(message);
        assert_eq!(of("Internal Error. Report ID: webapi-5f2c").as_deref(), Some("webapi-5f2c"));
        assert_eq!(of("<p>Error log record number: 12ab</p>").as_deref(), Some("12ab"));
        assert_eq!(of("Report ID: "), None);
        assert_eq!(of("nothing"), None);
    }

    #[test]
    fn json_that_is_no_error_is_kept_as_text() {
        let error = StoreError::decode(404, br#"{"items":[]}"#);
        assert_eq!((error.shape, error.message().as_str()), (Shape::Text, r#"{"items":[]}"#));
        assert_eq!(StoreError::decode(400, b"\"quoted\"").message(), "quoted");
    }

    #[test]
    fn a_page_without_a_title_says_so() {
        assert_eq!(StoreError::decode(503, b"<html><body>x").message(), "a page without a title");
        let heading = b"<!DOCTYPE html><body><h1 class='a'>Service\n  Unavailable</h1>";
        assert_eq!(StoreError::decode(503, heading).message(), "Service Unavailable");
    }

    #[test]
    fn long_text_is_cut() {
        let error = StoreError::decode(500, "é".repeat(9000).as_bytes());
        assert_eq!(error.message().chars().count(), KEPT);
    }

    proptest! {
        #[test]
        fn any_bytes_give_an_answer(status in 300u16..600, body: Vec<u8>) {
            let error = StoreError::decode(status, &body);
            prop_assert_eq!(error.status(), status);
            prop_assert!(!error.message().is_empty());
        }

        #[test]
        fn anything_like_markup_gives_an_answer(body in "(<[?/a-z!]{0,4}|>|title|message|[ &;#x1]|é){0,40}") {
            let error = StoreError::decode(500, body.as_bytes());
            prop_assert!(!error.to_string().is_empty());
        }
    }
}

//! `errors.jsonl`: every distinct error reply, decoded and its placeholders filled.

use magewright::error::{Shape, StoreError};
use magewright::json::{Object, Value};

use crate::Verdict;
use crate::folder::{Folder, FolderError};

/// Decodes each reply and compares rendered message, rendered errors and parameters.
///
/// # Errors
/// None: the cases carry all that is needed.
pub(super) fn run(_: &Folder, cases: &[Value]) -> Result<Vec<Verdict>, FolderError> {
    Ok(cases.iter().map(verdict).collect())
}

fn verdict(case: &Value) -> Verdict {
    let member = |name: &str| case.get(name).unwrap_or(&Value::Null);
    let status = member("status").as_i64().and_then(|status| u16::try_from(status).ok()).unwrap_or(0);
    let reply = member("reply");
    let body = reply.as_str().map_or_else(|| reply.to_string(), str::to_owned);
    let error = StoreError::decode(status, body.as_bytes());
    let mut differences = Vec::new();
    let mut compare = |what: &str, expected: &Value, actual: &Value| {
        if expected != actual {
            differences.push(format!("{what}: expected {expected}, got {actual}"));
        }
    };
    compare("status", member("status"), &i64::from(error.status()).into());
    compare("rendered", member("rendered"), &rendered(&error));
    compare("rendered_errors", member("rendered_errors"), &rendered_errors(&error));
    match reply {
        Value::String(text) => compare("text", &text.trim().into(), &kept_text(&error, text)),
        _ => compare("reply", reply, &written(&error)),
    }
    Verdict { id: member("id").as_str().unwrap_or_default().to_owned(), differences }
}

/// The recording renders what has a JSON `message` only.
fn rendered(error: &StoreError) -> Value {
    match error.shape {
        Shape::Json => error.refusal.rendered().into(),
        _ => Value::Null,
    }
}

fn rendered_errors(error: &StoreError) -> Value {
    match (error.shape, error.errors()) {
        (Shape::Json, errors) if !errors.is_empty() => errors.into(),
        _ => Value::Null,
    }
}

/// Bare text is kept whole; of XML, and of a web server's page, it is enough that a message was found.
fn kept_text(error: &StoreError, text: &str) -> Value {
    match error.shape {
        Shape::Xml | Shape::Html if !error.template().is_empty() => text.trim().into(),
        _ => error.template().into(),
    }
}

/// The reply again, from what was decoded.
fn written(error: &StoreError) -> Value {
    let mut reply = error.refusal.reply();
    if let Value::Object(reply) = &mut reply {
        if let Some(code) = error.code {
            reply.insert("code", code);
        }
        if let Some(trace) = &error.trace {
            reply.insert("trace", trace.as_str());
        }
    }
    match error.shape {
        Shape::Fatal => {
            let list = Object::from_iter([("error", vec![reply])]);
            Object::from_iter([("messages", list)]).into()
        }
        _ => reply,
    }
}

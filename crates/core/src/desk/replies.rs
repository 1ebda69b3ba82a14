//! Questions about what a store answered.

use super::answer::object;
use super::request::{invalid, missing};
use super::{Failure, FailureCode, Request};
use crate::call::Method;
use crate::error::{Cause, Circumstances, Shape, StoreError, TokenAge, diagnose};
use crate::json::{Object, Value};
use crate::outcome::{Parameters, Refusal};

const AGES: &[(&str, TokenAge)] =
    &[("absent", TokenAge::Absent), ("fresh", TokenAge::Fresh), ("old", TokenAge::Old)];

/// `error.decode`: what an error reply says, and its likely causes when `method` and `path` are given.
pub(super) fn decode_error(request: &Request) -> Result<Value, Failure> {
    let status = request.optional_integer("status")?.ok_or_else(|| missing("status"))?;
    let status = u16::try_from(status).map_err(|_| invalid("status", "give an HTTP status"))?;
    let error = StoreError::decode(status, &request.bytes("body")?);
    let mut answer = refusal(&error.refusal);
    answer.insert("message", error.message());
    answer.insert("shape", shape(error.shape));
    answer.insert("code", error.code);
    answer.insert("report_id", error.report_id.clone());
    if let Some(call) = circumstances(request)? {
        let causes = diagnose(&error, &call);
        answer.insert("causes", causes.into_iter().map(cause).collect::<Vec<_>>());
    }
    Ok(answer.into())
}

fn circumstances<'r>(request: &'r Request<'_>) -> Result<Option<Circumstances<'r>>, Failure> {
    let (method, path) = (request.optional_text("method")?, request.optional_text("path")?);
    let (Some(method), Some(path)) = (method, path) else { return Ok(None) };
    let method =
        Method::from_name(method).ok_or_else(|| invalid("method", "give GET, POST, PUT or DELETE"))?;
    let token = request.choice("token", AGES)?.unwrap_or_default();
    Ok(Some(Circumstances { method, path, token }))
}

/// A refusal: `status`, `message` rendered, `template`, `parameters`, `errors` rendered.
pub(super) fn refusal(refusal: &Refusal) -> Object {
    let parameters = match &refusal.parameters {
        Parameters::None => Value::Null,
        Parameters::Positional(values) => Value::Array(values.clone()),
        Parameters::Named(values) => Value::Object(values.clone()),
    };
    object(vec![
        ("status", Value::from(u64::from(refusal.status))),
        ("message", refusal.rendered().into()),
        ("template", refusal.message.as_str().into()),
        ("parameters", parameters),
        ("errors", refusal.rendered_errors().into()),
    ])
}

fn shape(shape: Shape) -> &'static str {
    match shape {
        Shape::Json => "json",
        Shape::Fatal => "fatal",
        Shape::Xml => "xml",
        Shape::Text => "text",
        Shape::Html => "html",
        Shape::Empty => "empty",
    }
}

fn cause(cause: Cause) -> Value {
    let mut members = vec![("code", cause.code.into()), ("message", cause.message.as_ref().into())];
    members.extend(cause.pointer.map(|pointer| ("pointer", pointer.as_ref().into())));
    members.extend(cause.resource.map(|resource| ("resource", resource.into())));
    object(members).into()
}

/// `fields.apply`: the reply that the store gives with `fields=<fields>`.
pub(super) fn apply_fields(request: &Request) -> Result<Value, Failure> {
    let reply = request.document("reply")?;
    crate::fields::apply(&reply, request.text("fields")?)
        .map_err(|refusal| Failure::member(FailureCode::InvalidMember, "fields", refusal.rendered()))
}

#[cfg(test)]
mod tests {
    use super::super::call;
    use crate::json::{Value, parse};

    fn ok(operation: &str, request: &str) -> Value {
        let answer = parse(call(operation, request.as_bytes()).as_bytes()).unwrap();
        answer.get("ok").unwrap_or_else(|| panic!("{answer}")).clone()
    }

    #[test]
    fn an_error_is_rendered_and_explained() {
        let body = r#"{"message":"\"%fieldName\" is required.","parameters":{"fieldName":"city"}}"#;
        let error = ok("error.decode", &format!(r#"{{"status":400,"body":{body}}}"#));
        assert_eq!(error.get("message").and_then(Value::as_str), Some(r#""city" is required."#));
        assert!(error.get("causes").is_none());
        let request = r#"{"status":404,"body_text":"{\"message\":\"Request does not match any route.\"}",
            "method":"GET","path":"/V1/users"}"#;
        let error = ok("error.decode", request);
        assert_eq!(error.pointer("/causes/0/code").and_then(Value::as_str), Some("route_not_in_core"));
    }

    #[test]
    fn an_error_that_is_no_json_is_decoded_too() {
        let error =
            ok("error.decode", r#"{"status":502,"body_text":"<html><title>Bad gateway</title></html>"}"#);
        assert_eq!(error.get("shape").and_then(Value::as_str), Some("html"));
    }

    #[test]
    fn a_status_has_to_be_one() {
        for status in ["null", "\"400\"", "-1", "70000"] {
            let answer = call("error.decode", format!(r#"{{"status":{status},"body":{{}}}}"#).as_bytes());
            assert!(answer.contains(r#""pointer":"/status""#), "{answer}");
        }
    }

    #[test]
    fn fields_are_taken_as_the_store_takes_them() {
        let reply = ok("fields.apply", r#"{"reply":{"id":5,"email":"a@x.test"},"fields":"id"}"#);
        assert_eq!(reply.to_string(), r#"{"id":5}"#);
    }
}

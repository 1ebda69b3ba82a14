//! A request and a response as data, without any network.

use std::fmt;
use std::sync::OnceLock;

use magewright::json::{self, Value};
use magewright::outcome::Refusal;

use crate::identity::Identity;

/// A request to the store.
///
/// ```
/// use magewright_sandbox::Request;
/// let request = Request::get("/rest/V1/customers/5").bearer("token");
/// assert_eq!(request.method, "GET");
/// ```
#[derive(Clone)]
pub struct Request {
    /// The method, in capitals.
    pub method: String,
    /// The path from the host on, with the query if there is one, exactly as sent.
    pub target: String,
    /// Scheme, host and port, such as `http://127.0.0.1:8080`; OAuth signs them.
    pub origin: String,
    /// Who sends it.
    pub credentials: Credentials,
    /// The `Content-Type` header.
    pub content_type: Option<String>,
    /// The `Accept` header.
    pub accept: Option<String>,
    /// The body, empty for none.
    pub body: Vec<u8>,
}

/// How a request says who sends it.
#[derive(Clone, PartialEq, Eq)]
pub enum Credentials {
    /// It does not.
    None,
    /// By the `Authorization` header.
    Header(String),
    /// The caller is already known, as when a test in the same process asks.
    Known(Identity),
}

impl Request {
    /// A request without body and credentials.
    #[must_use]
    pub fn new(method: &str, target: &str) -> Self {
        Request {
            method: method.to_owned(),
            target: target.to_owned(),
            origin: "http://127.0.0.1".to_owned(),
            credentials: Credentials::None,
            content_type: None,
            accept: None,
            body: Vec::new(),
        }
    }

    /// A GET.
    #[must_use]
    pub fn get(target: &str) -> Self {
        Self::new("GET", target)
    }

    /// The same request with a JSON body.
    #[must_use]
    pub fn json(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.content_type = Some("application/json".to_owned());
        self.body = body.into();
        self
    }

    /// The same request with a bearer token.
    #[must_use]
    pub fn bearer(mut self, token: &str) -> Self {
        self.credentials = Credentials::Header(format!("Bearer {token}"));
        self
    }

    /// The same request from a caller that is already known.
    #[must_use]
    pub fn from(mut self, identity: Identity) -> Self {
        self.credentials = Credentials::Known(identity);
        self
    }
}

impl fmt::Debug for Request {
    /// Leaves credentials and body out: they hold secrets and personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Request({} {}, body of {} bytes)", self.method, self.target, self.body.len())
    }
}

/// What the store answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: Body,
}

/// The body of a response.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// A JSON document.
    Json(Value),
    /// A JSON document that is written already.
    Written(Written),
    /// Bare text, as when PHP itself fails.
    Text(String),
    /// Nothing.
    Empty,
}

/// A JSON document in writing, as long replies are made; read when it is looked at.
#[derive(Debug, Clone)]
pub struct Written {
    text: String,
    value: OnceLock<Value>,
}

impl Written {
    pub(crate) fn new(text: String) -> Self {
        Written { text, value: OnceLock::new() }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The document.
    #[must_use]
    pub fn value(&self) -> &Value {
        self.value.get_or_init(|| json::parse(self.text.as_bytes()).unwrap_or_default())
    }
}

impl PartialEq for Written {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Response {
    pub(crate) fn ok(body: Body) -> Self {
        Response { status: 200, body }
    }

    /// The `Content-Type` header; `None` without a body.
    #[must_use]
    pub fn content_type(&self) -> Option<&'static str> {
        match self.body {
            Body::Json(_) | Body::Written(_) => Some("application/json; charset=utf-8"),
            Body::Text(_) => Some("text/html; charset=UTF-8"),
            Body::Empty => None,
        }
    }

    /// The bytes of the body, JSON written as the store writes it.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        self.clone().into_bytes()
    }

    /// The bytes of the body, for who has no other use for the response.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        match self.body {
            Body::Json(value) => crate::php::json_encode(&value).into_bytes(),
            Body::Written(Written { text, .. }) | Body::Text(text) => text.into_bytes(),
            Body::Empty => Vec::new(),
        }
    }

    /// The JSON of the body; `None` when it is none.
    #[must_use]
    pub fn json(&self) -> Option<&Value> {
        match &self.body {
            Body::Json(value) => Some(value),
            Body::Written(written) => Some(written.value()),
            _ => None,
        }
    }
}

impl From<Refusal> for Response {
    fn from(refusal: Refusal) -> Self {
        let status = refusal.status;
        let body = match (refusal.plain_text, refusal.message.is_empty()) {
            (true, true) => Body::Empty,
            (true, false) => Body::Text(refusal.message),
            (false, _) => Body::Json(refusal.reply()),
        };
        Response { status, body }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_answered_in_the_stores_shape() {
        let refusal = Refusal::new(404, "No such entity with %fieldName = %fieldValue")
            .named([("fieldName", Value::from("customerId")), ("fieldValue", Value::from(7i64))]);
        let response = Response::from(refusal);
        assert_eq!(
            String::from_utf8(response.bytes()).unwrap(),
            r#"{"message":"No such entity with %fieldName = %fieldValue","parameters":{"fieldName":"customerId","fieldValue":7}}"#
        );
        assert_eq!(response.content_type(), Some("application/json; charset=utf-8"));
    }

    #[test]
    fn debug_shows_no_secret() {
        let request =
            Request::new("POST", "/rest/V1/customers").json("{\"password\":\"x\"}").bearer("secret");
        assert!(!format!("{request:?}").contains("secret"));
    }
}

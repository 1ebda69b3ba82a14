//! What is sent, without who sends it.

use std::fmt::{self, Write};

use super::{Method, Route, Scope};
use crate::json::{Object, Value};

/// A request without host and credentials.
///
/// `Debug` shows neither body nor values of the query, and of the path only
/// values that are numbers: the rest may be personal data or secrets.
///
/// ```
/// use magewright::call::account;
/// let call = account::activate("ada@example.test", "key");
/// assert_eq!(call.request.path, "/V1/customers/ada@example.test/activate");
/// assert_eq!(format!("{:?}", call.request), "PUT /V1/customers/{email}/activate (body)");
/// ```
#[derive(Clone, PartialEq)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The path from `/V1` or `/async` on, percent-encoded.
    pub path: String,
    /// The query without `?`, percent-encoded; empty for none.
    pub query: String,
    /// The JSON body.
    pub body: Option<Value>,
    pub(super) shown: String,
}

impl Request {
    pub(super) const EMPTY: Request = Request {
        method: Method::Get,
        path: String::new(),
        query: String::new(),
        body: None,
        shown: String::new(),
    };

    /// A request on a route; `values` fill the `{name}` segments in order.
    pub(super) fn new(route: Route, values: &[&str]) -> Self {
        Request::of(route.method, route.template, values)
    }

    /// The same by method and path.
    pub(super) fn of(method: Method, template: &str, values: &[&str]) -> Self {
        let (path, shown) = fill(template, values);
        Request { method, path, shown, ..Request::EMPTY }
    }

    /// The bulk twin of a request: a list of bodies, each with the values that the path lacks.
    pub(crate) fn bulk(route: Route, items: Vec<Value>) -> Self {
        let path = format!("/async/bulk{}", bulk_template(route.template));
        Request {
            method: route.method,
            shown: path.clone(),
            path,
            body: Some(items.into()),
            ..Request::EMPTY
        }
    }

    pub(super) fn with_body<K: Into<String>>(
        mut self,
        members: impl IntoIterator<Item = (K, Value)>,
    ) -> Self {
        self.body = Some(members.into_iter().collect::<Object>().into());
        self
    }

    pub(super) fn with_query(mut self, query: String) -> Self {
        self.query = query;
        self
    }

    fn add_query(&mut self, name: &str, value: &str) {
        if !self.query.is_empty() {
            self.query.push('&');
        }
        self.query.push_str(name);
        self.query.push('=');
        encode_into(&mut self.query, value, |_| false);
    }

    /// The same request for these fields of the reply only; see [`super::Call::fields`].
    ///
    /// ```
    /// use magewright::call::customers;
    /// assert_eq!(customers::get(5).request.with_fields("id,email").query, "fields=id%2Cemail");
    /// assert_eq!(customers::delete(5).request.with_fields("id").query, "");
    /// ```
    #[must_use]
    pub fn with_fields(mut self, fields: &str) -> Self {
        if self.method == Method::Get {
            self.add_query("fields", fields);
        }
        self
    }

    /// Path and query from the store's base URL on, with the store code; in the SaaS edition
    /// [`addressed`](Request::addressed) tells them.
    #[must_use]
    pub fn target(&self, scope: &Scope) -> String {
        self.path_and_query(&format!("{}{}", scope.prefix(), self.path))
    }

    pub(super) fn path_and_query(&self, path: &str) -> String {
        let separator = if self.query.is_empty() { "" } else { "?" };
        format!("{path}{separator}{}", self.query)
    }

    /// The path with names in place of values that are not numbers; fit for logs and messages.
    #[must_use]
    pub fn shown_path(&self) -> &str {
        &self.shown
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.shown)?;
        for (at, part) in self.query.split('&').filter(|part| !part.is_empty()).enumerate() {
            let name = part.split_once('=').map_or(part, |(name, _)| name);
            write!(f, "{}{name}=…", if at == 0 { '?' } else { '&' })?;
        }
        if self.body.is_some() { f.write_str(" (body)") } else { Ok(()) }
    }
}

fn fill(template: &str, values: &[&str]) -> (String, String) {
    let (mut path, mut shown) = (String::new(), String::new());
    let mut values = values.iter();
    for segment in template.split('/').skip(1) {
        path.push('/');
        shown.push('/');
        let value = if segment.starts_with('{') { values.next() } else { None };
        // A store reads `+` in a path as a space, so only what all agree on stays raw.
        encode_into(&mut path, value.unwrap_or(&segment), |byte| byte == b'@');
        let is_number = value.is_some_and(|value| value.parse::<u64>().is_ok());
        shown.push_str(value.filter(|_| is_number).unwrap_or(&segment));
    }
    (path, shown)
}

/// `{customerId}` is `byCustomerId` in the path of a bulk.
fn bulk_template(template: &str) -> String {
    let segment = |segment: &str| match segment.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
        Some(name) => {
            let mut chars = name.chars();
            let first = chars.next().map(|c| c.to_ascii_uppercase());
            format!("by{}{}", first.map(String::from).unwrap_or_default(), chars.as_str())
        }
        None => segment.to_owned(),
    };
    template.split('/').map(segment).collect::<Vec<_>>().join("/")
}

pub(super) fn encode_into(out: &mut String, text: &str, stays: impl Fn(u8) -> bool) {
    for byte in text.bytes() {
        let unreserved = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
        if unreserved || stays(byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::route;
    use super::*;

    #[test]
    fn path_values_are_encoded_as_a_store_reads_them() {
        let request = Request::new(route::CUSTOMER_ACTIVATE, &["a+b/ü@example.test"]);
        assert_eq!(request.path, "/V1/customers/a%2Bb%2F%C3%BC@example.test/activate");
        assert_eq!(request.shown_path(), "/V1/customers/{email}/activate");
    }

    #[test]
    fn numbers_are_shown_and_secrets_are_not() {
        let request = Request::new(route::PASSWORD_TOKEN_CHECK, &["5", "s3cret"]);
        assert_eq!(request.shown_path(), "/V1/customers/5/password/resetLinkToken/{resetPasswordLinkToken}");
        assert!(request.path.ends_with("/s3cret"));
    }

    #[test]
    fn query_names_are_shown() {
        let request = Request::new(route::CUSTOMER_SEARCH, &[]).with_query("a%5B0%5D=secret&b".to_owned());
        assert_eq!(format!("{request:?}"), "GET /V1/customers/search?a%5B0%5D=…&b=…");
    }

    #[test]
    fn bulk_paths_name_their_values() {
        let request = Request::bulk(route::CUSTOMER_UPDATE, Vec::new());
        let target = request.target(&Scope::store_view("de").unwrap());
        assert_eq!(target, "/rest/de/async/bulk/V1/customers/byCustomerId");
    }
}

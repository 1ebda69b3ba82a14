//! The endpoints of the API as data: what to send, and how to read the answer.
//!
//! Each function of the modules below gives a [`Call`]: a [`Request`] and the way
//! its reply is read. Nothing is sent here; whoever has a connection sends the
//! request, adds its credentials, and hands status and body to [`Call::parse`].
//!
//! ```
//! use magewright::call::{Method, Scope, customers};
//!
//! let call = customers::get(5);
//! assert_eq!(call.request.method, Method::Get);
//! assert_eq!(call.request.target(&Scope::Default), "/rest/V1/customers/5");
//!
//! let customer = call.parse(200, br#"{"id":5,"email":"ada@example.test"}"#)?;
//! assert_eq!(customer.id.value(), Some(&5));
//! let error = call.parse(404, br#"{"message":"No such entity with %fieldName = %fieldValue",
//!     "parameters":{"fieldName":"customerId","fieldValue":5}}"#).unwrap_err();
//! assert!(error.to_string().ends_with("No such entity with customerId = 5"));
//! # Ok::<(), magewright::call::Error>(())
//! ```

pub mod account;
mod address;
pub mod addresses;
pub mod attributes;
pub mod bulk;
mod compose;
pub mod customers;
pub mod directory;
pub mod groups;
mod reply;
mod request;
pub mod route;
mod scope;
pub mod stores;
pub mod tokens;
pub mod users;

use std::fmt;

pub use address::{Addressed, NotInRelease, STORE_HEADER};
pub use compose::{CannotCompose, Parts, compose};
pub use reply::{Error, UnexpectedReply};
pub use request::Request;
pub use route::Route;
pub use scope::{InvalidStoreCode, Scope};

pub use crate::contract::{Access, Method};
use crate::error::StoreError;
use crate::json::Value;

/// A request with the way its reply is read.
pub struct Call<T> {
    /// What to send.
    pub request: Request,
    /// Which route it takes.
    pub route: Route,
    read: reply::Read<T>,
}

impl<T> Call<T> {
    #[inline(always)]
    fn new(route: Route, request: Request, read: reply::Read<T>) -> Self {
        Call { request, route, read }
    }

    /// The reply's value.
    ///
    /// # Errors
    /// [`Error::Store`] for a status that is not a success; [`Error::Reply`] for a
    /// success whose body is not what the endpoint answers.
    ///
    /// ```
    /// use magewright::call::customers;
    /// assert!(customers::delete(5).parse(200, b"true")?);
    /// assert!(customers::delete(5).parse(200, b"<html>").is_err());
    /// # Ok::<(), magewright::call::Error>(())
    /// ```
    pub fn parse(&self, status: u16, body: &[u8]) -> Result<T, Error> {
        if !is_success(status) {
            return Err(Error::Store(Box::new(StoreError::decode(status, body))));
        }
        (self.read)(body).map_err(|problem| Error::Reply(UnexpectedReply { status, problem }))
    }

    /// The reply as a document that keeps key order and number spelling.
    ///
    /// # Errors
    /// As [`Call::parse`], [`Error::Reply`] for a success whose body is not JSON.
    ///
    /// ```
    /// let reply = magewright::call::customers::get(5).parse_value(200, br#"{"id":5,"credit":1.50}"#)?;
    /// assert_eq!(reply.to_string(), r#"{"id":5,"credit":1.50}"#);
    /// # Ok::<(), magewright::call::Error>(())
    /// ```
    pub fn parse_value(&self, status: u16, body: &[u8]) -> Result<Value, Error> {
        Call { request: Request::EMPTY, route: self.route, read: reply::value }.parse(status, body)
    }

    /// Who may make the call; where the SaaS edition is concerned, see [`Route::access_in`].
    ///
    /// ```
    /// use magewright::call::{Access, customers};
    /// assert_eq!(customers::delete(5).access(), Access::Resource("Magento_Customer::delete"));
    /// ```
    #[must_use]
    pub fn access(&self) -> Access {
        self.route.access()
    }

    /// The same call for these fields of the reply only, which is then a document.
    ///
    /// Of a call that is not a GET the whole reply is asked for: in the query of a PUT, `fields`
    /// keeps the store from seeing the id in the path.
    ///
    /// ```
    /// use magewright::call::{Scope, customers};
    /// let call = customers::get(5).fields("id,addresses[city]");
    /// assert_eq!(call.request.target(&Scope::Default), "/rest/V1/customers/5?fields=id%2Caddresses%5Bcity%5D");
    /// ```
    #[must_use]
    pub fn fields(self, fields: &str) -> Call<Value> {
        Call { request: self.request.with_fields(fields), route: self.route, read: reply::value }
    }
}

/// Calls whose replies are read as documents: they name no model, so that a browser needs none.
impl Call<Value> {
    /// A call with a body that is made already.
    pub(crate) fn sending(route: Route, values: &[&str], body: Value) -> Self {
        let request = Request { body: Some(body), ..Request::new(route, values) };
        Call { request, route, read: reply::value }
    }

    /// The bulk twin of a call, with its items.
    pub(crate) fn queueing(route: Route, items: Vec<Value>) -> Self {
        Call { request: Request::bulk(route, items), route, read: reply::value }
    }
}

impl<T> Clone for Call<T> {
    fn clone(&self) -> Self {
        Call { request: self.request.clone(), route: self.route, read: self.read }
    }
}

impl<T> fmt::Debug for Call<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Call").field(&self.request).finish()
    }
}

/// Whether a status says that the store did what was asked: 200, or 202 for bulk and async calls.
///
/// ```
/// use magewright::call::is_success;
/// assert!(is_success(202) && !is_success(302) && !is_success(400));
/// ```
#[must_use]
pub const fn is_success(status: u16) -> bool {
    matches!(status, 200..=299)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_shown_without_body_and_values() {
        let customer = crate::json::parse(br#"{"email":"ada@example.test"}"#).unwrap();
        let secret = crate::secret::Secret::new("hunter2");
        let shown = format!("{:?}", customers::create(customer, Some(&secret)));
        assert!(shown.contains("POST /V1/customers"), "{shown}");
        assert!(!shown.contains("ada") && !shown.contains("hunter2"), "{shown}");
    }

    #[test]
    fn fields_are_asked_for_on_get_only() {
        let call = groups::update(4, Value::Object([("code", "x")].into_iter().collect())).fields("id");
        assert_eq!(call.request.query, "");
    }

    #[test]
    fn an_error_status_is_the_stores_error_whatever_the_body() {
        for body in [&b""[..], b"true", b"<html>", b"{"] {
            assert!(matches!(customers::delete(5).parse(503, body), Err(Error::Store(_))));
        }
    }
}

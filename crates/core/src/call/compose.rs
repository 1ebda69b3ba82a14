//! A request on any endpoint of the domain, by method and path.

use std::fmt;

use super::request::encode_into;
use super::{Method, Request};
use crate::contract::{Contract, Endpoint, Parameter};
use crate::json::Value;

/// What a request on an endpoint is made of, beside the endpoint.
#[derive(Debug, Clone, Default)]
pub struct Parts<'a> {
    /// The values of the parameters in path and query, by name.
    pub parameters: Vec<(&'a str, String)>,
    /// The criteria as [`encode`](crate::search::encode) writes them, for endpoints that search.
    pub criteria: Option<String>,
    /// The body.
    pub body: Option<Value>,
}

/// Why no request is made.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum CannotCompose {
    /// No release has an endpoint with that method and path.
    NoSuchEndpoint,
    /// A parameter that the endpoint does not do without, or one that is empty in the path.
    MissingParameter(String),
    /// A parameter that the endpoint does not know.
    UnknownParameter(String),
    /// The endpoint searches, and no criteria are given; or it does not, and some are.
    Criteria,
    /// The endpoint has a body, and none is given; or it has none, and one is.
    Body,
}

impl fmt::Display for CannotCompose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CannotCompose::NoSuchEndpoint => {
                f.write_str("no such endpoint: give method and path as the contract writes them")
            }
            CannotCompose::MissingParameter(name) => write!(f, "give the parameter `{name}`"),
            CannotCompose::UnknownParameter(name) => write!(f, "the endpoint has no parameter `{name}`"),
            CannotCompose::Criteria => {
                f.write_str("give criteria to an endpoint that searches, and to no other")
            }
            CannotCompose::Body => f.write_str("give a body to an endpoint that takes one, and to no other"),
        }
    }
}

impl std::error::Error for CannotCompose {}

/// A request on the endpoint with that method and path; the path is the contract's own, with its placeholders.
///
/// The functions of this module's siblings are the typed way, and know how a reply is read.
///
/// # Errors
/// What is missing or too much. What a body holds is not looked at, which is for validation, nor the release,
/// which is for [`Request::addressed`].
///
/// ```
/// use magewright::call::{CannotCompose, Method, Parts, Scope, compose};
///
/// let confirmation = "/V1/customers/{customerId}/confirm";
/// let parts = Parts { parameters: vec![("customerId", "5".to_owned())], ..Parts::default() };
/// let request = compose(Method::Get, confirmation, &parts)?;
/// assert_eq!(request.target(&Scope::Default), "/rest/V1/customers/5/confirm");
///
/// let missing = compose(Method::Get, confirmation, &Parts::default());
/// assert_eq!(missing, Err(CannotCompose::MissingParameter("customerId".to_owned())));
/// # Ok::<(), CannotCompose>(())
/// ```
pub fn compose(method: Method, path: &str, parts: &Parts<'_>) -> Result<Request, CannotCompose> {
    let endpoint = Contract::built_in().endpoint(method, path).ok_or(CannotCompose::NoSuchEndpoint)?;
    check(endpoint, parts)?;
    let (in_path, in_query): (Vec<_>, Vec<_>) = endpoint.parameters.iter().partition(|one| one.in_path);
    let values: Vec<&str> = in_path.iter().filter_map(|one| given(parts, one)).collect();
    let mut request = Request::of(method, &endpoint.path, &values);
    request.query = query(&in_query, parts);
    request.body.clone_from(&parts.body);
    Ok(request)
}

/// The parameter that stands for a whole search.
const CRITERIA: &str = "searchCriteria";

fn check(endpoint: &Endpoint, parts: &Parts<'_>) -> Result<(), CannotCompose> {
    let known = |name: &str| endpoint.parameters.iter().any(|one| one.name == name && name != CRITERIA);
    if let Some((name, _)) = parts.parameters.iter().find(|(name, _)| !known(name)) {
        return Err(CannotCompose::UnknownParameter((*name).to_owned()));
    }
    let lacks = |one: &&Parameter| one.required && one.name != CRITERIA && given(parts, one).is_none();
    if let Some(one) = endpoint.parameters.iter().find(lacks) {
        return Err(CannotCompose::MissingParameter(one.name.to_string()));
    }
    let searches = endpoint.parameters.iter().any(|one| one.name == CRITERIA);
    if searches != parts.criteria.is_some() {
        return Err(CannotCompose::Criteria);
    }
    let takes_body = !endpoint.body.is_empty();
    if takes_body == parts.body.is_some() { Ok(()) } else { Err(CannotCompose::Body) }
}

/// The value of a parameter; one in the path cannot be empty.
fn given<'p>(parts: &'p Parts<'_>, of: &Parameter) -> Option<&'p str> {
    let found = parts.parameters.iter().find(|(name, _)| *name == of.name);
    found.map(|(_, value)| value.as_str()).filter(|value| !of.in_path || !value.is_empty())
}

fn query(parameters: &[&Parameter], parts: &Parts<'_>) -> String {
    let mut query = parts.criteria.clone().unwrap_or_default();
    for one in parameters {
        let Some(value) = given(parts, one) else { continue };
        if !query.is_empty() {
            query.push('&');
        }
        encode_into(&mut query, &one.name, |_| false);
        query.push('=');
        encode_into(&mut query, value, |_| false);
    }
    query
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::Scope;

    fn made(method: Method, path: &str, parts: &Parts<'_>) -> Result<String, CannotCompose> {
        compose(method, path, parts).map(|request| request.target(&Scope::Default))
    }

    #[test]
    fn every_endpoint_of_the_domain_can_be_called() {
        for endpoint in Contract::built_in().endpoints() {
            let named = endpoint.parameters.iter().filter(|one| one.name != CRITERIA);
            let searches = endpoint.parameters.iter().any(|one| one.name == CRITERIA);
            let parts = Parts {
                parameters: named.map(|one| (&*one.name, "a b".to_owned())).collect(),
                criteria: searches.then(|| "searchCriteria=".to_owned()),
                body: (!endpoint.body.is_empty()).then_some(Value::Null),
            };
            let request = compose(endpoint.method, &endpoint.path, &parts).unwrap();
            assert!(!request.path.contains(['{', ' ']), "{}", request.path);
        }
    }

    #[test]
    fn values_are_encoded_where_they_stand() {
        let parameters = vec![("email", "a+b/c@x.test".to_owned())];
        let body = Some(Value::Null);
        let parts = Parts { parameters, body, criteria: None };
        let target = made(Method::Put, "/V1/customers/{email}/activate", &parts);
        assert_eq!(target.as_deref(), Ok("/rest/V1/customers/a%2Bb%2Fc@x.test/activate"));
        let parts = Parts { criteria: Some("searchCriteria=".to_owned()), ..Parts::default() };
        let target = made(Method::Get, "/V1/customers/search", &parts);
        assert_eq!(target.as_deref(), Ok("/rest/V1/customers/search?searchCriteria="));
    }

    #[test]
    fn what_is_missing_or_too_much_is_named() {
        let get = |path: &str, parts: &Parts<'_>| made(Method::Get, path, parts).unwrap_err();
        let with =
            |name, value: &str| Parts { parameters: vec![(name, value.to_owned())], ..Parts::default() };
        let one = "/V1/customers/{customerId}";
        assert_eq!(get("/V1/nosuch", &Parts::default()), CannotCompose::NoSuchEndpoint);
        assert_eq!(get(one, &with("customerId", "")), CannotCompose::MissingParameter("customerId".into()));
        assert_eq!(get("/V1/customers/me", &with("x", "1")), CannotCompose::UnknownParameter("x".into()));
        assert_eq!(get("/V1/customers/search", &Parts::default()), CannotCompose::Criteria);
        assert_eq!(made(Method::Post, "/V1/customers", &Parts::default()), Err(CannotCompose::Body));
        let body = Parts { body: Some(Value::Null), ..with("customerId", "5") };
        assert_eq!(get(one, &body), CannotCompose::Body);
    }
}

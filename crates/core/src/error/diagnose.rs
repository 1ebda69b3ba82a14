//! The likely causes of an error reply.

use std::borrow::Cow;

use super::fields::{known_message, left_behind, named_field, parameter, unknown_field};
use super::{Cause, Circumstances, Shape, StoreError, TokenAge};
use crate::call::{Access, route};

type Rule = fn(&StoreError, &Circumstances<'_>) -> Option<Cause>;

/// Asked in this order; each gives at most one cause.
const RULES: &[Rule] = &[
    two_factor,
    not_authorized,
    not_a_customer,
    sign_in,
    signature,
    no_route,
    unknown_store_code,
    known_message,
    unknown_field,
    left_behind,
    named_field,
    intermediary,
    internal,
];

/// The likely causes of an error, the likeliest first; empty when nothing is known about it.
///
/// ```
/// use magewright::call::Method;
/// use magewright::error::{Circumstances, StoreError, TokenAge, diagnose};
/// let body = br#"{"message":"The consumer isn't authorized to access %resources.",
///                 "parameters":{"resources":"Magento_Customer::manage"}}"#;
/// let mut call = Circumstances::of(Method::Put, "/rest/V1/customers/5");
/// call.token = TokenAge::Fresh;
/// let causes = diagnose(&StoreError::decode(401, body), &call);
/// assert_eq!(causes[0].code, "permission_missing");
/// assert_eq!(causes[0].resource.as_deref(), Some("Magento_Customer::manage"));
/// ```
#[must_use]
pub fn diagnose(error: &StoreError, call: &Circumstances<'_>) -> Vec<Cause> {
    RULES.iter().filter_map(|rule| rule(error, call)).collect()
}

/// The message in every release is one of two, by whether the administrator has set a provider up.
fn two_factor(error: &StoreError, call: &Circumstances<'_>) -> Option<Cause> {
    let token =
        route::find(call.method, call.path).is_some_and(|found| found.path == route::TOKEN_ADMIN.template);
    let message = error.template().to_ascii_lowercase();
    let told = message.contains("2fa") || message.contains("two-factor");
    (token && told).then(|| {
        Cause::new(
            "two_factor",
            format!(
                "two-factor authentication is on, so the store gives no token for name and password alone: \
                 ask {} with a one-time password, or use an integration",
                route::TOKEN_ADMIN_GOOGLE.template
            ),
        )
    })
}

/// A missing permission, an expired token and no token at all are one and the same 401.
fn not_authorized(error: &StoreError, call: &Circumstances<'_>) -> Option<Cause> {
    if error.status() != 401 || !error.template().contains("authorized to access") {
        return None;
    }
    let known = || Some(route::find(call.method, call.path)?.access.resource()?.to_owned());
    let resource = parameter(error, "resources").or_else(known)?;
    let wants = match Access::Customer.resource() == Some(&resource) {
        true => "the token of a customer, which no administrator or integration has".to_owned(),
        false => format!("the ACL resource {resource}"),
    };
    let (code, message) = match call.token {
        TokenAge::Absent => ("token_absent", format!("the call needs {wants}, and carried no token")),
        TokenAge::Fresh => (
            "permission_missing",
            format!("the token was fresh, so its role or integration lacks what the call needs: {wants}"),
        ),
        TokenAge::Old => (
            "token_expired",
            format!("the token may have expired (60 minutes by default); else its role lacks {wants}"),
        ),
        TokenAge::Unknown => (
            "token_or_permission",
            format!(
                "the token is missing, wrong or expired, or its role lacks {wants}: the store tells these apart to nobody"
            ),
        ),
    };
    Some(Cause::new(code, message).needing(resource))
}

/// An administrator who asks for "me" has no customer id for the store to fill in.
fn not_a_customer(error: &StoreError, call: &Circumstances<'_>) -> Option<Cause> {
    let missing = error.status() == 400 && parameter(error, "fieldName").as_deref() == Some("customerId");
    let own = route::find(call.method, call.path).is_some_and(|found| found.access == Access::Customer);
    (missing && own).then(|| {
        let message = "the call is for the customer whose token it carries; an administrator's token stands for none: \
                       name the customer by id, or log in as the customer";
        Cause::new("not_a_customer", message)
    })
}

fn sign_in(error: &StoreError, _: &Circumstances<'_>) -> Option<Cause> {
    (error.status() == 401 && error.template().contains("sign-in was incorrect")).then(|| {
        Cause::new(
            "sign_in",
            "user name or password is wrong, the account is locked (six failures lock it for half an hour), \
             inactive, or its e-mail is not confirmed",
        )
    })
}

fn signature(error: &StoreError, _: &Circumstances<'_>) -> Option<Cause> {
    let known: &[(&str, &'static str, &'static str)] = &[
        (
            "The signature is invalid",
            "signature",
            "the store computed another signature: a secret is wrong, a proxy changes scheme, host or path, or the \
             release sorts parameters otherwise (natural order to 2.4.7, decoded names from 2.4.8)",
        ),
        (
            "nonce is already being used",
            "nonce",
            "the nonce was used before: make a new one for every request",
        ),
        (
            "validating the nonce",
            "timestamp",
            "the timestamp is not a number above 0 and at most ten minutes ahead of the store's clock",
        ),
        ("Signature method", "signature_method", "the store takes HMAC-SHA256 only"),
        (
            "consumer having the specified key",
            "consumer_key",
            "the store has no integration with this consumer key",
        ),
        (
            "Specified token does not exist",
            "access_token",
            "the store has no such access token: activate the integration again",
        ),
        ("has been revoked", "access_token", "the access token was revoked: activate the integration again"),
    ];
    let matches = |(part, ..): &&(&str, &str, &str)| error.template().contains(part);
    known.iter().find(matches).map(|&(_, code, message)| Cause::new(code, message))
}

fn no_route(error: &StoreError, call: &Circumstances<'_>) -> Option<Cause> {
    if error.status() != 404 || !error.template().contains("match any route") {
        return None;
    }
    Some(match route::find(call.method, call.path) {
        Some(endpoint) if !endpoint.core => Cause::new(
            "route_not_in_core",
            "no release of Magento has routes for admin users and roles: this store lacks a module that adds them",
        ),
        Some(_) => Cause::new(
            "route_missing",
            "Magento has this route, so a module is disabled here or a proxy changes the path",
        ),
        None => Cause::new("route_unknown", "no such path, or not with this method: check both"),
    })
}

fn unknown_store_code(error: &StoreError, _: &Circumstances<'_>) -> Option<Cause> {
    (error.status() == 400 && error.template() == "Specified request cannot be processed.").then(|| {
        Cause::new(
            "store_code",
            "the store code in the path is unknown (it is case-sensitive, and `admin` is none), or the path is not one \
             of the API; async and bulk paths take no GET",
        )
    })
}

/// Statuses that a proxy, a web server or a store in maintenance gives.
fn intermediary(error: &StoreError, _: &Circumstances<'_>) -> Option<Cause> {
    let (code, message) = match error.status() {
        300..=399 => {
            ("redirect", "the address redirects: use the base URL it points to, with its scheme and host")
        }
        403 => (
            "forbidden",
            "a firewall or web server refuses: the store itself answers a missing permission with 401",
        ),
        413 => ("body_too_large", "the web server refuses the body's size: send fewer items at once"),
        414 => (
            "url_too_long",
            "the web server refuses the address's length: ask for fewer ids at once (1,500 are safe)",
        ),
        429 => (
            "rate_limit",
            "a proxy limits the rate: wait as Retry-After says, and send less at the same time",
        ),
        502..=504 => (
            "unavailable",
            "the store is in maintenance, overloaded or did not answer in time: try again later",
        ),
        _ => return None,
    };
    Some(Cause::new(code, message))
}

fn internal(error: &StoreError, _: &Circumstances<'_>) -> Option<Cause> {
    if error.status() != 500 {
        return None;
    }
    let message: Cow<'static, str> = match (&error.report_id, error.shape) {
        (Some(id), _) => format!("the store failed inside and logged it under {id}").into(),
        (None, Shape::Text | Shape::Html) => {
            "the store's code met a type it does not expect, as from null or a text in place of an object or a list".into()
        }
        _ => "the store failed inside; its log says more".into(),
    };
    Some(Cause::new("internal", message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::Method;

    fn codes(status: u16, body: &str, method: Method, path: &str, token: TokenAge) -> Vec<&'static str> {
        let error = StoreError::decode(status, body.as_bytes());
        diagnose(&error, &Circumstances { method, path, token }).iter().map(|cause| cause.code).collect()
    }

    fn customers(status: u16, body: &str) -> Vec<Cause> {
        let error = StoreError::decode(status, body.as_bytes());
        diagnose(&error, &Circumstances::of(Method::Post, "/rest/V1/customers"))
    }

    #[test]
    fn a_401_says_what_is_known_of_the_token() {
        let body = r#"{"message":"The consumer isn't authorized to access %resources.","parameters":{"resources":"Magento_Customer::group"}}"#;
        let code = |token| codes(401, body, Method::Get, "/rest/V1/customerGroups/1", token);
        assert_eq!(code(TokenAge::Absent), ["token_absent"]);
        assert_eq!(code(TokenAge::Fresh), ["permission_missing"]);
        assert_eq!(code(TokenAge::Old), ["token_expired"]);
        assert_eq!(code(TokenAge::Unknown), ["token_or_permission"]);
    }

    #[test]
    fn a_401_without_parameters_takes_the_resource_from_the_route() {
        let body = r#"{"message":"The consumer isn't authorized to access %resources."}"#;
        let error = StoreError::decode(401, body.as_bytes());
        let causes = diagnose(&error, &Circumstances::of(Method::Get, "/rest/V1/customers/me"));
        assert_eq!(causes[0].resource.as_deref(), Some("self"));
        assert!(causes[0].message.contains("token of a customer"));
    }

    #[test]
    fn routes_outside_core_are_explained() {
        let body = r#"{"message":"Request does not match any route."}"#;
        let code = |path| codes(404, body, Method::Get, path, TokenAge::Fresh);
        assert_eq!(code("/rest/V1/roles"), ["route_not_in_core"]);
        assert_eq!(code("/rest/V1/customers/1"), ["route_missing"]);
        assert_eq!(code("/rest/V1/customers"), ["route_unknown"]);
    }

    #[test]
    fn two_factor_is_told_from_other_400s() {
        let path = "/rest/V1/integration/admin/token";
        let body = r#"{"message":"Please use the 2fa provider-specific endpoints to obtain a token."}"#;
        assert_eq!(codes(400, body, Method::Post, path, TokenAge::Absent), ["two_factor"]);
        assert_eq!(
            codes(400, r#"{"message":"Decoding error."}"#, Method::Post, path, TokenAge::Absent),
            [""; 0]
        );
    }

    #[test]
    fn an_administrator_is_no_customer() {
        let body = r#"{"message":"\"%fieldName\" is required.","parameters":{"fieldName":"customerId"}}"#;
        let code = |path| codes(400, body, Method::Get, path, TokenAge::Fresh);
        assert_eq!(code("/rest/V1/customers/me"), ["not_a_customer"]);
        assert_eq!(code("/rest/V1/customers/5"), [""; 0]);
    }

    #[test]
    fn proxies_and_crashes_are_named() {
        assert_eq!(customers(503, "<html>")[0].code, "unavailable");
        assert_eq!(customers(500, "An error has happened")[0].code, "internal");
        assert_eq!(customers(418, "teapot"), []);
    }
}

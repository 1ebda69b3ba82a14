//! Where a request goes, release by release.

use std::fmt;

use super::{Request, Scope, route};
use crate::contract::Endpoint;
use crate::release::Release;

/// A request's address below the store's base URL, as a release wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addressed {
    /// Path and query from the base URL on.
    pub target: String,
    /// The value of the header [`STORE_HEADER`]; `None` where there is to be none.
    pub store: Option<String>,
}

/// The header by which the SaaS edition is told the store view, which other releases read in the path.
pub const STORE_HEADER: &str = "Store";

/// A request on an endpoint that the release lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotInRelease {
    endpoint: &'static Endpoint,
    release: Release,
}

impl Request {
    /// The address in a release: for all but the SaaS edition the [target](Request::target).
    ///
    /// The base URL of the SaaS edition ends with the tenant's id, and no `/rest`
    /// follows; the store view stands in a header, and `async` behind the
    /// version. Every request carries an IMS access token as bearer, none is
    /// signed with OAuth 1.0a.
    ///
    /// # Errors
    /// [`NotInRelease`] for an endpoint that the release lacks. A path that the
    /// contract does not know is addressed as it stands.
    ///
    /// ```
    /// use magewright::call::{Scope, bulk, customers};
    /// use magewright::release::Release;
    ///
    /// let de = Scope::store_view("de")?;
    /// let request = bulk::update_customers(Vec::new()).request;
    /// let address = request.addressed(&de, Release::SAAS)?;
    /// assert_eq!(address.target, "/V1/async/bulk/customers/byCustomerId");
    /// assert_eq!(address.store.as_deref(), Some("de"));
    /// assert_eq!(request.addressed(&de, Release::DEFAULT)?.target, request.target(&de));
    ///
    /// let refused = customers::me().request.addressed(&de, Release::SAAS).unwrap_err();
    /// assert!(refused.to_string().starts_with("GET /V1/customers/me is not in saas"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn addressed(&self, scope: &Scope, release: Release) -> Result<Addressed, NotInRelease> {
        let endpoint = route::find(self.method, &self.path);
        if let Some(endpoint) = endpoint.filter(|endpoint| !endpoint.band.holds(release)) {
            return Err(NotInRelease { endpoint, release });
        }
        if !release.is_saas() {
            return Ok(Addressed { target: self.target(scope), store: None });
        }
        let target = self.path_and_query(&route::with_version_first(&self.path));
        Ok(Addressed { target, store: scope.code().map(str::to_owned) })
    }
}

impl fmt::Display for NotInRelease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Endpoint { method, path, band, instead, .. } = self.endpoint;
        write!(f, "{method} {path} is not in {}, only in: {band}", self.release)?;
        if instead.is_empty() { Ok(()) } else { write!(f, "; {instead}") }
    }
}

impl std::error::Error for NotInRelease {}

#[cfg(test)]
mod tests {
    use super::super::{Method, bulk, customers, groups, stores, tokens};
    use super::*;

    fn saas(request: &Request, scope: &Scope) -> (String, Option<String>) {
        let address = request.addressed(scope, Release::SAAS).unwrap();
        (address.target, address.store)
    }

    #[test]
    fn the_saas_edition_has_no_rest_and_names_the_store_view_in_a_header() {
        let get = customers::get(5).request.with_fields("id");
        assert_eq!(saas(&get, &Scope::Default), ("/V1/customers/5?fields=id".to_owned(), None));
        let all = ("/V1/modules".to_owned(), Some("all".to_owned()));
        assert_eq!(saas(&stores::modules().request, &Scope::all()), all);
    }

    #[test]
    fn queued_requests_have_the_version_first() {
        let bulk = bulk::create_customers(Vec::new()).request;
        assert_eq!(saas(&bulk, &Scope::Default).0, "/V1/async/bulk/customers");
        let single = Request { path: "/async/V1/customers/5".to_owned(), ..customers::get(5).request };
        assert_eq!(saas(&single, &Scope::Default).0, "/V1/async/customers/5");
    }

    #[test]
    fn what_a_release_lacks_is_refused_with_the_way_out() {
        let refused = |request: &Request, release: &str| {
            let release = release.parse().unwrap();
            request.addressed(&Scope::Default, release).unwrap_err().to_string()
        };
        let revoke = tokens::revoke_mine().request;
        assert!(refused(&revoke, "2.4.5-p9").contains("is not in 2.4.5-p9, only in: 2.4.6+; not saas; wait"));
        assert!(revoke.addressed(&Scope::Default, Release::DEFAULT).is_ok());
        let free = customers::is_email_available("ada@example.test", None).request;
        let refusal = refused(&free, "saas");
        assert!(
            refusal.ends_with("only in: all releases; not saas; search customers by e-mail"),
            "{refusal}"
        );
        assert!(!refusal.contains("ada"), "{refusal}");
    }

    #[test]
    fn a_path_that_nobody_knows_goes_as_it_is() {
        let request = Request { path: "/V1/acme/cards".to_owned(), ..groups::get(1).request };
        assert_eq!(request.method, Method::Get);
        assert_eq!(saas(&request, &Scope::Default).0, "/V1/acme/cards");
    }
}

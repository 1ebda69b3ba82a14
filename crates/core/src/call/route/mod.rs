//! Which endpoint a store takes for a path, and who may call it.
//!
//! Our own paths are written in one file, `table.rs`; what they need and where
//! they exist is in the [`contract`](crate::contract).

mod table;

pub use table::*;

use std::borrow::Cow;

use crate::contract::{Access, Contract, Endpoint, Method};
use crate::release::Release;

/// Where every path of the API begins, below the store code.
const VERSION: &str = "/V1/";

/// A route: a method, and a path with a `{name}` segment for each value.
///
/// ```
/// use magewright::call::route;
/// use magewright::contract::Access;
/// assert_eq!(route::CUSTOMER_UPDATE.access(), Access::Resource("Magento_Customer::manage"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route {
    /// The method.
    pub method: Method,
    /// The path from `/V1` on.
    pub template: &'static str,
}

impl Route {
    const fn new(method: Method, template: &'static str) -> Self {
        Route { method, template }
    }

    /// What the built-in contract says of the route.
    #[must_use]
    pub fn endpoint(&self) -> Option<&'static Endpoint> {
        Contract::built_in().endpoint(self.method, self.template)
    }

    /// Who may call it.
    #[must_use]
    pub fn access(&self) -> Access {
        self.endpoint().map_or(Access::Unknown, |endpoint| endpoint.access)
    }

    /// Who may call it in a release. In the SaaS edition nothing is open to everybody: its contract has a
    /// 401 for every endpoint, and does not say which permission is asked for instead.
    ///
    /// ```
    /// use magewright::call::{Access, route};
    /// use magewright::release::Release;
    /// assert_eq!(route::CUSTOMER_CREATE.access_in(Release::DEFAULT), Access::Anonymous);
    /// assert_eq!(route::CUSTOMER_CREATE.access_in(Release::SAAS), Access::Unknown);
    /// ```
    #[must_use]
    pub fn access_in(&self, release: Release) -> Access {
        match self.access() {
            Access::Anonymous if release.is_saas() => Access::Unknown,
            access => access,
        }
    }
}

impl Method {
    /// The method of that name; `None` for one that the API does not route.
    ///
    /// ```
    /// use magewright::call::Method;
    /// assert_eq!(Method::from_name("GET"), Some(Method::Get));
    /// assert_eq!(Method::from_name("PATCH"), None);
    /// ```
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Method::Get, Method::Post, Method::Put, Method::Delete].into_iter().find(|m| m.as_str() == name)
    }
}

impl Access {
    /// The name that a store gives the permission in a 401; `None` where no source tells.
    ///
    /// ```
    /// use magewright::call::Access;
    /// assert_eq!(Access::Customer.resource(), Some("self"));
    /// ```
    #[must_use]
    pub const fn resource(self) -> Option<&'static str> {
        match self {
            Access::Anonymous => Some("anonymous"),
            Access::Customer => Some("self"),
            Access::Resource(resource) => Some(resource),
            Access::Unknown => None,
        }
    }
}

/// The endpoint that a store takes for a path; the part before `/V1/` (base, store code, `async`) is not
/// looked at, nor the `async` that stands behind it in the SaaS edition.
///
/// A path without placeholders goes before one with them; of several with them, the
/// last in byte order counts. The `by…` segments of a bulk path count as values.
///
/// ```
/// use magewright::call::route;
/// use magewright::contract::Method;
/// let path = |method, path| route::find(method, path).map(|endpoint| &*endpoint.path);
/// assert_eq!(path(Method::Get, "/rest/de/V1/customers/search"), Some("/V1/customers/search"));
/// assert_eq!(path(Method::Put, "/rest/async/bulk/V1/customers/byCustomerId"), Some("/V1/customers/{customerId}"));
/// assert_eq!(path(Method::Get, "/rest/V1/nosuch"), None);
/// ```
#[must_use]
pub fn find(method: Method, path: &str) -> Option<&'static Endpoint> {
    let path = path.get(path.find(VERSION)?..)?;
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    let path = &*with_version_only(path.strip_suffix('/').unwrap_or(path));
    let candidates = || Contract::built_in().endpoints().iter().filter(|endpoint| endpoint.method == method);
    let exact = candidates().find(|endpoint| endpoint.path == path);
    exact.or_else(|| {
        candidates().filter(|endpoint| matches(&endpoint.path, path)).max_by_key(|endpoint| &*endpoint.path)
    })
}

/// A queued path as the SaaS edition has it: `/async/bulk/V1/customers` is `/V1/async/bulk/customers`.
pub(super) fn with_version_first(path: &str) -> Cow<'_, str> {
    match path.split_once(VERSION) {
        Some((queue, rest)) if !queue.is_empty() => {
            format!("{}{}/{rest}", VERSION.trim_end_matches('/'), queue).into()
        }
        _ => path.into(),
    }
}

/// The path of what is queued, of a path in either order.
fn with_version_only(path: &str) -> Cow<'_, str> {
    let rest = path.strip_prefix(VERSION).and_then(|rest| rest.strip_prefix("async/"));
    match rest {
        Some(rest) => format!("{VERSION}{}", rest.strip_prefix("bulk/").unwrap_or(rest)).into(),
        None => path.into(),
    }
}

fn matches(template: &str, path: &str) -> bool {
    // Every request looks for its route, and most templates differ before their first placeholder.
    if !template.split('{').next().is_some_and(|fixed| path.starts_with(fixed)) {
        return false;
    }
    let mut segments = path.split('/');
    let fits = |part: &str, segment: &str| part == segment || part.starts_with('{') && !segment.is_empty();
    template.split('/').all(|part| segments.next().is_some_and(|segment| fits(part, segment)))
        && segments.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_paths_go_before_placeholders() {
        let found = |method, path| find(method, path).map(|endpoint| &*endpoint.path);
        assert_eq!(found(Method::Get, "/V1/customers/me"), Some("/V1/customers/me"));
        let activate = found(Method::Put, "/V1/customers/a%2Bb@example.test/activate");
        assert_eq!(activate, Some("/V1/customers/{email}/activate"));
        assert_eq!(found(Method::Get, "/rest/V1/customers/1/?fields=id"), Some("/V1/customers/{customerId}"));
        assert_eq!(found(Method::Post, "/tenant/V1/async/bulk/customers"), Some("/V1/customers"));
        assert_eq!(found(Method::Put, "/tenant/V1/async/customers/5"), Some("/V1/customers/{customerId}"));
    }

    #[test]
    fn other_paths_have_no_endpoint() {
        let paths = [
            "",
            "/",
            "/rest/V1/",
            "/V2/customers/1",
            "/rest/V1/customers/1/2/3/4/5",
            "/rest/V1/customers//confirm",
        ];
        for path in paths {
            assert!(find(Method::Get, path).is_none(), "{path}");
        }
        assert!(find(Method::Delete, "/V1/customers").is_none());
    }

    #[test]
    fn the_contract_knows_every_route() {
        for route in ROUTES {
            assert!(route.endpoint().is_some_and(|endpoint| endpoint.access != Access::Unknown), "{route:?}");
        }
    }

    #[test]
    fn no_route_stands_twice() {
        for (at, route) in ROUTES.iter().enumerate() {
            assert!(!ROUTES.iter().skip(at + 1).any(|other| other == route), "{route:?}");
        }
    }
}

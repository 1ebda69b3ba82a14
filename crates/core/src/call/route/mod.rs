//! Which route a store takes for a path, and who may call it.
//!
//! The paths themselves are written in one file, `table.rs`, and nowhere else.

mod table;

use std::fmt;

pub use table::*;

/// An HTTP method of the REST API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// Reads.
    Get,
    /// Creates, or asks.
    Post,
    /// Changes.
    Put,
    /// Deletes.
    Delete,
}

impl Method {
    /// The method as it stands in a request line.
    ///
    /// ```
    /// assert_eq!(magewright::call::Method::Put.as_str(), "PUT");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Delete => "DELETE",
        }
    }

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

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Who may call a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Access {
    /// Everybody, without credentials too.
    Anyone,
    /// A customer with the customer's own token; an administrator's or integration's does not do.
    Customer,
    /// An administrator or integration that holds this ACL resource.
    Resource(&'static str),
}

impl Access {
    /// The name that the store gives the permission in a 401.
    ///
    /// ```
    /// use magewright::call::Access;
    /// assert_eq!(Access::Customer.resource(), "self");
    /// ```
    #[must_use]
    pub const fn resource(self) -> &'static str {
        match self {
            Access::Anyone => "anonymous",
            Access::Customer => "self",
            Access::Resource(resource) => resource,
        }
    }
}

/// A route: method, path with `:name` segments, and who may call it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route {
    /// The method.
    pub method: Method,
    /// The path from `/V1` on, with a `:name` segment for each value.
    pub template: &'static str,
    /// Who may call it.
    pub access: Access,
}

impl Route {
    const fn new(method: Method, template: &'static str, access: Access) -> Self {
        Route { method, template, access }
    }

    /// Whether Magento itself has the route; the admin user's exist only where a module adds them.
    ///
    /// ```
    /// use magewright::call::route;
    /// assert!(route::CUSTOMER_GET.is_core());
    /// assert!(!route::USERS_GET.is_core());
    /// ```
    #[must_use]
    pub fn is_core(&self) -> bool {
        !matches!(self.access, Access::Resource(table::USERS | table::ROLES))
    }

    fn matches(&self, path: &str) -> bool {
        let mut segments = path.split('/');
        self.template.split('/').all(|part| {
            segments
                .next()
                .is_some_and(|segment| part == segment || part.starts_with(':') && !segment.is_empty())
        }) && segments.next().is_none()
    }
}

/// The route that a store takes a path for; the part before `/V1/` (base, store code, `async`) is not looked at.
///
/// A route without `:name` segments goes before one with them; of several with them,
/// the last in byte order counts. The `by…` segments of a bulk path count as values.
///
/// ```
/// use magewright::call::{Method, route};
/// let found = route::find(Method::Get, "/rest/de/V1/customers/search");
/// assert_eq!(found, Some(route::CUSTOMER_SEARCH));
/// assert_eq!(route::find(Method::Put, "/rest/async/bulk/V1/customers/byCustomerId"), Some(route::CUSTOMER_UPDATE));
/// assert_eq!(route::find(Method::Get, "/rest/V1/nosuch"), None);
/// ```
#[must_use]
pub fn find(method: Method, path: &str) -> Option<Route> {
    let path = path.get(path.find(VERSION)?..)?;
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    let path = path.strip_suffix('/').unwrap_or(path);
    let routes = || ROUTES.iter().filter(|route| route.method == method);
    let exact = routes().find(|route| route.template == path);
    exact.or_else(|| routes().filter(|route| route.matches(path)).max_by_key(|route| route.template)).copied()
}

/// Where every path begins.
const VERSION: &str = "/V1/";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_routes_go_before_patterns() {
        let found = |method, path| find(method, path).map(|route| route.template);
        assert_eq!(found(Method::Get, "/V1/customers/me"), Some("/V1/customers/me"));
        assert_eq!(
            found(Method::Put, "/V1/customers/a%2Bb@example.test/activate"),
            Some("/V1/customers/:email/activate")
        );
        assert_eq!(found(Method::Get, "/rest/V1/customers/1/?fields=id"), Some("/V1/customers/:customerId"));
    }

    #[test]
    fn other_paths_have_no_route() {
        for path in [
            "",
            "/",
            "/rest/V1/",
            "/V2/customers/1",
            "/rest/V1/customers/1/2/3",
            "/rest/V1/customers//confirm",
        ] {
            assert_eq!(find(Method::Get, path), None, "{path}");
        }
        assert_eq!(find(Method::Delete, "/V1/customers"), None);
    }

    #[test]
    fn no_route_stands_twice() {
        for (at, route) in ROUTES.iter().enumerate() {
            let twin = |other: &Route| other.method == route.method && other.template == route.template;
            assert!(!ROUTES.iter().skip(at + 1).any(twin), "{route:?}");
        }
    }
}

use std::borrow::Cow;
use std::fmt;

use super::{Field, Kind};
use crate::release::Band;

/// One method on one path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// The method.
    pub method: Method,
    /// The path from `/V1` on, with placeholders: `/V1/customers/{customerId}`.
    pub path: Cow<'static, str>,
    /// The schema's operation id; unstable between releases.
    pub operation: Cow<'static, str>,
    /// The parameters in path and query; a flattened search is one parameter `searchCriteria`.
    pub parameters: Cow<'static, [Parameter]>,
    /// The members of the body; empty when there is none.
    pub body: Cow<'static, [Field]>,
    /// What a successful reply holds, when the schema says.
    pub reply: Option<Kind>,
    /// Who may call it.
    pub access: Access,
    /// The PHP method behind it, `Magento\Customer\Api\CustomerRepositoryInterface::save`; empty where no
    /// source tells.
    pub service: &'static str,
    /// JSON Pointers into the body to what the store does not do without, beyond the body's own required members.
    pub needs: &'static [&'static str],
    /// JSON Pointers to the parameters and members of the body that the store sets from the caller's own
    /// token, whatever is sent.
    pub forced: &'static [&'static str],
    /// Whether Magento itself has it; otherwise only shops with a module that adds it do.
    pub core: bool,
    /// What to do instead where a release lacks it; empty where nothing is known.
    pub instead: &'static str,
    /// The releases that have it.
    pub band: Band,
}

/// A parameter in the path or the query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// The name.
    pub name: Cow<'static, str>,
    /// What it holds.
    pub kind: Kind,
    /// Whether it stands in the path; otherwise in the query.
    pub in_path: bool,
    /// Whether the call fails without it.
    pub required: bool,
}

/// An HTTP method of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// Reads.
    Get,
    /// Creates, or does something.
    Post,
    /// Replaces or updates.
    Put,
    /// Deletes.
    Delete,
}

impl Method {
    /// The method as HTTP writes it.
    ///
    /// ```
    /// assert_eq!(magewright::contract::Method::Put.as_str(), "PUT");
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
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Who may call an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody, without credentials.
    Anonymous,
    /// A customer with their own token; an administrator's or integration's does not do.
    Customer,
    /// An administrator or integration with this ACL resource.
    Resource(&'static str),
    /// No published source tells.
    Unknown,
}

impl Parameter {
    pub(crate) const fn fixed(name: &'static str, kind: Kind, in_path: bool, required: bool) -> Self {
        Parameter { name: Cow::Borrowed(name), kind, in_path, required }
    }
}

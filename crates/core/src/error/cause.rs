//! What a diagnosis is made of.

use std::borrow::Cow;
use std::fmt;

use crate::call::Method;

/// A likely cause of an error, and the way out.
///
/// ```
/// use magewright::call::Method;
/// use magewright::error::{Circumstances, StoreError, diagnose};
/// let error = StoreError::decode(404, br#"{"message":"Request does not match any route."}"#);
/// let causes = diagnose(&error, &Circumstances::of(Method::Get, "/rest/V1/users"));
/// assert_eq!(causes[0].code, "route_not_in_core");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// What kind of cause, for programs: stable across versions.
    pub code: &'static str,
    /// What is wrong and the way out, for people; never holds a value of the request.
    pub message: Cow<'static, str>,
    /// The field it is about, as a JSON Pointer into the request's body. `*` stands for an unknown list index.
    pub pointer: Option<Cow<'static, str>>,
    /// The ACL resource that the call needs, as in `Magento_Customer::manage`.
    pub resource: Option<String>,
}

/// What is known about the call that failed, beside the reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Circumstances<'a> {
    /// The method of the request.
    pub method: Method,
    /// Its path, from the host or from `/V1` on.
    pub path: &'a str,
    /// How old its token was: the core has no clock.
    pub token: TokenAge,
}

/// What the caller knows of the token that a request carried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TokenAge {
    /// The request carried none.
    Absent,
    /// Issued a moment ago, or a signature, which does not age.
    Fresh,
    /// Issued so long ago that it may have expired.
    Old,
    /// Not known.
    #[default]
    Unknown,
}

impl Cause {
    /// A cause without pointer and resource.
    #[must_use]
    pub fn new(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Cause { code, message: message.into(), pointer: None, resource: None }
    }

    /// The same cause, about the field at `pointer`.
    #[must_use]
    pub fn at(mut self, pointer: impl Into<Cow<'static, str>>) -> Self {
        self.pointer = Some(pointer.into());
        self
    }

    /// The same cause, about the ACL resource `resource`.
    #[must_use]
    pub fn needing(mut self, resource: impl Into<String>) -> Self {
        self.resource = Some(resource.into());
        self
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if let Some(pointer) = &self.pointer {
            write!(f, " (at {pointer})")?;
        }
        Ok(())
    }
}

impl<'a> Circumstances<'a> {
    /// A call of which no more than method and path is known.
    #[must_use]
    pub fn of(method: Method, path: &'a str) -> Self {
        Circumstances { method, path, token: TokenAge::Unknown }
    }
}

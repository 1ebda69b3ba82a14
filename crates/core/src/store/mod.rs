//! The model of a store's save.
//!
//! A prediction runs against a [`Store`]: its release, what it says of itself,
//! the customers known to exist and the store code in the path.

mod accounts;

pub use accounts::{Accounts, NotACustomer};

use crate::profile::Profile;
use crate::release::Release;

/// The store a request is sent to.
#[derive(Debug, Clone, Copy)]
pub struct Store<'a> {
    /// The release it runs.
    pub release: Release,
    /// What it says of itself.
    pub profile: &'a Profile,
    /// The customers known to exist.
    pub accounts: &'a Accounts,
    /// The store code in the path (`/rest/<code>/V1/…`); `None` when there is none.
    pub scope: Option<&'a str>,
    /// The time of the request in seconds since 1970 UTC; `None` when it is not known, which
    /// leaves relative dates unresolved.
    pub now: Option<i64>,
}

/// Who sends the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Caller {
    /// An administrator with all rights, by bearer token.
    Admin,
    /// An integration with all rights, by OAuth.
    Integration,
    /// A customer, by bearer token.
    Customer,
    /// Nobody in particular: no credentials, or ones the store does not take.
    Guest,
    /// An administrator without rights to customers.
    Limited,
}

impl Caller {
    /// Whether the caller may manage customers (`Magento_Customer::manage`).
    ///
    /// ```
    /// use magewright::store::Caller;
    /// assert!(Caller::Integration.manages_customers());
    /// assert!(!Caller::Limited.manages_customers());
    /// ```
    #[must_use]
    pub const fn manages_customers(self) -> bool {
        matches!(self, Caller::Admin | Caller::Integration)
    }
}

//! The model of a store's save.
//!
//! A prediction runs against a [`Store`]: its release, what it says of itself,
//! the customers known to exist and the store code in the path.
//!
//! # How a save is modelled
//!
//! A save goes through **stages**, in the store's own order, and ends at the
//! first that refuses anything. Rules are small functions that put
//! `Finding`s into a `Findings` sink:
//! the rule (code, source, releases), the place, and the exact words of the
//! reply. `Findings::begin` opens a stage and says
//! how the store answers when it finds several things
//! (`Answer`): the first, all lines, or an aggregate.
//!
//! The same rules serve two questions. A *prediction* uses
//! `Findings::first_stage_only()`, returns as soon as `stops()` says so, and
//! takes `refusal()`. A *validation* uses `Findings::all_stages()`, goes on to
//! the end and turns everything found into a report. There is no second list.
//!
//! The stages of a create, and the modules they live in:
//!
//! 1. `coerce`, `custom`: the body becomes data objects, [`json::Object`]s with
//!    the contract's own keys, every value of the declared type, `null` kept,
//!    custom attributes an object by code, addresses a list of objects.
//! 2. parameters that are missing; rights; `password`.
//! 3. `account`: id, website, store view.
//! 4. `customer`: group, dates, e-mail, then all values, then times.
//! 5. `address`, one address after the other: general, dates, values.
//! 6. the default addresses, when the account is saved once more.
//!
//! `customer::stored` and `address::Draft::stored` then give what the columns
//! keep (`column`: widths, character set, ranges) in the form GET shows.
//!
//! # How to add a route
//!
//! Coerce its parameters with `coerce::Coercion`, merge or not as the route
//! does, on the coerced objects, then run the stages the route has, in its
//! order, and build the outcome from the `stored` parts. Routes are
//! functions of [`crate::predict`].
//!
//! [`json::Object`]: crate::json::Object

pub(crate) mod account;
mod accounts;
pub(crate) mod address;
pub mod body;
pub(crate) mod coerce;
pub(crate) mod column;
pub(crate) mod custom;
pub(crate) mod customer;
pub(crate) mod date;
pub(crate) mod email;
pub(crate) mod finding;
pub(crate) mod limits;
pub(crate) mod name;
mod own;
pub(crate) mod password;
pub(crate) mod php;
pub(crate) mod render;
pub(crate) mod rules;
pub(crate) mod shape;

pub(crate) use accounts::fold as folded_email;
pub use accounts::{Accounts, NotACustomer};

use crate::json::Value;
use crate::profile::{Attribute, Profile, Section, StoreView};
use crate::release::{Band, Release};

/// The store a request is sent to.
#[derive(Debug, Clone, Copy)]
pub struct Store<'a> {
    /// The release it runs, or [the SaaS edition](Release::SAAS).
    pub release: Release,
    /// What it says of itself.
    pub profile: &'a Profile,
    /// The customers known to exist.
    pub accounts: &'a Accounts,
    /// The store code in the path (`/rest/<code>/V1/…`), in the SaaS edition that in the header `Store`;
    /// `None` when there is none.
    pub scope: Option<&'a str>,
    /// The time of the request in seconds since 1970 UTC; `None` when it is not known, which
    /// leaves relative dates unresolved.
    pub now: Option<i64>,
}

impl<'a> Store<'a> {
    /// The store view of requests that name none: the default website's default.
    ///
    /// ```
    /// use magewright::{profile::Profile, release::Release, store::{Accounts, Store}};
    /// let (profile, accounts) = (Profile::stock(), Accounts::new());
    /// let release = Release::DEFAULT;
    /// let store = Store { release, profile: &profile, accounts: &accounts, scope: Some("x"), now: None };
    /// assert_eq!(store.default_view().map(|view| view.code.as_str()), Some("default"));
    /// ```
    #[must_use]
    pub fn default_view(&self) -> Option<&'a StoreView> {
        self.profile.default_store_view(self.profile.default_website()?.id)
    }

    /// The website of the store code in the path, or the default one; `all` is the default one too.
    pub(crate) fn current_website(&self) -> i64 {
        let scoped = self.scope.and_then(|code| self.profile.store_view_by_code(code));
        let website = scoped.or_else(|| self.default_view()).map(|view| view.website_id);
        website.filter(|id| *id != 0).or_else(|| Some(self.profile.default_website()?.id)).unwrap_or(0)
    }

    /// Whether customers of that website may use their own accounts here: those of the website of the store code
    /// in the path, all of them where accounts are shared, and nobody under `all`.
    ///
    /// Source: `module-customer/Model/Customer/Authorization.php`, recorded.
    ///
    /// ```
    /// use magewright::{profile::Profile, release::Release, store::{Accounts, Store}};
    /// let (profile, accounts) = (Profile::stock(), Accounts::new());
    /// let release = Release::DEFAULT;
    /// let store = Store { release, profile: &profile, accounts: &accounts, scope: Some("default"), now: None };
    /// assert!(store.admits_customers_of(1) && !Store { scope: Some("all"), ..store }.admits_customers_of(1));
    /// ```
    #[must_use]
    pub fn admits_customers_of(&self, website: i64) -> bool {
        let known = self.profile.knows(Section::Websites);
        let own = self.profile.settings.accounts_shared || website == self.current_website();
        self.scope != Some("all") && (own || !known)
    }

    /// Where an e-mail address must be unique: on that website, or everywhere when accounts are shared.
    pub(crate) fn account_scope(&self, website: i64) -> Option<i64> {
        (!self.profile.settings.accounts_shared).then_some(website)
    }

    /// Whether a subscription made with a customer of that store view shows on a GET without a store code.
    ///
    /// It is kept for the website of the store code in the path; under `all` for that of the customer's store view.
    ///
    /// Source: `module-newsletter/Model/Plugin/CustomerPlugin.php`, recorded.
    pub(crate) fn subscription_shows(&self, own: i64) -> bool {
        let website = match self.scope {
            Some("all") => self.profile.store_view(own).map(|view| view.website_id),
            _ => Some(self.current_website()),
        };
        self.profile.default_website().is_some_and(|default| Some(default.id) == website)
    }

    /// Whether the newsletter of the default website goes to that e-mail address, and so to a new customer who
    /// has it: a store looks for a subscription by the customer, then by the address.
    ///
    /// Source: `module-newsletter/Model/Plugin/CustomerPlugin.php`, recorded.
    pub(crate) fn newsletter_goes_to(&self, email: &str) -> bool {
        let subscribed =
            |customer: &Value| customer.pointer("/extension_attributes/is_subscribed")?.as_bool();
        self.accounts.all_with_email(email).any(|customer| subscribed(customer) == Some(true))
    }

    /// Since 2.4.8 the default shipping address comes first.
    pub(crate) fn lists_default_shipping_first(&self) -> bool {
        const FIRST: Band = Band::since(&[(8, 0)]);
        FIRST.holds(self.release)
    }

    /// The most lines of a street: the attribute's own count, which the setting sets.
    pub(crate) fn street_lines(&self, attribute: &Attribute) -> i64 {
        let known = self.profile.knows(Section::AddressAttributes) && attribute.lines > 0;
        if known { attribute.lines } else { self.profile.settings.street_lines }
    }
}

/// Who sends the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Caller {
    /// An administrator with all rights, by bearer token; in the SaaS edition that of an IMS user.
    Admin,
    /// An integration with all rights, by OAuth; in the SaaS edition a technical account's IMS token.
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

//! What a store will refuse, and what it will silently change or drop.
//!
//! [`validate`] is for one payload. A [`Validator`] is made once for many: it
//! holds the tables of the quick way, one pass over the bytes that answers
//! "certainly valid" or "look closer". Only what needs a closer look goes to
//! the walk that explains. [`Validator::ndjson`] and [`Stream`] read whole files.
//!
//! ```
//! use magewright::validate::{Operation, Validator};
//!
//! let validator = Validator::stock(Operation::Record);
//! let report = validator.check(br#"{"email":"ada@example.com","firstname":"Ada"}"#);
//! assert_eq!(report.violations[0].pointer, "/lastname");
//! assert_eq!(report.violations[0].code, "missing_value");
//! ```

pub(crate) mod accept;
mod finding;
mod ndjson;
mod record;

use std::sync::LazyLock;

pub use accept::held::{Glance, Member, Members, Place, is_line};
pub use ndjson::{Stream, Tally};

use crate::predict::{self, AdminUserChecks};
use crate::profile::{Profile, Section};
use crate::release::Release;
use crate::report::Report;
use crate::store::{Accounts, Caller, Store};
use accept::Gate;

/// The most bytes of one payload: 16 MiB. More is one violation, and is not read.
pub const MAX_BYTES: usize = record::MAX_BYTES;

/// What a payload is sent for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Operation {
    /// A customer by itself: an export, a row before planning, the `customer` of a body.
    ///
    /// Checked against the contract and the rules that hold for every save. What
    /// depends on the request, such as an id that exists already, is not.
    Record,
    /// The body of `POST /V1/customers`, `{"customer": {…}, "password": …}`, sent by a caller.
    ///
    /// As [`predict::validate_create`]: an error
    /// if and only if the store refuses, a loss if and only if the saved customer
    /// differs visibly from what was sent.
    Create {
        /// Who sends it.
        caller: Caller,
    },
    /// An administrator, `{"user": {…}}` or the user alone, which a shop with a module for it takes.
    ///
    /// As [`predict::validate_admin_user`]; no release has the route in its core.
    AdminUser {
        /// The password policy, and whether the user exists.
        checks: AdminUserChecks,
    },
}

/// Everything that is wrong with a payload, at once.
///
/// The payload is JSON text in UTF-8. Text that is none is one violation with
/// the code `not_json`.
///
/// ```
/// use magewright::validate::{validate, Operation, Validator};
/// let store = *Validator::stock(Operation::Record).store();
/// let payload = br#"{"email":"ada@example.com","firstname":"Ada","lastname":"Lovelace","prefix":7}"#;
/// let report = validate(payload, Operation::Record, &store);
/// assert!(report.is_accepted() && !report.is_clean());
/// assert_eq!(report.violations[0].code, "coerced");
/// ```
#[must_use]
pub fn validate(payload: &[u8], operation: Operation, store: &Store<'_>) -> Report {
    let mut report = explain(payload, operation, store, None);
    report.unchecked = unchecked(operation, store);
    report
}

/// The explaining way, which a gate for such payloads makes shorter and not other.
fn explain(payload: &[u8], operation: Operation, store: &Store<'_>, gate: Option<&Gate>) -> Report {
    match operation {
        Operation::Record => record::check(payload, store, gate.map(Gate::shape)),
        _ if payload.len() > MAX_BYTES => record::too_large(),
        Operation::Create { caller } => {
            Report { unchecked: Vec::new(), ..predict::validate_create(payload, caller, store) }
        }
        Operation::AdminUser { checks } => {
            Report { unchecked: Vec::new(), ..predict::validate_admin_user(payload, checks) }
        }
    }
}

/// The checks that cannot be made for want of knowledge about the store.
fn unchecked(operation: Operation, store: &Store<'_>) -> Vec<&'static str> {
    match operation {
        Operation::Create { caller } => return predict::validate_create(b"", caller, store).unchecked,
        Operation::AdminUser { checks } => return predict::validate_admin_user(b"", checks).unchecked,
        Operation::Record => {}
    }
    let parts = [
        (Section::Websites, "store"),
        (Section::CustomerGroups, "group"),
        (Section::CustomerAttributes, "custom_attributes"),
        (Section::AddressAttributes, "address_attributes"),
        (Section::Modules, "extension_attributes"),
    ];
    let unknown =
        parts.into_iter().filter(|(section, _)| !store.profile.knows(*section)).map(|(_, code)| code);
    unknown.chain(["region", "email_taken"]).chain(predict::unrecorded(store)).collect()
}

/// A validator for many payloads of one kind, sent to one store.
///
/// Making one costs about as much as checking a few records; checking a clean
/// record then allocates nothing.
#[derive(Debug)]
pub struct Validator<'a> {
    operation: Operation,
    store: Store<'a>,
    gate: Gate,
}

impl<'a> Validator<'a> {
    /// A validator for payloads sent to `store`.
    ///
    /// ```
    /// use magewright::{profile::Profile, release::Release, store::{Accounts, Store}};
    /// use magewright::validate::{Operation, Validator};
    ///
    /// let (profile, accounts) = (Profile::stock(), Accounts::new());
    /// let store = Store {
    ///     release: Release::DEFAULT, profile: &profile, accounts: &accounts, scope: None, now: None,
    /// };
    /// let validator = Validator::new(Operation::Record, store);
    /// assert!(!validator.check(b"[]").is_accepted());
    /// ```
    #[must_use]
    pub fn new(operation: Operation, store: Store<'a>) -> Self {
        let gate = match operation {
            Operation::Record => Gate::record(&store),
            Operation::Create { caller } => Gate::create(&store, caller),
            Operation::AdminUser { .. } => Gate::closed(),
        };
        Validator { operation, store, gate }
    }

    /// A validator for a freshly installed store of the default release, of which
    /// nothing is known for certain.
    #[must_use]
    pub fn stock(operation: Operation) -> Validator<'static> {
        static STOCK: LazyLock<(Profile, Accounts)> = LazyLock::new(|| (Profile::stock(), Accounts::new()));
        let (profile, accounts) = &*STOCK;
        let release = Release::DEFAULT;
        Validator::new(operation, Store { release, profile, accounts, scope: None, now: None })
    }

    /// The store the payloads are for.
    #[must_use]
    pub fn store(&self) -> &Store<'a> {
        &self.store
    }

    /// The checks that cannot be made for want of knowledge about the store, as
    /// stable codes. They are the same for every payload, so the reports of
    /// [`Validator::check`] do not repeat them.
    #[must_use]
    pub fn unchecked(&self) -> Vec<&'static str> {
        unchecked(self.operation, &self.store)
    }

    /// Everything that is wrong with a payload, at once.
    ///
    /// ```
    /// use magewright::validate::{Operation, Validator};
    /// let validator = Validator::stock(Operation::Record);
    /// let clean = br#"{"email":"ada@example.com","firstname":"Ada","lastname":"Lovelace"}"#;
    /// assert!(validator.check(clean).is_clean());
    /// assert_eq!(validator.check(b"{").violations[0].code, "not_json");
    /// ```
    #[must_use]
    pub fn check(&self, payload: &[u8]) -> Report {
        if self.accepts(payload) { Report::default() } else { self.explain(payload) }
    }

    /// Whether a payload is certainly valid, in one pass and without allocation.
    ///
    /// `false` says no more than "look closer": [`Validator::check`] does.
    ///
    /// ```
    /// use magewright::validate::{Operation, Validator};
    /// let validator = Validator::stock(Operation::Record);
    /// assert!(validator.accepts(br#"{"email":"ada@example.com","firstname":"Ada","lastname":"Lovelace"}"#));
    /// assert!(!validator.accepts(b"no JSON"));
    /// ```
    #[must_use]
    pub fn accepts(&self, payload: &[u8]) -> bool {
        payload.len() <= MAX_BYTES && self.gate.pass(payload).is_some_and(|rest| rest.trim_ascii().is_empty())
    }

    /// The tables of the quick way, for who holds a payload as objects of a host language.
    ///
    /// An object of which every member is there once, is in these tables and is taken, and whose
    /// members [are complete](Members::are_complete), is accepted as its JSON text would be, where
    /// that is no longer than [`MAX_BYTES`].
    ///
    /// ```
    /// use magewright::validate::{Operation, Validator};
    /// let validator = Validator::stock(Operation::Record);
    /// let email = validator.members().iter().find(|member| member.name() == "email").unwrap();
    /// assert!(email.takes_text("ada@example.com") && !email.takes_text("ada@") && !email.takes_number(5));
    /// ```
    #[must_use]
    pub fn members(&self) -> Members<'_> {
        Members::of(self.gate.shape())
    }

    /// Everything that is wrong with a payload that the quick way did not accept.
    fn explain(&self, payload: &[u8]) -> Report {
        explain(payload, self.operation, &self.store, Some(&self.gate))
    }

    /// What follows the line at the start of `text`, when its record is certainly valid.
    fn pass_line<'t>(&self, text: &'t [u8]) -> Option<&'t [u8]> {
        let after = self.gate.pass(text).filter(|after| text.len() - after.len() <= MAX_BYTES)?;
        match after {
            [b'\n', rest @ ..] | [b'\r', b'\n', rest @ ..] => Some(rest),
            [] => Some(&[]),
            _ => None,
        }
    }
}

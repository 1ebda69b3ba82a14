//! The store that a question is about.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::operations::Run;
use super::request::invalid;
use super::{Failure, Operation, Request};
use crate::json::{Object, Value};
use crate::profile::Profile;
use crate::release::Release;
use crate::store::{Accounts, Store};

static STOCK: LazyLock<Profile> = LazyLock::new(Profile::stock);

/// A store described once, for many questions: what [`call_about`](super::call_about) is told.
///
/// ```
/// use magewright::desk::Described;
///
/// let store = Described::read(br#"{"release":"2.4.8-p1","scope":"de"}"#)?;
/// assert_eq!(store.store().scope, Some("de"));
/// assert_eq!(Described::read(br#"{"release":"2.3.7"}"#).unwrap_err().pointer(), Some("/release"));
/// # Ok::<(), magewright::desk::Failure>(())
/// ```
#[derive(Debug, Clone)]
pub struct Described {
    release: Release,
    profile: Cow<'static, Profile>,
    accounts: Accounts,
    scope: Option<String>,
    now: Option<i64>,
}

impl Described {
    /// Reads `{"release", "profile", "accounts", "scope", "now"}`, each of which may be left out.
    ///
    /// # Errors
    /// A member that does not describe a store, by pointer.
    pub fn read(input: &[u8]) -> Result<Self, Failure> {
        Self::from_request(&Request::read(input, &READ)?)
    }

    /// As [`Described::read`], of members at hand.
    ///
    /// # Errors
    /// A member that does not describe a store, by pointer.
    ///
    /// ```
    /// use magewright::{desk::Described, json::Object};
    /// let mut members = Object::new();
    /// members.insert("now", 1_700_000_000_i64);
    /// assert_eq!(Described::of(members)?.store().now, Some(1_700_000_000));
    /// # Ok::<(), magewright::desk::Failure>(())
    /// ```
    pub fn of(members: Object) -> Result<Self, Failure> {
        Self::from_request(&Request::of(members, &READ)?)
    }

    fn from_request(request: &Request<'_>) -> Result<Self, Failure> {
        Ok(Described {
            release: request.release()?,
            profile: profile(request)?,
            accounts: accounts(request)?,
            scope: request.optional_text("scope")?.map(str::to_owned),
            now: request.optional_integer("now")?,
        })
    }

    /// The store, to be put to the core.
    #[must_use]
    pub fn store(&self) -> Store<'_> {
        Store {
            release: self.release,
            profile: &self.profile,
            accounts: &self.accounts,
            scope: self.scope.as_deref(),
            now: self.now,
        }
    }
}

/// The store a request is about: one described once, or the one it describes itself.
#[derive(Debug)]
pub(super) struct AskedStore<'r> {
    described: Cow<'r, Described>,
    scope: Option<&'r str>,
    now: Option<i64>,
}

impl<'r> AskedStore<'r> {
    /// The documents and options of a request that describe a store; `scope` and
    /// `now` may differ from question to question.
    pub(super) fn read(request: &'r Request<'_>) -> Result<Self, Failure> {
        let described = match request.given() {
            None => Cow::Owned(Described::from_request(request)?),
            Some(_) if request.names("release") => return Err(twice("release")),
            Some(_) if request.names("profile") => return Err(twice("profile")),
            Some(_) if request.names("accounts") => return Err(twice("accounts")),
            Some(described) => Cow::Borrowed(described),
        };
        let (scope, now) = (request.optional_text("scope")?, request.optional_integer("now")?);
        Ok(AskedStore { described, scope, now })
    }

    /// The store, to be put to the core.
    pub(super) fn store(&self) -> Store<'_> {
        let store = self.described.store();
        Store { scope: self.scope.or(store.scope), now: self.now.or(store.now), ..store }
    }
}

fn twice(name: &str) -> Failure {
    invalid(name, "leave it out: the store is described already")
}

/// What [`Described::read`] takes.
const READ: Operation = Operation {
    name: "store",
    documents: &["profile", "accounts"],
    options: &["release", "scope", "now"],
    run: Run::Alone(|_| Ok(Value::Null)),
};

fn profile(request: &Request) -> Result<Cow<'static, Profile>, Failure> {
    match request.optional_document("profile")? {
        None | Some(Value::Null) => Ok(Cow::Borrowed(&*STOCK)),
        Some(document) => match Profile::from_document(&document) {
            Ok(profile) => Ok(Cow::Owned(profile)),
            Err(error) => Err(invalid("profile", error.to_string()).below(error.pointer())),
        },
    }
}

fn accounts(request: &Request) -> Result<Accounts, Failure> {
    match request.optional_document("accounts")? {
        None | Some(Value::Null) => Ok(Accounts::new()),
        Some(Value::Array(customers)) => {
            Accounts::from_customers(customers).map_err(|error| invalid("accounts", error.to_string()))
        }
        Some(_) => Err(invalid("accounts", "give a list of customers as GET returns them")),
    }
}

/// What a store says of itself, reply by reply.
pub(super) const REPLIES: &[&str] = &[
    "websites",
    "store_groups",
    "store_views",
    "customer_groups",
    "customer_attributes",
    "address_attributes",
    "countries",
    "modules",
    "settings",
    "schema",
];

/// `profile.from_replies`: the profile document of a store's replies; what is left out is stock.
pub(super) fn from_replies(request: &Request) -> Result<Value, Failure> {
    let mut profile = Profile::stock();
    for name in REPLIES {
        if let Some(reply) = request.optional_document(name)? {
            profile.take_reply(name, &reply).map_err(|error| invalid("replies", error.to_string()))?;
        }
    }
    Ok(profile.to_document())
}

#[cfg(test)]
mod tests {
    use super::super::{Described, call, call_about};

    #[test]
    fn replies_of_a_store_become_its_profile() {
        let groups = r#"{"items":[{"id":7,"code":"Clinics"}]}"#;
        let answer = call("profile.from_replies", format!(r#"{{"customer_groups":{groups}}}"#).as_bytes());
        assert!(answer.starts_with(r#"{"ok":{"version":1"#) && answer.contains("Clinics"), "{answer}");
        let refused = call("profile.from_replies", br#"{"websites":{"message":"no"}}"#);
        assert!(refused.contains(r#""code":"invalid_member""#), "{refused}");
    }

    #[test]
    fn what_does_not_describe_a_store_is_refused_with_its_place() {
        let refused = |members: &str, pointer: &str| {
            let answer = call("validate", format!(r#"{{"payload":{{}},{members}}}"#).as_bytes());
            assert!(answer.contains(&format!(r#""pointer":"{pointer}""#)), "{answer}");
        };
        refused(r#""release":"2.3.7""#, "/release");
        refused(r#""profile":{"version":2}"#, "/profile/version");
        refused(r#""accounts":{}"#, "/accounts");
        refused(r#""accounts":[{"email":"a@x.test"}]"#, "/accounts");
        refused(r#""scope":7"#, "/scope");
        refused(r#""now":"today""#, "/now");
    }

    #[test]
    fn a_store_described_once_answers_like_one_described_each_time() {
        let members = r#""release":"2.4.8-p1","accounts":[{"id":5,"email":"a@x.test","website_id":1}],"scope":"default""#;
        let store = Described::read(format!("{{{members}}}").as_bytes()).unwrap();
        let criteria = r#""criteria":"entity_id = 5""#;
        let apart = call("search.answer", format!("{{{criteria},{members}}}").as_bytes());
        assert_eq!(call_about(&store, "search.answer", format!("{{{criteria}}}").as_bytes()), apart);
        assert!(apart.starts_with(r#"{"ok":"#), "{apart}");
    }

    #[test]
    fn a_store_is_not_described_twice() {
        let store = Described::read(b"{}").unwrap();
        for member in [r#""release":"2.4.7""#, r#""profile_text":"{}""#, r#""accounts":[]"#] {
            let answer = call_about(&store, "validate", format!(r#"{{"payload":{{}},{member}}}"#).as_bytes());
            assert!(answer.contains("described already"), "{answer}");
        }
    }
}

//! The store that a question is about.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::request::invalid;
use super::{Failure, Request};
use crate::json::Value;
use crate::profile::Profile;
use crate::release::Release;
use crate::store::{Accounts, Store};

static STOCK: LazyLock<Profile> = LazyLock::new(Profile::stock);

/// A store as a request describes it: by `release`, `profile`, `accounts`, `scope` and `now`.
#[derive(Debug)]
pub(super) struct AskedStore {
    release: Release,
    profile: Cow<'static, Profile>,
    accounts: Accounts,
    scope: Option<String>,
    now: Option<i64>,
}

impl AskedStore {
    /// The documents of a request that describe a store.
    pub(super) fn read(request: &Request) -> Result<Self, Failure> {
        Ok(AskedStore {
            release: request.release()?,
            profile: profile(request)?,
            accounts: accounts(request)?,
            scope: request.optional_text("scope")?.map(str::to_owned),
            now: request.optional_integer("now")?,
        })
    }

    /// The store, to be put to the core.
    pub(super) fn store(&self) -> Store<'_> {
        Store {
            release: self.release,
            profile: &self.profile,
            accounts: &self.accounts,
            scope: self.scope.as_deref(),
            now: self.now,
        }
    }
}

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

#[cfg(test)]
mod tests {
    use super::super::call;

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
}

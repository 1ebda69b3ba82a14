//! What a store answers before it looks at the body.

use super::create::create_value;
use crate::call::route::CUSTOMER_CREATE;
use crate::outcome::{Outcome, Refusal};
use crate::store::{Caller, Store, body};

/// A POST of a customer as it is sent.
#[derive(Debug, Clone, Copy)]
pub struct Post<'a> {
    /// The path from the host on, such as `/rest/V1/customers` or `/rest/de/V1/customers`; in the SaaS edition
    /// `/<tenant>/V1/customers`.
    pub path: &'a str,
    /// The `Content-Type` header; `None` when there is none.
    pub content_type: Option<&'a str>,
    /// The body's bytes.
    pub body: &'a [u8],
}

/// Predicts the outcome of a POST of a customer, path and content type included.
///
/// The store code in the path takes the place of [`Store::scope`]; in the SaaS edition, whose paths have
/// none, it stays. The body is [read](body::read) by its content type. A query is left aside: `fields` cuts
/// the reply only.
///
/// ```
/// use magewright::outcome::Outcome;
/// use magewright::predict::{self, Post};
/// use magewright::profile::Profile;
/// use magewright::release::Release;
/// use magewright::store::{Accounts, Caller, Store};
///
/// let (profile, accounts) = (Profile::stock(), Accounts::new());
/// let release = Release::DEFAULT;
/// let store = Store { release, profile: &profile, accounts: &accounts, scope: None, now: None };
/// let post = Post { path: "/rest/admin/V1/customers", content_type: Some("application/json"), body: b"{}" };
/// let Outcome::Refused(refusal) = predict::request(&post, Caller::Guest, &store) else { panic!() };
/// assert_eq!(refusal.message, "Specified request cannot be processed.");
/// ```
#[must_use]
pub fn request(post: &Post<'_>, caller: Caller, store: &Store<'_>) -> Outcome {
    let path = post.path.split_once('?').map_or(post.path, |(path, _)| path);
    let scope = match scope(path, store) {
        Ok(scope) => scope,
        Err(refusal) => return Outcome::Refused(refusal),
    };
    match body::read(post.content_type, post.body) {
        Ok(body) => create_value(&body, caller, &Store { scope, ..*store }),
        Err(refusal) => Outcome::Refused(refusal),
    }
}

/// The store code of a path to `V1/customers`, without its query.
fn scope<'a>(path: &'a str, store: &Store<'a>) -> Result<Option<&'a str>, Refusal> {
    let unroutable = || Refusal::new(404, "Request does not match any route.");
    if store.release.is_saas() {
        let tenant = path.strip_suffix(CUSTOMER_CREATE.template).ok_or_else(unroutable)?;
        let is_one = !tenant.strip_prefix('/').unwrap_or(tenant).contains('/');
        return if is_one { Ok(store.scope) } else { Err(unroutable()) };
    }
    let rest = path.strip_prefix("/rest/").ok_or_else(unroutable)?.trim_end_matches('/');
    let (first, after) = rest.split_once('/').unwrap_or((rest, ""));
    let (scope, route) = if is_version(first) { (None, rest) } else { (Some(first), after) };
    if !scope.is_none_or(|code| store.profile.takes_store_code(code)) || !is_version(route) {
        return Err(Refusal::new(400, "Specified request cannot be processed."));
    }
    if CUSTOMER_CREATE.template.strip_prefix('/') == Some(route) { Ok(scope) } else { Err(unroutable()) }
}

/// Whether a path begins with a version, as one has to that is answered at once.
fn is_version(segment: &str) -> bool {
    segment.strip_prefix('V').is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Profile;
    use crate::release::Release;
    use crate::store::Accounts;

    #[test]
    fn a_query_is_no_part_of_the_route() {
        let (profile, accounts) = (Profile::stock(), Accounts::new());
        let release = Release::DEFAULT;
        let store = Store { release, profile: &profile, accounts: &accounts, scope: None, now: None };
        let status = |path| {
            let body = br#"{"customer":{"email":"a@b.test","firstname":"A","lastname":"B"}}"#;
            match request(&Post { path, content_type: Some("application/json"), body }, Caller::Admin, &store)
            {
                Outcome::Saved { .. } => 200,
                Outcome::Refused(refusal) => refusal.status,
            }
        };
        assert_eq!(status("/rest/V1/customers?fields=id"), 200);
        assert_eq!(status("/rest/default/V1/customers/?"), 200);
        assert_eq!(status("/rest/V1/customer?s=V1/customers"), 404);
        assert_eq!([status("/rest/V1"), status("/rest/all/V2/customers")], [404, 404]);
        assert_eq!(
            [status("/rest/customers"), status("/rest/default/customers"), status("/rest/all/V1x")],
            [400, 400, 404]
        );
    }
}

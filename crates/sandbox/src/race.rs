//! The store's own race: it reads, merges and writes without a lock.
//!
//! Two saves of one customer that overlap both read the same state, and the second
//! write takes back what the first has changed. Both are answered 200.

use std::collections::BTreeSet;

use magewright::call::route::{self, CUSTOMER_CREATE, CUSTOMER_UPDATE, ME_UPDATE};
use magewright::call::{Method, Route};
use magewright::json::{self, Value};

use crate::app::App;
use crate::http::{Body, Credentials, Request, Response};
use crate::identity::Identity;
use crate::php;
use crate::refusal::internal_error;
use crate::target::{self, Processor, Target, path_values};
use crate::tokens::{self, Bearer};

/// What the refusal of an e-mail address begins with that somebody else has.
const TAKEN: &str = "A customer with the same email address already exists";

/// What a save has read before it writes: the customers it is about, or that the
/// e-mail address of a new one is free.
///
/// Made by [`App::begin`], used up by [`App::finish`].
#[derive(Debug, Clone, PartialEq)]
pub struct Begun {
    customers: Vec<Value>,
    creates: bool,
}

impl App {
    /// What a save reads before it writes; `None` for a request that saves no customer at
    /// once. Nothing changes.
    ///
    /// A store locks nothing between reading and writing: whatever is saved between
    /// this and [`App::finish`] is lost.
    ///
    /// ```
    /// use magewright::{profile::Profile, release::Release, json};
    /// use magewright_sandbox::{App, Identity, Options, Request, Rights};
    ///
    /// let mut app = App::new(Profile::stock(), Release::DEFAULT, Options::default());
    /// let ada = br#"{"id":1,"group_id":1,"email":"a@b.test","firstname":"A","lastname":"B","store_id":1,"website_id":1,"addresses":[]}"#;
    /// app.insert(json::parse(ada)?, None);
    /// let put = |body: &str| {
    ///     Request::new("PUT", "/rest/V1/customers/1").json(body).from(Identity::Admin(1, Rights::All))
    /// };
    /// let (group, name) = (put(r#"{"customer":{"group_id":3}}"#), put(r#"{"customer":{"firstname":"Ada"}}"#));
    /// let begun = app.begin(&name).expect("a save");
    /// assert_eq!(app.handle(&group).status, 200);
    /// assert_eq!(app.finish(&name, begun).status, 200);
    /// let ada = app.customers().next().expect("the customer");
    /// assert_eq!(ada.get("firstname").and_then(|name| name.as_str()), Some("Ada"));
    /// assert_eq!(ada.get("group_id").and_then(|id| id.as_i64()), Some(1), "the group is lost");
    /// # Ok::<(), json::SyntaxError>(())
    /// ```
    #[must_use]
    pub fn begin(&self, request: &Request) -> Option<Begun> {
        if !matches!(request.method.as_str(), "PUT" | "POST") {
            return None;
        }
        let target = target::parse(&request.target, &self.shop.profile).ok()?;
        let method = Method::from_name(&request.method)?;
        let endpoint = route::find(method, target.path).filter(|_| target.processor == Processor::Sync)?;
        let is = |route: Route| route.method == method && endpoint.path == route.template;
        let body = || json::parse(&request.body).ok();
        if is(CUSTOMER_UPDATE) {
            let ids = BTreeSet::from([named(&target), body().as_ref().and_then(id_in)]);
            return Some(self.begun(ids.into_iter().flatten()));
        }
        if is(ME_UPDATE) {
            return Some(self.begun(self.signed_in(request)));
        }
        let email = body().filter(|_| is(CUSTOMER_CREATE))?.pointer("/customer/email")?.as_str()?.to_owned();
        let creates = self.shop.accounts.by_email(&email, None).is_none();
        Some(Begun { customers: Vec::new(), creates })
    }

    /// Answers a save that began earlier: it takes the customers for what they were then.
    ///
    /// A customer deleted meanwhile stays deleted; an e-mail address taken meanwhile is the
    /// internal error of a database that keeps them unique.
    pub fn finish(&mut self, request: &Request, begun: Begun) -> Response {
        let current: Vec<(i64, Value)> =
            begun.customers.into_iter().filter_map(|old| self.take_back(old)).collect();
        let response = self.handle(request);
        for (id, customer) in current {
            if !self.shop.saved.contains(&id) {
                // It came from the table.
                let _ = self.shop.accounts.insert(customer);
            }
        }
        if begun.creates && is_taken(&response) {
            return Response::from(self.reported(internal_error()));
        }
        response
    }

    fn begun(&self, ids: impl IntoIterator<Item = i64>) -> Begun {
        let customers = ids.into_iter().filter_map(|id| self.shop.accounts.get(id)).cloned().collect();
        Begun { customers, creates: false }
    }

    /// Shows a customer as they were. Returns them as they are; `None` for one who is gone.
    fn take_back(&mut self, old: Value) -> Option<(i64, Value)> {
        let id = old.get("id")?.as_i64()?;
        let current = self.shop.accounts.get(id)?.clone();
        self.shop.accounts.insert(old).ok()?;
        Some((id, current))
    }

    fn signed_in(&self, request: &Request) -> Option<i64> {
        match &request.credentials {
            Credentials::Known(Identity::Customer(id)) => Some(*id),
            Credentials::Header(header) => {
                let now = self.shop.options.clock.now();
                match tokens::caller(&self.shop.tokens, header, now)? {
                    Bearer::Customer(id) => Some(id),
                    Bearer::Admin(_) => None,
                }
            }
            _ => None,
        }
    }
}

/// The id in the path of an update.
fn named(target: &Target<'_>) -> Option<i64> {
    let values = path_values(CUSTOMER_UPDATE.template, target.path);
    values.first().and_then(|(_, value)| php::numeric(value))
}

/// The id in the body, which goes before that of the path.
fn id_in(body: &Value) -> Option<i64> {
    body.pointer("/customer/id")?.as_i64()
}

fn is_taken(response: &Response) -> bool {
    match &response.body {
        Body::Json(reply) => {
            reply.get("message").and_then(Value::as_str).is_some_and(|text| text.starts_with(TAKEN))
        }
        _ => false,
    }
}

use super::change::Change;
use crate::call::{Call, route};
use crate::json::Value;
use crate::predict::update::{Route, Target};

/// A body that does what a patch asks, and nothing else.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The body of the request, `{"customer":…}`; for [`Route::Queue`] one item of the list.
    pub body: Value,
    /// What changes, the store's own fields aside, in the order of the stored customer.
    pub changes: Vec<Change>,
    /// Those of the changes that take something away.
    pub removals: Vec<Change>,
    /// What is worth knowing before it is sent.
    pub warnings: Vec<Warning>,
    /// The checks the prediction left out for want of knowledge about the store, as stable codes:
    /// where they would refuse, the store still does.
    pub unchecked: Vec<&'static str>,
    /// The customer as GET without a store code returns it afterwards, with
    /// `"<time>"` and `"<new1>"` for what only the server knows.
    pub expected: Value,
    /// The customer as the reply shows it, which under a store code may differ
    /// in what is kept per website.
    pub reply: Value,
    pub(super) road: Road,
}

/// The route a plan was made for, with the id of its path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Road {
    ById(u64),
    Me,
    Queue,
}

impl Road {
    pub(super) fn of(target: &Target<'_>) -> Self {
        match target.route {
            Route::ById(_) => Road::ById(target.path_id().and_then(|id| id.try_into().ok()).unwrap_or(0)),
            Route::Me => Road::Me,
            Route::Queue => Road::Queue,
        }
    }
}

/// What is worth knowing about a plan, though it does what is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Warning {
    /// The base was an item of a search: attributes with the value `null`, which the store adds to those, were dropped.
    ListItem,
    /// The store does not merge here: what others changed since the customer was read is put back.
    NotMerged,
    /// Addresses that do not change are saved again, and refused if today's rules refuse them.
    AddressesSavedAgain,
    /// The e-mail address, with which the customer logs in, changes.
    LoginChanges,
}

impl Warning {
    /// A stable name for programs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Warning::ListItem => "list-item",
            Warning::NotMerged => "not-merged",
            Warning::AddressesSavedAgain => "addresses-saved-again",
            Warning::LoginChanges => "login-changes",
        }
    }
}

impl Plan {
    /// Whether there is nothing to send: the customer is as wanted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// The call that carries the plan out, on the route it was made for.
    ///
    /// For [`Route::Queue`] it is the bulk call with this one item; to submit
    /// several plans at once, give their bodies to [`bulk::update_customers`](crate::call::bulk::update_customers).
    /// Its reply is the customer, or the uuid of the bulk: read it with
    /// [`Call::parse`], and [`verify`](super::verify) it.
    ///
    /// ```
    /// # use magewright::{json::parse, plan::{Patch, Strategy, plan}};
    /// # use magewright::predict::update::{Route, Target};
    /// # use magewright::{profile::Profile, release::Release, store::{Accounts, Caller, Store}};
    /// # let (profile, accounts) = (Profile::stock(), Accounts::new());
    /// # let store = Store { release: Release::DEFAULT, profile: &profile, accounts: &accounts, scope: None, now: None };
    /// # let target = Target { store, caller: Caller::Admin, route: Route::ById("5") };
    /// # let stored = parse(br#"{"id":5,"group_id":1,"email":"a@example.test","firstname":"A","lastname":"B",
    /// #     "store_id":1,"website_id":1,"addresses":[],"disable_auto_group_change":0}"#)?;
    /// let plan = plan(&stored, &Patch::parse(br#"{"suffix":"Jr"}"#)?, &target, Strategy::Auto)?;
    /// let request = plan.call().request;
    /// assert_eq!((request.method.as_str(), &*request.path), ("PUT", "/V1/customers/5"));
    /// assert_eq!(request.body, Some(plan.body));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn call(&self) -> Call<Value> {
        let body = self.body.clone();
        match self.road {
            Road::ById(id) => Call::sending(route::CUSTOMER_UPDATE, &[&id.to_string()], body),
            Road::Me => Call::sending(route::ME_UPDATE, &[], body),
            Road::Queue => Call::queueing(route::CUSTOMER_UPDATE, vec![body]),
        }
    }
}

/// A planned body as text; [`plan`](super::plan) tells the rest of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedBody {
    /// The body of the request, `{"customer":…}`; for [`Route::Queue`] one item of the list.
    pub body: Vec<u8>,
    /// Whether there is nothing to send: the customer is as wanted.
    pub is_empty: bool,
    /// What is worth knowing before it is sent.
    pub warnings: Vec<Warning>,
}

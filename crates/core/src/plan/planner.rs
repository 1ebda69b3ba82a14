use super::apply::apply;
use super::body::Draft;
use super::change::{Change, changes};
use super::differ::unlike;
use super::patch::Patch;
use super::refusal::{Obstacle, Reason, Unplannable};
use super::settle::settle;
use crate::call::{Call, route};
use crate::json::{Object, Value};
use crate::outcome::{Outcome, Refusal};
use crate::predict::unchecked;
use crate::predict::update::{Route, Target, update};

/// How much of the customer a planned body carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Strategy {
    /// The smallest body that is safe on the target: what changes, what the
    /// target demands or would lose, and `addresses: null` where that keeps
    /// addresses from being saved again; the whole customer when that is not enough.
    #[default]
    Auto,
    /// What changes, and what the target demands or would lose.
    Minimal,
    /// The whole customer.
    Full,
}

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
    road: Road,
}

/// The route a plan was made for, with the id of its path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Road {
    ById(u64),
    Me,
    Queue,
}

impl Road {
    fn of(target: &Target<'_>) -> Self {
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

/// A planned body as text; [`plan`] tells the rest of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedBody {
    /// The body of the request, `{"customer":…}`; for [`Route::Queue`] one item of the list.
    pub body: Vec<u8>,
    /// Whether there is nothing to send: the customer is as wanted.
    pub is_empty: bool,
    /// What is worth knowing before it is sent.
    pub warnings: Vec<Warning>,
}

/// Plans the update that makes `patch` of the stored customer and changes nothing else.
///
/// Every plan was predicted: what [`update`] says of `plan.body` is the patched
/// customer, the store's own fields aside. `stored` must be a whole customer as
/// GET returns it, read as late as can be.
///
/// # Errors
/// [`Unplannable`] when no body does that on the target, with the way out.
///
/// ```
/// use magewright::json::parse;
/// use magewright::plan::{Patch, Strategy, plan};
/// use magewright::predict::update::{Route, Target};
/// use magewright::{profile::Profile, release::Release, store::{Accounts, Caller, Store}};
///
/// let (profile, accounts) = (Profile::stock(), Accounts::new());
/// let store = Store { release: Release::DEFAULT, profile: &profile, accounts: &accounts, scope: None, now: None };
/// let target = Target { store, caller: Caller::Admin, route: Route::ById("5") };
/// let stored = parse(br#"{"id":5,"group_id":1,"email":"a@example.test","firstname":"A","lastname":"B",
///     "store_id":1,"taxvat":"T","website_id":1,"addresses":[],"disable_auto_group_change":0}"#)?;
/// let plan = plan(&stored, &Patch::parse(br#"{"taxvat":null}"#)?, &target, Strategy::Auto)?;
/// assert_eq!(plan.body.to_string(), r#"{"customer":{"id":5,"taxvat":"","addresses":null}}"#);
/// assert_eq!(plan.removals[0].pointer, "/taxvat");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn plan(
    stored: &Value,
    patch: &Patch,
    target: &Target<'_>,
    strategy: Strategy,
) -> Result<Plan, Unplannable> {
    if !target.has_route() {
        return Err(Reason::at("", Obstacle::NoRoute).into());
    }
    let (base, listed) = base(stored);
    refuse_null_lists(patch)?;
    let mut wanted = apply(&base, patch)?;
    let (Some(before), Some(customer)) = (base.as_object(), wanted.as_object_mut()) else {
        return Err(Reason::at("", Obstacle::Patch(super::PatchErrorKind::NotAnObject)).into());
    };
    settle(before, customer)?;
    refuse_untouchable(before, customer, target)?;
    let draft = Draft { stored: before, wanted: customer, target };
    let (body, Predicted { expected, reply }) =
        first_that_holds(candidates(&draft, strategy), &base, draft.wanted, target)?;
    let changes = changes(&base, &wanted);
    let removals = changes.iter().filter(|change| change.after.is_none()).cloned().collect();
    let warnings = warnings(&body, &changes, listed, target);
    let unchecked = unchecked(&target.store);
    let (body, road) = (enveloped(body), Road::of(target));
    Ok(Plan { body, changes, removals, warnings, unchecked, expected, reply, road })
}

/// The stored customer without what only an item of a search has; and whether it had any of that.
fn base(stored: &Value) -> (Value, bool) {
    let mut base = stored.clone();
    let mut listed = false;
    if let Some(Value::Array(attributes)) = base.as_object_mut().and_then(|o| o.get_mut("custom_attributes"))
    {
        let before = attributes.len();
        attributes.retain(|attribute| attribute.get("value").is_none_or(|value| !value.is_null()));
        listed = attributes.len() < before;
    }
    (base, listed)
}

fn refuse_null_lists(patch: &Patch) -> Result<(), Reason> {
    for list in ["addresses", "custom_attributes"] {
        if patch.as_object().get(list).is_some_and(Value::is_null) {
            return Err(Reason::at(format!("/{list}"), Obstacle::NullList));
        }
    }
    Ok(())
}

/// Fields that every customer keeps.
const KEPT: [&str; 8] =
    ["email", "firstname", "lastname", "group_id", "store_id", "website_id", "gender", "created_at"];
/// Fields that a customer's own request cannot set.
const FORCED: [&str; 3] = ["group_id", "website_id", "store_id"];

fn refuse_untouchable(stored: &Object, wanted: &Object, target: &Target<'_>) -> Result<(), Unplannable> {
    let differs = |key: &str| stored.get(key) != wanted.get(key);
    let gone = |key: &str| wanted.get(key).is_none_or(Value::is_null);
    let read_only = |key: &str| match key {
        "id" | "updated_at" => true,
        "created_at" => target.keeps_created_at(),
        key => target.route == Route::Me && FORCED.contains(&key),
    };
    let mut reasons = Vec::new();
    for key in KEPT.into_iter().chain(["id", "updated_at"]).filter(|key| differs(key)) {
        if read_only(key) {
            reasons.push(Reason::at(format!("/{key}"), Obstacle::ReadOnly));
        } else if gone(key) {
            reasons.push(Reason::at(format!("/{key}"), Obstacle::CannotBeUnset));
        }
    }
    if reasons.is_empty() { Ok(()) } else { Err(Unplannable { reasons, refusal: None }) }
}

/// Bodies that may do, the smallest first; each is built when those before it do not.
fn candidates<'d>(draft: &'d Draft<'_>, strategy: Strategy) -> impl Iterator<Item = Object> + 'd {
    let ways: &[fn(&Draft<'_>) -> Object] = match strategy {
        Strategy::Auto => &[|draft| draft.minimal(true), |draft| draft.minimal(false), |draft| draft.full()],
        Strategy::Minimal => &[|draft| draft.minimal(false)],
        Strategy::Full => &[|draft| draft.full()],
    };
    ways.iter().map(|build| build(draft))
}

/// The first body whose prediction is the wanted customer, and the prediction.
fn first_that_holds(
    bodies: impl Iterator<Item = Object>,
    stored: &Value,
    wanted: &Object,
    target: &Target<'_>,
) -> Result<(Object, Predicted), Unplannable> {
    let wanted = Value::from(wanted.clone());
    let mut closest = None;
    for body in bodies {
        match predicted(&body, stored, &wanted, target) {
            Ok(expected) => return Ok((body, expected)),
            Err(obstacle) => closest = closest.or(Some(obstacle)),
        }
    }
    Err(closest.unwrap_or_else(|| Reason::at("", Obstacle::Refused).into()))
}

/// The customer that a body leaves, as a GET and as the reply show it.
struct Predicted {
    expected: Value,
    reply: Value,
}

fn predicted(
    body: &Object,
    stored: &Value,
    wanted: &Value,
    target: &Target<'_>,
) -> Result<Predicted, Unplannable> {
    let prediction = update(stored, &enveloped(body.clone()), target);
    let reply = match prediction.outcome {
        Outcome::Refused(refusal) => return Err(refused(refusal)),
        Outcome::Saved { customer } => customer,
    };
    let mut customers = prediction.customers;
    let customer =
        customers.pop().filter(|customer| customers.is_empty() && customer.get("id") == stored.get("id"));
    let customer = customer.ok_or_else(|| Unplannable::from(Reason::at("/id", Obstacle::ChangedByStore)))?;
    let unlike = unlike(wanted, &customer);
    if unlike.is_empty() {
        return Ok(Predicted { expected: customer, reply });
    }
    let reasons = unlike.into_iter().map(|change| Reason::at(change.pointer, Obstacle::ChangedByStore));
    Err(Unplannable { reasons: reasons.collect(), refusal: None })
}

fn refused(refusal: Refusal) -> Unplannable {
    Unplannable { reasons: vec![Reason::at("", Obstacle::Refused)], refusal: Some(Box::new(refusal)) }
}

fn enveloped(customer: Object) -> Value {
    [("customer", customer)].into_iter().collect::<Object>().into()
}

fn warnings(body: &Object, changes: &[Change], listed: bool, target: &Target<'_>) -> Vec<Warning> {
    let touches = |start: &str| changes.iter().any(|change| change.pointer.starts_with(start));
    let resaves = match body.get("addresses") {
        Some(Value::Array(list)) => !list.is_empty() && !touches("/addresses") && !touches("/default_"),
        Some(_) => false,
        None => target.merges(),
    };
    [
        (listed, Warning::ListItem),
        (!target.merges(), Warning::NotMerged),
        (resaves, Warning::AddressesSavedAgain),
        (touches("/email"), Warning::LoginChanges),
    ]
    .into_iter()
    .filter_map(|(holds, warning)| holds.then_some(warning))
    .collect()
}

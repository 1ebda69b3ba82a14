use std::borrow::Cow;

use super::apply::apply;
use super::body::Draft;
use super::change::{Change, changes};
use super::differ::unlike;
use super::members::listed;
use super::patch::{Patch, PatchErrorKind};
use super::planned::{Plan, Road, Warning};
use super::refusal::{Obstacle, Reason, Unplannable};
use super::settle::settle;
use crate::json::{Object, Value};
use crate::outcome::{Outcome, Refusal};
use crate::predict::unchecked;
use crate::predict::update::{Target, update};

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
    let base = base(stored);
    let wanted = wanted(&base, patch, target)?;
    let (Some(before), Some(customer)) = (base.as_object(), wanted.as_object()) else {
        return Err(Reason::at("", Obstacle::Patch(PatchErrorKind::NotAnObject)).into());
    };
    let draft = Draft::of(before, customer, target);
    let bodies = candidates(&draft, strategy).map(enveloped);
    let Predicted { body, expected, reply } = first_that_holds(bodies, &base, &wanted, target)?;
    let changes = changes(&base, &wanted);
    let removals = changes.iter().filter(|change| change.after.is_none()).cloned().collect();
    let warnings = warnings(&body, &changes, matches!(base, Cow::Owned(_)), target);
    let unchecked = unchecked(&target.store);
    Ok(Plan { body, changes, removals, warnings, unchecked, expected, reply, road: Road::of(target) })
}

/// The stored customer without what only an item of a search has; its own copy if it had any of that.
fn base(stored: &Value) -> Cow<'_, Value> {
    let valueless = |attribute: &Value| attribute.get("value").is_some_and(Value::is_null);
    let attributes = listed(stored.get("custom_attributes"));
    if !attributes.iter().any(valueless) {
        return Cow::Borrowed(stored);
    }
    let mut base = stored.clone();
    if let Some(Value::Array(attributes)) = base.as_object_mut().and_then(|o| o.get_mut("custom_attributes"))
    {
        attributes.retain(|attribute| !valueless(attribute));
    }
    Cow::Owned(base)
}

/// The customer with the patch laid over it, consistent in itself, when the target can be asked for it.
fn wanted(base: &Value, patch: &Patch, target: &Target<'_>) -> Result<Value, Unplannable> {
    refuse_null_lists(patch)?;
    let mut wanted = apply(base, patch)?;
    if let (Some(before), Some(customer)) = (base.as_object(), wanted.as_object_mut()) {
        settle(before, customer)?;
        refuse_untouchable(before, customer, target)?;
    }
    Ok(wanted)
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

fn refuse_untouchable(stored: &Object, wanted: &Object, target: &Target<'_>) -> Result<(), Unplannable> {
    let differs = |key: &str| stored.get(key) != wanted.get(key);
    let gone = |key: &str| wanted.get(key).is_none_or(Value::is_null);
    let read_only = |key: &str| match key {
        "id" | "updated_at" => true,
        "created_at" => target.keeps_created_at(),
        key => target.forced().contains(&key),
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

/// A body with the customer that it leaves, as a GET and as the reply show it.
struct Predicted {
    body: Value,
    expected: Value,
    reply: Value,
}

/// The first body whose prediction is the wanted customer, and the prediction.
fn first_that_holds(
    bodies: impl Iterator<Item = Value>,
    stored: &Value,
    wanted: &Value,
    target: &Target<'_>,
) -> Result<Predicted, Unplannable> {
    let mut closest = None;
    for body in bodies {
        match predicted(body, stored, wanted, target) {
            Ok(predicted) => return Ok(predicted),
            Err(obstacle) => closest = closest.or(Some(obstacle)),
        }
    }
    Err(closest.unwrap_or_else(|| Reason::at("", Obstacle::Refused).into()))
}

fn predicted(
    body: Value,
    stored: &Value,
    wanted: &Value,
    target: &Target<'_>,
) -> Result<Predicted, Unplannable> {
    let prediction = update(stored, &body, target);
    let reply = match prediction.outcome {
        Outcome::Refused(refusal) => return Err(refused(refusal)),
        Outcome::Saved { customer } => customer,
    };
    let mut customers = prediction.customers;
    let customer =
        customers.pop().filter(|customer| customers.is_empty() && customer.get("id") == stored.get("id"));
    let expected = customer.ok_or_else(|| Unplannable::from(Reason::at("/id", Obstacle::ChangedByStore)))?;
    let unlike = unlike(wanted, &expected);
    if unlike.is_empty() {
        return Ok(Predicted { body, expected, reply });
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

fn warnings(body: &Value, changes: &[Change], listed: bool, target: &Target<'_>) -> Vec<Warning> {
    let touches = |start: &str| changes.iter().any(|change| change.pointer.starts_with(start));
    let resaves = match body.pointer("/customer/addresses") {
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

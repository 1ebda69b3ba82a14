//! Where the store asks the core what becomes of a request.

use magewright::json::{Object, Value};
use magewright::outcome::{Outcome, Refusal};
use magewright::predict;
use magewright::profile::Settings;
use magewright::search::{self, DecodeError, EvaluateError, Found, Search, SearchCriteria};
use magewright::store::{Accounts, Caller, Store};

use crate::ask::Ask;
use crate::queue::State;
use crate::routes::customers::{keep_changed, keep_new};
use crate::shop::Shop;

/// A customer as the core predicts them, with markers for what only the store gives.
#[derive(Debug, Clone)]
pub(crate) struct Saved {
    pub customer: Value,
    /// What the request said of the newsletter, for the website asked.
    pub subscribed: Option<bool>,
}

impl Saved {
    /// A prediction shows the newsletter as a GET without store code does; under a
    /// store code only the request tells what becomes of it there.
    fn new(customer: Value, ask: &Ask<'_>) -> Self {
        let shown = || customer.pointer("/extension_attributes/is_subscribed").and_then(Value::as_bool);
        let subscribed = if ask.scope.is_none() { shown() } else { asked_subscription(&ask.body) };
        Saved { customer, subscribed }
    }
}

/// `is_subscribed` of a request, as PHP takes a value for a boolean; `null` says nothing.
fn asked_subscription(body: &Value) -> Option<bool> {
    let customer = body.get("customer")?;
    let extension =
        ["extension_attributes", "extensionAttributes"].iter().find_map(|key| customer.get(key))?;
    match ["is_subscribed", "isSubscribed"].iter().find_map(|key| extension.get(key))? {
        Value::Null => None,
        Value::Bool(flag) => Some(*flag),
        Value::Number(number) => Some(number.as_i64() == Some(1)),
        Value::String(text) => {
            Some(matches!(text.trim().to_lowercase().as_str(), "1" | "true" | "on" | "yes"))
        }
        _ => Some(false),
    }
}

/// What becomes of a POST of a customer.
///
/// # Errors
/// The store's refusal. It may nevertheless have kept the customer, who is then in the table.
pub(crate) fn create(shop: &mut Shop, ask: &Ask<'_>) -> Result<Saved, Refusal> {
    let body = ask.body.to_string();
    let outcome = predict::create(body.as_bytes(), ask.identity.caller(), &shop.store(ask.scope));
    match outcome {
        Outcome::Saved { customer } => Ok(Saved::new(customer, ask)),
        Outcome::Refused(mut refusal) => {
            if let Some(customer) = refusal.kept.take() {
                keep_new(shop, Saved::new(customer, ask), &ask.body, ask.scope)?;
            }
            Err(refusal)
        }
    }
}

pub(crate) fn update(_: &Shop, _: &Ask<'_>) -> Result<Saved, Refusal> {
    Err(Refusal::new(501, "the sandbox does not answer this route yet"))
}

/// Whether a queued item can be read, and may be sent by this caller.
pub(crate) fn check_shape(_: &Shop, _: &Ask<'_>) -> Result<(), Refusal> {
    Err(Refusal::new(501, "the sandbox does not answer this route yet"))
}

pub(crate) fn shaped(_: &Shop, _: &Ask<'_>) -> Result<Object, Refusal> {
    Err(Refusal::new(501, "the sandbox does not answer this route yet"))
}

pub(crate) fn save_queued(shop: &mut Shop, ask: &Ask<'_>) -> Result<i64, State> {
    let saved = create(shop, ask).map_err(|refusal| State::failed(&refusal.rendered(), 0))?;
    let _ = keep_changed;
    keep_new(shop, saved, &ask.body, ask.scope).map_err(|refusal| State::failed(&refusal.rendered(), 0))
}

/// Whether a new password may be set: the rules of a create, asked with a throw-away account.
///
/// # Errors
/// The store's refusal of the password.
pub(crate) fn check_password(settings: &Settings, password: &str, email: &str) -> Result<(), Refusal> {
    let mut profile = magewright::profile::Profile::stock();
    profile.settings = settings.clone();
    let customer = Object::from_iter([("email", email), ("firstname", "A"), ("lastname", "B")]);
    let body = Object::from_iter([("customer", Value::from(customer)), ("password", password.into())]);
    let store = Store {
        release: magewright::release::Release::DEFAULT,
        profile: &profile,
        accounts: &Accounts::new(),
        scope: None,
        now: None,
    };
    let body = Value::from(body).to_string();
    match predict::create(body.as_bytes(), Caller::Admin, &store) {
        Outcome::Saved { .. } => Ok(()),
        Outcome::Refused(refusal) => Err(refusal),
    }
}

/// The criteria of a query.
///
/// # Errors
/// The store's refusal; 501 for what the core does not model.
pub(crate) fn criteria(shop: &Shop, query: &str) -> Result<SearchCriteria, Refusal> {
    search::decode(query, shop.release).map_err(|error| match error {
        DecodeError::Refused(refusal) => refusal,
        other => not_modelled(&other),
    })
}

/// The reply to a search for customers.
///
/// # Errors
/// The store's refusal; 501 for what the core does not model.
pub(crate) fn search(shop: &Shop, criteria: &SearchCriteria) -> Result<Value, Refusal> {
    search::answer(criteria, &shop.accounts, &shop.profile).map_err(not_found_out)
}

/// The rows of a table that match.
///
/// # Errors
/// The store's refusal; 501 for what the core does not model.
pub(crate) fn found(shop: &Shop, criteria: &SearchCriteria, rows: &Accounts) -> Result<Found, Refusal> {
    Search::new(criteria, &shop.profile).and_then(|search| search.run(rows)).map_err(not_found_out)
}

fn not_found_out(error: EvaluateError) -> Refusal {
    match error {
        EvaluateError::Refused(refusal) => refusal,
        other => not_modelled(&other),
    }
}

fn not_modelled(what: &impl std::fmt::Display) -> Refusal {
    Refusal::new(501, format!("the sandbox does not answer this: {what}"))
}

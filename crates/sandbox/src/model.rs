//! Where the store asks the core what becomes of a request.

mod search;

use magewright::json::{Object, Value};
use magewright::outcome::{Outcome, Refusal};
use magewright::predict::update::{Prediction, Route, Target, check_body, update, update_in_bulk};
use magewright::predict::{self, Queued};
use magewright::store::{Accounts, Caller, Store};

use crate::ask::Ask;
use crate::shop::Shop;

pub(crate) use search::{criteria, found, page};

/// A save as the core predicts it, with markers for what only the store gives.
#[derive(Debug, Clone)]
pub(crate) struct Saved {
    /// The customer as a GET without store code gives them.
    pub customer: Value,
    /// The customer as the reply gives them.
    pub reply: Value,
    /// What the request said of the newsletter, for the website asked.
    pub subscribed: Option<bool>,
}

impl Saved {
    /// A prediction shows the newsletter as a GET without store code does; under a
    /// store code only the request tells what becomes of it there.
    fn new(customer: Value, reply: Value, ask: &Ask<'_>) -> Self {
        let shown = || customer.pointer("/extension_attributes/is_subscribed").and_then(Value::as_bool);
        let subscribed = if ask.scope.is_none() { shown() } else { asked_subscription(&ask.body) };
        Saved { customer, reply, subscribed }
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

/// What becomes of a POST of a customer: a store may refuse it and keep the customer all the same.
#[derive(Debug, Clone, Default)]
pub(crate) struct Created {
    pub saved: Option<Saved>,
    pub refusal: Option<Refusal>,
}

impl From<Refusal> for Created {
    fn from(refusal: Refusal) -> Self {
        Created { saved: None, refusal: Some(refusal) }
    }
}

pub(crate) fn create(shop: &Shop, ask: &Ask<'_>) -> Created {
    let saved = |customer: Value| Saved::new(customer.clone(), customer, ask);
    let (caller, store) = (ask.identity.caller(), shop.store(ask.scope));
    let outcome = match ask.queued {
        true => match predict::create_queued(&ask.body, caller, &store) {
            Queued::Ran(outcome) => outcome,
            Queued::NotAccepted(refusal) => Outcome::Refused(refusal),
        },
        false => predict::create(ask.body.to_string().as_bytes(), caller, &store),
    };
    match outcome {
        Outcome::Saved { customer } => Created { saved: Some(saved(customer)), refusal: None },
        Outcome::Refused(mut refusal) => {
            Created { saved: refusal.kept.take().map(saved), refusal: Some(refusal) }
        }
    }
}

/// What becomes of a PUT of a customer.
///
/// # Errors
/// The store's refusal.
pub(crate) fn change(shop: &Shop, ask: &Ask<'_>, route: Route<'_>) -> Result<Saved, Refusal> {
    let target = Target { store: shop.store(ask.scope), caller: ask.identity.caller(), route };
    let Prediction { outcome, mut customers } = update(met(shop, ask, route), &ask.body, &target);
    match (outcome, customers.pop()) {
        (Outcome::Refused(refusal), _) => Err(refusal),
        (Outcome::Saved { customer: reply }, changed) => {
            let customer = changed.unwrap_or_else(|| reply.clone());
            Ok(Saved::new(customer, reply, ask))
        }
    }
}

/// The stored customer whom an update meets first: the one of the path, else of the body. The
/// core takes the others from the table; any of them does where none is named.
fn met<'a>(shop: &'a Shop, ask: &Ask<'_>, route: Route<'_>) -> &'a Value {
    const NOBODY: &Value = &Value::Null;
    let named = match route {
        Route::Me => Some(ask.own_id()),
        Route::ById(text) => crate::php::numeric(text),
        Route::Queue => None,
    };
    let in_body = || ask.body.pointer("/customer/id").and_then(Value::as_i64);
    let first = || shop.accounts.iter().next().map(|(_, customer)| customer);
    let get = |id| shop.accounts.get(id);
    named.and_then(get).or_else(|| get(in_body()?)).or_else(first).unwrap_or(NOBODY)
}

/// The number and the text that the queue notes of a failed update. They are those of the
/// refusal, except where the web API hides what the database said.
pub(crate) fn noted(shop: &Shop, ask: &Ask<'_>, refusal: &Refusal) -> (i64, String) {
    let told = || {
        let item = Value::Array(vec![ask.body.clone()]);
        let target =
            Target { store: shop.store(ask.scope), caller: ask.identity.caller(), route: Route::Queue };
        let mut run = update_in_bulk(&item, &target).ok()?;
        let operation = run.operations.pop()?;
        Some((operation.error_code?, operation.message))
    };
    let hidden = if refusal.status == 500 { told() } else { None };
    hidden.unwrap_or_else(|| (0, refusal.rendered()))
}

/// Whether a queued item with a customer can be read, and may be sent by this caller.
///
/// # Errors
/// The refusal of the whole submission.
pub(crate) fn check_queued(shop: &Shop, ask: &Ask<'_>) -> Result<(), Refusal> {
    check_shape(shop, ask)?;
    let group = ask.body.pointer("/customer/group_id").or_else(|| ask.body.pointer("/customer/groupId"));
    let chosen = group.is_some_and(|group| !group.is_null());
    if !chosen || ask.identity.caller().manages_customers() {
        return Ok(());
    }
    // The core knows which releases ask who chooses a group.
    match create(shop, ask).refusal {
        Some(refusal) if refusal.status == 401 => Err(refusal),
        _ => Ok(()),
    }
}

/// Whether the parameters of a request with a customer can be read at all.
fn check_shape(shop: &Shop, ask: &Ask<'_>) -> Result<(), Refusal> {
    let route = if ask.queued { Route::Queue } else { Route::ById("") };
    let target = Target { store: shop.store(None), caller: Caller::Admin, route };
    check_body(&ask.body, &target)?;
    match ask.parameter("password") {
        Some(password) => crate::php::text_value(&password).map(drop),
        None => Ok(()),
    }
}

/// The customer of a request under the contract's own names.
///
/// # Errors
/// The refusal of one that cannot be read.
pub(crate) fn shaped(shop: &Shop, ask: &Ask<'_>) -> Result<Object, Refusal> {
    check_shape(shop, ask)?;
    let customer = ask.parameter("customer").unwrap_or_default();
    let members = customer.as_object().into_iter().flat_map(Object::iter);
    Ok(members.map(|(name, value)| (crate::ask::snake(name), value.clone())).collect())
}

/// Whether a new password may be set: the rules of a create, asked with an account made up for it.
///
/// # Errors
/// The store's refusal of the password.
pub(crate) fn check_password(shop: &Shop, password: &str, email: &str) -> Result<(), Refusal> {
    let customer = Object::from_iter([("email", email), ("firstname", "A"), ("lastname", "B")]);
    let body = Object::from_iter([("customer", Value::from(customer)), ("password", password.into())]);
    let nobody = Accounts::new();
    let store = Store { accounts: &nobody, ..shop.store(None) };
    match predict::create(Value::from(body).to_string().as_bytes(), Caller::Admin, &store) {
        Outcome::Refused(refusal) if refusal.message.to_lowercase().contains("password") => Err(refusal),
        // Whatever else is said of the account was made up with it.
        _ => Ok(()),
    }
}

//! Customers: what becomes of a write is the core's prediction, kept.

use magewright::json::Value;
use magewright::outcome::Refusal;
use magewright::predict::update::Route;

use super::Reply;
use crate::ask::Ask;
use crate::http::Written;
use crate::identity::Identity;
use crate::model::{self, Created, Saved};
use crate::password;
use crate::php;
use crate::refusal::{no_such, required};
use crate::shop::Shop;

pub(super) fn create(shop: &mut Shop, ask: &Ask<'_>) -> Reply {
    let mut shown = keep_new(shop, ask)?;
    // The reply of the service never carries the key of the e-mail.
    if let Some(object) = shown.as_object_mut() {
        object.remove("confirmation");
    }
    Ok(shown)
}

/// Creates a customer with the password of the request; the reply as GET would give it.
///
/// # Errors
/// The store's refusal. It may have kept the customer nevertheless, who is then in the table.
pub(crate) fn keep_new(shop: &mut Shop, ask: &Ask<'_>) -> Reply {
    let Created { saved, refusal } = model::create(shop, ask);
    let kept = saved.map(|saved| keep_with_password(shop, saved, ask)).transpose()?;
    match (refusal, kept) {
        (None, Some(shown)) => Ok(shown),
        (refusal, _) => Err(refusal.unwrap_or_else(unsettled)),
    }
}

fn keep_with_password(shop: &mut Shop, saved: Saved, ask: &Ask<'_>) -> Reply {
    let saved = unconfirmed(shop, saved);
    let (id, shown) = keep(shop, saved, ask)?;
    if let Some(text) = ask.parameter("password") {
        let hash = password::hash(&php::text_value(&text)?, &mut shop.chance);
        shop.secret(id).password = Some(hash);
    }
    Ok(shown)
}

/// Where accounts are confirmed by e-mail, a new one gets the key of its e-mail.
fn unconfirmed(shop: &mut Shop, mut saved: Saved) -> Saved {
    let is_new = saved.customer.get("id").is_some_and(|id| id.as_i64().is_none());
    if shop.profile.settings.confirm_accounts && is_new {
        let key = shop.chance.hex();
        for shown in [&mut saved.customer, &mut saved.reply] {
            if let Some(object) = shown.as_object_mut() {
                object.insert("confirmation", key.as_str());
            }
        }
    }
    saved
}

pub(super) fn update(shop: &mut Shop, ask: &Ask<'_>) -> Reply {
    keep_changed(shop, ask, Route::ById(&ask.segment("customerId")))
}

pub(super) fn update_me(shop: &mut Shop, ask: &Ask<'_>) -> Reply {
    keep_changed(shop, ask, Route::Me)
}

/// Changes a customer; a `passwordHash` replaces the password as it stands.
///
/// # Errors
/// The store's refusal.
pub(crate) fn keep_changed(shop: &mut Shop, ask: &Ask<'_>, route: Route<'_>) -> Reply {
    let saved = model::change(shop, ask, route).map_err(|refusal| shop.number_refusal(refusal))?;
    let saved = unconfirmed(shop, saved);
    let (id, shown) = keep(shop, saved, ask)?;
    let hash = ask.parameter("passwordHash").and_then(|hash| php::text_value(&hash).ok());
    if let Some(hash) = hash.filter(|hash| !hash.is_empty()) {
        shop.secret(id).password = Some(hash);
    }
    Ok(shown)
}

/// Keeps a prediction. Returns the customer's id and the reply.
fn keep(shop: &mut Shop, saved: Saved, ask: &Ask<'_>) -> Result<(i64, Value), Refusal> {
    shop.keep(saved, ask.scope).ok_or_else(unsettled)
}

/// A prediction without an id cannot be kept; the store has no such case.
fn unsettled() -> Refusal {
    Refusal::new(500, "the sandbox could not settle the prediction: it names no customer")
}

pub(super) fn delete(shop: &mut Shop, ask: &Ask<'_>) -> Reply {
    shop.delete(ask.id("customerId")?)?;
    Ok(Value::Bool(true))
}

pub(super) fn is_readonly(shop: &Shop, ask: &Ask<'_>) -> Reply {
    let id = ask.id("customerId")?;
    shop.accounts.get(id).ok_or_else(|| no_such("customerId", id))?;
    Ok(Value::Bool(false))
}

pub(super) fn me(shop: &Shop, ask: &Ask<'_>) -> Reply {
    shop.customer(own_id(ask)?, ask.scope)
}

/// The id of the customer who asks.
///
/// # Errors
/// 400 for an administrator with all rights, for whom the store finds no customer to fill in.
pub(super) fn own_id(ask: &Ask<'_>) -> Result<i64, Refusal> {
    match ask.identity {
        Identity::Customer(id) => Ok(id),
        _ => Err(required(&["customerId"])),
    }
}

/// A page of customers, in writing.
///
/// # Errors
/// The store's refusal.
pub(crate) fn page(shop: &mut Shop, ask: &Ask<'_>) -> Result<Written, Refusal> {
    let criteria = model::criteria(shop, ask.query)?;
    model::page(shop, &criteria, ask.scope)
}

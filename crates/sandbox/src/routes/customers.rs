//! Customers: what becomes of a write is the core's prediction, kept.

use magewright::json::Value;
use magewright::outcome::Refusal;

use super::Reply;
use crate::ask::Ask;
use crate::identity::Identity;
use crate::model::{self, Saved};
use crate::password;
use crate::php;
use crate::refusal::{no_such, required};
use crate::shop::Shop;

pub(super) fn create(shop: &mut Shop, ask: &Ask<'_>) -> Reply {
    let saved = model::create(shop, ask)?;
    let id = keep_new(shop, saved, &ask.body, ask.scope)?;
    let mut shown = shop.customer(id, ask.scope)?;
    // The reply of the service never carries the key of the e-mail.
    if let Some(object) = shown.as_object_mut() {
        object.remove("confirmation");
    }
    Ok(shown)
}

/// Keeps a created customer with the password of the request.
pub(crate) fn keep_new(
    shop: &mut Shop,
    saved: Saved,
    body: &Value,
    scope: Option<&str>,
) -> Result<i64, Refusal> {
    let mut customer = saved.customer;
    if shop.profile.settings.confirm_accounts
        && let Some(object) = customer.as_object_mut()
    {
        object.insert("confirmation", shop.chance.hex());
    }
    let id = shop.keep(customer, saved.subscribed, scope).ok_or_else(unsettled)?;
    if let Some(text) = body.get("password").filter(|value| !value.is_null()) {
        let hash = password::hash(&php::text_value(text)?, &mut shop.chance);
        shop.secrets.entry(id).or_default().password = Some(hash);
    }
    Ok(id)
}

pub(super) fn update(shop: &mut Shop, ask: &Ask<'_>) -> Reply {
    let saved = model::update(shop, ask)?;
    let id = keep_changed(shop, saved, &ask.body, ask.scope)?;
    shop.customer(id, ask.scope)
}

pub(super) fn update_me(shop: &mut Shop, ask: &Ask<'_>) -> Reply {
    own_id(ask)?;
    let saved = model::update(shop, ask)?;
    let id = keep_changed(shop, saved, &ask.body, ask.scope)?;
    shop.customer(id, ask.scope)
}

/// Keeps a changed customer; a `passwordHash` replaces the password as it stands.
pub(crate) fn keep_changed(
    shop: &mut Shop,
    saved: Saved,
    body: &Value,
    scope: Option<&str>,
) -> Result<i64, Refusal> {
    let id = shop.keep(saved.customer, saved.subscribed, scope).ok_or_else(unsettled)?;
    let hash = body.get("passwordHash").or_else(|| body.get("password_hash"));
    if let Some(hash) = hash.and_then(Value::as_str).filter(|hash| !hash.is_empty()) {
        shop.secrets.entry(id).or_default().password = Some(hash.to_owned());
    }
    Ok(id)
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

pub(super) fn search(shop: &Shop, ask: &Ask<'_>) -> Reply {
    let criteria = model::criteria(shop, ask.query)?;
    model::search(shop, &criteria)
}

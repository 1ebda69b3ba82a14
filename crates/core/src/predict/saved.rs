//! The last part of a create: addresses, default addresses, and what GET shows afterwards.

use crate::json::{Object, Value};
use crate::store::address::{self, Draft};
use crate::store::finding::{Answer, Findings, Phrase, Place};
use crate::store::render::{self, Defaults};
use crate::store::shape::{ADDRESS, CUSTOMER, CUSTOMER_EXTENSION};
use crate::store::{Store, customer, php, rules};

/// Saves the addresses one by one, then the account once more; what GET shows afterwards.
pub(super) fn save(customer: &Object, store: &Store<'_>, findings: &mut Findings) -> Option<Value> {
    let mut kept = customer::stored(customer, store);
    let sent = customer.get("addresses").and_then(Value::as_array).unwrap_or_default();
    let mut saved: Vec<(Value, Object)> = Vec::new();
    let mut defaults = Defaults {
        billing: kept.get("default_billing").map(php::text),
        shipping: kept.get("default_shipping").map(php::text),
    };
    for (index, fields) in sent.iter().enumerate() {
        let Some(fields) = fields.as_object().filter(|fields| address::is_allowed(fields, store)) else {
            continue;
        };
        let draft = Draft::read(fields, index, store);
        let sent = fields.get("custom_attributes").and_then(Value::as_object);
        let mut custom = sent.cloned().unwrap_or_default();
        draft.check(&mut custom, store, findings);
        if findings.stops() {
            return None;
        }
        let id = Value::from(format!("<a{}>", saved.len() + 1));
        let flag = |name: &str| fields.get(name).and_then(Value::as_bool) == Some(true);
        if flag("default_billing") {
            defaults.billing = Some(php::text(&id));
        }
        if flag("default_shipping") {
            defaults.shipping = Some(php::text(&id));
        }
        saved.push((id, draft.stored(&custom, store)));
    }
    findings.begin(Answer::First);
    check_defaults(&defaults, &saved, store, findings);
    finish(&mut kept, customer, store);
    Some(shown(kept, saved, &defaults, store))
}

/// The second save asks whether the default addresses are among the customer's.
fn check_defaults(
    defaults: &Defaults,
    saved: &[(Value, Object)],
    store: &Store<'_>,
    findings: &mut Findings,
) {
    const WORDS: &str = "The %fieldName value is invalid. Set the correct value and try again.";
    if saved.is_empty() || !rules::DEFAULT_ADDRESS.releases.holds(store.release) {
        return;
    }
    let fields = [("default_billing", &defaults.billing), ("default_shipping", &defaults.shipping)];
    for (field, id) in fields {
        let unknown =
            |id: &str| !php::is_empty_text(id) && !saved.iter().any(|(known, _)| php::text(known) == id);
        if id.as_deref().is_some_and(unknown) {
            let words = Phrase::named(WORDS, &[("fieldName", field.into())]);
            findings.refuse_after_saving(&rules::DEFAULT_ADDRESS, Place::Customer(field), words);
        }
    }
}

/// What the server adds: id, times, subscription.
fn finish(kept: &mut Object, customer: &Object, store: &Store<'_>) {
    kept.insert("id", "<id>");
    let created = customer.get("created_at").and_then(Value::as_str).unwrap_or_default();
    let created = customer::column_time(created).ok().flatten();
    kept.insert("created_at", created.unwrap_or_else(|| "<time>".to_owned()));
    kept.insert("updated_at", "<time>");
    let view = customer.get("store_id").and_then(Value::as_i64).unwrap_or(0);
    let wanted = customer.get("extension_attributes").and_then(|extension| extension.get("is_subscribed"));
    let wanted = wanted.and_then(Value::as_bool).filter(|_| store.subscription_shows(view));
    let email = customer.get("email").map(php::text).unwrap_or_default();
    let mut extension = Object::new();
    extension.insert("is_subscribed", wanted.unwrap_or_else(|| store.newsletter_goes_to(&email)));
    let sent = customer.get("extension_attributes").and_then(Value::as_object);
    for (key, value) in sent.into_iter().flat_map(Object::iter) {
        if CUSTOMER_EXTENSION.field(key).is_none() {
            extension.insert(key, value.clone());
        }
    }
    kept.insert("extension_attributes", extension);
}

fn shown(mut kept: Object, saved: Vec<(Value, Object)>, defaults: &Defaults, store: &Store<'_>) -> Value {
    let id = kept.get("id").cloned().unwrap_or_default();
    let mut addresses: Vec<Value> = Vec::with_capacity(saved.len());
    for (address, fields) in saved {
        let first = store.lists_default_shipping_first() && defaults.shipping == Some(php::text(&address));
        let shown = render::address(&ADDRESS, fields, &address, &id, defaults);
        addresses.insert(if first { 0 } else { addresses.len() }, shown);
    }
    kept.insert("addresses", addresses);
    for (field, default) in [("default_billing", &defaults.billing), ("default_shipping", &defaults.shipping)]
    {
        if let Some(default) = default {
            kept.insert(field, default.as_str());
        }
    }
    render::in_order(&CUSTOMER, kept).into()
}

use crate::json::{Object, Value};
use crate::store::account::chosen;
use crate::store::render::{self, Defaults};
use crate::store::shape::{ADDRESS, CUSTOMER, Shape};
use crate::store::{Store, php};

/// Whether the customer gets the newsletter, by who reads it: it is kept per website.
pub(super) struct Subscription {
    /// As the reply shows it: of the website of the store code in the path.
    pub(super) in_reply: Option<bool>,
    /// As a GET without a store code shows it: of the default website.
    pub(super) in_get: Option<bool>,
}

impl Subscription {
    pub(super) fn of(sent: &Object, before: Option<&Value>, columns: &Object, store: &Store<'_>) -> Self {
        let of = |extension: Option<&Value>| {
            extension.and_then(|e| e.get("is_subscribed")).and_then(Value::as_bool)
        };
        let kept = match before {
            Some(before) => of(before.get("extension_attributes")),
            None => {
                let email = columns.get("email").and_then(Value::as_str).unwrap_or_default();
                Some(store.newsletter_goes_to(email))
            }
        };
        let set = of(sent.get("extension_attributes"));
        let same = store.subscription_shows(chosen(columns, "store_id").unwrap_or(0));
        Subscription {
            in_reply: set.or(if same { kept } else { kept.map(|_| false) }),
            in_get: if same { set.or(kept) } else { kept },
        }
    }
}

/// The customer in the form and order of a GET.
pub(super) fn shown(
    mut columns: Object,
    addresses: &[Object],
    defaults: &Defaults,
    subscribed: Option<bool>,
    store: &Store<'_>,
) -> Value {
    let id = columns.get("id").cloned().unwrap_or_default();
    let mut list: Vec<Value> = Vec::with_capacity(addresses.len());
    for address in addresses {
        let mut kept = address.clone();
        ["default_billing", "default_shipping"].iter().for_each(|flag| drop(kept.remove(flag)));
        let own = address.get("id").cloned().unwrap_or_default();
        let first = store.lists_default_shipping_first() && defaults.shipping == Some(php::text(&own));
        list.insert(if first { 0 } else { list.len() }, address_shown(kept, &own, &id, defaults));
    }
    columns.insert("addresses", list);
    for (field, default) in [("default_billing", &defaults.billing), ("default_shipping", &defaults.shipping)]
    {
        if let Some(default) = default {
            columns.insert(field, default.as_str());
        }
    }
    if let Some(subscribed) = subscribed {
        let extension = columns.get("extension_attributes").and_then(Value::as_object).cloned();
        let mut extension = extension.unwrap_or_default();
        extension.insert("is_subscribed", subscribed);
        columns.insert("extension_attributes", extension);
    }
    in_order(&CUSTOMER, columns).into()
}

fn address_shown(kept: Object, id: &Value, customer: &Value, defaults: &Defaults) -> Value {
    let own = foreign_members(&ADDRESS, &kept);
    let mut address = render::address(&ADDRESS, kept, id, customer, defaults);
    if let Some(address) = address.as_object_mut() {
        own.into_iter().for_each(|(key, value)| address.insert(key, value));
    }
    address
}

/// The members in the order of the interface, then those of the shop's own.
fn in_order(shape: &Shape, object: Object) -> Object {
    let own = foreign_members(shape, &object);
    let mut ordered = render::in_order(shape, object);
    own.into_iter().for_each(|(key, value)| ordered.insert(key, value));
    ordered
}

fn foreign_members(shape: &Shape, object: &Object) -> Vec<(String, Value)> {
    let foreign = object.iter().filter(|(key, _)| shape.field(key).is_none());
    foreign.map(|(key, value)| (key.to_owned(), value.clone())).collect()
}

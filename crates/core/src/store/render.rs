//! A saved customer in the form and order GET gives it.

use super::shape::Shape;
use crate::json::{Object, Value};

/// The members in the order of the interface, as the store writes them.
pub(crate) fn in_order(shape: &Shape, mut object: Object) -> Object {
    let ordered = shape.fields.iter().filter_map(|field| Some((field.name, object.remove(field.name)?)));
    ordered.collect()
}

/// Adds what every saved address shows: its id, its customer, and the flags of the default addresses.
pub(crate) fn address(
    shape: &Shape,
    mut kept: Object,
    id: &Value,
    customer: &Value,
    defaults: &Defaults,
) -> Value {
    kept.insert("id", id.clone());
    kept.insert("customer_id", customer.clone());
    if defaults.shipping.as_deref() == Some(id_text(id).as_str()) {
        kept.insert("default_shipping", true);
    }
    if defaults.billing.as_deref() == Some(id_text(id).as_str()) {
        kept.insert("default_billing", true);
    }
    in_order(shape, kept).into()
}

/// The ids of the default addresses, as the text a customer shows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Defaults {
    pub(crate) billing: Option<String>,
    pub(crate) shipping: Option<String>,
}

/// An id as text, be it a number or a marker.
pub(crate) fn id_text(id: &Value) -> String {
    super::php::text(id)
}

use super::merge::overlaid;
use super::target::Target;
use crate::json::{Object, Value};
use crate::store::shape::{CUSTOMER, CUSTOMER_EXTENSION};
use crate::store::{customer, php};

/// The customer's row after the save: what was stored with what was sent over
/// it, in the order GET shows it; without defaults and addresses.
pub(super) fn row(sent: &Object, stored: Option<&Object>, target: &Target<'_>) -> Object {
    let none = Object::new();
    let kept = stored.unwrap_or(&none);
    let apart = kept.iter().filter(|(key, _)| *key != "addresses");
    let mut columns: Object = apart.map(|(key, value)| (key, value.clone())).collect();
    for (key, value) in sent.iter() {
        match (key, kept.get(key), value) {
            ("addresses" | "default_billing" | "default_shipping", _, _) => {}
            ("custom_attributes", Some(Value::Object(kept)), Value::Object(set)) => {
                columns.insert(key, overlaid(kept, set));
            }
            ("extension_attributes", Some(Value::Object(kept)), Value::Object(set)) => {
                columns.insert(key, overlaid(kept, set));
            }
            (_, Some(_), Value::Null) => {}
            _ => columns.insert(key, value.clone()),
        }
    }
    columns.insert(
        "disable_auto_group_change",
        php::integer(sent.get("disable_auto_group_change").unwrap_or(&Value::Null)),
    );
    if target.erases_dates() && stored.is_some() {
        erase_dates(&mut columns, sent, target);
    }
    let mut row = customer::stored(&columns, &target.store);
    for gone in ["default_billing", "default_shipping"] {
        row.remove(gone);
    }
    if columns.get("created_in").is_none_or(|name| php::text(name).is_empty()) {
        row.remove("created_in");
    }
    for (key, value) in columns.iter().filter(|(key, _)| CUSTOMER.field(key).is_none()) {
        row.insert(key, value.clone());
    }
    if let Some(Value::Object(extension)) = columns.get("extension_attributes") {
        let own = extension.iter().filter(|(key, _)| CUSTOMER_EXTENSION.field(key).is_none());
        let own: Object = own.map(|(key, value)| (key, value.clone())).collect();
        if !own.is_empty() {
            row.insert("extension_attributes", own);
        }
    }
    row
}

/// Takes out the dates that were not sent.
///
/// Source: recorded on 2.4.8-p1.
fn erase_dates(columns: &mut Object, sent: &Object, target: &Target<'_>) {
    if sent.get("dob").is_none_or(Value::is_null) {
        columns.remove("dob");
    }
    let sent = sent.get("custom_attributes").and_then(Value::as_object);
    let Some(Value::Object(attributes)) = columns.get_mut("custom_attributes") else { return };
    for code in target.erased_dates() {
        if !sent.is_some_and(|sent| sent.contains_key(code)) {
            attributes.remove(code);
        }
    }
}

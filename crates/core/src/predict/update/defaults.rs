use super::target::DefaultsCheck;
use crate::json::{Object, Value};
use crate::outcome::Refusal;
use crate::store::php;
use crate::store::render::Defaults;

const FIELDS: [&str; 2] = ["default_billing", "default_shipping"];

/// Refuses a customer-level default that is not the id of an address it is looked for among.
///
/// An empty list is not looked through. Ids compare as integers, so `"x"`
/// passes beside an address without id: both are 0.
///
/// Source: `CustomerRepository::save`, recorded on 2.4.6-p2, 2.4.7-p3 and 2.4.8-p1.
pub(super) fn check(check: DefaultsCheck, sent: &Object, stored: Option<&Value>) -> Result<(), Refusal> {
    let addresses = match check {
        DefaultsCheck::Unchecked => None,
        DefaultsCheck::Submitted => sent.get("addresses"),
        DefaultsCheck::Stored => stored.and_then(|stored| stored.get("addresses")),
    };
    let addresses = addresses.and_then(Value::as_array).unwrap_or_default();
    for field in FIELDS {
        let value = sent.get(field).map(php::text).unwrap_or_default();
        let wanted = php::integer_of_text(&value);
        let found = |address: &Value| address.get("id").map_or(0, php::integer) == wanted;
        if !php::is_empty_text(&value) && !addresses.is_empty() && !addresses.iter().any(found) {
            let words = "The %fieldName value is invalid. Set the correct value and try again.";
            return Err(Refusal::new(400, words).named([("fieldName", field)]));
        }
    }
    Ok(())
}

/// What the save of the customer itself leaves of the defaults, before its addresses are saved.
///
/// Without the key `addresses` the stored defaults are put back, whatever was
/// sent; with it, `null` included, what is not sent is cleared.
pub(super) fn after_customer(sent: &Object, stored: Option<&Value>) -> Defaults {
    match stored {
        Some(stored) if !sent.contains_key("addresses") => {
            let kept = |field| stored.get(field).map(php::text);
            Defaults { billing: kept("default_billing"), shipping: kept("default_shipping") }
        }
        _ => {
            let set = |field| sent.get(field).filter(|value| !value.is_null()).map(column);
            Defaults { billing: set("default_billing"), shipping: set("default_shipping") }
        }
    }
}

/// What the save of an address with these flags makes of them.
pub(super) fn after_address(defaults: &mut Defaults, address: &Object, id: &Value) {
    let id = php::text(id);
    for (field, slot) in FIELDS.into_iter().zip([&mut defaults.billing, &mut defaults.shipping]) {
        match address.get(field).and_then(Value::as_bool) {
            Some(true) => *slot = Some(id.clone()),
            Some(false) if slot.as_deref() == Some(&id) => *slot = None,
            _ => {}
        }
    }
}

/// What the removal of an address makes of them.
pub(super) fn after_removal(defaults: &mut Defaults, id: &Value) {
    let id = php::text(id);
    for slot in [&mut defaults.billing, &mut defaults.shipping] {
        if slot.as_deref() == Some(&id) {
            *slot = None;
        }
    }
}

/// The default as its integer column holds it.
fn column(value: &Value) -> String {
    php::integer(value).max(0).to_string()
}

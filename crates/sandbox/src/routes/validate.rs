//! `PUT /customers/validate`: the store's own check, which misses much.

use magewright::json::Object;
use magewright::json::Value;

use super::Reply;
use crate::ask::Ask;
use crate::model;
use crate::refusal::required;
use crate::shop::Shop;

/// Only whether required attributes are there: no names, duplicates, groups, passwords or addresses.
pub(super) fn validate(shop: &Shop, ask: &Ask<'_>) -> Reply {
    if ask.parameter("customer").is_none() {
        return Err(required(&["customer"]));
    }
    let customer = model::shaped(shop, ask)?;
    let empty = |code: &str| match customer.get(code) {
        None | Some(Value::Null) => true,
        Some(Value::String(text)) => text.is_empty(),
        Some(_) => false,
    };
    let wanted =
        shop.profile.customer_attributes.iter().filter(|attribute| attribute.required && attribute.visible);
    let messages: Vec<String> = wanted
        .filter(|attribute| empty(&attribute.code))
        .map(|attribute| {
            format!("The \"{}\" attribute value is empty. Set the attribute and try again.", attribute.label)
        })
        .collect();
    let mut out = Object::new();
    out.insert("valid", messages.is_empty());
    out.insert("messages", messages);
    Ok(out.into())
}

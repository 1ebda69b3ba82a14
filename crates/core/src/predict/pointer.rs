//! From places in the contract's spelling to pointers into what was sent.

use crate::json::{self, Value};
use crate::report::Violation;
use crate::store::finding::Place;
use crate::store::php;
use crate::store::shape::{ADDRESS, CUSTOMER, Shape};

/// The place as a pointer, with the keys as they were sent.
pub(super) fn pointer(place: &Place, body: &Value) -> String {
    let customer = body.get("customer").unwrap_or(&Value::Null);
    match place {
        Place::Pointer(pointer) => pointer.clone(),
        Place::Parameter(name) => format!("/{name}"),
        Place::Customer(field) => format!("/customer/{}", sent_key(&CUSTOMER, field, customer)),
        Place::CustomerAttribute(code) => {
            let key = sent_key(&CUSTOMER, "custom_attributes", customer);
            format!("/customer/{key}/{}", attribute(customer.get(&key), code))
        }
        Place::Address(index, field) => {
            let (at, address) = address(customer, *index);
            format!("{at}/{}", sent_key(&ADDRESS, field, address))
        }
        Place::AddressAttribute(index, code) => {
            let (at, address) = address(customer, *index);
            let key = sent_key(&ADDRESS, "custom_attributes", address);
            format!("{at}/{key}/{}", attribute(address.get(&key), code))
        }
    }
}

/// The last sent key that means the field, else the field's own name.
fn sent_key(shape: &Shape, field: &str, object: &Value) -> String {
    let keys = object.as_object().into_iter().flat_map(json::Object::iter).map(|(key, _)| key);
    let sent = keys.filter(|key| shape.field(key).is_some_and(|found| found.name == field)).last();
    json::escape_segment(sent.unwrap_or(field)).into_owned()
}

/// The n-th address that was sent, and where.
fn address(customer: &Value, index: usize) -> (String, &Value) {
    let key = sent_key(&CUSTOMER, "addresses", customer);
    let mut at = format!("/customer/{key}");
    let mut list = customer.get(&key).unwrap_or(&Value::Null);
    if let Some(item) = list.get("item").filter(|item| !item.is_null()) {
        at.push_str("/item");
        list = item;
    }
    match list {
        Value::Array(items) => (format!("{at}/{index}"), items.get(index).unwrap_or(&Value::Null)),
        Value::Object(members) => match members.iter().nth(index) {
            Some((key, item)) => (format!("{at}/{}", json::escape_segment(key)), item),
            None => (at, &Value::Null),
        },
        _ => (at, &Value::Null),
    }
}

/// Where among custom attributes the code stands.
fn attribute(list: Option<&Value>, code: &str) -> String {
    let of_code = |item: &Value| {
        ["attribute_code", "attributeCode"]
            .iter()
            .any(|key| item.get(key).map(php::text).as_deref() == Some(code))
    };
    match list {
        Some(Value::Array(items)) => match items.iter().rposition(of_code) {
            Some(at) => format!("{at}/value"),
            None => code.to_owned(),
        },
        _ => json::escape_segment(code).into_owned(),
    }
}

/// Sorts by where the pointers stand in the body; what stands nowhere comes with its parent.
pub(super) fn in_document_order(violations: &mut [Violation], body: &Value) {
    let mut order = Vec::new();
    list_pointers(body, &mut String::new(), &mut order);
    let place = |pointer: &str| {
        let mut at = pointer;
        loop {
            if let Some(found) = order.iter().position(|known| known == at) {
                return found;
            }
            match at.rfind('/') {
                Some(end) => at = at.get(..end).unwrap_or_default(),
                None => return 0,
            }
        }
    };
    violations.sort_by_cached_key(|violation| place(&violation.pointer));
}

fn list_pointers(value: &Value, at: &mut String, order: &mut Vec<String>) {
    order.push(at.clone());
    let mut member = |key: &str, value: &Value| {
        let length = at.len();
        at.push('/');
        at.push_str(&json::escape_segment(key));
        list_pointers(value, at, order);
        at.truncate(length);
    };
    match value {
        Value::Object(members) => members.iter().for_each(|(key, value)| member(key, value)),
        Value::Array(items) => items.iter().enumerate().for_each(|(i, value)| member(&i.to_string(), value)),
        _ => {}
    }
}

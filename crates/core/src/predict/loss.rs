//! What a save loses: how the saved customer differs visibly from what was sent.
//!
//! A **visible difference** is a leaf of the body that the saved customer does
//! not show in the same place with the same value. The same value may be
//! spelled differently in these ways only: a number as text or text as a
//! number, a fraction of zeros, the four places of a decimal, a date without
//! its leading zeros or with midnight added, `T` and `Z` in a time, 1, yes and
//! on for true. `null`, and an empty text or list where nothing is saved, ask
//! for nothing and are never lost. The password and the redirect address are
//! not meant to be seen.
//!
//! Losses are found by comparing, never predicted beside the save, so that
//! they follow from the same rules.

pub(crate) mod kinds;
mod values;

use crate::json::{Object, Path, Value};
use crate::store::Store;
use crate::store::address;
use crate::store::coerce::Spellings;
use crate::store::finding::Rule;
use crate::store::php;
use crate::store::shape::{ADDRESS, CUSTOMER, Entity, Field, Kind, Shape};
use values::{Expected, compare};

/// One difference: where in the body, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Loss {
    pub(super) pointer: String,
    pub(super) rule: &'static Rule,
}

/// Compares a body with the customer that was saved from it.
pub(super) struct Comparison<'a> {
    pub(super) store: &'a Store<'a>,
    pub(super) spellings: Spellings,
    /// The addresses as they were read, to know which of them were dropped.
    pub(super) read: &'a [Value],
    pub(super) found: Vec<Loss>,
}

impl Comparison<'_> {
    /// The body of a create against the saved customer.
    pub(super) fn body(&mut self, body: &Value, saved: &Value) {
        let root = Path::root();
        for (name, value) in members(body) {
            match name {
                "password" | "redirectUrl" | "redirect_url" => {}
                "customer" => self.object(&CUSTOMER, value, saved, &root.key(name)),
                _ => self.lose(&kinds::UNKNOWN_PARAMETER, value, &root.key(name)),
            }
        }
    }

    fn object(&mut self, shape: &'static Shape, sent: &Value, saved: &Value, path: &Path<'_>) {
        if !php::is_array(sent) {
            return self.lose(&kinds::WRONG_SHAPE, sent, path);
        }
        for (key, value) in members(sent) {
            let Some(field) = shape.field(key) else { continue };
            if !field.kind.is_scalar() && self.counting_key(shape, field, sent) != Some(key) {
                self.lose(&kinds::OTHER_SPELLING, value, &path.key(key));
            } else {
                self.field(field, value, saved.get(field.name), &path.key(key));
            }
        }
    }

    /// Of several keys that mean the field, the one whose value the store takes.
    fn counting_key<'v>(&self, shape: &Shape, field: &Field, sent: &'v Value) -> Option<&'v str> {
        let keys = members(sent).map(|(key, _)| key);
        let mut same = keys.filter(|key| shape.field(key).is_some_and(|found| found.name == field.name));
        match self.spellings {
            Spellings::All => same.last(),
            Spellings::FirstOfCase | Spellings::FirstOfLetters => same.next(),
        }
    }

    fn field(&mut self, field: &'static Field, sent: &Value, saved: Option<&Value>, path: &Path<'_>) {
        let null = Value::Null;
        match field.kind {
            Kind::Object(shape) => self.object(shape, sent, saved.unwrap_or(&null), path),
            Kind::Objects(_) => self.addresses(sent, saved.unwrap_or(&null), path),
            Kind::Custom(entity) => self.custom(entity, sent, saved.unwrap_or(&null), path),
            kind => {
                let expected = Expected { name: field.name, kind };
                if let Some(rule) = compare(&expected, sent, saved) {
                    self.found.push(Loss { pointer: path.to_string(), rule });
                }
            }
        }
    }

    fn addresses(&mut self, sent: &Value, saved: &Value, path: &Path<'_>) {
        if let Some(item) = sent.get("item").filter(|item| !item.is_null()) {
            return self.addresses(item, saved, &path.key("item"));
        }
        if !php::is_array(sent) {
            return self.lose(&kinds::WRONG_SHAPE, sent, path);
        }
        let items = keyed(sent);
        let saved = saved.as_array().unwrap_or_default();
        let mut kept = 0;
        for ((key, item), read) in items.iter().zip(self.read) {
            let path = path.key(key);
            if !read.as_object().is_some_and(|read| address::is_allowed(read, self.store)) {
                self.found.push(Loss { pointer: path.to_string(), rule: &kinds::ADDRESS_DROPPED });
                continue;
            }
            let saved = saved_at(saved, kept);
            self.object(&ADDRESS, item, saved.unwrap_or(&Value::Null), &path);
            kept += 1;
        }
    }

    fn custom(&mut self, entity: Entity, sent: &Value, saved: &Value, path: &Path<'_>) {
        for (key, item) in keyed(sent) {
            let path = path.key(&key);
            let value = path.key("value");
            if php::is_array(item) {
                let code = item.get("attribute_code").or_else(|| item.get("attributeCode"));
                let code = code.map(php::text).unwrap_or_default();
                self.attribute(entity, &code, item.get("value").unwrap_or(&Value::Null), saved, &value);
            } else {
                self.attribute(entity, &key, item, saved, &path);
            }
        }
    }

    fn attribute(&mut self, entity: Entity, code: &str, sent: &Value, saved: &Value, path: &Path<'_>) {
        let items = saved.as_array().unwrap_or_default();
        let found =
            items.iter().find(|item| item.get("attribute_code").and_then(Value::as_str) == Some(code));
        let known = entity.attribute(self.store.profile, code).filter(|attribute| entity.keeps(attribute));
        let Some(attribute) = known else {
            if found.is_none() {
                self.lose(&kinds::UNKNOWN_ATTRIBUTE, sent, path);
            }
            return;
        };
        let saved = found.and_then(|item| item.get("value"));
        if let Some(rule) = values::compare_attribute(attribute, sent, saved) {
            self.found.push(Loss { pointer: path.to_string(), rule });
        }
    }

    /// A loss of everything that stands there, unless it asks for nothing.
    fn lose(&mut self, rule: &'static Rule, sent: &Value, path: &Path<'_>) {
        if !asks_for_nothing(sent) {
            self.found.push(Loss { pointer: path.to_string(), rule });
        }
    }
}

fn asks_for_nothing(sent: &Value) -> bool {
    match sent {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.iter().all(asks_for_nothing),
        Value::Object(members) => members.iter().all(|(_, value)| asks_for_nothing(value)),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// The address that was saved as so many before it were: in its place, or one off where a default one is listed first.
fn saved_at(saved: &[Value], before: usize) -> Option<&Value> {
    let id = format!("<a{}>", before + 1);
    let mut listed = [before, before + 1, 0].into_iter().filter_map(|at| saved.get(at));
    listed.find(|address| address.get("id").and_then(Value::as_str) == Some(&id))
}

fn members(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value.as_object().into_iter().flat_map(Object::iter)
}

/// The items of a list or of an object, with the key or index they stand under.
fn keyed(value: &Value) -> Vec<(String, &Value)> {
    match value {
        Value::Array(items) => items.iter().enumerate().map(|(i, item)| (i.to_string(), item)).collect(),
        Value::Object(members) => members.iter().map(|(key, item)| (key.to_owned(), item)).collect(),
        _ => Vec::new(),
    }
}

//! Which lists of a customer are kept by key, and by which.

use std::borrow::Cow;

use crate::json::{Object, Value};

/// What stands at a place of a customer document, as far as lists by key go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// The customer itself.
    Customer,
    /// An item of the customer's `addresses`.
    Address,
    /// An item of a `custom_attributes` list.
    Attribute,
    /// Anything else: no list in it has a key.
    Other,
}

/// A list whose items are told apart by one of their members.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct KeyedList {
    /// The member that tells the items apart.
    pub(crate) key: &'static str,
    /// What the items are.
    pub(crate) item: Place,
}

const ADDRESSES: KeyedList = KeyedList { key: "id", item: Place::Address };
const ATTRIBUTES: KeyedList = KeyedList { key: "attribute_code", item: Place::Attribute };

impl Place {
    /// The keyed list that stands in the member of that name, if one does.
    pub(crate) fn list(self, member: &str) -> Option<KeyedList> {
        match (self, member) {
            (Place::Customer, "addresses") => Some(ADDRESSES),
            (Place::Customer | Place::Address, "custom_attributes") => Some(ATTRIBUTES),
            _ => None,
        }
    }

    /// Whether the member is taken whole, never merged: an attribute's value may be any JSON.
    pub(crate) fn is_opaque(self, member: &str) -> bool {
        self == Place::Attribute && member == "value"
    }
}

impl KeyedList {
    /// The key of an item; `None` when it has none, as an address that is yet to be created.
    ///
    /// A number and the text of that number are the same key, since a store
    /// takes both.
    pub(crate) fn key_of<'v>(&self, item: &'v Value) -> Option<Cow<'v, str>> {
        key_text(item.get(self.key)?)
    }

    /// The item with that key.
    pub(crate) fn find<'v>(&self, items: &'v [Value], key: &str) -> Option<&'v Value> {
        items.iter().find(|item| self.key_of(item).as_deref() == Some(key))
    }

    /// Whether every item has a key (or, where that is allowed, none), and no key stands twice.
    pub(crate) fn is_sound(&self, items: &[Value], keyless: bool) -> bool {
        items.iter().enumerate().all(|(at, item)| match self.key_of(item) {
            Some(key) => items.get(..at).is_none_or(|before| self.find(before, &key).is_none()),
            None => keyless && item.as_object().is_some_and(|object| !object.contains_key(self.key)),
        })
    }
}

fn key_text(key: &Value) -> Option<Cow<'_, str>> {
    match key {
        Value::String(text) => Some(text.as_str().into()),
        Value::Number(number) => Some(number.as_str().into()),
        _ => None,
    }
}

/// The directive of a patch object, and the member that holds it.
pub(crate) const DIRECTIVE: &str = "$patch";

/// What a `$patch` member asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Directive {
    /// Take away what stands there.
    Delete,
    /// Put the rest of the object, or of the list, in its place.
    Replace,
}

impl Directive {
    /// The directive of a patch object whose grammar was checked.
    pub(crate) fn of(object: &Object) -> Option<Self> {
        match object.get(DIRECTIVE)?.as_str()? {
            "delete" => Some(Directive::Delete),
            "replace" => Some(Directive::Replace),
            _ => None,
        }
    }

    /// The directive that an item of a list gives for the whole list: it stands alone in its object.
    pub(crate) fn of_list(items: &[Value]) -> Option<Self> {
        let bare = |item: &Value| item.as_object().filter(|o| o.len() == 1).and_then(Directive::of);
        items.iter().find_map(bare)
    }

    /// An object that holds this directive, to be filled.
    pub(crate) fn object(self) -> Object {
        let word = match self {
            Directive::Delete => "delete",
            Directive::Replace => "replace",
        };
        [(DIRECTIVE, word)].into_iter().collect()
    }
}

/// The object without its directive.
pub(crate) fn undirected(object: &Object) -> Object {
    let mut rest = object.clone();
    rest.remove(DIRECTIVE);
    rest
}

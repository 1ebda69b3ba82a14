//! Which lists of a customer are kept by key, and by which.

use std::collections::HashMap;

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

/// The addresses of a customer.
pub(super) const ADDRESSES: KeyedList = KeyedList { key: "id", item: Place::Address };
/// The custom attributes of a customer or an address.
pub(super) const ATTRIBUTES: KeyedList = KeyedList { key: "attribute_code", item: Place::Attribute };

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
    pub(crate) fn key_of<'v>(&self, item: &'v Value) -> Option<&'v str> {
        match item.get(self.key)? {
            Value::String(text) => Some(text),
            Value::Number(number) => Some(number.as_str()),
            _ => None,
        }
    }

    /// The items by their keys: made once for a list in which many of them are looked for.
    pub(crate) fn index(self, items: &[Value]) -> Index<'_> {
        let mut places = HashMap::new();
        if items.len() > FEW {
            let keys = items.iter().enumerate().filter_map(|(at, item)| Some((self.key_of(item)?, at)));
            for (key, at) in keys {
                places.entry(key).or_insert(at);
            }
        }
        Index { list: self, items, places }
    }
}

/// As many items are looked through as quickly as a table of them is made.
const FEW: usize = 8;

/// The items of a keyed list by their keys, so that work on a list grows with its length and not with the square of it.
pub(crate) struct Index<'v> {
    list: KeyedList,
    items: &'v [Value],
    /// The first place of each key, where there are more than a few items.
    places: HashMap<&'v str, usize>,
}

impl<'v> Index<'v> {
    /// The place of the first item with that key.
    pub(crate) fn place(&self, key: &str) -> Option<usize> {
        if self.items.len() > FEW {
            return self.places.get(key).copied();
        }
        self.items.iter().position(|item| self.list.key_of(item) == Some(key))
    }

    /// All items in their order.
    pub(crate) fn items(&self) -> &'v [Value] {
        self.items
    }

    /// The keys in the order of the items.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &'v str> {
        self.items.iter().filter_map(|item| self.list.key_of(item))
    }

    /// The items without a key.
    pub(crate) fn keyless(&self) -> impl Iterator<Item = &'v Value> {
        self.items.iter().filter(|item| self.list.key_of(item).is_none())
    }

    /// The first item with that key.
    pub(crate) fn get(&self, key: &str) -> Option<&'v Value> {
        self.items.get(self.place(key)?)
    }

    /// Whether every item has a key (or, where that is allowed, none), and no key stands twice.
    pub(crate) fn is_sound(&self, keyless: bool) -> bool {
        self.items.iter().enumerate().all(|(at, item)| match self.list.key_of(item) {
            Some(key) => self.place(key) == Some(at),
            None => keyless && item.as_object().is_some_and(|object| !object.contains_key(self.list.key)),
        })
    }
}

/// A custom attribute as a store lists it.
pub(super) fn attribute(code: Value, value: Value) -> Value {
    [(ATTRIBUTES.key, code), ("value", value)].into_iter().collect::<Object>().into()
}

/// Custom attributes written as an object from code to value, as a store lists them.
pub(super) fn attributes(map: &Object) -> Vec<Value> {
    map.iter().map(|(code, value)| attribute(code.into(), value.clone())).collect()
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

//! Bodies that may do what is wanted; a prediction says whether they do.

use crate::json::{Object, Value};
use crate::predict::update::{Route, Target};
use crate::store::shape::Entity;
use crate::validate::accept::is_time;

use super::keyed::{ATTRIBUTES, Index, attribute};
use super::members::{keys, listed};
use super::settle::{DEFAULTS, addresses_of, is_new, text};

/// What a body is built from: the stored customer, the wanted one, and where it is sent.
pub(super) struct Draft<'a> {
    stored: &'a Object,
    wanted: &'a Object,
    target: &'a Target<'a>,
    /// The stored addresses by their ids.
    addresses: Index<'a>,
}

/// Members of a customer that are not simply copied.
const APART: [&str; 5] = ["id", "updated_at", "addresses", "custom_attributes", "extension_attributes"];
/// Members of an address that are not simply copied.
const APART_IN_ADDRESSES: [&str; 5] = ["id", "customer_id", "region", "region_id", "custom_attributes"];
/// What the store demands where it does not merge.
const DEMANDED: [&str; 5] = ["email", "firstname", "lastname", "website_id", "disable_auto_group_change"];

impl<'a> Draft<'a> {
    pub(super) fn of(stored: &'a Object, wanted: &'a Object, target: &'a Target<'a>) -> Self {
        Draft { stored, wanted, target, addresses: addresses_of(stored) }
    }

    fn stored_address(&self, id: &str) -> Option<&'a Object> {
        self.addresses.get(id).and_then(Value::as_object)
    }

    /// The body with what changes, and what the target loses or demands when it is not sent.
    ///
    /// With `spare`, addresses that do not change are kept from being saved again.
    pub(super) fn minimal(&self, spare: bool) -> Object {
        let mut body = self.basis();
        for key in
            keys(self.stored, self.wanted).filter(|key| !APART.contains(key) && !DEFAULTS.contains(key))
        {
            if self.stored.get(key) != self.wanted.get(key) {
                body.insert(key, cleared(self.wanted.get(key)));
            }
        }
        self.put_addresses(&mut body, spare);
        self.put_extension(&mut body);
        let attributes = self.attributes();
        if !attributes.is_empty() {
            body.insert("custom_attributes", attributes);
        }
        body
    }

    /// The body with the whole wanted customer.
    pub(super) fn full(&self) -> Object {
        let mut body = Object::new();
        for key in keys(self.stored, self.wanted) {
            match (key, self.wanted.get(key)) {
                ("addresses", Some(Value::Array(_))) => {
                    let whole = listed(self.wanted.get("addresses")).iter().filter_map(Value::as_object);
                    body.insert(key, whole.map(|address| self.whole_address(address)).collect::<Vec<_>>());
                }
                ("custom_attributes", wanted) => {
                    let mut list = listed(wanted).to_vec();
                    list.extend(removed_attributes(self.stored, self.wanted));
                    body.insert(key, list);
                }
                (_, wanted) if DEFAULTS.contains(&key) => self.put_default(&mut body, key, text(wanted)),
                (_, wanted) => body.insert(key, cleared(wanted)),
            }
        }
        body
    }

    /// What must be sent whatever changes.
    fn basis(&self) -> Object {
        let mut body = Object::new();
        if self.target.route != Route::Me {
            body.insert("id", self.stored.get("id").cloned().unwrap_or_default());
        }
        if self.target.merges() {
            return body;
        }
        let dates = self.target.erases_dates().then_some("dob");
        for key in DEMANDED.into_iter().chain(dates) {
            if let Some(value) = self.wanted.get(key) {
                body.insert(key, value.clone());
            }
        }
        body
    }

    fn put_extension(&self, body: &mut Object) {
        let part =
            |customer: &Object| customer.get("extension_attributes").and_then(Value::as_object).cloned();
        let before = part(self.stored).unwrap_or_default();
        let wanted = part(self.wanted).unwrap_or_default();
        let changed: Object = keys(&before, &wanted)
            .filter(|key| before.get(key) != wanted.get(key))
            .map(|key| (key, wanted.get(key).cloned().unwrap_or_default()))
            .collect();
        if !changed.is_empty() {
            body.insert("extension_attributes", changed);
        }
    }

    /// Attributes that change, `null` for those that go, and dates where they are erased when not sent.
    fn attributes(&self) -> Vec<Value> {
        let changed = changed_attributes(self.stored, self.wanted);
        if !self.target.erases_dates() || self.target.merges() && changed.is_empty() {
            return changed;
        }
        let sent = ATTRIBUTES.index(&changed);
        let erased = attributes_of(self.wanted).iter().filter(|attribute| {
            let code = text(attribute.get("attribute_code"));
            sent.get(code).is_none() && self.may_be_erased(code, attribute)
        });
        let erased: Vec<Value> = erased.cloned().collect();
        [changed, erased].concat()
    }

    /// Whether the attribute is a date, or may be one: of a store nobody described, the form tells.
    fn may_be_erased(&self, code: &str, attribute: &Value) -> bool {
        let described = Entity::Customer.is_known(self.target.store.profile);
        self.target.erased_dates().contains(&code) || !described && is_time(text(attribute.get("value")))
    }

    /// Whether an address or a default changes.
    fn touches_addresses(&self) -> bool {
        ["addresses"].into_iter().chain(DEFAULTS).any(|key| self.stored.get(key) != self.wanted.get(key))
    }

    fn put_addresses(&self, body: &mut Object, spare: bool) {
        if !self.touches_addresses() {
            if spare && self.target.merges() {
                body.insert("addresses", Value::Null);
            }
            return;
        }
        for field in DEFAULTS {
            let (before, wanted) = (text(self.stored.get(field)), text(self.wanted.get(field)));
            if before != wanted || !self.target.merges() {
                self.put_default(body, field, wanted);
            }
        }
        let wanted = listed(self.wanted.get("addresses")).iter().filter_map(Value::as_object);
        body.insert("addresses", wanted.map(|address| self.least_address(address)).collect::<Vec<_>>());
    }

    /// The default on the customer: a stored address by its id, nothing for a new one, whose flag decides.
    fn put_default(&self, body: &mut Object, field: &str, wanted: &str) {
        match wanted {
            "" => body.insert(field, Value::Null),
            id if is_new(id) => body.insert(field, Value::Null),
            id => body.insert(field, id),
        }
    }

    fn least_address(&self, address: &Object) -> Value {
        let id = text(address.get("id"));
        let Some(stored) = self.stored_address(id) else { return self.whole_address(address) };
        let mut body = Object::new();
        body.insert("id", stored.get("id").cloned().unwrap_or_default());
        for key in keys(stored, address) {
            let apart = APART_IN_ADDRESSES.contains(&key) || DEFAULTS.contains(&key);
            if !apart && stored.get(key) != address.get(key) {
                body.insert(key, cleared(address.get(key)));
            }
        }
        if ["region", "region_id"].iter().any(|key| stored.get(key) != address.get(key)) {
            put_region(&mut body, address);
        }
        let attributes = changed_attributes(stored, address);
        if !attributes.is_empty() {
            body.insert("custom_attributes", attributes);
        }
        self.put_flags(&mut body, id);
        body.into()
    }

    fn whole_address(&self, address: &Object) -> Value {
        let id = text(address.get("id"));
        let stored = self.stored_address(id);
        let mut body = address.clone();
        for key in
            DEFAULTS.iter().chain(is_new(id).then_some(&"id")).chain(is_new(id).then_some(&"customer_id"))
        {
            body.remove(key);
        }
        if let Some(stored) = stored {
            for (key, _) in
                stored.iter().filter(|(key, _)| !address.contains_key(key) && !DEFAULTS.contains(key))
            {
                body.insert(key, cleared(None));
            }
            let removed = removed_attributes(stored, address);
            if !removed.is_empty() {
                let mut list = attributes_of(address).to_vec();
                list.extend(removed);
                body.insert("custom_attributes", list);
            }
        }
        if stored.is_none_or(|stored| {
            ["region", "region_id"].iter().any(|key| stored.get(key) != address.get(key))
        }) {
            put_region(&mut body, address);
        }
        self.put_flags(&mut body, id);
        body.into()
    }

    fn put_flags(&self, body: &mut Object, id: &str) {
        for field in DEFAULTS {
            let (before, wanted) = (text(self.stored.get(field)), text(self.wanted.get(field)));
            if wanted == id {
                body.insert(field, true);
            } else if before == id {
                body.insert(field, false);
            }
        }
    }
}

/// The region as the store takes it: by its id alone, or as a name without one.
fn put_region(body: &mut Object, address: &Object) {
    let id = text(address.get("region_id"));
    body.remove("region");
    body.remove("region_id");
    if !matches!(id, "" | "0") {
        body.insert("region_id", address.get("region_id").cloned().unwrap_or_default());
    } else if let Some(region) = address.get("region") {
        let mut named = Object::new();
        named.insert("region", text(region.get("region")));
        named.insert("region_id", 0_u64);
        body.insert("region", named);
    }
}

/// A value as it is sent: what is to be gone is sent as an empty text.
fn cleared(value: Option<&Value>) -> Value {
    value.filter(|value| !value.is_null()).cloned().unwrap_or_else(|| "".into())
}

fn attributes_of(owner: &Object) -> &[Value] {
    listed(owner.get("custom_attributes"))
}

fn changed_attributes(stored: &Object, wanted: &Object) -> Vec<Value> {
    let before = ATTRIBUTES.index(attributes_of(stored));
    let changed = attributes_of(wanted).iter().filter(|wanted| {
        let before = before.get(text(wanted.get("attribute_code")));
        before.and_then(|before| before.get("value")) != wanted.get("value")
    });
    changed.cloned().chain(removed_attributes(stored, wanted)).collect()
}

/// Attributes that are stored and not wanted, with the value `null`, which removes them.
fn removed_attributes(stored: &Object, wanted: &Object) -> Vec<Value> {
    let codes = attributes_of(stored).iter().filter_map(|attribute| attribute.get("attribute_code"));
    let wanted = ATTRIBUTES.index(attributes_of(wanted));
    let gone = codes.filter(|code| wanted.get(text(Some(code))).is_none());
    gone.map(|code| attribute(code.clone(), Value::Null)).collect()
}

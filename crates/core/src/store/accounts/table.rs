//! The tables customers are kept in.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};
use std::iter::Peekable;

use super::fold::fold;
use crate::json::Value;

/// Customers by id, and where else they are found.
#[derive(Debug, Clone, Default)]
pub(super) struct Table {
    pub(super) customers: BTreeMap<i64, Value>,
    pub(super) places: Places,
}

/// The ids of customers by e-mail address and by the ids of their addresses.
#[derive(Debug, Clone, Default)]
pub(super) struct Places {
    pub(super) by_email: HashMap<String, Vec<i64>>,
    pub(super) by_address: HashMap<i64, i64>,
}

impl Places {
    pub(super) fn add(&mut self, id: i64, customer: &Value) {
        if let Some(email) = customer.get("email").and_then(Value::as_str) {
            self.by_email.entry(fold(email)).or_default().push(id);
        }
        for address in address_ids(customer) {
            self.by_address.insert(address, id);
        }
    }

    pub(super) fn remove(&mut self, id: i64, customer: &Value) {
        let email = customer.get("email").and_then(Value::as_str).unwrap_or_default();
        if let Some(ids) = self.by_email.get_mut(&fold(email)) {
            ids.retain(|other| *other != id);
        }
        for address in address_ids(customer) {
            self.by_address.remove(&address);
        }
    }

    pub(super) fn with_email(&self, folded: &str) -> impl Iterator<Item = i64> {
        self.by_email.get(folded).map(Vec::as_slice).unwrap_or_default().iter().copied()
    }
}

impl Table {
    pub(super) fn put(&mut self, id: i64, customer: Option<Value>) -> Option<Value> {
        let before = self.customers.remove(&id);
        if let Some(before) = &before {
            self.places.remove(id, before);
        }
        if let Some(customer) = customer {
            self.places.add(id, &customer);
            self.customers.insert(id, customer);
        }
        before
    }
}

/// Shared and changed customers in one order, in which both come.
pub(super) struct Rows<S: Iterator, C: Iterator> {
    pub(super) shared: Peekable<S>,
    pub(super) changed: Peekable<C>,
    /// How the id that comes first of two stands to the other.
    pub(super) next: Ordering,
}

impl<'a, S, C> Iterator for Rows<S, C>
where
    S: Iterator<Item = (&'a i64, &'a Value)>,
    C: Iterator<Item = (&'a i64, &'a Option<Value>)>,
{
    type Item = (i64, &'a Value);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let shared = self.shared.peek().map(|(id, _)| **id);
            let changed = self.changed.peek().map(|(id, _)| **id);
            if shared.is_some_and(|shared| changed.is_none_or(|changed| shared.cmp(&changed) == self.next)) {
                return self.shared.next().map(|(id, customer)| (*id, customer));
            }
            if shared == changed {
                self.shared.next();
            }
            if let (id, Some(customer)) = self.changed.next()? {
                return Some((*id, customer));
            }
        }
    }
}

fn address_ids(customer: &Value) -> Vec<i64> {
    let addresses = customer.get("addresses").and_then(Value::as_array).unwrap_or_default();
    addresses.iter().filter_map(|address| address.get("id")?.as_i64()).collect()
}

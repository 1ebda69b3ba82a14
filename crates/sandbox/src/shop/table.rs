//! The table of customers, with what a search shows of them kept in writing.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Deref;

use magewright::json::Value;
use magewright::store::{Accounts, NotACustomer};

/// The customers. Read as [`Accounts`]; every change goes through here, so that no writing outlives its customer.
#[derive(Debug, Default)]
pub(crate) struct Table {
    accounts: Accounts,
    /// The JSON text of customers as list items, of those who were shown.
    written: HashMap<i64, Box<str>>,
}

impl Table {
    /// Adds a customer, in place of one with the same id.
    ///
    /// # Errors
    /// [`NotACustomer`] for a value without an integer id.
    pub(crate) fn insert(&mut self, customer: Value) -> Result<(), NotACustomer> {
        if let Some(id) = customer.get("id").and_then(Value::as_i64) {
            self.written.remove(&id);
        }
        self.accounts.insert(customer)
    }

    /// Takes a customer out.
    pub(crate) fn remove(&mut self, id: i64) -> Option<Value> {
        self.written.remove(&id);
        self.accounts.remove(id)
    }

    /// What was written of a customer before, or what is written now.
    pub(crate) fn written(&mut self, id: i64, write: impl FnOnce(&Value) -> String) -> Option<&str> {
        Some(match self.written.entry(id) {
            Entry::Occupied(written) => written.into_mut(),
            Entry::Vacant(place) => place.insert(write(self.accounts.get(id)?).into()),
        })
    }
}

impl Deref for Table {
    type Target = Accounts;

    fn deref(&self) -> &Accounts {
        &self.accounts
    }
}

impl Clone for Table {
    /// What was written is written again when it is asked for.
    fn clone(&self) -> Self {
        Table { accounts: self.accounts.clone(), written: HashMap::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn customer(text: &str) -> Value {
        magewright::json::parse(text.as_bytes()).unwrap()
    }

    #[test]
    fn what_is_written_is_of_the_customer_as_they_are() {
        let mut table = Table::default();
        let shown = |table: &mut Table| table.written(1, Value::to_string).map(str::to_owned);
        assert_eq!(shown(&mut table), None);
        table.insert(customer(r#"{"id":1,"a":1}"#)).unwrap();
        assert_eq!(shown(&mut table).as_deref(), Some(r#"{"id":1,"a":1}"#));
        table.insert(customer(r#"{"id":1,"a":2}"#)).unwrap();
        assert_eq!(shown(&mut table).as_deref(), Some(r#"{"id":1,"a":2}"#));
        assert!(table.remove(1).is_some() && shown(&mut table).is_none());
    }
}

mod fold;
mod table;

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::RangeInclusive;
use std::sync::Arc;

use crate::json::Value;
pub(crate) use fold::fold;
use table::{Places, Rows, Table};

/// The customers known to exist, as GET returns them.
///
/// Found by id, by e-mail and website (letter case and accents aside, as the
/// store's database compares), and by the id of one of their addresses.
///
/// A copy costs nothing: it shares what it was copied from and keeps what is
/// changed afterwards to itself.
///
/// ```
/// use magewright::{json, store::Accounts};
/// let ada = json::parse(br#"{"id":7,"email":"Ada@example.test","website_id":1,"addresses":[{"id":3}]}"#)?;
/// let mut accounts = Accounts::new();
/// accounts.insert(ada)?;
/// assert_eq!(accounts.by_email("ADA@example.test", Some(1)), Some(7));
/// assert_eq!(accounts.by_email("ada@example.test", Some(2)), None);
/// assert_eq!(accounts.owner_of_address(3), Some(7));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Accounts {
    shared: Arc<Table>,
    /// What is not as in the shared table, which other copies still read: `None` for a customer taken out.
    changed: BTreeMap<i64, Option<Value>>,
    /// Where the changed customers are found.
    places: Places,
    len: usize,
}

/// A value that is no customer as GET returns them: it lacks an integer `id`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotACustomer;

impl fmt::Display for NotACustomer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a customer: give an object with an integer `id`, as GET returns it")
    }
}

impl std::error::Error for NotACustomer {}

impl Accounts {
    /// A store without customers.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A store with these customers.
    ///
    /// # Errors
    /// [`NotACustomer`] for a value without an integer id.
    pub fn from_customers(customers: impl IntoIterator<Item = Value>) -> Result<Self, NotACustomer> {
        let mut accounts = Self::new();
        customers.into_iter().try_for_each(|customer| accounts.insert(customer))?;
        Ok(accounts)
    }

    /// Adds a customer, in place of one with the same id.
    ///
    /// # Errors
    /// [`NotACustomer`] for a value without an integer id.
    pub fn insert(&mut self, customer: Value) -> Result<(), NotACustomer> {
        let id = customer.get("id").and_then(Value::as_i64).ok_or(NotACustomer)?;
        drop(self.put(id, Some(customer)));
        Ok(())
    }

    /// Takes a customer out.
    ///
    /// ```
    /// use magewright::{json, store::Accounts};
    /// let ada = json::parse(br#"{"id":7,"email":"ada@b.test","website_id":1,"addresses":[{"id":3}]}"#)?;
    /// let mut accounts = Accounts::from_customers([ada])?;
    /// assert!(accounts.remove(7).is_some() && accounts.remove(7).is_none());
    /// assert_eq!(accounts.owner_of_address(3), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn remove(&mut self, id: i64) -> Option<Value> {
        self.put(id, None)
    }

    /// Puts a customer in the place of the one with the id, and gives that one.
    fn put(&mut self, id: i64, customer: Option<Value>) -> Option<Value> {
        let added = usize::from(customer.is_some());
        let before = match Arc::get_mut(&mut self.shared) {
            Some(table) => {
                // Nobody else reads the table any more: what was kept apart from it goes in.
                for (id, customer) in std::mem::take(&mut self.changed) {
                    table.put(id, customer);
                }
                self.places = Places::default();
                table.put(id, customer)
            }
            None => self.put_apart(id, customer),
        };
        self.len = self.len + added - usize::from(before.is_some());
        before
    }

    fn put_apart(&mut self, id: i64, customer: Option<Value>) -> Option<Value> {
        let before = match self.changed.remove(&id) {
            Some(before) => before.inspect(|before| self.places.remove(id, before)),
            None => self.shared.customers.get(&id).cloned(),
        };
        if let Some(customer) = &customer {
            self.places.add(id, customer);
        }
        self.changed.insert(id, customer);
        before
    }

    /// The customer with that id.
    #[must_use]
    pub fn get(&self, id: i64) -> Option<&Value> {
        match self.changed.get(&id) {
            Some(changed) => changed.as_ref(),
            None => self.shared.customers.get(&id),
        }
    }

    /// The id of the customer with that e-mail address on a website, or on any when `None`.
    #[must_use]
    pub fn by_email(&self, email: &str, website: Option<i64>) -> Option<i64> {
        self.with_email(&fold(email), website).next()
    }

    fn with_email(&self, folded: &str, website: Option<i64>) -> impl Iterator<Item = i64> {
        let shared = self.shared.places.with_email(folded).filter(|id| !self.changed.contains_key(id));
        let all = shared.chain(self.places.with_email(folded));
        all.filter(move |id| website.is_none() || self.website_of(*id) == website)
    }

    fn website_of(&self, id: i64) -> Option<i64> {
        self.get(id)?.get("website_id")?.as_i64()
    }

    /// Whether another customer than `own` has that e-mail address on the website, or anywhere when `None`.
    ///
    /// ```
    /// use magewright::{json, store::Accounts};
    /// let ada = json::parse(br#"{"id":7,"email":"ada@b.test","website_id":1,"addresses":[{"id":3}]}"#)?;
    /// let accounts = Accounts::from_customers([ada])?;
    /// assert!(accounts.is_taken("ADA@b.test", Some(1), None));
    /// assert!(!accounts.is_taken("ada@b.test", Some(1), Some(7)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn is_taken(&self, email: &str, website: Option<i64>, own: Option<i64>) -> bool {
        !self.is_empty() && self.with_email(&fold(email), website).any(|id| Some(id) != own)
    }

    /// The customers with that e-mail address, on whatever website.
    pub(crate) fn all_with_email(&self, email: &str) -> impl Iterator<Item = &Value> {
        let ids: Vec<i64> = self.with_email(&fold(email), None).collect();
        ids.into_iter().filter_map(|id| self.get(id))
    }

    /// The id of the customer who has the address with that id.
    #[must_use]
    pub fn owner_of_address(&self, address: i64) -> Option<i64> {
        let shared = || self.shared.places.by_address.get(&address).copied();
        let owner = self.places.by_address.get(&address).copied();
        owner.or_else(|| shared().filter(|owner| !self.changed.contains_key(owner)))
    }

    /// The customers in ascending order of their ids.
    ///
    /// ```
    /// use magewright::{json, store::Accounts};
    /// let ada = json::parse(br#"{"id":7,"email":"ada@b.test","website_id":1,"addresses":[{"id":3}]}"#)?;
    /// let accounts = Accounts::from_customers([ada])?;
    /// assert_eq!(accounts.iter().map(|(id, _)| id).collect::<Vec<_>>(), [7]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn iter(&self) -> impl Iterator<Item = (i64, &Value)> {
        self.within(i64::MIN..=i64::MAX)
    }

    /// The customers whose ids are in a range, in ascending order; nobody else is looked at.
    ///
    /// ```
    /// use magewright::{json, store::Accounts};
    /// let customer = |id: i64| json::parse(format!(r#"{{"id":{id},"email":"{id}@b.test"}}"#).as_bytes());
    /// let accounts = Accounts::from_customers([customer(2)?, customer(5)?, customer(7)?])?;
    /// assert_eq!(accounts.within(3..=7).map(|(id, _)| id).collect::<Vec<_>>(), [5, 7]);
    /// assert_eq!(accounts.within(7..=3).count(), 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn within(&self, ids: RangeInclusive<i64>) -> impl Iterator<Item = (i64, &Value)> {
        let rows = (!ids.is_empty()).then(|| {
            let (shared, changed) = (self.shared.customers.range(ids.clone()), self.changed.range(ids));
            Rows { shared: shared.peekable(), changed: changed.peekable(), next: Ordering::Less }
        });
        rows.into_iter().flatten()
    }

    /// The same customers in descending order.
    pub(crate) fn within_descending(&self, ids: RangeInclusive<i64>) -> impl Iterator<Item = (i64, &Value)> {
        let rows = (!ids.is_empty()).then(|| {
            let (shared, changed) = (self.shared.customers.range(ids.clone()), self.changed.range(ids));
            Rows {
                shared: shared.rev().peekable(),
                changed: changed.rev().peekable(),
                next: Ordering::Greater,
            }
        });
        rows.into_iter().flatten()
    }

    /// How many customers have ids in a range.
    pub(crate) fn count_within(&self, ids: RangeInclusive<i64>) -> usize {
        match (*ids.start(), *ids.end()) {
            (i64::MIN, i64::MAX) => self.len,
            (first, last) if first <= last && self.changed.is_empty() => {
                self.shared.customers.range(ids).count()
            }
            _ => self.within(ids).count(),
        }
    }

    /// The number of customers.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no customer.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    fn customer(text: &str) -> Value {
        json::parse(text.as_bytes()).unwrap()
    }

    #[test]
    fn a_replaced_customer_is_found_by_its_new_email_only() {
        let mut accounts = Accounts::new();
        accounts.insert(customer(r#"{"id":1,"email":"a@b.test","website_id":1}"#)).unwrap();
        accounts.insert(customer(r#"{"id":1,"email":"c@b.test","website_id":1}"#)).unwrap();
        assert_eq!(
            (accounts.by_email("a@b.test", None), accounts.by_email("c@b.test", None)),
            (None, Some(1))
        );
        assert_eq!(accounts.len(), 1);
    }

    #[test]
    fn a_copy_keeps_its_changes_to_itself() {
        let ids = |accounts: &Accounts| {
            let ids: Vec<_> = accounts.iter().map(|(id, _)| id).collect();
            let backwards = accounts.within_descending(i64::MIN..=i64::MAX).map(|(id, _)| id);
            assert!(backwards.eq(ids.iter().rev().copied()));
            ids
        };
        let row = |id: i64, email: &str, address: i64| {
            customer(&format!(
                r#"{{"id":{id},"email":"{email}","website_id":1,"addresses":[{{"id":{address}}}]}}"#
            ))
        };
        let mut first = Accounts::from_customers([
            row(1, "a@b.test", 11),
            row(3, "c@b.test", 13),
            row(4, "d@b.test", 14),
        ])
        .unwrap();
        let mut copy = first.clone();
        copy.insert(row(2, "e@b.test", 12)).unwrap();
        copy.insert(row(3, "a2@b.test", 23)).unwrap();
        copy.insert(row(3, "a2@b.test", 23)).unwrap();
        assert!(copy.remove(4).is_some() && copy.remove(4).is_none());
        assert_eq!((ids(&copy), copy.len()), (vec![1, 2, 3], 3));
        assert_eq!((ids(&first), first.len()), (vec![1, 3, 4], 3));
        assert_eq!((copy.by_email("c@b.test", None), copy.by_email("a2@b.test", Some(1))), (None, Some(3)));
        assert_eq!((copy.owner_of_address(13), copy.owner_of_address(23)), (None, Some(3)));
        assert_eq!((copy.owner_of_address(14), first.owner_of_address(14)), (None, Some(4)));
        drop(first.clone());
        first.insert(row(9, "z@b.test", 19)).unwrap();
        drop(copy.clone());
        drop(first);
        copy.insert(row(5, "f@b.test", 15)).unwrap();
        assert_eq!((ids(&copy), copy.len()), (vec![1, 2, 3, 5], 4));
        assert_eq!((copy.by_email("a2@b.test", None), copy.by_email("f@b.test", None)), (Some(3), Some(5)));
        assert!(copy.changed.is_empty() && copy.places.by_email.is_empty());
    }

    #[test]
    fn a_value_without_id_is_refused() {
        assert_eq!(Accounts::from_customers([customer(r#"{"id":"<id>"}"#)]).unwrap_err(), NotACustomer);
    }
}

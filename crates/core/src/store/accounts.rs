use std::collections::{BTreeMap, HashMap};
use std::fmt;

use crate::json::Value;

/// The customers known to exist, as GET returns them.
///
/// Found by id, by e-mail and website (letter case and accents aside, as the
/// store's database compares), and by the id of one of their addresses.
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
    customers: BTreeMap<i64, Value>,
    by_email: HashMap<String, Vec<i64>>,
    by_address: HashMap<i64, i64>,
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
        self.remove(id);
        if let Some(email) = customer.get("email").and_then(Value::as_str) {
            self.by_email.entry(fold(email)).or_default().push(id);
        }
        for address in address_ids(&customer) {
            self.by_address.insert(address, id);
        }
        self.customers.insert(id, customer);
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
        let customer = self.customers.remove(&id)?;
        let email = customer.get("email").and_then(Value::as_str).unwrap_or_default();
        if let Some(ids) = self.by_email.get_mut(&fold(email)) {
            ids.retain(|other| *other != id);
        }
        for address in address_ids(&customer) {
            self.by_address.remove(&address);
        }
        Some(customer)
    }

    /// The customer with that id.
    #[must_use]
    pub fn get(&self, id: i64) -> Option<&Value> {
        self.customers.get(&id)
    }

    /// The id of the customer with that e-mail address on a website, or on any when `None`.
    #[must_use]
    pub fn by_email(&self, email: &str, website: Option<i64>) -> Option<i64> {
        self.with_email(email, website).next()
    }

    fn with_email(&self, email: &str, website: Option<i64>) -> impl Iterator<Item = i64> {
        let ids = self.by_email.get(&fold(email)).map(Vec::as_slice).unwrap_or_default();
        ids.iter().copied().filter(move |id| website.is_none() || self.website_of(*id) == website)
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
        self.with_email(email, website).any(|id| Some(id) != own)
    }

    /// The id of the customer who has the address with that id.
    #[must_use]
    pub fn owner_of_address(&self, address: i64) -> Option<i64> {
        self.by_address.get(&address).copied()
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
        self.customers.iter().map(|(id, customer)| (*id, customer))
    }

    /// The number of customers.
    #[must_use]
    pub fn len(&self) -> usize {
        self.customers.len()
    }

    /// Whether there is no customer.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.customers.is_empty()
    }
}

fn address_ids(customer: &Value) -> Vec<i64> {
    let addresses = customer.get("addresses").and_then(Value::as_array).unwrap_or_default();
    addresses.iter().filter_map(|address| address.get("id")?.as_i64()).collect()
}

/// An e-mail address as the database compares it: without case, accents and spaces at the end.
pub(crate) fn fold(email: &str) -> String {
    email.trim_end_matches(' ').to_lowercase().chars().map(without_accent).collect()
}

/// The base letter of the common accented Latin letters, as `utf8_general_ci` has it.
fn without_accent(c: char) -> char {
    const GROUPS: [(char, &str); 16] = [
        ('a', "àáâãäåāăą"),
        ('c', "çćĉċč"),
        ('d', "ď"),
        ('e', "èéêëēĕėęě"),
        ('g', "ĝğġģ"),
        ('h', "ĥ"),
        ('i', "ìíîïĩīĭį"),
        ('k', "ķ"),
        ('l', "ĺļľ"),
        ('n', "ñńņň"),
        ('o', "òóôõöōŏő"),
        ('r', "ŕŗř"),
        ('s', "śŝşšß"),
        ('u', "ùúûüũūŭůűų"),
        ('y', "ýÿŷ"),
        ('z', "źżž"),
    ];
    if c.is_ascii() {
        return c;
    }
    GROUPS.iter().find(|(_, accented)| accented.contains(c)).map_or(c, |(base, _)| *base)
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
    fn a_value_without_id_is_refused() {
        assert_eq!(Accounts::from_customers([customer(r#"{"id":"<id>"}"#)]).unwrap_err(), NotACustomer);
    }
}

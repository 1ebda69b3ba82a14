//! The table of customers: reading, keeping, deleting.

use magewright::json::{Number, Object, Value};
use magewright::outcome::{Parameters, Refusal};
use magewright::time::Moment;

use super::Shop;
use super::markers::{Fresh, NEW_ID};
use crate::model::Saved;
use crate::refusal::no_such;

impl Shop {
    /// The customer as a GET under that store code shows them.
    ///
    /// # Errors
    /// 404 for an unknown id.
    pub(crate) fn customer(&self, id: i64, scope: Option<&str>) -> Result<Value, Refusal> {
        let customer = self.accounts.get(id).ok_or_else(|| no_such("customerId", id))?;
        // The table holds customers as they are shown without a store code.
        Ok(if scope.is_none() { customer.clone() } else { self.as_shown(customer, scope) })
    }

    /// The newsletter is kept for each website; a store code shows its own, `all` that of the customer's store view.
    pub(crate) fn as_shown(&self, customer: &Value, scope: Option<&str>) -> Value {
        let mut shown = customer.clone();
        if let Some(id) = integer(customer, "id")
            && let Some(website) = self.website_of(scope).or_else(|| self.own_website(customer))
        {
            subscribe(&mut shown, self.subscriptions.contains(&(id, website)));
        }
        shown
    }

    /// The website of a customer's store view.
    fn own_website(&self, customer: &Value) -> Option<i64> {
        Some(self.profile.store_view(integer(customer, "store_id")?)?.website_id)
    }

    /// Whether a store code shows a customer's newsletter as no store code does, and with it all of the customer;
    /// `code` and `none` are the websites of the two.
    pub(crate) fn shows_alike(&self, customer: &Value, code: Option<i64>, none: Option<i64>) -> bool {
        let shown = code.or_else(|| self.own_website(customer));
        let subscribed = |id, website: Option<i64>| {
            website.is_some_and(|website| self.subscriptions.contains(&(id, website)))
        };
        shown == none
            || integer(customer, "id").is_some_and(|id| subscribed(id, shown) == subscribed(id, none))
    }

    /// Keeps a predicted save: gives the ids and times that only the store knows.
    /// Returns the customer's id and the reply.
    pub(crate) fn keep(&mut self, saved: Saved, scope: Option<&str>) -> Option<(i64, Value)> {
        let Saved { mut customer, mut reply, subscribed } = saved;
        let mut fresh = Fresh::new(&mut self.numbers, Moment::at(self.now).to_string());
        fresh.fill(&mut customer);
        fresh.fill(&mut reply);
        let id = integer(&customer, "id")?;
        let website = self.website_of(scope).or_else(|| self.own_website(&customer));
        if let (Some(subscribed), Some(website)) = (subscribed, website) {
            self.set_subscription(id, website, subscribed);
        }
        self.put(customer)?;
        Some((id, self.as_shown(&reply, scope)))
    }

    /// Gives the id that a refused save had already taken, as its words name it; the number is
    /// gone with the save, as in a database.
    pub(crate) fn number_refusal(&mut self, mut refusal: Refusal) -> Refusal {
        let Parameters::Named(parameters) = &refusal.parameters else { return refusal };
        if !parameters.iter().any(|(_, value)| value.as_str() == Some(NEW_ID)) {
            return refusal;
        }
        let id = self.numbers.customer;
        self.numbers.customer += 1;
        let filled = |value: &Value| if value.as_str() == Some(NEW_ID) { id.into() } else { value.clone() };
        let parameters = parameters.iter().map(|(name, value)| (name, filled(value))).collect();
        refusal.parameters = Parameters::Named(parameters);
        refusal
    }

    /// Puts a customer in the table as they stand, and remembers the ids they use.
    pub(crate) fn put(&mut self, customer: Value) -> Option<i64> {
        let id = integer(&customer, "id")?;
        self.numbers.customer = self.numbers.customer.max(id.saturating_add(1));
        for address in addresses(&customer).iter().filter_map(|address| integer(address, "id")) {
            self.numbers.address = self.numbers.address.max(address.saturating_add(1));
        }
        self.accounts.insert(customer).ok()?;
        self.saved.insert(id);
        self.secret(id);
        self.show_default_subscription(id);
        Some(id)
    }

    /// Takes an imported customer with the subscription it shows.
    pub(crate) fn import(&mut self, customer: Value) -> Option<i64> {
        let subscribed = customer.pointer("/extension_attributes/is_subscribed").and_then(Value::as_bool);
        let id = integer(&customer, "id")?;
        if let Some(website) = self.website_of(None) {
            self.set_subscription(id, website, subscribed == Some(true));
        }
        self.put(customer)
    }

    /// Deletes a customer with everything that hangs on the account.
    ///
    /// # Errors
    /// 404 for an unknown id.
    pub(crate) fn delete(&mut self, id: i64) -> Result<(), Refusal> {
        self.accounts.remove(id).ok_or_else(|| no_such("customerId", id))?;
        self.touched.customer(id);
        self.secrets.remove(&id);
        self.subscriptions.retain(|(customer, _)| *customer != id);
        Ok(())
    }

    /// Deletes one address and what points to it.
    ///
    /// # Errors
    /// 404 for an unknown id.
    pub(crate) fn delete_address(&mut self, address: i64) -> Result<(), Refusal> {
        let owner = self.accounts.owner_of_address(address).and_then(|id| self.accounts.get(id)).cloned();
        let mut customer = owner.ok_or_else(|| no_such("addressId", address))?;
        if let Some(object) = customer.as_object_mut() {
            for name in ["default_billing", "default_shipping"] {
                if object.get(name).and_then(Value::as_str) == Some(address.to_string().as_str()) {
                    object.remove(name);
                }
            }
            let kept = object.get("addresses").and_then(Value::as_array).unwrap_or_default().iter();
            let kept: Vec<Value> =
                kept.filter(|item| integer(item, "id") != Some(address)).cloned().collect();
            object.insert("addresses", kept);
            object.insert("updated_at", Moment::at(self.now).to_string());
        }
        self.put(customer);
        Ok(())
    }

    /// The address with that id.
    ///
    /// # Errors
    /// 404 for an unknown id.
    pub(crate) fn address(&self, id: i64) -> Result<Value, Refusal> {
        let owner = self.accounts.owner_of_address(id).and_then(|owner| self.accounts.get(owner));
        let found =
            owner.and_then(|owner| addresses(owner).iter().find(|item| integer(item, "id") == Some(id)));
        found.cloned().ok_or_else(|| no_such("addressId", id))
    }

    /// The address that `default_billing` or `default_shipping` names; the store shows `[]` for none.
    pub(crate) fn default_address(&self, customer: i64, member: &str) -> Result<Value, Refusal> {
        let customer = self.accounts.get(customer).ok_or_else(|| no_such("customerId", customer))?;
        let id = customer.get(member).and_then(Value::as_str).and_then(|id| id.parse().ok());
        let found = addresses(customer).iter().find(|item| id.is_some() && integer(item, "id") == id);
        Ok(found.cloned().unwrap_or_else(|| Value::Array(Vec::new())))
    }

    /// Moves the customers of a deleted group to the default one.
    pub(crate) fn leave_group(&mut self, group: i64) {
        let members =
            self.accounts.iter().filter(|(_, customer)| integer(customer, "group_id") == Some(group));
        let members: Vec<Value> = members.map(|(_, customer)| customer.clone()).collect();
        for mut customer in members {
            if let Some(object) = customer.as_object_mut() {
                object.insert("group_id", self.profile.settings.default_group);
            }
            self.put(customer);
        }
    }

    fn set_subscription(&mut self, customer: i64, website: i64, subscribed: bool) {
        if subscribed {
            self.subscriptions.insert((customer, website));
        } else {
            self.subscriptions.remove(&(customer, website));
        }
    }

    /// The table holds customers as a GET without store code shows them.
    fn show_default_subscription(&mut self, id: i64) {
        if let Some(customer) = self.accounts.get(id).map(|customer| self.as_shown(customer, None)) {
            // It has an integer id, being in the table.
            let _ = self.accounts.insert(customer);
        }
    }
}

fn subscribe(customer: &mut Value, subscribed: bool) {
    if let Some(Value::Object(extension)) =
        customer.as_object_mut().and_then(|customer| customer.get_mut("extension_attributes"))
    {
        extension.insert("is_subscribed", subscribed);
    } else if let Some(customer) = customer.as_object_mut() {
        customer.insert("extension_attributes", Object::from_iter([("is_subscribed", subscribed)]));
    }
}

/// The customer's addresses.
pub(crate) fn addresses(customer: &Value) -> &[Value] {
    customer.get("addresses").and_then(Value::as_array).unwrap_or_default()
}

/// An integer member.
pub(crate) fn integer(value: &Value, key: &str) -> Option<i64> {
    match value.get(key)? {
        Value::Number(number) => Number::as_i64(number),
        _ => None,
    }
}

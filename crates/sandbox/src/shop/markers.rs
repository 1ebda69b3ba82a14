//! Filling in what a prediction leaves open: ids and times that only the store gives.

use std::collections::BTreeMap;

use magewright::json::Value;

use super::Numbers;

/// The marker of a customer that the save creates.
pub(super) const NEW_ID: &str = "<id>";

/// The ids and the time that one save gives.
pub(super) struct Fresh<'a> {
    numbers: &'a mut Numbers,
    time: String,
    customer: Option<i64>,
    addresses: BTreeMap<String, i64>,
}

impl<'a> Fresh<'a> {
    pub(super) fn new(numbers: &'a mut Numbers, time: String) -> Self {
        Fresh { numbers, time, customer: None, addresses: BTreeMap::new() }
    }

    /// Fills the markers of a predicted customer: `<id>`, `<a1>` and `<new1>` and so on, `<time>`.
    /// The same marker gets the same id in every document filled.
    pub(super) fn fill(&mut self, customer: &mut Value) {
        self.number_addresses(customer);
        let Some(object) = customer.as_object_mut() else { return };
        if let Some(id) = object.get("id").and_then(|id| self.customer_id(id)) {
            object.insert("id", id);
        }
        for name in ["created_at", "updated_at"] {
            if object.get(name).and_then(Value::as_str) == Some("<time>") {
                object.insert(name, self.time.as_str());
            }
        }
        for name in ["default_billing", "default_shipping"] {
            if let Some(id) = object.get(name).and_then(|value| self.address_id(value)) {
                object.insert(name, id.to_string());
            }
        }
        let Some(Value::Array(addresses)) = object.get_mut("addresses") else { return };
        for address in addresses.iter_mut().filter_map(Value::as_object_mut) {
            if let Some(id) = address.get("id").and_then(|id| self.address_id(id)) {
                address.insert("id", id);
            }
            if let Some(id) = address.get("customer_id").and_then(|id| self.customer_id(id)) {
                address.insert("customer_id", id);
            }
        }
    }

    /// Gives ids to new addresses in the order of their markers' numbers.
    fn number_addresses(&mut self, customer: &Value) {
        let ids =
            super::customers::addresses(customer).iter().filter_map(|address| address.get("id")?.as_str());
        let mut markers: Vec<(u64, &str)> =
            ids.filter_map(|marker| Some((number(marker)?, marker))).collect();
        markers.sort_unstable();
        for (_, marker) in markers {
            if !self.addresses.contains_key(marker) {
                self.addresses.insert(marker.to_owned(), self.numbers.address);
                self.numbers.address += 1;
            }
        }
    }

    fn address_id(&self, value: &Value) -> Option<i64> {
        self.addresses.get(value.as_str()?).copied()
    }

    fn customer_id(&mut self, value: &Value) -> Option<i64> {
        if value.as_str() != Some(NEW_ID) {
            return None;
        }
        if self.customer.is_none() {
            self.customer = Some(self.numbers.customer);
            self.numbers.customer += 1;
        }
        self.customer
    }
}

/// The number in `<a1>` or `<new1>`.
fn number(marker: &str) -> Option<u64> {
    let inner = marker.strip_prefix('<')?.strip_suffix('>')?;
    inner.strip_prefix("new").or_else(|| inner.strip_prefix('a'))?.parse().ok()
}

#[cfg(test)]
mod tests {
    use magewright::json;

    use super::*;

    #[test]
    fn markers_are_numbered_in_their_own_order() {
        let text = br#"{"id":"<id>","created_at":"<time>","firstname":"<id>","default_billing":"<a2>",
            "addresses":[{"id":"<a2>","customer_id":"<id>"},{"id":"<a1>","customer_id":"<id>"},{"id":4}]}"#;
        let mut customer = json::parse(text).unwrap();
        let mut numbers = Numbers { customer: 7, address: 20, group: 1 };
        Fresh::new(&mut numbers, "now".to_owned()).fill(&mut customer);
        assert_eq!(
            customer.to_string(),
            r#"{"id":7,"created_at":"now","firstname":"<id>","default_billing":"21","addresses":[{"id":21,"customer_id":7},{"id":20,"customer_id":7},{"id":4}]}"#
        );
        assert_eq!((numbers.customer, numbers.address), (8, 22));
    }
}

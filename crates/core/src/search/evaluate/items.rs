//! The list items of a search, which are not always what a GET gives.

use super::column::Column;
use crate::json::{Object, Value};
use crate::profile::Profile;

/// What a search does to the custom attributes of its list items.
#[derive(Debug)]
pub(super) struct Items {
    /// Attributes filtered or sorted by, in that order: the query's own columns.
    joined: Vec<String>,
    /// Integer attributes that are read in one column together with decimal ones.
    widened: Vec<String>,
}

/// Decimal places of attribute values.
const PLACES: &str = ".0000";

impl Items {
    pub(super) fn new<'c>(columns: impl Iterator<Item = &'c Column>, profile: &Profile) -> Self {
        let mut joined: Vec<String> = Vec::new();
        for code in columns.filter_map(Column::joined_attribute) {
            if !joined.iter().any(|known| known == code) {
                joined.push(code.to_owned());
            }
        }
        let widened = widened(&joined, profile);
        Items { joined, widened }
    }

    /// Whether the search changes nothing about its items.
    pub(super) fn are_plain(&self) -> bool {
        self.joined.is_empty()
    }

    pub(super) fn item(&self, customer: &Value) -> Value {
        let Value::Object(customer) = customer else { return customer.clone() };
        let mut item = customer.clone();
        let stored = item.remove("custom_attributes").unwrap_or_default();
        let stored = stored.as_array().unwrap_or_default();
        let code_of = |entry: &Value| entry.get("attribute_code").and_then(Value::as_str).map(str::to_owned);
        let find = |code: &String| stored.iter().find(|entry| code_of(entry).as_ref() == Some(code));
        let mut listed: Vec<Value> =
            self.joined.iter().map(|code| find(code).cloned().unwrap_or_else(|| empty(code))).collect();
        for entry in stored {
            match code_of(entry) {
                Some(code) if self.joined.contains(&code) => {}
                Some(code) if self.widened.contains(&code) => listed.push(widen(entry)),
                _ => listed.push(entry.clone()),
            }
        }
        if !listed.is_empty() {
            item.insert("custom_attributes", listed);
        }
        Value::Object(item)
    }
}

/// The store reads what is not joined from one table a type, in one UNION. When
/// only integers and decimals are left, SQL makes decimals of them all.
fn widened(joined: &[String], profile: &Profile) -> Vec<String> {
    let rest = profile
        .customer_attributes
        .iter()
        .filter(|attribute| attribute.backend != "static" && !joined.contains(&attribute.code));
    let (mut integers, mut decimals, mut others) = (Vec::new(), false, false);
    for attribute in rest {
        match attribute.backend.as_str() {
            "int" => integers.push(attribute.code.clone()),
            "decimal" => decimals = true,
            _ => others = true,
        }
    }
    if decimals && !others { integers } else { Vec::new() }
}

fn empty(code: &str) -> Value {
    let mut entry = Object::new();
    entry.insert("attribute_code", code);
    entry.insert("value", Value::Null);
    entry.into()
}

fn widen(entry: &Value) -> Value {
    let mut entry = entry.clone();
    if let Some(Value::String(value)) = entry.as_object_mut().and_then(|entry| entry.get_mut("value")) {
        value.push_str(PLACES);
    }
    entry
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    fn attributes(fields: &[&str]) -> String {
        let mut profile = Profile::stock();
        for (code, backend) in [("tier", "int"), ("note", "varchar"), ("credit", "decimal")] {
            let mut attribute = profile.customer_attributes[0].clone();
            (attribute.code, attribute.backend) = (code.to_owned(), backend.to_owned());
            profile.customer_attributes.push(attribute);
        }
        let columns: Vec<_> = fields.iter().map(|field| Column::named(field, &profile).unwrap()).collect();
        let customer = r#"{"custom_attributes":[{"attribute_code":"tier","value":"4"}]}"#;
        let item = Items::new(columns.iter(), &profile).item(&parse(customer.as_bytes()).unwrap());
        let shown = item.get("custom_attributes").and_then(Value::as_array).unwrap_or_default();
        let part = |entry: &Value, name: &str| entry.get(name).unwrap().to_string();
        let shown = shown.iter().map(|entry| part(entry, "attribute_code") + " " + &part(entry, "value"));
        shown.collect::<Vec<_>>().join(", ").replace('"', "")
    }

    #[test]
    fn what_is_searched_by_is_listed_first() {
        assert_eq!(attributes(&["email"]), "tier 4");
        assert_eq!(attributes(&["credit", "tier"]), "credit null, tier 4");
        assert_eq!(attributes(&["note"]), "note null, tier 4.0000");
    }

    #[test]
    fn another_spelling_of_a_code_leaves_the_items_as_they_are() {
        assert_eq!(attributes(&["NOTE", "Credit"]), "tier 4");
    }
}

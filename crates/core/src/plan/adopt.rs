use super::diff::same;
use super::keyed::DIRECTIVE;
use super::members::listed;
use super::patch::Patch;
use super::settle::{DEFAULTS, is_new, text};
use crate::json::{Object, Value};

/// The patch with ids for those of its new addresses that the store has already.
///
/// A new address has no key by which a second attempt could know the first one's. `before` are the ids
/// of the addresses from before the first attempt; an address that is not among them, and is
/// as `expected` (of a [plan](super::plan) made on `stored`) shows a new one, is taken for it.
///
/// ```
/// use magewright::{json::parse, plan::{Patch, adopt}};
/// let patch = Patch::parse(br#"{"addresses":[{"city":"Ulm"}]}"#)?;
/// let stored = parse(br#"{"addresses":[{"id":3,"city":"Bonn"},{"id":9,"city":"Ulm"}]}"#)?;
/// let expected = parse(br#"{"addresses":[{"id":3,"city":"Bonn"},{"id":9,"city":"Ulm"},{"id":"<new1>","city":"Ulm"}]}"#)?;
/// let adopted = adopt(&patch, &stored, &expected, &[3]);
/// assert_eq!(adopted.into_value().to_string(), r#"{"addresses":[{"id":9,"city":"Ulm"}]}"#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn adopt(patch: &Patch, stored: &Value, expected: &Value, before: &[i64]) -> Patch {
    let mut before = before.to_vec();
    before.sort_unstable();
    let is_new_id = |id: i64| before.binary_search(&id).is_err();
    let added = |address: &&Value| address.get("id").and_then(Value::as_i64).is_some_and(is_new_id);
    let mut found: Vec<&Value> = listed(stored.get("addresses")).iter().filter(added).collect();
    let mut wanted =
        listed(expected.get("addresses")).iter().filter(|address| is_new(text(address.get("id"))));
    let mut adopted = patch.as_object().clone();
    let Some(Value::Array(items)) = adopted.get_mut("addresses") else { return patch.clone() };
    for item in items.iter_mut().filter(|item| adds(item)) {
        let Some(wanted) = wanted.next() else { break };
        let wanted = bare(wanted);
        if let Some(at) = found.iter().position(|address| same(&bare(address), &wanted)) {
            let id = found.remove(at).get("id").cloned().unwrap_or_default();
            let members = item.as_object().into_iter().flat_map(Object::iter).filter(|(key, _)| *key != "id");
            let named = std::iter::once(("id", id)).chain(members.map(|(key, value)| (key, value.clone())));
            *item = Value::Object(named.collect());
        }
    }
    Patch::built(adopted)
}

/// Whether an item of a patch is a new address.
fn adds(item: &Value) -> bool {
    let unnamed = item.get("id").is_none_or(Value::is_null);
    unnamed && item.get(DIRECTIVE).is_none() && item.as_object().is_some()
}

/// An address without what tells it from another one with the same content.
fn bare(address: &Value) -> Value {
    let told = |key: &str| key == "id" || DEFAULTS.contains(&key);
    let members = address.as_object().into_iter().flat_map(Object::iter).filter(|(key, _)| !told(key));
    Value::Object(members.map(|(key, value)| (key, value.clone())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    fn adopted(patch: &str, stored: &str, expected: &str, before: &[i64]) -> String {
        let value = |text: &str| parse(text.as_bytes()).unwrap();
        let patch = Patch::parse(patch.as_bytes()).unwrap();
        adopt(&patch, &value(stored), &value(expected), before).into_value().to_string()
    }

    #[test]
    fn each_address_is_taken_once_and_flags_do_not_matter() {
        let patch = r#"{"addresses":[{"city":"Ulm"},{"city":"Ulm","default_billing":true}]}"#;
        let stored = r#"{"addresses":[{"id":9,"city":"Ulm","default_billing":true}]}"#;
        let expected = r#"{"addresses":[{"id":9,"city":"Ulm"},{"id":"<new1>","city":"Ulm"},
            {"id":"<new2>","city":"Ulm","default_billing":true}]}"#;
        assert_eq!(
            adopted(patch, stored, expected, &[]),
            r#"{"addresses":[{"id":9,"city":"Ulm"},{"city":"Ulm","default_billing":true}]}"#
        );
    }

    #[test]
    fn only_what_adds_an_address_is_given_an_id() {
        let stored = r#"{"addresses":[{"id":3,"city":"Bonn"},{"id":9,"city":"Ulm"}]}"#;
        let expected = r#"{"addresses":[{"id":3,"city":"Bonn"},{"id":"<new1>","city":"Ulm"}]}"#;
        for kept in [r#"{"id":3,"city":"Bonn"}"#, r#"{"id":3,"$patch":"delete"}"#] {
            let patch = |id: &str| format!(r#"{{"addresses":[{kept},{{{id}"city":"Ulm"}}]}}"#);
            assert_eq!(adopted(&patch(""), stored, expected, &[3]), patch(r#""id":9,"#));
            assert_eq!(adopted(&patch(r#""id":null,"#), stored, expected, &[3]), patch(r#""id":9,"#));
        }
        let whole = r#"{"addresses":[{"$patch":"replace"},{"city":"Ulm"}]}"#;
        assert_eq!(
            adopted(whole, stored, expected, &[3]),
            r#"{"addresses":[{"$patch":"replace"},{"id":9,"city":"Ulm"}]}"#
        );
    }

    #[test]
    fn addresses_from_before_and_other_ones_are_left_alone() {
        let patch = r#"{"taxvat":"1","addresses":[{"city":"Ulm"}]}"#;
        let expected =
            r#"{"addresses":[{"id":3,"city":"Ulm"},{"id":4,"city":"Bonn"},{"id":"<new1>","city":"Ulm"}]}"#;
        assert_eq!(adopted(patch, expected, expected, &[3]), patch);
        assert_eq!(adopted(r#"{"taxvat":"1"}"#, expected, expected, &[]), r#"{"taxvat":"1"}"#);
        assert_eq!(adopted(patch, "null", "null", &[]), patch);
    }
}

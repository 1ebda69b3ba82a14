//! What an update changes, place by place.

use crate::json::{Value, escape_segment};

use super::keyed::{Index, KeyedList, Place};
use super::members::{items, keys};

/// A place that is not as it was.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Where, as a JSON Pointer in which an item of a keyed list stands by its
    /// key: `/addresses/1001/city`, `/custom_attributes/tier/value`.
    pub pointer: String,
    /// What stood there; `None` where nothing did.
    pub before: Option<Value>,
    /// What stands there now; `None` where nothing does.
    pub after: Option<Value>,
}

/// Every place where two copies of a customer differ, in the order of the older
/// copy, then of the newer; items of keyed lists matched by key.
///
/// An item that only one copy has is one change. An address without an id, which
/// is yet to be created, stands as `/addresses/-`, as JSON Patch writes the end of a list.
///
/// ```
/// use magewright::{json::parse, plan::changes};
/// let before = parse(br#"{"taxvat":"1","addresses":[{"id":7,"city":"Ulm"},{"id":8}]}"#)?;
/// let after = parse(br#"{"taxvat":"1","addresses":[{"id":7,"city":"Bonn"}]}"#)?;
/// let found = changes(&before, &after);
/// let pointers: Vec<_> = found.iter().map(|change| change.pointer.as_str()).collect();
/// assert_eq!(pointers, ["/addresses/7/city", "/addresses/8"]);
/// # Ok::<(), magewright::json::SyntaxError>(())
/// ```
#[must_use]
pub fn changes(before: &Value, after: &Value) -> Vec<Change> {
    let mut found = Vec::new();
    compare(Place::Customer, "", Some(before), Some(after), &mut found);
    found
}

fn compare(
    place: Place,
    pointer: &str,
    before: Option<&Value>,
    after: Option<&Value>,
    found: &mut Vec<Change>,
) {
    match (before, after) {
        (Some(Value::Object(a)), Some(Value::Object(b))) => {
            for key in keys(a, b) {
                member(place, pointer, key, a.get(key), b.get(key), found);
            }
        }
        (a, b) if a == b => {}
        (a, b) => found.push(Change { pointer: pointer.to_owned(), before: a.cloned(), after: b.cloned() }),
    }
}

fn member(
    place: Place,
    parent: &str,
    key: &str,
    before: Option<&Value>,
    after: Option<&Value>,
    found: &mut Vec<Change>,
) {
    if before == after {
        return;
    }
    let pointer = format!("{parent}/{}", escape_segment(key));
    match (place.list(key), items(before), items(after)) {
        (Some(list), Some(a), Some(b)) if let Some([a, b]) = sound(list, [a, b]) => {
            compare_items(list, &pointer, &a, &b, found);
        }
        _ if place.is_opaque(key) => {
            found.push(Change { pointer, before: before.cloned(), after: after.cloned() });
        }
        _ => compare(Place::Other, &pointer, before, after, found),
    }
}

/// Both lists by their keys, when every item can be told apart.
fn sound<'v>(list: KeyedList, lists: [&'v [Value]; 2]) -> Option<[Index<'v>; 2]> {
    let lists = lists.map(|items| list.index(items));
    lists.iter().all(|index| index.is_sound(true)).then_some(lists)
}

fn compare_items(list: KeyedList, pointer: &str, a: &Index<'_>, b: &Index<'_>, found: &mut Vec<Change>) {
    let at = |key: &str| format!("{pointer}/{}", escape_segment(key));
    for item in a.items() {
        match list.key_of(item) {
            Some(key) => compare(list.item, &at(key), Some(item), b.get(key), found),
            None => found.push(Change { pointer: at("-"), before: Some(item.clone()), after: None }),
        }
    }
    for item in b.items() {
        match list.key_of(item) {
            Some(key) if a.get(key).is_some() => {}
            Some(key) => compare(list.item, &at(key), None, Some(item), found),
            None => found.push(Change { pointer: at("-"), before: None, after: Some(item.clone()) }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    #[test]
    fn an_absent_list_is_an_empty_one() {
        let before = parse(br#"{"custom_attributes":[{"attribute_code":"a","value":{"x":1}}]}"#).unwrap();
        let after = parse(br#"{"custom_attributes":[{"attribute_code":"a","value":{"x":2}}]}"#).unwrap();
        let none = parse(b"{}").unwrap();
        let pointers = |a, b| changes(a, b).into_iter().map(|c| c.pointer).collect::<Vec<_>>();
        assert_eq!(pointers(&before, &after), ["/custom_attributes/a/value"]);
        assert_eq!(pointers(&before, &none), ["/custom_attributes/a"]);
        assert_eq!(pointers(&none, &after), ["/custom_attributes/a"]);
        assert!(changes(&none, &none).is_empty());
    }

    #[test]
    fn what_is_no_keyed_list_is_compared_whole() {
        let twice = parse(br#"{"addresses":[{"id":1,"city":"a"},{"id":"1","city":"b"}]}"#).unwrap();
        let once = parse(br#"{"addresses":[{"id":1,"city":"b"}]}"#).unwrap();
        for (before, after) in [(&twice, &once), (&once, &twice)] {
            assert_eq!(
                changes(before, after).iter().map(|c| &*c.pointer).collect::<Vec<_>>(),
                ["/addresses"]
            );
        }
        let before = parse(br#"{"street":["a","b"],"addresses":"x"}"#).unwrap();
        let after = parse(br#"{"street":["a"],"addresses":[{"city":"x"}]}"#).unwrap();
        let found = changes(&before, &after);
        assert_eq!(found.iter().map(|c| c.pointer.as_str()).collect::<Vec<_>>(), ["/street", "/addresses"]);
    }
}

use crate::json::{Object, Path, Value};

use super::keyed::{DIRECTIVE, Directive, KeyedList, Place};
use super::members::{items, keys};
use super::patch::{Patch, PatchError, PatchErrorKind};

/// Whether two copies of a customer are the same, the order of keyed lists aside.
///
/// The order of `addresses` and `custom_attributes` is the store's, never the
/// writer's, so it is no difference; nor is an empty one that is left out, as a store does.
///
/// ```
/// use magewright::{json::parse, plan::same};
/// let a = parse(br#"{"addresses":[{"id":1},{"id":2}]}"#)?;
/// let b = parse(br#"{"addresses":[{"id":2},{"id":1}]}"#)?;
/// assert!(same(&a, &b) && a != b);
/// # Ok::<(), magewright::json::SyntaxError>(())
/// ```
#[must_use]
pub fn same(a: &Value, b: &Value) -> bool {
    same_at(Place::Customer, a, b)
}

pub(super) fn same_at(place: Place, a: &Value, b: &Value) -> bool {
    let (Value::Object(a), Value::Object(b)) = (a, b) else { return a == b };
    keys(a, b).all(|key| same_member(place, key, a.get(key), b.get(key)))
}

/// As [`same_at`], for the member `key` of objects at `place`.
pub(super) fn same_member(place: Place, key: &str, a: Option<&Value>, b: Option<&Value>) -> bool {
    match (place.list(key), a, b) {
        (Some(list), a, b) if let (Some(a), Some(b)) = (items(a), items(b)) => same_list(list, a, b),
        _ => a == b,
    }
}

fn same_list(list: KeyedList, a: &[Value], b: &[Value]) -> bool {
    let (a_by_key, b_by_key) = (list.index(a), list.index(b));
    if a.len() != b.len() || !a_by_key.is_sound(true) || !b_by_key.is_sound(true) {
        return a == b;
    }
    let found = |item: &Value| match list.key_of(item) {
        Some(key) => b_by_key.get(key).is_some_and(|other| same_at(list.item, item, other)),
        None => true,
    };
    a.iter().all(found) && a_by_key.keyless().eq(b_by_key.keyless())
}

/// The smallest patch that makes `after` of `before`.
///
/// Items of keyed lists are matched by key. `apply(before, diff(before, after))`
/// is [`same`] as `after`.
///
/// # Errors
/// A document that is no object, or one that holds a member named `$patch`.
///
/// ```
/// use magewright::{json::parse, plan::diff};
/// let before = parse(br#"{"taxvat":"T","addresses":[{"id":1,"city":"Ulm","fax":"1"}]}"#)?;
/// let after = parse(br#"{"taxvat":"T","addresses":[{"id":1,"city":"Bonn","fax":"1"}]}"#)?;
/// let patch = diff(&before, &after)?.into_value();
/// assert_eq!(patch.to_string(), r#"{"addresses":[{"id":1,"city":"Bonn"}]}"#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn diff(before: &Value, after: &Value) -> Result<Patch, PatchError> {
    if let Some(error) = [before, after].into_iter().find_map(|copy| reserved(&Path::root(), copy)) {
        return Err(error);
    }
    let (Value::Object(before), Value::Object(after)) = (before, after) else {
        return Err(PatchError::at(&Path::root(), PatchErrorKind::NotAnObject));
    };
    Ok(Patch::built(changes(Place::Customer, before, after).unwrap_or_else(|| replacing(after))))
}

/// The members that change; `None` when a merge cannot express the change.
fn changes(place: Place, before: &Object, after: &Object) -> Option<Object> {
    let mut patch = Object::new();
    let differs = |key: &&str| !same_member(place, key, before.get(key), after.get(key));
    let gone = before.iter().filter(|(key, _)| !after.contains_key(key));
    for (key, old) in gone.filter(|(key, _)| differs(key)) {
        patch.insert(key, removal(place, key, old));
    }
    for (key, value) in after.iter().filter(|(key, _)| differs(key)) {
        patch.insert(key, change(place, key, before.get(key), value)?);
    }
    Some(patch)
}

/// What a patch writes in the member `key` to take it away: of a keyed list, its items.
fn removal(place: Place, key: &str, before: &Value) -> Value {
    match (place.list(key), before) {
        (Some(list), Value::Array(before)) => {
            list_changes(list, before, &[]).or_else(|| replacing_list(&[])).into()
        }
        _ => Value::Null,
    }
}

/// What a patch writes in the member `key` to make `after` of `before`.
fn change(place: Place, key: &str, before: Option<&Value>, after: &Value) -> Option<Value> {
    match (place.list(key), before, after) {
        _ if place.is_opaque(key) => Some(after.clone()),
        (_, _, Value::Null) => None,
        (Some(list), before, Value::Array(after)) => {
            let merged = items(before).and_then(|before| list_changes(list, before, after));
            merged.or_else(|| replacing_list(after)).map(Value::Array)
        }
        (Some(_), _, _) => None,
        (None, Some(Value::Object(before)), Value::Object(after)) => {
            Some(changes(Place::Other, before, after).unwrap_or_else(|| replacing(after)).into())
        }
        (None, _, Value::Object(after)) if holds_null(after) => Some(replacing(after).into()),
        _ => Some(after.clone()),
    }
}

fn list_changes(list: KeyedList, before: &[Value], after: &[Value]) -> Option<Vec<Value>> {
    let (stored, wanted) = (list.index(before), list.index(after));
    if !stored.is_sound(false) || !wanted.is_sound(list.item == Place::Address) {
        return None;
    }
    let mut patch = Vec::new();
    for item in before {
        let gone = wanted.get(list.key_of(item)?).is_none();
        if gone {
            let mut object = keyed(list, item)?;
            object.insert(DIRECTIVE, "delete");
            patch.push(object.into());
        }
    }
    for item in after {
        match list.key_of(item).and_then(|key| stored.get(key)) {
            Some(stored) if same_at(list.item, stored, item) => {}
            Some(stored) => patch.push(item_change(list, stored, item)?),
            None if list.key_of(item).is_some() && list.item == Place::Address => return None,
            None => patch.push(new_item(list, item)?),
        }
    }
    Some(patch)
}

fn keyed(list: KeyedList, item: &Value) -> Option<Object> {
    Some([(list.key, item.get(list.key)?.clone())].into_iter().collect())
}

fn item_change(list: KeyedList, before: &Value, after: &Value) -> Option<Value> {
    let object = after.as_object()?;
    let Some(members) = changes(list.item, before.as_object()?, object) else {
        return Some(replacing(object).into());
    };
    if list.item == Place::Attribute && members.get("value").is_some_and(Value::is_null) {
        return Some(replacing(object).into());
    }
    let mut patch = keyed(list, after)?;
    for (key, value) in members {
        patch.insert(key, value);
    }
    Some(patch.into())
}

fn new_item(list: KeyedList, item: &Value) -> Option<Value> {
    let object = item.as_object()?;
    let valueless = list.item == Place::Attribute && object.get("value").is_some_and(Value::is_null);
    Some(if valueless { replacing(object).into() } else { item.clone() })
}

fn replacing(object: &Object) -> Object {
    let mut patch = Directive::Replace.object();
    for (key, value) in object.iter() {
        patch.insert(key, value.clone());
    }
    patch
}

/// `None` when an item is no object, which the list of a patch cannot hold.
fn replacing_list(items: &[Value]) -> Option<Vec<Value>> {
    let directive = if items.is_empty() { Directive::Delete } else { Directive::Replace };
    let items = items.iter().map(|item| item.as_object().map(|_| item.clone()));
    std::iter::once(Some(directive.object().into())).chain(items).collect()
}

/// Whether a `null` stands in the object itself or in objects within, where a merge would read it as a removal.
fn holds_null(object: &Object) -> bool {
    object.iter().any(|(_, value)| match value {
        Value::Null => true,
        Value::Object(object) => holds_null(object),
        _ => false,
    })
}

/// The first place where a member is named as only a directive may be.
fn reserved(path: &Path<'_>, value: &Value) -> Option<PatchError> {
    match value {
        Value::Object(object) if object.contains_key(DIRECTIVE) => {
            Some(PatchError::at(path, PatchErrorKind::ReservedName))
        }
        Value::Object(object) => object.iter().find_map(|(key, value)| reserved(&path.key(key), value)),
        Value::Array(items) => {
            items.iter().enumerate().find_map(|(at, item)| reserved(&path.index(at), item))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;
    use crate::plan::apply;

    fn patch(before: &str, after: &str) -> String {
        let (before, after) = (parse(before.as_bytes()).unwrap(), parse(after.as_bytes()).unwrap());
        let patch = diff(&before, &after).unwrap();
        assert!(same(&apply(&before, &patch).unwrap(), &after), "{patch:?}");
        assert!(Patch::new(patch.clone().into_value()).is_ok(), "{patch:?}");
        patch.into_value().to_string()
    }

    #[test]
    fn only_what_differs_is_named() {
        assert_eq!(
            patch(r#"{"a":1,"b":2,"c":{"d":1,"e":2}}"#, r#"{"b":2,"c":{"d":1,"e":3}}"#),
            r#"{"a":null,"c":{"e":3}}"#
        );
        assert_eq!(
            patch(
                r#"{"addresses":[{"id":1,"a":1},{"id":2,"a":1},{"id":3}]}"#,
                r#"{"addresses":[{"id":3},{"a":9},{"id":1,"a":2}]}"#
            ),
            r#"{"addresses":[{"id":2,"$patch":"delete"},{"a":9},{"id":1,"a":2}]}"#
        );
    }

    #[test]
    fn what_a_merge_cannot_say_is_put_in_place() {
        assert_eq!(patch("{}", r#"{"a":null}"#), r#"{"$patch":"replace","a":null}"#);
        assert_eq!(
            patch(r#"{"r":{"x":1}}"#, r#"{"r":{"x":null}}"#),
            r#"{"r":{"$patch":"replace","x":null}}"#
        );
        assert_eq!(
            patch(r#"{"addresses":[{"id":1}]}"#, r#"{"addresses":[]}"#),
            r#"{"addresses":[{"id":1,"$patch":"delete"}]}"#
        );
        assert_eq!(
            patch(r#"{"addresses":1}"#, r#"{"addresses":[]}"#),
            r#"{"addresses":[{"$patch":"delete"}]}"#
        );
        assert_eq!(
            patch(r#"{"addresses":[]}"#, r#"{"addresses":[{"id":4}]}"#),
            r#"{"addresses":[{"$patch":"replace"},{"id":4}]}"#
        );
        let nested = r#"{"r":{"x":{"y":null}}}"#;
        assert_eq!(patch("{}", nested), r#"{"r":{"$patch":"replace","x":{"y":null}}}"#);
        let valued = r#"{"custom_attributes":[{"attribute_code":"a","value":1}]}"#;
        assert_eq!(
            patch(valued, &valued.replace('1', "null")),
            r#"{"custom_attributes":[{"$patch":"replace","attribute_code":"a","value":null}]}"#
        );
        assert_eq!(
            patch(r#"{"addresses":[{"id":1,"value":1}]}"#, r#"{"addresses":[{"id":1}]}"#),
            r#"{"addresses":[{"id":1,"value":null}]}"#
        );
        let one = r#"{"custom_attributes":[{"attribute_code":"a","value":1}]}"#;
        assert_eq!(patch("{}", r#"{"custom_attributes":[]}"#), "{}");
        assert_eq!(patch("{}", one), one);
        assert_eq!(patch(one, "{}"), r#"{"custom_attributes":[{"attribute_code":"a","$patch":"delete"}]}"#);
        let null = r#"{"custom_attributes":[{"attribute_code":"a","value":null}]}"#;
        assert_eq!(
            patch(r#"{"custom_attributes":[]}"#, null),
            r#"{"custom_attributes":[{"$patch":"replace","attribute_code":"a","value":null}]}"#
        );
    }

    #[test]
    fn a_document_that_is_no_customer_is_an_error() {
        assert_eq!(diff(&Value::Null, &Value::Null).unwrap_err().kind(), PatchErrorKind::NotAnObject);
        let object = parse(br#"{"a":[{"$patch":"x"}]}"#).unwrap();
        assert_eq!(diff(&object, &object).unwrap_err().pointer(), "/a/0");
    }
}

use crate::json::{Object, Path, Value};

use super::keyed::{DIRECTIVE, Directive, KeyedList, Place, attributes, undirected};
use super::patch::{Patch, PatchError, PatchErrorKind};

/// The stored customer with the patch laid over it, by the grammar of [`Patch`].
///
/// What the patch does not name keeps its place and its spelling.
///
/// # Errors
/// A stored value that is not an object; an address the stored customer does not have.
///
/// ```
/// use magewright::plan::{Patch, apply};
/// let stored = magewright::json::parse(br#"{"id":5,"credit":1.50}"#)?;
/// assert_eq!(apply(&stored, &Patch::parse(br#"{"id":6}"#)?)?.to_string(), r#"{"id":6,"credit":1.50}"#);
/// assert!(apply(&stored, &Patch::parse(br#"{"addresses":[{"id":9}]}"#)?).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn apply(stored: &Value, patch: &Patch) -> Result<Value, PatchError> {
    let Value::Object(stored) = stored else {
        return Err(PatchError::at(&Path::root(), PatchErrorKind::NotAnObject));
    };
    if Directive::of(patch.as_object()) == Some(Directive::Replace) {
        return Ok(undirected(patch.as_object()).into());
    }
    let mut target = stored.clone();
    merge_object(&Path::root(), Place::Customer, &mut target, patch.as_object())?;
    Ok(target.into())
}

fn merge_object(
    path: &Path<'_>,
    place: Place,
    target: &mut Object,
    patch: &Object,
) -> Result<(), PatchError> {
    for (key, change) in patch.iter().filter(|(key, _)| *key != DIRECTIVE) {
        let path = path.key(key);
        match (place.list(key), change) {
            _ if place.is_opaque(key) => target.insert(key, change.clone()),
            (_, Value::Null) => drop(target.remove(key)),
            (Some(list), Value::Array(changes)) => {
                let items = merge_list(&path, list, take_items(target, key), changes)?;
                target.insert(key, items);
            }
            (Some(list), Value::Object(map)) => {
                let items = merge_list(&path, list, take_items(target, key), &attributes(map))?;
                target.insert(key, items);
            }
            (None, Value::Object(change)) => merge_member(&path, target, key, change)?,
            _ => target.insert(key, change.clone()),
        }
    }
    Ok(())
}

fn merge_member(path: &Path<'_>, target: &mut Object, key: &str, change: &Object) -> Result<(), PatchError> {
    match Directive::of(change) {
        Some(Directive::Delete) => drop(target.remove(key)),
        Some(Directive::Replace) => target.insert(key, undirected(change)),
        None => {
            if !matches!(target.get(key), Some(Value::Object(_))) {
                target.insert(key, Object::new());
            }
            if let Some(Value::Object(member)) = target.get_mut(key) {
                merge_object(path, Place::Other, member, change)?;
            }
        }
    }
    Ok(())
}

/// The items that stand in the member; none when it is no list.
fn take_items(target: &mut Object, key: &str) -> Vec<Value> {
    match target.get_mut(key) {
        Some(Value::Array(items)) => std::mem::take(items),
        _ => Vec::new(),
    }
}

fn merge_list(
    path: &Path<'_>,
    list: KeyedList,
    items: Vec<Value>,
    changes: &[Value],
) -> Result<Vec<Value>, PatchError> {
    if Directive::of_list(changes).is_some() {
        return Ok(changes.iter().filter(|item| item.get(DIRECTIVE).is_none()).cloned().collect());
    }
    let stored = list.index(&items);
    let place = |change| stored.place(list.key_of(change)?);
    let places: Vec<Option<usize>> = changes.iter().map(place).collect();
    let mut items: Vec<Option<Value>> = items.into_iter().map(Some).collect();
    for (at, (change, place)) in changes.iter().zip(places).enumerate() {
        merge_item(&path.index(at), list, &mut items, place, change)?;
    }
    Ok(items.into_iter().flatten().collect())
}

/// Changes the item at `place`, or adds one; an item that is taken away leaves its place empty.
fn merge_item(
    path: &Path<'_>,
    list: KeyedList,
    items: &mut Vec<Option<Value>>,
    place: Option<usize>,
    change: &Value,
) -> Result<(), PatchError> {
    let (Some(_), Value::Object(members)) = (list.key_of(change), change) else {
        items.push(Some(change.clone()));
        return Ok(());
    };
    let stored = place.and_then(|place| items.get_mut(place));
    if takes_away(list, members) {
        stored.into_iter().for_each(|item| *item = None);
        return Ok(());
    }
    match (stored, Directive::of(members)) {
        (Some(item), Some(_)) => *item = Some(undirected(members).into()),
        (Some(Some(Value::Object(item))), None) => merge_object(path, list.item, item, members)?,
        (Some(item), None) => *item = Some(change.clone()),
        (None, _) if list.item == Place::Address => {
            return Err(PatchError::at(path, PatchErrorKind::NoSuchAddress));
        }
        (None, _) => items.push(Some(undirected(members).into())),
    }
    Ok(())
}

/// Whether the patch's item takes the stored one away: an attribute does not exist without a value.
fn takes_away(list: KeyedList, change: &Object) -> bool {
    match Directive::of(change) {
        Some(directive) => directive == Directive::Delete,
        None => list.item == Place::Attribute && change.get("value").is_some_and(Value::is_null),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    fn applied(stored: &str, patch: &str) -> String {
        let patch = Patch::parse(patch.as_bytes()).unwrap();
        apply(&parse(stored.as_bytes()).unwrap(), &patch).unwrap().to_string()
    }

    #[test]
    fn absent_null_and_value_are_three_things() {
        let stored = r#"{"a":1,"b":2,"c":3}"#;
        assert_eq!(applied(stored, r#"{"b":null,"c":4,"d":5}"#), r#"{"a":1,"c":4,"d":5}"#);
    }

    #[test]
    fn objects_merge_and_directives_put_them_in_place() {
        let stored = r#"{"e":{"x":1,"y":2}}"#;
        assert_eq!(applied(stored, r#"{"e":{"y":null,"z":3}}"#), r#"{"e":{"x":1,"z":3}}"#);
        assert_eq!(applied(stored, r#"{"e":{"$patch":"replace","z":null}}"#), r#"{"e":{"z":null}}"#);
        assert_eq!(applied(stored, r#"{"e":{"$patch":"delete"}}"#), "{}");
        assert_eq!(applied(stored, r#"{"$patch":"replace","id":1}"#), r#"{"id":1}"#);
    }

    #[test]
    fn addresses_merge_by_id() {
        let stored = r#"{"addresses":[{"id":1,"city":"a","fax":"1"},{"id":2,"city":"b"}]}"#;
        let patch =
            r#"{"addresses":[{"id":"1","city":"A","fax":null},{"id":2,"$patch":"delete"},{"city":"c"}]}"#;
        assert_eq!(applied(stored, patch), r#"{"addresses":[{"id":"1","city":"A"},{"city":"c"}]}"#);
        let whole = r#"{"addresses":[{"$patch":"replace"},{"city":"c","fax":null}]}"#;
        assert_eq!(applied(stored, whole), r#"{"addresses":[{"city":"c","fax":null}]}"#);
        assert_eq!(applied(stored, r#"{"addresses":[{"$patch":"delete"}]}"#), r#"{"addresses":[]}"#);
    }

    #[test]
    fn attributes_merge_by_code_from_a_list_or_an_object() {
        let stored = r#"{"custom_attributes":[{"attribute_code":"a","value":{"x":1}},{"attribute_code":"b","value":"2"}]}"#;
        let list = r#"{"custom_attributes":[{"attribute_code":"a","value":{"y":2}},{"attribute_code":"b","value":null}]}"#;
        let expected = r#"{"custom_attributes":[{"attribute_code":"a","value":{"y":2}}]}"#;
        assert_eq!(applied(stored, list), expected);
        assert_eq!(applied(stored, r#"{"custom_attributes":{"a":{"y":2},"b":null,"c":null}}"#), expected);
        let added = r#"{"custom_attributes":[{"attribute_code":"c","value":3}]}"#;
        assert_eq!(applied("{}", added), added);
        assert_eq!(applied("{}", r#"{"custom_attributes":{"c":3}}"#), added);
    }

    #[test]
    fn an_unknown_address_is_an_error_and_taking_it_away_is_not() {
        let stored = parse(br#"{"addresses":[]}"#).unwrap();
        let patch = Patch::parse(br#"{"addresses":[{"id":7,"city":"x"}]}"#).unwrap();
        let error = apply(&stored, &patch).unwrap_err();
        assert_eq!((error.pointer(), error.kind()), ("/addresses/0", PatchErrorKind::NoSuchAddress));
        assert_eq!(
            applied(r#"{"addresses":[]}"#, r#"{"addresses":[{"id":7,"$patch":"delete"}]}"#),
            r#"{"addresses":[]}"#
        );
        let error = apply(&Value::Null, &patch).unwrap_err();
        assert_eq!(error.kind(), PatchErrorKind::NotAnObject);
    }
}

//! The members of customers as this room looks at them: names of two, items of lists.

use crate::json::{Object, Value};

/// The names of the members of two objects, each once: those of the first, then what the second adds.
pub(super) fn keys<'o>(a: &'o Object, b: &'o Object) -> impl Iterator<Item = &'o str> {
    a.iter().map(|(key, _)| key).chain(b.iter().map(|(key, _)| key).filter(|key| !a.contains_key(key)))
}

/// The items of a member that is a list; none of any other, or of one that is not there.
pub(super) fn listed(member: Option<&Value>) -> &[Value] {
    member.and_then(Value::as_array).unwrap_or_default()
}

/// The items of a list, which are none where there is no list; `None` for what is no list.
///
/// A store leaves an empty list of custom attributes out of a reply.
pub(super) fn items(member: Option<&Value>) -> Option<&[Value]> {
    member.map_or(Some(&[]), Value::as_array)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    #[test]
    fn names_of_both_come_once() {
        let (a, b) = (parse(br#"{"x":1,"y":2}"#).unwrap(), parse(br#"{"z":1,"x":2}"#).unwrap());
        assert!(keys(a.as_object().unwrap(), b.as_object().unwrap()).eq(["x", "y", "z"]));
    }

    #[test]
    fn only_lists_have_items() {
        let value = parse(br#"{"a":[1],"b":{"c":1},"d":null}"#).unwrap();
        assert_eq!(listed(value.get("a")).len(), 1);
        assert!(["b", "d", "e"].iter().all(|key| listed(value.get(key)).is_empty()));
        let count = |key: &str| items(value.get(key)).map(<[Value]>::len);
        assert_eq!(["a", "b", "d", "e"].map(count), [Some(1), None, None, Some(0)]);
    }
}

use crate::json::{Object, Path, Value};

use super::diff::{diff, same_at, same_member};
use super::keyed::{KeyedList, Place};
use super::members::{items, keys};
use super::patch::{Patch, PatchError};

/// Who wins where the current customer and the desired one both moved away from the base.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// What is desired.
    Ours,
    /// What is stored now.
    Theirs,
    /// Nobody: a conflict leaves nothing to send.
    Fail,
}

/// A place that two writers changed to different values.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    /// Where, as a JSON Pointer in which an item of a keyed list stands by its
    /// key, since its position differs between the copies:
    /// `/addresses/1001/city`, `/custom_attributes/tier/value`.
    pub pointer: String,
    /// What both writers started from; `None` where nothing stood.
    pub base: Option<Value>,
    /// What is stored now.
    pub current: Option<Value>,
    /// What is desired.
    pub desired: Option<Value>,
}

/// What a writer who holds an older copy is to send.
#[derive(Debug, Clone, PartialEq)]
pub struct Reconciled {
    /// The changes to make to the current customer; `None` when the policy is
    /// [`Policy::Fail`] and there are conflicts.
    pub patch: Option<Patch>,
    /// Where both writers changed the same thing, settled by the policy, in the order of the documents.
    pub conflicts: Vec<Conflict>,
}

/// Brings the change from `base` to `desired` onto `current`, which others may have changed meanwhile.
///
/// Members, addresses (by id) and custom attributes (by code) that only one
/// side changed are taken from that side; equal changes are no conflict.
///
/// # Errors
/// A document that is no object, or that holds a member named `$patch`.
///
/// ```
/// use magewright::{json::parse, plan::{Policy, reconcile}};
/// let base = parse(br#"{"firstname":"A","taxvat":"1","group_id":1}"#)?;
/// let current = parse(br#"{"firstname":"A","taxvat":"2","group_id":1}"#)?;
/// let desired = parse(br#"{"firstname":"B","taxvat":"3","group_id":1}"#)?;
/// let found = reconcile(&base, &current, &desired, Policy::Theirs)?;
/// assert_eq!(found.patch.unwrap().into_value().to_string(), r#"{"firstname":"B"}"#);
/// assert_eq!(found.conflicts[0].pointer, "/taxvat");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn reconcile(
    base: &Value,
    current: &Value,
    desired: &Value,
    policy: Policy,
) -> Result<Reconciled, PatchError> {
    diff(base, desired)?;
    let mut walk = Walk { policy, conflicts: Vec::new() };
    let copies = Copies { base: Some(base), current: Some(current), desired: Some(desired) };
    let merged = walk.merge(&Path::root(), Place::Customer, copies);
    let patch = diff(current, merged.as_ref().unwrap_or(current))?;
    let blocked = policy == Policy::Fail && !walk.conflicts.is_empty();
    Ok(Reconciled { patch: (!blocked).then_some(patch), conflicts: walk.conflicts })
}

struct Walk {
    policy: Policy,
    conflicts: Vec<Conflict>,
}

/// The same place in the three copies.
#[derive(Clone, Copy)]
struct Copies<'v> {
    base: Option<&'v Value>,
    current: Option<&'v Value>,
    desired: Option<&'v Value>,
}

impl<'v> Copies<'v> {
    fn map<T: ?Sized>(self, part: impl Fn(&'v Value) -> Option<&'v T>) -> [Option<&'v T>; 3] {
        [self.base, self.current, self.desired].map(|copy| copy.and_then(&part))
    }

    fn member(self, key: &str) -> Self {
        let [base, current, desired] = self.map(|copy| copy.get(key));
        Copies { base, current, desired }
    }
}

impl Walk {
    fn merge(&mut self, path: &Path<'_>, place: Place, copies: Copies<'_>) -> Option<Value> {
        let equal = |a: Option<&Value>, b: Option<&Value>| match (a, b) {
            (Some(a), Some(b)) => same_at(place, a, b),
            (a, b) => a.is_none() && b.is_none(),
        };
        self.settle(path, copies, equal, |walk| match copies.map(Value::as_object) {
            [base, Some(_), Some(_)] if base.is_some() || copies.base.is_none() => {
                Some(walk.merge_objects(path, place, copies).into())
            }
            _ => None,
        })
    }

    /// What one side alone changed, else what `deeper` makes of both changes, else a conflict.
    fn settle(
        &mut self,
        path: &Path<'_>,
        copies: Copies<'_>,
        equal: impl Fn(Option<&Value>, Option<&Value>) -> bool,
        deeper: impl FnOnce(&mut Self) -> Option<Value>,
    ) -> Option<Value> {
        let Copies { base, current, desired } = copies;
        if equal(current, desired) || equal(base, desired) {
            return current.cloned();
        }
        if equal(base, current) {
            return desired.cloned();
        }
        if let Some(merged) = deeper(self) {
            return Some(merged);
        }
        self.conflicts.push(Conflict {
            pointer: path.to_string(),
            base: base.cloned(),
            current: current.cloned(),
            desired: desired.cloned(),
        });
        if self.policy == Policy::Ours { desired.cloned() } else { current.cloned() }
    }

    fn merge_objects(&mut self, path: &Path<'_>, place: Place, copies: Copies<'_>) -> Object {
        let [_, current, desired] = copies.map(Value::as_object);
        let none = Object::new();
        let mut merged = Object::new();
        for key in keys(current.unwrap_or(&none), desired.unwrap_or(&none)) {
            let value = self.merge_member(&path.key(key), place, key, copies.member(key));
            if let Some(value) = value {
                merged.insert(key, value);
            }
        }
        merged
    }

    fn merge_member(
        &mut self,
        path: &Path<'_>,
        place: Place,
        key: &str,
        copies: Copies<'_>,
    ) -> Option<Value> {
        let equal = |a: Option<&Value>, b: Option<&Value>| same_member(place, key, a, b);
        match place.list(key) {
            Some(list) => self.settle(path, copies, equal, |walk| walk.merge_lists(path, list, copies)),
            None if place.is_opaque(key) => self.settle(path, copies, equal, |_| None),
            None => self.merge(path, Place::Other, copies),
        }
    }

    /// `None` when an item cannot be told apart, so that the list must be taken whole.
    fn merge_lists(&mut self, path: &Path<'_>, list: KeyedList, copies: Copies<'_>) -> Option<Value> {
        let index = |copy| items(copy).map(|items| list.index(items));
        let (base, current, desired) = (index(copies.base)?, index(copies.current)?, index(copies.desired)?);
        let sound =
            base.is_sound(false) && current.is_sound(false) && desired.is_sound(list.item == Place::Address);
        if !sound {
            return None;
        }
        let added = desired.keys().filter(|key| current.get(key).is_none());
        let mut merged = Vec::new();
        for key in current.keys().chain(added) {
            let item = Copies { base: base.get(key), current: current.get(key), desired: desired.get(key) };
            merged.extend(self.merge(&path.key(key), list.item, item));
        }
        merged.extend(desired.keyless().cloned());
        Some(Value::Array(merged))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;
    use crate::plan::{apply, same};

    fn run(base: &str, current: &str, desired: &str, policy: Policy) -> Reconciled {
        let [base, current, desired] = [base, current, desired].map(|text| parse(text.as_bytes()).unwrap());
        reconcile(&base, &current, &desired, policy).unwrap()
    }

    fn text(found: Reconciled) -> String {
        found.patch.unwrap().into_value().to_string()
    }

    const BASE: &str = r#"{"a":1,"addresses":[{"id":1,"city":"x","fax":"1"},{"id":2,"city":"y"}]}"#;

    #[test]
    fn changes_of_different_things_meet_without_conflict() {
        let theirs = r#"{"a":1,"addresses":[{"id":1,"city":"X","fax":"1"}]}"#;
        let ours =
            r#"{"a":2,"addresses":[{"id":1,"city":"x","fax":"2"},{"id":2,"city":"y"},{"city":"new"}]}"#;
        let found = run(BASE, theirs, ours, Policy::Fail);
        assert_eq!(found.conflicts, []);
        assert_eq!(text(found), r#"{"a":2,"addresses":[{"id":1,"fax":"2"},{"city":"new"}]}"#);
    }

    #[test]
    fn a_conflict_is_settled_by_policy_and_named_by_key() {
        let theirs = r#"{"a":1,"addresses":[{"id":2,"city":"y"},{"id":1,"city":"T","fax":"1"}]}"#;
        let ours = r#"{"a":1,"addresses":[{"id":1,"city":"O","fax":"1"},{"id":2,"city":"y"}]}"#;
        let found = run(BASE, theirs, ours, Policy::Ours);
        let conflict = &found.conflicts[0];
        assert_eq!(conflict.pointer, "/addresses/1/city");
        let values = [&conflict.base, &conflict.current, &conflict.desired];
        assert_eq!(values.map(|v| v.as_ref().and_then(Value::as_str)), [Some("x"), Some("T"), Some("O")]);
        assert_eq!(text(found), r#"{"addresses":[{"id":1,"city":"O"}]}"#);
        assert_eq!(text(run(BASE, theirs, ours, Policy::Theirs)), "{}");
        assert_eq!(run(BASE, theirs, ours, Policy::Fail).patch, None);
    }

    #[test]
    fn a_removal_against_a_change_is_a_conflict() {
        let theirs = r#"{"a":1,"addresses":[{"id":1,"city":"x","fax":"1"}]}"#;
        let ours = r#"{"a":1,"addresses":[{"id":1,"city":"x","fax":"1"},{"id":2,"city":"Y"}]}"#;
        let found = run(BASE, theirs, ours, Policy::Theirs);
        assert_eq!(
            (found.conflicts[0].pointer.as_str(), text(found.clone()).as_str()),
            ("/addresses/2", "{}")
        );
        let current = parse(theirs.as_bytes()).unwrap();
        let merged = apply(&current, &run(BASE, theirs, ours, Policy::Ours).patch.unwrap()).unwrap();
        assert!(same(&merged, &parse(ours.as_bytes()).unwrap()));
    }

    #[test]
    fn objects_are_merged_member_by_member_and_what_is_none_is_taken_whole() {
        let cases = [
            // Members of one object that different writers change, or both add.
            (r#"{"e":{"x":1,"y":1}}"#, r#"{"e":{"x":2,"y":1}}"#, r#"{"e":{"x":1,"y":2}}"#, vec![]),
            ("{}", r#"{"e":{"x":2}}"#, r#"{"e":{"y":2}}"#, vec![]),
            // An object in the place of something else is another thing.
            (r#"{"e":1}"#, r#"{"e":{"x":2}}"#, r#"{"e":{"y":2}}"#, vec!["/e"]),
            // The value of an attribute is one thing, whatever it holds.
            (
                r#"{"custom_attributes":[{"attribute_code":"a","value":{"x":1,"y":1}}]}"#,
                r#"{"custom_attributes":[{"attribute_code":"a","value":{"x":2,"y":1}}]}"#,
                r#"{"custom_attributes":[{"attribute_code":"a","value":{"x":1,"y":2}}]}"#,
                vec!["/custom_attributes/a/value"],
            ),
            // A list in which items cannot be told apart is one thing.
            (
                r#"{"addresses":[{"id":1}]}"#,
                r#"{"addresses":[{"id":1},{"id":1,"city":"x"}]}"#,
                r#"{"addresses":[{"id":1,"fax":"1"}]}"#,
                vec!["/addresses"],
            ),
            (
                r#"{"addresses":[{"id":1},{"id":1}]}"#,
                r#"{"addresses":[{"id":1,"city":"x"}]}"#,
                r#"{"addresses":[{"id":1,"fax":"1"}]}"#,
                vec!["/addresses"],
            ),
        ];
        for (base, theirs, ours, places) in cases {
            let found = run(base, theirs, ours, Policy::Theirs);
            let conflicts: Vec<_> = found.conflicts.iter().map(|conflict| &*conflict.pointer).collect();
            assert_eq!(conflicts, places, "{base} {theirs} {ours}");
        }
    }

    #[test]
    fn documents_that_are_no_customers_are_an_error() {
        assert!(reconcile(&Value::Null, &Value::Null, &Value::Null, Policy::Ours).is_err());
    }
}

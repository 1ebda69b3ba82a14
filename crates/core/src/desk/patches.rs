//! Questions about patches: they need no store.

use super::answer::object;
use super::request::invalid;
use super::{Failure, Request, updates};
use crate::json::Value;
use crate::plan::{self, Conflict, Patch, PatchError, Policy};

const POLICIES: &[(&str, Policy)] =
    &[("ours", Policy::Ours), ("theirs", Policy::Theirs), ("fail", Policy::Fail)];

/// `patch.apply`: the customer that is wanted.
pub(super) fn apply(request: &Request) -> Result<Value, Failure> {
    let patch = patch(request)?;
    plan::apply(&request.document("stored")?, &patch).map_err(|error| refused("patch", &error))
}

/// `patch.diff`: the patch between two copies.
pub(super) fn diff(request: &Request) -> Result<Value, Failure> {
    let (before, after) = (request.document("before")?, request.document("after")?);
    let patch = plan::diff(&before, &after).map_err(|error| refused("after", &error))?;
    Ok(patch.into_value())
}

/// `patch.changes`: every place where two copies differ.
pub(super) fn changes(request: &Request) -> Result<Value, Failure> {
    let (before, after) = (request.document("before")?, request.document("after")?);
    Ok(updates::changes(plan::changes(&before, &after)))
}

/// `patch.reconcile`: `{"patch", "conflicts"}`; the patch is null when the
/// policy is `fail`, the default, and there are conflicts.
pub(super) fn reconcile(request: &Request) -> Result<Value, Failure> {
    let policy = request.choice("policy", POLICIES)?.unwrap_or(Policy::Fail);
    let copies = ["base", "current", "desired"].map(|name| request.document(name));
    let [base, current, desired] = copies;
    let found = plan::reconcile(&base?, &current?, &desired?, policy).map_err(|e| refused("desired", &e))?;
    let conflicts: Vec<_> = found.conflicts.into_iter().map(conflict).collect();
    let patch = found.patch.map(Patch::into_value);
    Ok(object(vec![("patch", Value::from(patch)), ("conflicts", conflicts.into())]).into())
}

/// A conflict; what stood nowhere is left out.
fn conflict(conflict: Conflict) -> Value {
    let copies = [("base", conflict.base), ("current", conflict.current), ("desired", conflict.desired)];
    let mut members = vec![("pointer", conflict.pointer.into())];
    members.extend(copies.into_iter().filter_map(|(name, copy)| Some((name, copy?))));
    object(members).into()
}

/// The patch of a request.
pub(super) fn patch(request: &Request) -> Result<Patch, Failure> {
    Patch::new(request.document("patch")?).map_err(|error| refused("patch", &error))
}

fn refused(member: &str, error: &PatchError) -> Failure {
    invalid(member, error.to_string()).below(error.pointer())
}

#[cfg(test)]
mod tests {
    use super::super::call;

    #[test]
    fn apply_and_diff_are_each_other_s_way_back() {
        let stored = r#"{"id":5,"taxvat":"T","addresses":[{"id":1,"city":"Ulm"}]}"#;
        let patch = r#"{"taxvat":null,"addresses":[{"id":1,"city":"Bonn"}]}"#;
        let wanted = r#"{"id":5,"addresses":[{"id":1,"city":"Bonn"}]}"#;
        let request = format!(r#"{{"stored":{stored},"patch":{patch}}}"#);
        assert_eq!(call("patch.apply", request.as_bytes()), format!(r#"{{"ok":{wanted}}}"#));
        let request = format!(r#"{{"before":{stored},"after":{wanted}}}"#);
        assert_eq!(call("patch.diff", request.as_bytes()), format!(r#"{{"ok":{patch}}}"#));
    }

    #[test]
    fn a_patch_that_cannot_be_applied_names_its_place() {
        let request = br#"{"stored":{"id":5,"addresses":[]},"patch":{"addresses":[{"id":9,"city":"x"}]}}"#;
        let answer = call("patch.apply", request);
        assert!(answer.contains(r#""pointer":"/patch/addresses/0""#), "{answer}");
    }

    #[test]
    fn conflicts_leave_nothing_to_send_unless_a_policy_settles_them() {
        let copies = r#""base":{"a":1},"current":{"a":2},"desired":{"a":3}"#;
        let conflicts = r#"[{"pointer":"/a","base":1,"current":2,"desired":3}]"#;
        let answer = call("patch.reconcile", format!("{{{copies}}}").as_bytes());
        assert_eq!(answer, format!(r#"{{"ok":{{"patch":null,"conflicts":{conflicts}}}}}"#));
        let answer = call("patch.reconcile", format!(r#"{{{copies},"policy":"ours"}}"#).as_bytes());
        assert_eq!(answer, format!(r#"{{"ok":{{"patch":{{"a":3}},"conflicts":{conflicts}}}}}"#));
        let answer = call("patch.reconcile", format!(r#"{{{copies},"policy":"mine"}}"#).as_bytes());
        assert!(answer.contains("ours, theirs, fail"), "{answer}");
    }
}

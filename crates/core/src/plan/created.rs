use super::change::changes;
use super::members::listed;
use super::verify::Verification;
use crate::json::{Object, Value};

/// Compares a customer that a store has with what a create was [predicted](crate::predict::create) to leave.
///
/// The ids and times that only the store knows are taken from it. So a create whose reply was lost is told
/// from an account that was there before.
///
/// ```
/// use magewright::json::parse;
/// use magewright::plan::{Verification, verify_created};
/// let expected = parse(br#"{"id":"<id>","email":"a@example.test","created_at":"<time>","default_billing":"<a1>",
///     "addresses":[{"id":"<a1>","customer_id":"<id>","city":"Ulm"}]}"#)?;
/// let seen = parse(br#"{"id":7,"email":"a@example.test","created_at":"2026-01-01 00:00:00","default_billing":"3",
///     "addresses":[{"id":3,"customer_id":7,"city":"Ulm"}]}"#)?;
/// assert_eq!(verify_created(&expected, &seen), Verification::Verified);
/// # Ok::<(), magewright::json::SyntaxError>(())
/// ```
#[must_use]
pub fn verify_created(expected: &Value, seen: &Value) -> Verification {
    let addresses = listed(seen.get("addresses"));
    let mut ids: Vec<i64> = addresses.iter().filter_map(|address| address.get("id")?.as_i64()).collect();
    ids.sort_unstable();
    let mut drift = changes(&assigned(expected, seen.get("id"), &ids, ""), seen);
    drift.retain(|change| {
        change.pointer != "/updated_at" && change.before.as_ref().and_then(Value::as_str) != Some("<time>")
    });
    if drift.is_empty() { Verification::Verified } else { Verification::Drift(drift) }
}

/// The value of a member with the store's ids in place of markers.
fn assigned(value: &Value, own: Option<&Value>, addresses: &[i64], member: &str) -> Value {
    match value {
        Value::Object(members) => {
            let assign =
                |(key, value): (&str, &Value)| (key.to_owned(), assigned(value, own, addresses, key));
            Value::Object(members.iter().map(assign).collect::<Object>())
        }
        Value::Array(items) => {
            Value::Array(items.iter().map(|item| assigned(item, own, addresses, member)).collect())
        }
        Value::String(text) if text == "<id>" => own.unwrap_or(value).clone(),
        Value::String(text) => match address(text, addresses) {
            Some(id) if member == "id" => id.into(),
            Some(id) => id.to_string().into(),
            None => value.clone(),
        },
        other => other.clone(),
    }
}

/// The id for `<a2>`: the second of the ascending ids.
fn address(marker: &str, ids: &[i64]) -> Option<i64> {
    let number: usize = marker.strip_prefix("<a")?.strip_suffix('>')?.parse().ok()?;
    ids.get(number.checked_sub(1)?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    fn verified(expected: &str, seen: &str) -> bool {
        let verification =
            verify_created(&parse(expected.as_bytes()).unwrap(), &parse(seen.as_bytes()).unwrap());
        verification == Verification::Verified
    }

    #[test]
    fn another_account_with_the_same_email_is_told_apart() {
        let expected =
            r#"{"id":"<id>","email":"a@b.test","firstname":"Ada","updated_at":"<time>","addresses":[]}"#;
        assert!(verified(
            expected,
            r#"{"id":5,"email":"a@b.test","firstname":"Ada","updated_at":"x","addresses":[]}"#
        ));
        assert!(!verified(
            expected,
            r#"{"id":5,"email":"a@b.test","firstname":"Eve","updated_at":"x","addresses":[]}"#
        ));
        assert!(!verified(
            expected,
            r#"{"id":5,"email":"a@b.test","firstname":"Ada","updated_at":"x","addresses":[{"id":1}]}"#
        ));
    }

    #[test]
    fn ids_that_the_store_gave_are_numbers_of_addresses_and_texts_of_defaults() {
        let expected = r#"{"id":"<id>","default_billing":"<a2>","addresses":[
            {"id":"<a1>","customer_id":"<id>","city":"x"},{"id":"<a2>","customer_id":"<id>","city":"y"}]}"#;
        let seen = |default: &str| {
            format!(
                r#"{{"id":5,"default_billing":{default},"addresses":[
                {{"id":9,"customer_id":5,"city":"y"}},{{"id":8,"customer_id":5,"city":"x"}}]}}"#
            )
        };
        assert!(verified(expected, &seen("\"9\"")));
        assert!(!verified(expected, &seen("\"8\"")));
        assert!(!verified(expected, &seen("9")));
    }

    #[test]
    fn what_is_no_customer_is_no_match() {
        assert!(!verified(r#"{"id":"<id>","default_billing":"<a9>"}"#, "[]"));
        assert!(!verified(r#"{"id":"<id>","default_billing":"<a0>"}"#, r#"{"id":5,"default_billing":"1"}"#));
    }
}

//! What a prediction does differently from what is wanted.

use super::change::{Change, changes};
use super::settle::text;
use crate::double;
use crate::json::Value;
use crate::store::column;

/// The places where a predicted customer is not the wanted one, the store's own fields aside.
///
/// The store's own are the time of the save, the name and code of a region that
/// is known by its id, the id 0 of no region, and the form in which it writes a
/// value: numbers as text, decimals with four places, dates with a time, nothing
/// for an empty text.
pub(super) fn unlike(wanted: &Value, predicted: &Value) -> Vec<Change> {
    changes(wanted, predicted).into_iter().filter(|change| !is_own(change)).collect()
}

fn is_own(change: &Change) -> bool {
    let (wanted, kept) = (change.before.as_ref(), change.after.as_ref());
    let segments: Vec<&str> = change.pointer.split('/').skip(1).collect();
    match segments.as_slice() {
        ["updated_at"] => true,
        ["disable_auto_group_change"] | ["addresses", _, "region_id"] => number(wanted) == number(kept),
        ["addresses", _, "region"] => wanted.is_none() && names_nothing(kept),
        ["addresses", _, "region", "region_code" | "region"] => {
            wanted.is_none() || text(wanted) == text(kept)
        }
        ["addresses", _, "region", "region_id"] => number(wanted) == number(kept),
        ["custom_attributes", _] | ["addresses", _, "custom_attributes", _] => {
            let value = wanted.and_then(|wanted| wanted.get("value"));
            kept.is_none() && scalar(value) && text(value).is_empty()
        }
        ["custom_attributes", _, "value"] | ["addresses", _, "custom_attributes", _, "value"]
            if scalar(wanted) && scalar(kept) =>
        {
            written_alike(text(wanted), text(kept))
        }
        ["extension_attributes"] => kept.is_none() && wanted.is_some_and(is_empty),
        ["addresses", _] | ["addresses"] | ["extension_attributes", ..] => false,
        _ => scalar(wanted) && scalar(kept) && text(wanted) == text(kept),
    }
}

/// Whether an object, or the list PHP writes for one, has no members: the store then shows none.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Object(object) => object.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

fn scalar(value: Option<&Value>) -> bool {
    !matches!(value, Some(Value::Array(_) | Value::Object(_)))
}

fn number(value: Option<&Value>) -> i64 {
    text(value).parse().unwrap_or(0)
}

fn names_nothing(region: Option<&Value>) -> bool {
    let part = |key: &str| region.and_then(|region| region.get(key));
    text(part("region")).is_empty() && number(part("region_id")) == 0
}

/// Whether the store writes the first text as the second in an attribute.
fn written_alike(wanted: &str, kept: &str) -> bool {
    let decimal = |text: &str| double::parse(text).filter(|number| number.is_finite()).map(column::decimal);
    wanted == kept
        || kept.strip_suffix(" 00:00:00") == Some(wanted)
        || (kept.contains('.') && decimal(wanted).as_deref() == Some(kept) && wanted.len() <= kept.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    /// What is wanted, what a store shows, and the places that count as another value.
    const TABLE: &[(&str, &str, &[&str])] = &[
        // The time of the save is the store's.
        (r#"{"updated_at":"a"}"#, r#"{"updated_at":"b"}"#, &[]),
        // Scalars in another type or as nothing; a list is none.
        (r#"{"group_id":"2","taxvat":""}"#, r#"{"group_id":2}"#, &[]),
        (r#"{"group_id":2,"taxvat":"x"}"#, r#"{"group_id":3}"#, &["/group_id", "/taxvat"]),
        (r#"{"own":[]}"#, "{}", &["/own"]),
        ("{}", r#"{"own":[]}"#, &["/own"]),
        (r#"{"disable_auto_group_change":null}"#, r#"{"disable_auto_group_change":0}"#, &[]),
        (
            r#"{"disable_auto_group_change":1}"#,
            r#"{"disable_auto_group_change":0}"#,
            &["/disable_auto_group_change"],
        ),
        // Addresses are never the store's own, nor are the lines of a street.
        (r#"{"addresses":[{"id":1}]}"#, r#"{"addresses":[{"id":2}]}"#, &["/addresses/1", "/addresses/2"]),
        (
            r#"{"addresses":[{"id":1,"street":["a"]}]}"#,
            r#"{"addresses":[{"id":1,"street":["a","b"]}]}"#,
            &["/addresses/1/street"],
        ),
        // A region that names nothing is none; name and code follow from the id.
        (
            r#"{"addresses":[{"id":1}]}"#,
            r#"{"addresses":[{"id":1,"region":{"region":null,"region_id":0},"region_id":0}]}"#,
            &[],
        ),
        (
            r#"{"addresses":[{"id":1}]}"#,
            r#"{"addresses":[{"id":1,"region":{"region":"x","region_id":0}}]}"#,
            &["/addresses/1/region"],
        ),
        (
            r#"{"addresses":[{"id":1}]}"#,
            r#"{"addresses":[{"id":1,"region":{"region":null,"region_id":7}}]}"#,
            &["/addresses/1/region"],
        ),
        (
            r#"{"addresses":[{"id":1,"region":{"region":"x"}}]}"#,
            r#"{"addresses":[{"id":1}]}"#,
            &["/addresses/1/region"],
        ),
        (
            r#"{"addresses":[{"id":1,"region":{"region_id":"33"},"region_id":"33"}]}"#,
            r#"{"addresses":[{"id":1,"region":{"region_code":"MI","region":"Michigan","region_id":33},"region_id":33}]}"#,
            &[],
        ),
        (
            r#"{"addresses":[{"id":1,"region":{"region":"x","region_id":33},"region_id":33}]}"#,
            r#"{"addresses":[{"id":1,"region":{"region":"y","region_id":43},"region_id":43}]}"#,
            &["/addresses/1/region/region", "/addresses/1/region/region_id", "/addresses/1/region_id"],
        ),
        (
            r#"{"addresses":[{"id":1,"region":{"region":"x"}}]}"#,
            r#"{"addresses":[{"id":1,"region":{"region":"x","region_id":0}}]}"#,
            &[],
        ),
        // An attribute of nothing is none.
        (r#"{"custom_attributes":[{"attribute_code":"a","value":""}]}"#, "{}", &[]),
        (r#"{"custom_attributes":[{"attribute_code":"a","value":"x"}]}"#, "{}", &["/custom_attributes/a"]),
        (r#"{"custom_attributes":[{"attribute_code":"a","value":[]}]}"#, "{}", &["/custom_attributes/a"]),
        ("{}", r#"{"custom_attributes":[{"attribute_code":"a","value":"x"}]}"#, &["/custom_attributes/a"]),
        ("{}", r#"{"custom_attributes":[{"attribute_code":"a","value":""}]}"#, &["/custom_attributes/a"]),
        // Nor are extension attributes without a member, as an object or as PHP writes it.
        (r#"{"extension_attributes":{}}"#, "{}", &[]),
        (r#"{"extension_attributes":[]}"#, "{}", &[]),
        (r#"{"extension_attributes":{"x":1}}"#, "{}", &["/extension_attributes"]),
        (r#"{"extension_attributes":"x"}"#, "{}", &["/extension_attributes"]),
        (
            r#"{"extension_attributes":{"x":1}}"#,
            r#"{"extension_attributes":{"x":"1"}}"#,
            &["/extension_attributes/x"],
        ),
    ];

    #[test]
    fn only_the_stores_own_hand_is_overlooked() {
        for (wanted, shown, places) in TABLE {
            let [wanted, shown] = [wanted, shown].map(|text| parse(text.as_bytes()).unwrap());
            let found = unlike(&wanted, &shown);
            let found: Vec<_> = found.iter().map(|change| change.pointer.as_str()).collect();
            assert_eq!(&found, places, "{wanted} shown as {shown}");
        }
    }

    #[test]
    fn values_of_attributes_have_a_form_of_the_store() {
        let alike = |wanted: &str, shown: &str| {
            let attribute = |value: &str| {
                parse(
                    format!(r#"{{"custom_attributes":[{{"attribute_code":"a","value":{value}}}]}}"#)
                        .as_bytes(),
                )
                .unwrap()
            };
            let found = unlike(&attribute(wanted), &attribute(shown));
            assert!(found.iter().all(|change| change.pointer == "/custom_attributes/a/value"), "{found:?}");
            found.is_empty()
        };
        for (wanted, shown) in
            [("5", r#""5""#), ("true", r#""1""#), (r#""12.5""#, r#""12.5000""#), ("-3", r#""-3.0000""#)]
        {
            assert!(alike(wanted, shown), "{wanted} as {shown}");
        }
        assert!(alike(r#""2024-02-03""#, r#""2024-02-03 00:00:00""#));
        for (wanted, shown) in [
            (r#""5""#, r#""6""#),
            (r#""12.34567""#, r#""12.3457""#),
            (r#""12.5""#, r#""12.6000""#),
            (r#""2024-02-03""#, r#""2024-02-04 00:00:00""#),
            (r#"["5"]"#, r#""5""#),
            (r#"["5"]"#, r#"["6"]"#),
        ] {
            assert!(!alike(wanted, shown), "{wanted} as {shown}");
        }
    }
}

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
        ["addresses", _, "street"] => false,
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

//! Comparing recorded and computed documents leaf by leaf.

use magewright::json::{Path, Value};

/// Every place where two documents differ, as `pointer: expected …, got …`.
///
/// A list of custom attributes is compared by code, since the store gives it in
/// no fixed order; every other list in order.
///
/// ```
/// use magewright::json::parse;
/// let expected = parse(br#"{"id":5,"addresses":[]}"#)?;
/// let actual = parse(br#"{"id":6,"addresses":[]}"#)?;
/// let differences = magewright_conformance::compare::differences(&expected, &actual);
/// assert_eq!(differences, ["/id: expected 5, got 6"]);
/// # Ok::<(), magewright::json::SyntaxError>(())
/// ```
#[must_use]
pub fn differences(expected: &Value, actual: &Value) -> Vec<String> {
    let mut found = Vec::new();
    compare(&Path::root(), Some(expected), Some(actual), &mut found);
    found
}

fn compare(path: &Path<'_>, expected: Option<&Value>, actual: Option<&Value>, found: &mut Vec<String>) {
    match (expected, actual) {
        (Some(Value::Object(a)), Some(Value::Object(b))) => {
            for (key, value) in a.iter() {
                compare_member(path, key, Some(value), b.get(key), found);
            }
            for (key, value) in b.iter().filter(|(key, _)| !a.contains_key(key)) {
                compare(&path.key(key), None, Some(value), found);
            }
        }
        (Some(Value::Array(a)), Some(Value::Array(b))) => {
            for i in 0..a.len().max(b.len()) {
                compare(&path.index(i), a.get(i), b.get(i), found);
            }
        }
        (a, b) if a != b => found.push(format!("{path}: expected {}, got {}", shown(a), shown(b))),
        _ => {}
    }
}

fn compare_member(
    path: &Path<'_>,
    key: &str,
    expected: Option<&Value>,
    actual: Option<&Value>,
    found: &mut Vec<String>,
) {
    let by_code = |value: Option<&Value>| match value {
        Some(Value::Array(items)) if key == "custom_attributes" => {
            let code = |item: &Value| item.get("attribute_code").and_then(Value::as_str).map(str::to_owned);
            let pair = |item: &Value| Some((code(item)?, item.get("value")?.clone()));
            items.iter().map(pair).collect::<Option<_>>().map(Value::Object)
        }
        _ => None,
    };
    match (by_code(expected), by_code(actual)) {
        (Some(a), Some(b)) => compare(&path.key(key), Some(&a), Some(&b), found),
        _ => compare(&path.key(key), expected, actual, found),
    }
}

fn shown(value: Option<&Value>) -> String {
    value.map_or_else(|| "nothing".to_owned(), Value::to_string)
}

//! The items of a bulk body, as a store counts them.

use crate::json::{Object, Value};
use crate::outcome::Refusal;

/// The items of the body of a bulk request, each with the key its operation has.
///
/// PHP counts numeric keys of an object anew and takes other texts for the number they begin with,
/// so that several items may have one key. `null` is a list without items.
///
/// # Errors
/// The store's reply, a failure of PHP, to a body that is no list, or with an item that is no object.
///
/// ```
/// use magewright::{bulk, json};
/// let body = json::parse(br#"[{"customer":{}},{}]"#)?;
/// let keys = bulk::items(&body).unwrap().into_iter().map(|(key, _)| key);
/// assert!(keys.eq([0, 1]));
/// assert_eq!(bulk::items(&json::parse(b"[null]")?).unwrap_err().status, 500);
/// # Ok::<(), json::SyntaxError>(())
/// ```
pub fn items(body: &Value) -> Result<Vec<(i64, &Value)>, Box<Refusal>> {
    let keyed: Vec<(i64, &Value)> = match body {
        Value::Null => Vec::new(),
        Value::Array(items) => (0..).zip(items).collect(),
        Value::Object(items) => renumbered(items),
        _ => return Err(Box::new(Refusal::php_failure())),
    };
    keyed.iter().try_for_each(|(_, item)| whole(item))?;
    Ok(keyed)
}

/// Refuses an item that is no object, as PHP fails on it.
pub(crate) fn whole(item: &Value) -> Result<(), Box<Refusal>> {
    match item {
        Value::Array(_) | Value::Object(_) => Ok(()),
        _ => Err(Box::new(Refusal::php_failure())),
    }
}

fn renumbered(items: &Object) -> Vec<(i64, &Value)> {
    let mut numbers = 0..;
    let is_number = |key: &str| key.parse::<i64>().is_ok_and(|number| number.to_string() == key);
    let mut key = |key: &str| {
        if is_number(key) { numbers.next().unwrap_or_default() } else { leading_number(key) }
    };
    items.iter().map(|(name, item)| (key(name), item)).collect()
}

fn leading_number(text: &str) -> i64 {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text.get(..end).and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    fn keys(text: &str) -> Option<Vec<i64>> {
        let body = json::parse(text.as_bytes()).unwrap();
        items(&body).map(|items| items.into_iter().map(|(key, _)| key).collect()).ok()
    }

    #[test]
    fn keys_of_a_map_become_numbers() {
        assert_eq!(keys(r#"{"a":{},"b":{}}"#), Some(vec![0, 0]));
        assert_eq!(keys(r#"{"5":{},"9":{},"7x":{}}"#), Some(vec![0, 1, 7]));
        assert_eq!(keys("[[],{}]"), Some(vec![0, 1]));
        assert_eq!(keys("null"), Some(vec![]));
    }

    #[test]
    fn php_fails_on_what_is_no_list_or_no_object() {
        for text in ["\"x\"", "5", "true", "[null]", "[{},\"x\"]", r#"{"a":5}"#] {
            assert_eq!(keys(text), None, "{text}");
        }
    }
}

//! Comparing replies in which ids, times and keys stand as placeholders.

use std::collections::BTreeMap;

use magewright::json::{self, Path, Value};

/// What the numbered placeholders of one scenario (`<c1>`, `<a2>`, `<new1>`, `<t1>`, …) stand for so far.
///
/// A placeholder stands for the same thing wherever it occurs. Those without a
/// number (`<time>`, `<hash>`, `<uuid>`, `<id>`, `<a>`) stand for anything of their kind.
///
/// ```
/// use magewright::json::parse;
/// use magewright_conformance::placeholders::Bindings;
/// let mut bindings = Bindings::default();
/// let expected = parse(br#"{"id":"<c1>","created_at":"<time>"}"#)?;
/// let actual = parse(br#"{"id":7,"created_at":"2026-01-01 00:00:00"}"#)?;
/// assert!(bindings.differences(&expected, &actual).is_empty());
/// assert_eq!(bindings.filled("/rest/V1/customers/<c1>"), "/rest/V1/customers/7");
/// assert_eq!(bindings.differences(&parse(br#""<c1>""#)?, &parse(b"8")?).len(), 1);
/// # Ok::<(), magewright::json::SyntaxError>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Bindings {
    bound: BTreeMap<String, String>,
}

/// Placeholders of which one stands for one thing.
const NUMBERED: [char; 5] = ['c', 'a', 'g', 'u', 't'];

/// Lists that the store's database gives in any order.
const UNORDERED: [&str; 1] = ["operations_list"];

impl Bindings {
    /// Every place where two documents differ, as `pointer: expected …, got …`; binds what is met first.
    pub fn differences(&mut self, expected: &Value, actual: &Value) -> Vec<String> {
        let mut found = Vec::new();
        self.compare(&Path::root(), Some(expected), Some(actual), &mut found);
        found
    }

    /// A text with every bound placeholder replaced by what it stands for.
    #[must_use]
    pub fn filled(&self, text: &str) -> String {
        self.bound.iter().fold(text.to_owned(), |text, (name, value)| text.replace(name, value))
    }

    /// A document with every bound placeholder replaced; ids become numbers.
    #[must_use]
    pub fn filled_value(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => {
                let number =
                    self.bound.get(text).filter(|_| is_id(text)).and_then(|id| id.parse::<i64>().ok());
                number.map_or_else(|| Value::from(self.filled(text)), Value::from)
            }
            Value::Array(items) => Value::Array(items.iter().map(|item| self.filled_value(item)).collect()),
            Value::Object(object) => {
                Value::Object(object.iter().map(|(key, value)| (key, self.filled_value(value))).collect())
            }
            other => other.clone(),
        }
    }

    fn compare(
        &mut self,
        path: &Path<'_>,
        expected: Option<&Value>,
        actual: Option<&Value>,
        found: &mut Vec<String>,
    ) {
        match (expected, actual) {
            (Some(Value::Object(a)), Some(Value::Object(b))) => {
                for (key, value) in a.iter() {
                    self.compare_member(path, key, value, b.get(key), found);
                }
                for (key, value) in b.iter().filter(|(key, _)| !a.contains_key(key)) {
                    self.compare(&path.key(key), None, Some(value), found);
                }
            }
            (Some(Value::Array(a)), Some(Value::Array(b))) => {
                for i in 0..a.len().max(b.len()) {
                    self.compare(&path.index(i), a.get(i), b.get(i), found);
                }
            }
            (Some(Value::String(a)), Some(b)) if self.stands_for(a, b) => {}
            (a, b) if a == b => {}
            (a, b) => found.push(format!("{path}: expected {}, got {}", shown(a), shown(b))),
        }
    }

    fn compare_member(
        &mut self,
        path: &Path<'_>,
        key: &str,
        expected: &Value,
        actual: Option<&Value>,
        found: &mut Vec<String>,
    ) {
        let lists = (expected.as_array(), actual.and_then(Value::as_array));
        if let (Some(a), Some(b)) = lists
            && (UNORDERED.contains(&key) || key == "custom_attributes")
            && a.len() == b.len()
        {
            let b = self.in_order_of(a, b);
            return self.compare(&path.key(key), Some(expected), Some(&b), found);
        }
        self.compare(&path.key(key), Some(expected), actual, found);
    }

    /// The items of a list in the order of those they agree with; the others stay at the end.
    fn in_order_of(&self, expected: &[Value], actual: &[Value]) -> Value {
        let mut left: Vec<&Value> = actual.iter().collect();
        let mut ordered = Vec::with_capacity(actual.len());
        for item in expected {
            let agrees = |candidate: &&Value| self.clone().differences(item, candidate).is_empty();
            let at = left.iter().position(agrees).unwrap_or(0);
            ordered.push(left.remove(at).clone());
        }
        Value::Array(ordered)
    }

    /// Whether a recorded text stands for what came: a placeholder, or JSON in a text.
    fn stands_for(&mut self, expected: &str, actual: &Value) -> bool {
        let scalar = match actual {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.as_str().to_owned(),
            _ => return false,
        };
        if let Some(fits) = anything_of_its_kind(expected, &scalar) {
            return fits;
        }
        if is_numbered(expected) {
            if let Some(bound) = self.bound.get(expected) {
                return *bound == scalar;
            }
            // An id that already has a name does not get a second one.
            let class = expected.get(..2);
            let taken = self.bound.iter().any(|(name, value)| name.get(..2) == class && *value == scalar);
            self.bound.insert(expected.to_owned(), scalar);
            return !taken;
        }
        let nested = |text: &str| json::parse(text.as_bytes()).ok().filter(is_container);
        match (nested(expected), nested(&scalar)) {
            (Some(a), Some(b)) => self.differences(&a, &b).is_empty(),
            _ => self.filled(expected) == with_report_masked(&scalar),
        }
    }
}

fn is_container(value: &Value) -> bool {
    matches!(value, Value::Array(_) | Value::Object(_))
}

/// `<time>` and the like: whether the text is of that kind; `None` for another text.
fn anything_of_its_kind(expected: &str, actual: &str) -> Option<bool> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    Some(match expected {
        "<time>" => actual.len() == 19 && actual.get(10..11) == Some(" "),
        "<hash>" => actual.len() == 64 && actual.bytes().all(|byte| byte.is_ascii_hexdigit()),
        "<uuid>" => actual.len() == 36,
        "<id>" | "<a>" => digits(actual),
        _ => return None,
    })
}

fn is_numbered(text: &str) -> bool {
    let inner = text.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
    text == "<key>"
        || inner.is_some_and(|inner| {
            let number = inner.strip_prefix("new").or_else(|| inner.strip_prefix(NUMBERED));
            number.is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
        })
}

/// Whether a placeholder stands for an integer of a request.
fn is_id(text: &str) -> bool {
    is_numbered(text)
        && text.starts_with(['<'])
        && text.get(1..2).is_some_and(|c| matches!(c, "c" | "a" | "g"))
}

/// The id of an internal error is random.
fn with_report_masked(text: &str) -> String {
    match text.split_once("webapi-") {
        Some((before, id)) if id.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
            format!("{before}webapi-<report>")
        }
        _ => text.to_owned(),
    }
}

fn shown(value: Option<&Value>) -> String {
    value.map_or_else(|| "nothing".to_owned(), Value::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Value {
        json::parse(text.as_bytes()).unwrap()
    }

    #[test]
    fn one_thing_has_one_name() {
        let mut bindings = Bindings::default();
        assert!(bindings.differences(&value(r#"["<c1>","<a1>"]"#), &value("[1,1]")).is_empty());
        assert_eq!(bindings.differences(&value(r#"["<c2>"]"#), &value("[1]")).len(), 1);
    }

    #[test]
    fn json_in_a_text_is_looked_into() {
        let expected = value(r#""{\"id\":\"<id>\",\"meta\":\"{\\\"a\\\":1}\"}""#);
        let mut bindings = Bindings::default();
        assert!(
            bindings.differences(&expected, &value(r#""{\"meta\":\"{\\\"a\\\": 1}\",\"id\":9}""#)).is_empty()
        );
        assert_eq!(bindings.differences(&expected, &value(r#""{\"meta\":\"{}\",\"id\":9}""#)).len(), 1);
    }

    #[test]
    fn operations_may_come_in_any_order() {
        let expected = value(r#"{"operations_list":[{"id":0,"status":1},{"id":1,"status":3}]}"#);
        let actual = value(r#"{"operations_list":[{"id":1,"status":3},{"id":0,"status":1}]}"#);
        assert!(Bindings::default().differences(&expected, &actual).is_empty());
    }

    #[test]
    fn requests_are_filled_with_numbers() {
        let mut bindings = Bindings::default();
        bindings.differences(&value(r#"["<c1>","<t1>"]"#), &value(r#"[5,"token"]"#));
        assert_eq!(
            bindings.filled_value(&value(r#"{"id":"<c1>","t":"<t1>"}"#)).to_string(),
            r#"{"id":5,"t":"token"}"#
        );
    }
}

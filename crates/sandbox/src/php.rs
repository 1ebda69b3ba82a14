//! What PHP does to text and numbers on the way in and out.

use std::fmt::Write;

use magewright::json::{Number, Value};
use magewright::outcome::Refusal;

use crate::refusal::wrong_type;

/// Writes JSON as PHP's `json_encode` does: `/` and everything beyond ASCII escaped.
pub(crate) fn json_encode(value: &Value) -> String {
    let mut out = String::with_capacity(ROOM);
    encode(value, &mut out);
    out
}

/// Most customers fit.
const ROOM: usize = 2048;

fn encode(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Value::Number(number) => out.push_str(number.as_str()),
        Value::String(text) => encode_text(text, out),
        Value::Array(items) => {
            out.push('[');
            separated(items.iter(), out, encode);
            out.push(']');
        }
        Value::Object(object) => {
            out.push('{');
            separated(object.iter(), out, |(key, value), out| {
                encode_text(key, out);
                out.push(':');
                encode(value, out);
            });
            out.push('}');
        }
    }
}

fn separated<T>(items: impl Iterator<Item = T>, out: &mut String, write: impl Fn(T, &mut String)) {
    for (at, item) in items.enumerate() {
        if at > 0 {
            out.push(',');
        }
        write(item, out);
    }
}

fn encode_text(text: &str, out: &mut String) {
    out.push('"');
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| !is_plain(byte)) {
        let (plain, tail) = rest.split_at(at);
        out.push_str(plain);
        let mut chars = tail.chars();
        if let Some(c) = chars.next() {
            encode_char(c, out);
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
    out.push('"');
}

fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\' | b'/')
}

fn encode_char(c: char, out: &mut String) {
    match c {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '/' => out.push_str("\\/"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        '\u{8}' => out.push_str("\\b"),
        '\u{c}' => out.push_str("\\f"),
        other => escape(other, out),
    }
}

fn escape(c: char, out: &mut String) {
    for unit in c.encode_utf16(&mut [0; 2]) {
        // Writing to a String cannot fail.
        let _ = write!(out, "\\u{unit:04x}");
    }
}

/// PHP's `urldecode`: `+` is a space, a broken escape stands for itself.
///
/// Bytes that are not UTF-8 become U+FFFD.
pub(crate) fn urldecode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let hex = tail.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        let escaped = hex.and_then(|pair| u8::from_str_radix(pair, 16).ok());
        match (first, escaped) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = tail.get(2..).unwrap_or_default();
                continue;
            }
            (b'+', _) => bytes.push(b' '),
            _ => bytes.push(first),
        }
        rest = tail;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The number a text stands for where PHP calls it numeric (`12`, ` 12.7`, `1e2`), cut to an integer.
pub(crate) fn numeric(text: &str) -> Option<i64> {
    let trimmed = text.trim_matches([' ', '\t', '\n', '\r', '\u{b}', '\u{c}']);
    let unsigned = trimmed.strip_prefix(['+', '-']).unwrap_or(trimmed);
    if !unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    if let Ok(integer) = trimmed.parse() {
        return Some(integer);
    }
    let float: f64 = trimmed.parse().ok()?;
    // PHP makes 0 of what no integer can hold.
    let holds = float.is_finite() && float.abs() < 9.2e18;
    Some(if holds { format!("{:.0}", float.trunc()).parse().unwrap_or(0) } else { 0 })
}

/// Reads an integer parameter as the store's type check does.
///
/// # Errors
/// 400 for what is no number.
pub(crate) fn integer(text: &str) -> Result<i64, Refusal> {
    numeric(text).ok_or_else(|| wrong_type(text, "int"))
}

/// An integer parameter of a body.
///
/// # Errors
/// 400 for what is no number; booleans are none.
pub(crate) fn integer_value(value: &Value) -> Result<i64, Refusal> {
    match value {
        Value::Number(number) => integer(number.as_str()),
        Value::String(text) => integer(text),
        Value::Bool(flag) => Err(wrong_type(if *flag { "1" } else { "" }, "int")),
        _ => Err(wrong_type("array", "int")),
    }
}

/// A text parameter of a body: any scalar, cast as PHP does.
///
/// # Errors
/// 400 for a list or an object.
pub(crate) fn text_value(value: &Value) -> Result<String, Refusal> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Number(number) => Ok(number_text(number)),
        Value::Bool(true) => Ok("1".to_owned()),
        Value::Bool(false) | Value::Null => Ok(String::new()),
        _ => Err(wrong_type("array", "string")),
    }
}

fn number_text(number: &Number) -> String {
    match number.as_i64() {
        Some(integer) => integer.to_string(),
        None => number.as_f64().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_escaped_as_php_does() {
        let value = Value::from("a/ü😀\u{1}\"");
        assert_eq!(json_encode(&value), r#""a\/\u00fc\ud83d\ude00\u0001\"""#);
    }

    #[test]
    fn urldecode_takes_plus_and_keeps_broken_escapes() {
        assert_eq!(urldecode("a%40b+c%2B%zz%4"), "a@b c+%zz%4");
    }

    #[test]
    fn numeric_text_is_cut_to_an_integer() {
        let all: Vec<_> =
            ["12", "-1", "12.7", "1e2", " 5", "abc", "", "12abc", "1e400", "inf"].map(numeric).to_vec();
        assert_eq!(all, [Some(12), Some(-1), Some(12), Some(100), Some(5), None, None, None, Some(0), None]);
    }

    #[test]
    fn a_list_is_no_text() {
        assert_eq!(
            text_value(&Value::Array(Vec::new())).unwrap_err().message,
            "The \"array\" value's type is invalid. The \"string\" type was expected. Verify and try again."
        );
    }
}

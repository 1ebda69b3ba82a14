//! PHP's conversions between scalars, where the store relies on them.

use crate::double;
use crate::json::{Number, Value};

/// White space that `is_numeric` and casts skip.
const SPACE: [char; 6] = [' ', '\t', '\n', '\r', '\u{b}', '\u{c}'];

/// White space that `trim` removes.
const TRIMMED: [char; 6] = [' ', '\t', '\n', '\r', '\0', '\u{b}'];

/// A scalar as text: `true` is "1", `false` and `null` are "", 1.0 is "1".
pub(crate) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(true) => "1".to_owned(),
        Value::Number(number) => number_text(number),
        _ => String::new(),
    }
}

/// A number as text: an integer as it is, anything else with 14 digits as PHP's `precision` asks.
fn number_text(number: &Number) -> String {
    match number.as_i64() {
        Some(integer) if number.as_str() != "-0" => integer.to_string(),
        _ => double_text(number.as_f64()),
    }
}

/// The significant digits of a double in text: PHP's setting `precision`.
pub(crate) const PRECISION: i32 = 14;

/// A double with 14 significant digits, as `%.14G` writes it in PHP.
pub(crate) fn double_text(value: f64) -> String {
    if value == 0.0 {
        return if value.is_sign_negative() { "-0" } else { "0" }.to_owned();
    }
    if !value.is_finite() {
        return if value > 0.0 { "INF" } else { "-INF" }.to_owned();
    }
    let (digits, exponent) = double::significant(value, PRECISION);
    let sign = if value < 0.0 { "-" } else { "" };
    format!("{sign}{}", place_point(&digits, exponent, PRECISION))
}

fn place_point(digits: &str, exponent: i32, limit: i32) -> String {
    let count = i32::try_from(digits.len()).unwrap_or(0);
    if exponent < -4 || exponent >= limit {
        let (first, rest) = digits.split_at(1.min(digits.len()));
        let rest = if rest.is_empty() { "0" } else { rest };
        let sign = if exponent < 0 { '-' } else { '+' };
        return format!("{first}.{rest}E{sign}{}", exponent.abs());
    }
    if exponent < 0 {
        let zeros = usize::try_from(-exponent - 1).unwrap_or(0);
        return format!("0.{}{digits}", "0".repeat(zeros));
    }
    if count <= exponent + 1 {
        let zeros = usize::try_from(exponent + 1 - count).unwrap_or(0);
        return format!("{digits}{}", "0".repeat(zeros));
    }
    let (whole, fraction) = digits.split_at(usize::try_from(exponent + 1).unwrap_or(0));
    format!("{whole}.{fraction}")
}

/// Whether PHP takes the value for a number: numbers, and text that is one with white space around it.
pub(crate) fn is_numeric(value: &Value) -> bool {
    match value {
        Value::Number(_) => true,
        Value::String(text) => is_numeric_text(text),
        _ => false,
    }
}

/// Whether the whole text is a number, white space around it aside.
pub(crate) fn is_numeric_text(text: &str) -> bool {
    let text = text.trim_start_matches(SPACE);
    let length = numeric_prefix(text);
    length > 0 && text.get(length..).is_some_and(|rest| rest.trim_matches(SPACE).is_empty())
}

/// The length of the number at the start of a text, 0 when there is none.
fn numeric_prefix(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes.iter().skip(from).take_while(|byte| byte.is_ascii_digit()).count();
    let mut at = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
    let whole = digits(at);
    at += whole;
    let mut fraction = 0;
    if bytes.get(at) == Some(&b'.') {
        fraction = digits(at + 1);
        if whole + fraction > 0 {
            at += 1 + fraction;
        }
    }
    if whole + fraction == 0 {
        return 0;
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        let exponent = digits(at + 1 + sign);
        if exponent > 0 {
            at += 1 + sign + exponent;
        }
    }
    at
}

/// A scalar as an integer: fractions are cut, text counts as far as it is a number.
pub(crate) fn integer(value: &Value) -> i64 {
    match value {
        Value::Bool(value) => i64::from(*value),
        Value::Number(number) => number.as_i64().unwrap_or_else(|| wrapped(number.as_f64())),
        Value::String(text) => integer_of_text(text),
        _ => 0,
    }
}

/// Text as an integer; a number beyond 64 bits ends at the limit, one beyond every double is 0.
pub(crate) fn integer_of_text(text: &str) -> i64 {
    let text = text.trim_start_matches(SPACE);
    let number = text.get(..numeric_prefix(text)).unwrap_or_default();
    #[allow(clippy::cast_possible_truncation, reason = "the cast saturates as PHP's does")]
    let saturated = |double: f64| if double.is_finite() { double as i64 } else { 0 };
    number.parse().unwrap_or_else(|_| double::parse(number).map_or(0, saturated))
}

/// A double as an integer, its fraction cut; beyond 64 bits PHP keeps the lowest 64.
fn wrapped(value: f64) -> i64 {
    const TWO_TO_63: f64 = 9_223_372_036_854_775_808.0;
    const TWO_TO_64: f64 = 18_446_744_073_709_551_616.0;
    if !value.is_finite() {
        return 0;
    }
    let rest = value % TWO_TO_64;
    let low = match rest {
        _ if rest >= TWO_TO_63 => rest - TWO_TO_64,
        _ if rest < -TWO_TO_63 => rest + TWO_TO_64,
        _ => rest,
    };
    #[allow(clippy::cast_possible_truncation, reason = "within 64 bits but for the fraction, which is cut")]
    {
        low as i64
    }
}

/// A scalar as a double; text counts as far as it is a number.
pub(crate) fn double(value: &Value) -> f64 {
    match value {
        Value::Bool(value) => f64::from(u8::from(*value)),
        Value::Number(number) => number.as_f64(),
        Value::String(text) => {
            let text = text.trim_start_matches(SPACE);
            text.get(..numeric_prefix(text)).and_then(double::parse).unwrap_or(0.0)
        }
        _ => 0.0,
    }
}

/// A scalar as the store reads booleans (`filter_var`): 1, true, on and yes; everything else is false.
pub(crate) fn boolean(value: &Value) -> bool {
    let text = text(value);
    let text = text.trim_matches([' ', '\t', '\n', '\r', '\u{b}']);
    ["1", "true", "on", "yes"].iter().any(|yes| text.eq_ignore_ascii_case(yes))
}

/// Text without the white space `trim` takes off its ends.
pub(crate) fn trim(text: &str) -> &str {
    text.trim_matches(TRIMMED)
}

/// Text as `htmlspecialchars` writes it.
pub(crate) fn escaped_html(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#039;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Whether PHP calls the text empty: "" and "0".
pub(crate) fn is_empty_text(text: &str) -> bool {
    matches!(text, "" | "0")
}

/// The name `gettype` gives a value.
pub(crate) fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "NULL",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.as_i64().is_some() => "integer",
        Value::Number(_) => "double",
        Value::String(_) => "string",
        Value::Array(_) | Value::Object(_) => "array",
    }
}

/// Whether the value is an array to PHP, which knows no objects here.
pub(crate) fn is_array(value: &Value) -> bool {
    matches!(value, Value::Array(_) | Value::Object(_))
}

/// Text from a field name such as `group_id` or `groupId` as the store looks up methods: `GroupId`.
pub(crate) fn upper_camel(name: &str) -> String {
    let words = name.split('_').map(|word| {
        let mut chars = word.chars();
        let first = chars.next().map(|first| first.to_ascii_uppercase());
        first.into_iter().chain(chars).collect::<String>()
    });
    words.collect()
}

/// Whether [`upper_camel`] of the name is that text, without building it.
pub(crate) fn is_upper_camel_of(camel: &str, name: &str) -> bool {
    let mut expected = camel.chars();
    let mut start = true;
    for c in name.chars() {
        if c == '_' {
            start = true;
            continue;
        }
        let c = if start { c.to_ascii_uppercase() } else { c };
        start = false;
        if expected.next() != Some(c) {
            return false;
        }
    }
    expected.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    fn value(text: &str) -> Value {
        json::parse(text.as_bytes()).unwrap()
    }

    #[test]
    fn scalars_become_text() {
        let cases = [
            ("1.0", "1"),
            ("1.5", "1.5"),
            ("-0", "-0"),
            ("12", "12"),
            ("true", "1"),
            ("false", ""),
            ("1e25", "1.0E+25"),
            ("1.25e-7", "1.25E-7"),
            ("0.0001", "0.0001"),
            ("0.1234567890123456", "0.12345678901235"),
            ("100000.5", "100000.5"),
            ("123456789012345678901", "1.2345678901235E+20"),
        ];
        for (json, expected) in cases {
            assert_eq!(text(&value(json)), expected, "{json}");
        }
    }

    #[test]
    fn html_is_escaped() {
        assert_eq!(escaped_html("<a b=\"c\">'&ä"), "&lt;a b=&quot;c&quot;&gt;&#039;&amp;ä");
        assert_eq!(escaped_html("De"), "De");
    }

    #[test]
    fn numeric_text_is_what_php_takes() {
        for yes in ["12", " 12", "12 ", "-1.5", ".5", "5.", "1e3", "+7", "1E-2"] {
            assert!(is_numeric_text(yes), "{yes}");
        }
        for no in ["", " ", "x", "12a", "1e", ".", "-", "0x1A", "1 2", "1_000"] {
            assert!(!is_numeric_text(no), "{no}");
        }
    }

    #[test]
    fn integers_are_cut_and_bounded() {
        assert_eq!(integer(&value("1.9")), 1);
        assert_eq!(integer(&value("-1.9")), -1);
        assert_eq!(integer(&value("-7.712855864726697739e0")), -7);
        assert_eq!(integer(&value("-9223372036854775809.5")), i64::MIN);
        assert_eq!(integer(&value("27670116110564327424")), -9_223_372_036_854_775_808);
        assert_eq!(integer(&value("\"1e400\"")), 0);
        assert_eq!(integer(&value("\"1e2\"")), 100);
        assert_eq!(integer(&value("\"12.7\"")), 12);
        assert_eq!(integer(&value("\"99999999999999999999\"")), i64::MAX);
        assert_eq!(integer(&value("\"x\"")), 0);
        assert_eq!(integer(&value("18446744073709551616")), 0);
    }

    #[test]
    fn booleans_are_four_words() {
        for (json, expected) in [
            ("\"Yes\"", true),
            ("1", true),
            ("1.0", true),
            ("2", false),
            ("\"foo\"", false),
            ("\" on \"", true),
        ] {
            assert_eq!(boolean(&value(json)), expected, "{json}");
        }
    }

    #[test]
    fn field_names_meet_in_upper_camel() {
        for name in ["group_id", "groupId", "GroupId", "_group_id", "Group_Id"] {
            assert_eq!(upper_camel(name), "GroupId");
            assert!(is_upper_camel_of("GroupId", name));
        }
        assert!(!is_upper_camel_of("GroupId", "groupid"));
        assert!(!is_upper_camel_of("GroupId", "group"));
        assert_eq!(upper_camel(""), "");
    }

    #[test]
    fn text_counts_as_it_does_in_php() {
        for line in crate::php_answers::lines("numbers") {
            let text = &line[0];
            assert_eq!(is_numeric(text), line[1].as_bool().unwrap(), "{text}");
            assert_eq!(integer(text).to_string(), line[2].as_str().unwrap(), "{text}");
            assert_eq!(double_text(double(text)), line[3].as_str().unwrap(), "{text}");
            assert_eq!(boolean(text), line[4].as_bool().unwrap(), "{text}");
        }
    }
}

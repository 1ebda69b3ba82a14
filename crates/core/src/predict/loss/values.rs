//! Whether one saved value is the one that was sent, and what happened if not.

use super::kinds;
use crate::json::Value;
use crate::profile::Attribute;
use crate::store::finding::Rule;
use crate::store::php;
use crate::store::shape::Kind;

/// What is known of a field whose values are compared.
pub(super) struct Expected {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
}

/// Why the saved value is not the one sent; nothing when it is.
pub(super) fn compare(field: &Expected, sent: &Value, saved: Option<&Value>) -> Option<&'static Rule> {
    if sent.is_null() || matches!(field.kind, Kind::Text | Kind::Integer) && php::is_array(sent) {
        return None;
    }
    match field.kind {
        Kind::Text => text(field.name, sent, saved),
        Kind::Integer => integer(field.name, sent, saved),
        Kind::Boolean(_) => boolean(field.name, sent, saved),
        Kind::Texts => texts(sent, saved),
        _ => Some(&kinds::NOT_SHOWN),
    }
}

fn text(name: &str, sent: &Value, saved: Option<&Value>) -> Option<&'static Rule> {
    let expected = php::text(sent);
    let actual = saved.map(php::text).unwrap_or_default();
    if let Value::Bool(value) = sent {
        return (*value || !actual.is_empty()).then_some(&kinds::BOOLEAN_AS_TEXT);
    }
    if expected == actual || (expected.is_empty() && is_server_set(name)) {
        return None;
    }
    match name {
        "dob" | "created_at" if !actual.starts_with('<') => date(&expected, &actual),
        "default_billing" | "default_shipping" => Some(&kinds::DEFAULT_REPLACED),
        "region_code" => Some(&kinds::REGION_CODE),
        "region" if !replaced(&expected) => Some(&kinds::REGION),
        name if is_server_set(name) => Some(&kinds::SERVER_FIELD),
        _ => Some(why(&expected, &actual)),
    }
}

fn is_server_set(name: &str) -> bool {
    matches!(name, "created_at" | "updated_at" | "created_in")
}

/// Why a text is not the same.
fn why(sent: &str, saved: &str) -> &'static Rule {
    if replaced(sent) {
        &kinds::CHARACTERS
    } else if !saved.is_empty() && sent.starts_with(saved) {
        &kinds::CUT
    } else {
        &kinds::CHANGED
    }
}

fn replaced(sent: &str) -> bool {
    sent.chars().any(|c| c.len_utf8() == 4)
}

/// A date is the same when only zeros, midnight, `T` and `Z` were added or taken.
fn date(sent: &str, saved: &str) -> Option<&'static Rule> {
    (plain_date(sent) != plain_date(saved)).then_some(&kinds::DATE_CHANGED)
}

fn plain_date(text: &str) -> String {
    let text = text.trim_matches(' ');
    let text = text.strip_suffix('Z').unwrap_or(text).replacen('T', " ", 1);
    let text = text.strip_suffix(" 00:00:00").unwrap_or(&text);
    let (day, time) = text.split_once(' ').unwrap_or((text, ""));
    let parts = day.split('-').map(|part| if part.len() == 1 { format!("0{part}") } else { part.to_owned() });
    format!("{} {time}", parts.collect::<Vec<_>>().join("-"))
}

fn integer(name: &str, sent: &Value, saved: Option<&Value>) -> Option<&'static Rule> {
    if matches!(name, "id" | "customer_id") {
        return Some(&kinds::ID_IGNORED);
    }
    let same = saved.is_some_and(|saved| php::is_numeric(saved) && php::double(saved) == php::double(sent));
    if same || (saved.is_none() && php::double(sent) == 0.0 && name == "region_id") {
        return None;
    }
    Some(if name == "region_id" { &kinds::REGION } else { &kinds::CHANGED })
}

fn boolean(name: &str, sent: &Value, saved: Option<&Value>) -> Option<&'static Rule> {
    let shown = saved.and_then(Value::as_bool) == Some(true);
    match word(sent) {
        None => Some(&kinds::NOT_A_BOOLEAN),
        Some(wanted) if wanted == shown => None,
        Some(_) if name == "is_subscribed" => Some(&kinds::SUBSCRIPTION),
        Some(true) => Some(&kinds::DEFAULT_SUPERSEDED),
        Some(false) => Some(&kinds::CHANGED),
    }
}

/// The boolean a value plainly says.
fn word(sent: &Value) -> Option<bool> {
    if php::boolean(sent) {
        return Some(true);
    }
    let text = php::text(sent).trim().to_ascii_lowercase();
    matches!(text.as_str(), "" | "0" | "false" | "no" | "off").then_some(false)
}

fn texts(sent: &Value, saved: Option<&Value>) -> Option<&'static Rule> {
    let lines = |value: &Value| match value {
        Value::Array(items) => items.iter().map(php::text).collect(),
        Value::Object(members) => members.iter().map(|(_, item)| php::text(item)).collect(),
        _ => Vec::new(),
    };
    let (sent, saved): (Vec<String>, Vec<String>) = (lines(sent), saved.map(lines).unwrap_or_default());
    let said = |lines: &[String]| lines.iter().any(|line| !line.is_empty());
    if sent == saved || (!said(&sent) && !said(&saved)) {
        return None;
    }
    Some(if sent.iter().any(|line| replaced(line)) { &kinds::CHARACTERS } else { &kinds::STREET_CHANGED })
}

/// Why the saved value of a custom attribute is not the one sent.
pub(super) fn compare_attribute(
    attribute: &Attribute,
    sent: &Value,
    saved: Option<&Value>,
) -> Option<&'static Rule> {
    if sent.is_null() || php::is_array(sent) {
        return None;
    }
    let (expected, actual) = (php::text(sent), saved.map(php::text).unwrap_or_default());
    if expected == actual {
        return None;
    }
    let number = |text: &str| php::is_numeric_text(text).then(|| php::double(&text.into()));
    match attribute.backend.as_str() {
        "decimal" | "int" if number(&expected).is_some() && number(&expected) == number(&actual) => None,
        "datetime" => date(&expected, &actual),
        _ => Some(why(&expected, &actual)),
    }
}

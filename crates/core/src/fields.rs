//! The `fields` parameter: asking for a part of a reply.
//!
//! `fields=email,addresses[id,region[region_code]]` makes a store answer with
//! those members only. The grammar is small and its failures are silent: a
//! character outside `[A-Za-z0-9_,[]]` or an unbalanced bracket gives `[]` with
//! status 200. [`apply`] answers as the store does; [`Fields::parse`] says why
//! a text would be answered so.
//!
//! ```
//! use magewright::{fields, json};
//! let customer = json::parse(br#"{"id":5,"email":"a@b","addresses":[{"id":1,"city":"X"}]}"#)?;
//! let part = fields::apply(&customer, "id,addresses[city]").unwrap();
//! assert_eq!(part.to_string(), r#"{"id":5,"addresses":[{"city":"X"}]}"#);
//! assert_eq!(fields::apply(&customer, "id, email").unwrap().to_string(), "[]");
//! # Ok::<(), json::SyntaxError>(())
//! ```

use std::fmt;

use crate::json::{Object, Value};
use crate::outcome::Refusal;

/// A parsed `fields` text: names, each with the names asked for below it.
///
/// ```
/// use magewright::fields::Fields;
/// let fields = Fields::parse("id,addresses[city]")?;
/// assert!(fields.names().eq(["id", "addresses"]));
/// assert!(fields.below("addresses").is_some_and(|below| below.names().eq(["city"])));
/// assert_eq!(fields.to_string(), "id,addresses[city]");
/// assert!(Fields::parse("id email").is_err());
/// # Ok::<(), magewright::fields::FieldsError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fields {
    entries: Vec<(String, Option<Fields>)>,
}

/// Why a store would answer a `fields` text with `[]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FieldsError {
    /// Nothing is asked for. (On the wire an empty parameter is ignored instead.)
    Empty,
    /// A character other than a letter, digit, `_`, `,`, `[` or `]`, at this byte; spaces too.
    Character(usize),
    /// A `[` that is never closed.
    Unclosed,
}

impl fmt::Display for FieldsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FieldsError::Empty => f.write_str("fields is empty: name at least one field"),
            FieldsError::Character(at) => write!(
                f,
                "fields has a character the store does not take at byte {at}: \
                 use letters, digits, `_`, `,` and brackets, without spaces"
            ),
            FieldsError::Unclosed => f.write_str("fields has a `[` without its `]`"),
        }
    }
}

impl std::error::Error for FieldsError {}

impl Fields {
    /// Reads a `fields` text as the store does.
    ///
    /// A `]` too many is no error to the store: what stood before it then
    /// matches nothing.
    ///
    /// # Errors
    /// A [`FieldsError`] for every text that the store answers with `[]` whatever the reply.
    pub fn parse(text: &str) -> Result<Self, FieldsError> {
        if text.is_empty() {
            return Err(FieldsError::Empty);
        }
        let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'[' | b']' | b',');
        if let Some(at) = text.bytes().position(|b| !allowed(b)) {
            return Err(FieldsError::Character(at));
        }
        let mut parser = Parser::default();
        for piece in text.split_inclusive(['[', ']', ',']) {
            let name = piece.trim_end_matches(['[', ']', ',']);
            parser.name(name);
            match piece.as_bytes().last() {
                Some(b'[') => parser.open(),
                Some(b']') => parser.close(),
                _ => {}
            }
        }
        if parser.outer.is_empty() { Ok(parser.current) } else { Err(FieldsError::Unclosed) }
    }

    /// The names asked for, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|(name, _)| name.as_str())
    }

    /// What is asked for below a name; `None` when the name is taken whole or not at all.
    #[must_use]
    pub fn below(&self, name: &str) -> Option<&Fields> {
        self.get(name)?.as_ref()
    }

    fn get(&self, name: &str) -> Option<&Option<Fields>> {
        self.entries.iter().find(|(known, _)| known == name).map(|(_, below)| below)
    }

    fn set(&mut self, name: &str, below: Option<Fields>) {
        match self.entries.iter_mut().find(|(known, _)| known == name) {
            Some(entry) => entry.1 = below,
            None => self.entries.push((name.to_owned(), below)),
        }
    }

    /// A list is filtered item by item, an object by its members.
    fn select(&self, value: &Value) -> Result<Value, Box<Refusal>> {
        match value {
            // PHP's loop over no items leaves its result unset.
            Value::Array(items) if items.is_empty() => Ok(Value::Null),
            Value::Array(items) => {
                let mut selected = Vec::new();
                for item in items {
                    selected.push(self.members(item)?);
                }
                Ok(Value::Array(selected))
            }
            other => self.members(other),
        }
    }

    fn members(&self, value: &Value) -> Result<Value, Box<Refusal>> {
        let mut kept = Object::new();
        match value {
            Value::Object(object) => {
                for (name, member) in object.iter() {
                    self.keep(name, member, &mut kept)?;
                }
            }
            // The items of a list inside a list have numbers for names.
            Value::Array(items) => {
                for (at, item) in items.iter().enumerate() {
                    self.keep(&at.to_string(), item, &mut kept)?;
                }
            }
            // A filter reaches into what is neither list nor object (`addresses[street[0]]`).
            _ => return Err(Refusal::php_failure().into()),
        }
        Ok(php_array(kept))
    }

    fn keep(&self, name: &str, member: &Value, kept: &mut Object) -> Result<(), Box<Refusal>> {
        match self.get(name) {
            None => {}
            Some(Some(below)) if name == "custom_attributes" => {
                kept.insert(name, below.custom_attributes(member));
            }
            Some(Some(below)) if matches!(member, Value::Array(_) | Value::Object(_)) => {
                kept.insert(name, below.select(member)?);
            }
            Some(_) => kept.insert(name, member.clone()),
        }
        Ok(())
    }

    /// Custom attributes may be asked for by code, which keeps them whole, or by
    /// `attribute_code` and `value`. Items keep their old numbers, so that a gap
    /// turns the list into an object.
    fn custom_attributes(&self, list: &Value) -> Value {
        let mut kept = Object::new();
        for (at, item) in list.as_array().unwrap_or_default().iter().enumerate() {
            let named = item.get("attribute_code").and_then(Value::as_str);
            let whole = named.is_some_and(|code| self.get(code).is_some());
            let asked = |key: &&str| whole || self.get(key).is_some();
            let members: Object = ["attribute_code", "value"]
                .into_iter()
                .filter(asked)
                .map(|key| (key, item.get(key).cloned().unwrap_or_default()))
                .collect();
            if !members.is_empty() {
                kept.insert(at.to_string(), members);
            }
        }
        php_array(kept)
    }
}

/// PHP writes an array as a list when its keys are the numbers from 0 on, or it has none.
fn php_array(kept: Object) -> Value {
    if kept.iter().enumerate().all(|(at, (key, _))| key == at.to_string()) {
        Value::Array(kept.into_iter().map(|(_, item)| item).collect())
    } else {
        Value::Object(kept)
    }
}

/// The state of PHP's reader: what is being collected, and what stands around it.
#[derive(Default)]
struct Parser {
    current: Fields,
    outer: Vec<(Fields, String)>,
    /// The name read last; a bracket belongs to it even after another bracket closed.
    last: String,
}

impl Parser {
    fn name(&mut self, name: &str) {
        if !name.is_empty() {
            name.clone_into(&mut self.last);
            self.current.set(name, None);
        }
    }

    fn open(&mut self) {
        self.outer.push((std::mem::take(&mut self.current), self.last.clone()));
    }

    fn close(&mut self) {
        let (outer, parent) = self.outer.pop().unwrap_or_default();
        let below = std::mem::replace(&mut self.current, outer);
        self.current.set(&parent, Some(below));
    }
}

impl fmt::Display for Fields {
    /// The canonical text, as [`Fields::parse`] reads it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (name, below)) in self.entries.iter().enumerate() {
            let comma = if at > 0 { "," } else { "" };
            match below {
                Some(below) => write!(f, "{comma}{name}[{below}]")?,
                None => write!(f, "{comma}{name}")?,
            }
        }
        Ok(())
    }
}

/// The reply that the store gives with `fields=<text>`, from the one it gives without.
///
/// An empty text and `0` leave the reply whole, as do replies that are neither
/// list nor object. Do not apply it to errors (status 400 and up): the store does not.
///
/// # Errors
/// 500 with bare text when a filter reaches below a text or number inside a
/// list, as in `addresses[street[x]]`.
pub fn apply(reply: &Value, text: &str) -> Result<Value, Refusal> {
    if matches!(text, "" | "0") || !matches!(reply, Value::Array(_) | Value::Object(_)) {
        return Ok(reply.clone());
    }
    match Fields::parse(text) {
        Ok(fields) => Ok(fields.select(reply)?),
        Err(_) => Ok(Value::Array(Vec::new())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    fn applied(reply: &str, fields: &str) -> String {
        apply(&json::parse(reply.as_bytes()).unwrap(), fields).unwrap().to_string()
    }

    const CUSTOMER: &str = r#"{"id":1,"addresses":[{"id":2,"street":["a"]}],"empty":[],
        "custom_attributes":[{"attribute_code":"a","value":"1"},{"attribute_code":"b","value":"2"}]}"#;

    #[test]
    fn names_keep_the_order_of_the_reply() {
        assert_eq!(applied(CUSTOMER, "addresses[id],id"), r#"{"id":1,"addresses":[{"id":2}]}"#);
        assert_eq!(applied(r#"[{"id":1,"a":2},{"id":2}]"#, "a"), r#"[{"a":2},[]]"#);
    }

    #[test]
    fn what_the_store_cannot_read_gives_an_empty_list() {
        for text in ["id, email", "id]", "[id]", "[", "addresses[id", "ID", "é", "]"] {
            assert_eq!(applied(CUSTOMER, text), "[]", "{text}");
        }
        assert_eq!(Fields::parse("a b"), Err(FieldsError::Character(1)));
        assert_eq!(Fields::parse("a[b"), Err(FieldsError::Unclosed));
    }

    #[test]
    fn a_second_bracket_belongs_to_the_last_name() {
        assert_eq!(applied(CUSTOMER, "addresses[id][city]"), r#"{"id":1,"addresses":[{"id":2}]}"#);
    }

    #[test]
    fn attributes_by_code_keep_their_numbers() {
        assert_eq!(
            applied(CUSTOMER, "custom_attributes[a]"),
            r#"{"custom_attributes":[{"attribute_code":"a","value":"1"}]}"#
        );
        assert_eq!(
            applied(CUSTOMER, "custom_attributes[b]"),
            r#"{"custom_attributes":{"1":{"attribute_code":"b","value":"2"}}}"#
        );
        assert_eq!(applied(CUSTOMER, "custom_attributes[c]"), r#"{"custom_attributes":[]}"#);
    }

    #[test]
    fn items_of_a_list_inside_a_list_have_numbers_for_names() {
        assert_eq!(applied("[[1,2],[3]]", "0,x"), "[[1],[3]]");
        assert_eq!(applied("[[1,2],[3]]", "1,00"), r#"[{"1":2},[]]"#);
    }

    #[test]
    fn reaching_into_text_breaks_the_reply() {
        let reply = json::parse(CUSTOMER.as_bytes()).unwrap();
        let refusal = apply(&reply, "addresses[street[x]]").unwrap_err();
        assert_eq!((refusal.status, refusal.plain_text), (500, true));
        assert_eq!(applied(CUSTOMER, "id[x],empty[x]"), r#"{"id":1,"empty":null}"#);
    }

    #[test]
    fn printing_and_parsing_agree() {
        for text in ["a", "a,b[c,d[e]]", "a[],b"] {
            assert_eq!(Fields::parse(text).unwrap().to_string(), text);
        }
    }
}

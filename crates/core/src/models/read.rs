use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::contract::{Contract, Kind, TypeId};
use crate::json::{self, Path, Value};

/// A struct that stands for a type of the contract, or a list of them.
pub trait Model: Serialize + DeserializeOwned {
    /// What the contract calls it.
    const KIND: Kind;
}

impl<M: Model> Model for Vec<M> {
    const KIND: Kind = match M::KIND {
        Kind::Object(id) => Kind::Objects(id),
        _ => Kind::List,
    };
}

/// A document that is not what a model says: no JSON at all, or a field of another kind.
///
/// It names the place and the kinds, never the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    pointer: String,
    why: String,
}

impl Unreadable {
    /// The JSON Pointer of the field at fault; empty for the whole document.
    ///
    /// ```
    /// use magewright::models::{Customer, read};
    /// assert_eq!(read::<Customer>(br#"{"group_id":"one"}"#).unwrap_err().pointer(), "/group_id");
    /// ```
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    fn at(path: &Path<'_>, expected: &str, found: &Value) -> Self {
        Unreadable { pointer: path.to_string(), why: format!("expected {expected}, found {}", found.kind()) }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.pointer.as_str() {
            "" => f.write_str(&self.why),
            pointer => write!(f, "{pointer}: {}", self.why),
        }
    }
}

impl std::error::Error for Unreadable {}

/// Reads a model from JSON text.
///
/// # Errors
///
/// For text that is not JSON, and for a field of another kind than the contract's: shops
/// differ, and guessing would lose what they mean.
///
/// ```
/// use magewright::models::{self, Customer};
/// let error = models::read::<Customer>(br#"{"addresses":[{"region_id":"TX"}]}"#).unwrap_err();
/// assert_eq!(error.to_string(), "/addresses/0/region_id: expected an integer, found string");
/// ```
pub fn read<M: Model>(bytes: &[u8]) -> Result<M, Unreadable> {
    serde_json::from_slice(bytes).map_err(|error| match json::parse(bytes) {
        Ok(value) => explain(&value, M::KIND, &error),
        Err(error) => Unreadable { pointer: String::new(), why: error.to_string() },
    })
}

/// Reads a model from a JSON value.
///
/// # Errors
///
/// As [`read`].
///
/// ```
/// use magewright::models::{self, Group};
/// let value = magewright::json::parse(br#"{"id":1,"code":"General"}"#)?;
/// let group: Group = models::from_value(&value)?;
/// assert_eq!(group.id.value(), Some(&1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn from_value<M: Model>(value: &Value) -> Result<M, Unreadable> {
    read(value.to_string().as_bytes())
}

/// The JSON value of a model, its fields in the order of replies.
///
/// ```
/// use magewright::models::{self, Region};
/// let region = Region { region_id: 57.into(), ..Default::default() };
/// assert_eq!(models::to_value(&region).to_string(), r#"{"region_id":57}"#);
/// ```
#[must_use]
pub fn to_value<M: Model>(model: &M) -> Value {
    let text = serde_json::to_vec(model).unwrap_or_default();
    json::parse(&text).unwrap_or_default()
}

/// What serde would not read, in words that name the field and hide its value.
fn explain(value: &Value, kind: Kind, error: &serde_json::Error) -> Unreadable {
    mismatch(Contract::built_in(), value, kind, &Path::root()).unwrap_or_else(|| Unreadable {
        pointer: String::new(),
        why: format!("not what the model holds, at line {}, column {}", error.line(), error.column()),
    })
}

fn mismatch(contract: &Contract, value: &Value, kind: Kind, path: &Path<'_>) -> Option<Unreadable> {
    let fits = |fits: bool, expected: &str| (!fits).then(|| Unreadable::at(path, expected, value));
    match kind {
        Kind::String => fits(value.as_str().is_some(), "a string"),
        Kind::Integer => fits(value.as_i64().is_some(), "an integer"),
        Kind::Number => fits(matches!(value, Value::Number(_)), "a number"),
        Kind::Boolean => fits(value.as_bool().is_some(), "a boolean"),
        Kind::Mixed => None,
        Kind::Object(id) => in_object(contract, value, id, path),
        Kind::Objects(id) => in_list(contract, value, Kind::Object(id), path),
        Kind::Strings => in_list(contract, value, Kind::String, path),
        Kind::Integers => in_list(contract, value, Kind::Integer, path),
        Kind::Numbers => in_list(contract, value, Kind::Number, path),
        Kind::Booleans => in_list(contract, value, Kind::Boolean, path),
        Kind::List => in_list(contract, value, Kind::Mixed, path),
    }
}

fn in_object(contract: &Contract, value: &Value, id: TypeId, path: &Path<'_>) -> Option<Unreadable> {
    let Value::Object(object) = value else {
        // A whole document or item may be `[]` as well, where its model allows it.
        let empty_list = value.as_array().is_some_and(<[Value]>::is_empty);
        return (!empty_list).then(|| Unreadable::at(path, "an object", value));
    };
    object.iter().filter(|(_, member)| !member.is_null()).find_map(|(key, member)| {
        let (_, field) = contract.field(id, 0, key)?;
        mismatch(contract, member, field.kind, &path.key(key))
    })
}

fn in_list(contract: &Contract, value: &Value, item: Kind, path: &Path<'_>) -> Option<Unreadable> {
    match value {
        Value::Array(items) => {
            let mut items = items.iter().enumerate();
            items.find_map(|(at, value)| mismatch(contract, value, item, &path.index(at)))
        }
        other => Some(Unreadable::at(path, "a list", other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::{Customer, CustomerSearchResults, Website};

    #[test]
    fn an_unexpected_kind_is_named_and_its_value_is_not() {
        for (text, said) in [
            (r#"{"id":"hush"}"#, "/id: expected an integer, found string"),
            (r#"{"id":1.5}"#, "/id: expected an integer, found number"),
            (r#"{"addresses":{"0":{}}}"#, "/addresses: expected a list, found object"),
            (
                r#"{"addresses":[{"street":["a",7]}]}"#,
                "/addresses/0/street/1: expected a string, found number",
            ),
            (r#"{"extension_attributes":[1]}"#, "/extension_attributes: expected an object, found array"),
            (r#"["hush"]"#, "expected an object, found array"),
        ] {
            assert_eq!(read::<Customer>(text.as_bytes()).unwrap_err().to_string(), said);
        }
        let error = read::<Vec<Website>>(br#"[{"id":1},{"id":[]}]"#).unwrap_err();
        assert_eq!(error.pointer(), "/1/id");
        assert!(read::<Customer>(b"{").is_err());
    }

    #[test]
    fn lists_of_models_are_models() {
        let websites: Vec<Website> = read(br#"[{"id":1},{"id":2,"x":3}]"#).unwrap();
        assert_eq!(to_value(&websites).to_string(), r#"[{"id":1},{"id":2,"x":3}]"#);
    }

    #[test]
    fn null_items_and_totals_survive() {
        let text = r#"{"items":null,"search_criteria":{"filter_groups":[]},"total_count":0}"#;
        let page: CustomerSearchResults = read(text.as_bytes()).unwrap();
        assert_eq!(to_value(&page).to_string(), text);
    }
}

//! A query string as the store reads it.

use std::fmt;

use super::php::{Array, Node, parse_query};
use super::{Condition, Direction, Filter, FilterGroup, SearchCriteria, SortOrder};
use crate::outcome::Refusal;
use crate::release::{Band, Release};

/// Why a query gives no criteria.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum DecodeError {
    /// The store refuses it with these words.
    Refused(Refusal),
    /// More than 1000 parameters, of which PHP drops the rest unless the shop raised `max_input_vars`.
    TooManyParameters,
    /// An escape of bytes that are not UTF-8; what a store makes of them is not known.
    NotUtf8,
    /// A key `data`, which fills the store's object past its checks; not modelled.
    ConstructorArgument,
    /// `fields` as a list; not modelled.
    FieldsNotText,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            DecodeError::Refused(refusal) => &refusal.message,
            DecodeError::TooManyParameters => {
                "more than 1000 parameters: use fewer filters, or `in` with a list"
            }
            DecodeError::NotUtf8 => {
                "an escape that is not UTF-8: encode text as UTF-8 before percent-encoding it"
            }
            DecodeError::ConstructorArgument => "a key `data` in searchCriteria: leave it out",
            DecodeError::FieldsNotText => "fields is a list: send one text",
        })
    }
}

impl std::error::Error for DecodeError {}

impl From<Refusal> for DecodeError {
    fn from(refusal: Refusal) -> Self {
        DecodeError::Refused(refusal)
    }
}

/// Up to 2.4.6 an unknown key is an internal error instead of a refusal.
const NAMES_UNKNOWN_KEYS: Band = Band::since(&[(7, 0)]);

/// Reads the criteria from a query string (without its `?`), as the store does
/// before it looks at any customer.
///
/// Every spelling the store takes is taken: camelCase and snake_case,
/// `search_criteria`, any index. Whether fields exist is not checked here.
///
/// # Errors
/// The store's own refusal, or what is not modelled.
///
/// ```
/// use magewright::release::Release;
/// use magewright::search::decode;
///
/// let query = "searchCriteria[filter_groups][a][filters][-1][field]=email\
///     &searchCriteria[filter_groups][a][filters][-1][value]=a%2Bb&searchCriteria[pageSize]=5.9";
/// let criteria = decode(query, Release::DEFAULT)?;
/// assert_eq!(criteria.to_string(), "email = 'a+b' limit 5");
/// assert!(decode("", Release::DEFAULT).is_err());
/// # Ok::<(), magewright::search::DecodeError>(())
/// ```
pub fn decode(query: &str, release: Release) -> Result<SearchCriteria, DecodeError> {
    let query = parse_query(query)?;
    let reader = Reader { release };
    let mut criteria = match query.get("searchCriteria").or_else(|| query.get("search_criteria")) {
        None => return Err(required("searchCriteria").into()),
        Some(node) => reader.criteria(node).map_err(Fault::into_error)?,
    };
    criteria.fields = match query.get("fields") {
        None => None,
        Some(Node::Text(text)) => Some(text.clone()),
        Some(Node::Array(_)) => return Err(DecodeError::FieldsNotText),
    };
    Ok(criteria)
}

fn required(name: &str) -> Refusal {
    Refusal::new(400, "\"%fieldName\" is required. Enter and try again.").named([("fieldName", name)])
}

/// What stops the reading.
enum Fault {
    /// A value of the wrong type; every level around it adds its name to the message.
    Type(String),
    /// Anything else, which passes through as it is.
    Other(DecodeError),
}

impl Fault {
    fn into_error(self) -> DecodeError {
        match self {
            Fault::Type(message) => Refusal::new(400, message).into(),
            Fault::Other(error) => error,
        }
    }

    fn within(self, name: &str) -> Self {
        match self {
            Fault::Type(details) => {
                Fault::Type(format!("Error occurred during \"{name}\" processing. {details}"))
            }
            other => other,
        }
    }

    fn wrong_type(value: &str, expected: &str) -> Self {
        Fault::Type(format!(
            "The \"{value}\" value's type is invalid. The \"{expected}\" type was expected. \
             Verify and try again."
        ))
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Fault::Other(refusal.into())
    }
}

struct Reader {
    release: Release,
}

impl Reader {
    fn criteria(&self, node: &Node) -> Result<SearchCriteria, Fault> {
        let mut criteria = SearchCriteria::default();
        self.members(node, |name, value| {
            match name {
                "FilterGroups" => criteria.filter_groups = list(value, |item| self.group(item))?,
                "SortOrders" => criteria.sort_orders = list(value, |item| self.sort_order(item))?,
                "PageSize" => criteria.page_size = Some(integer(value)?),
                "CurrentPage" => criteria.current_page = Some(integer(value)?),
                _ => return Ok(false),
            }
            Ok(true)
        })?;
        Ok(criteria)
    }

    fn group(&self, node: &Node) -> Result<FilterGroup, Fault> {
        let mut group = FilterGroup::default();
        self.members(node, |name, value| {
            let known = name == "Filters";
            if known {
                group.filters = list(value, |item| self.filter(item))?;
            }
            Ok(known)
        })?;
        Ok(group)
    }

    fn filter(&self, node: &Node) -> Result<Filter, Fault> {
        let mut filter = Filter::default();
        self.members(node, |name, value| {
            match name {
                "Field" => filter.field = Some(text(value)?),
                "Value" => filter.value = Some(text(value)?),
                "ConditionType" => filter.condition = Condition::named(&text(value)?),
                _ => return Ok(false),
            }
            Ok(true)
        })?;
        Ok(filter)
    }

    fn sort_order(&self, node: &Node) -> Result<SortOrder, Fault> {
        let mut order = SortOrder::default();
        self.members(node, |name, value| {
            match name {
                "Field" => order.field = Some(sort_field(text(value)?)?),
                "Direction" => order.direction = Some(direction(&text(value)?)?),
                _ => return Ok(false),
            }
            Ok(true)
        })?;
        Ok(order)
    }

    /// Hands over the members of an object by their UpperCamel names; a text where
    /// an object should be is an object without members.
    fn members(
        &self,
        node: &Node,
        mut take: impl FnMut(&str, &Node) -> Result<bool, Fault>,
    ) -> Result<(), Fault> {
        let Node::Array(Array { entries }) = node else { return Ok(()) };
        if entries.iter().any(|(key, _)| key == "data") {
            return Err(Fault::Other(DecodeError::ConstructorArgument));
        }
        for (key, value) in entries {
            let name = upper_camel(key);
            match take(&name, value) {
                Ok(true) => {}
                Ok(false) => return Err(self.unknown(&name).into()),
                Err(fault) => return Err(fault.within(key)),
            }
        }
        Ok(())
    }

    fn unknown(&self, name: &str) -> Refusal {
        if NAMES_UNKNOWN_KEYS.holds(self.release) {
            let message = "\"%fieldName\" is not supported. Correct the field name and try again.";
            Refusal::new(400, message).named([("fieldName", name)])
        } else {
            super::internal_error()
        }
    }
}

/// The items of a list; a text in its place is no list at all.
///
/// SOAP wraps items in a key `item`, which the store unwraps for REST too.
fn list<T>(node: &Node, read: impl Fn(&Node) -> Result<T, Fault>) -> Result<Vec<T>, Fault> {
    let Node::Array(array) = node else { return Ok(Vec::new()) };
    match array.get("item") {
        None => array.entries.iter().map(|(_, item)| read(item)).collect(),
        Some(Node::Array(inner)) if !is_list(inner) => Ok(vec![read(&Node::Array(inner.clone()))?]),
        Some(Node::Array(inner)) => inner.entries.iter().map(|(_, item)| read(item)).collect(),
        Some(text) => Ok(vec![read(text)?]),
    }
}

fn is_list(array: &Array) -> bool {
    array.entries.iter().enumerate().all(|(at, (key, _))| *key == at.to_string())
}

/// `page_size`, `pageSize` and `PageSize` all name `PageSize`.
fn upper_camel(key: &str) -> String {
    let mut name = String::with_capacity(key.len());
    let mut starts = true;
    for c in key.chars() {
        match c {
            '_' => starts = true,
            c if starts => {
                name.push(c.to_ascii_uppercase());
                starts = false;
            }
            c => name.push(c),
        }
    }
    name
}

fn text(node: &Node) -> Result<String, Fault> {
    match node {
        Node::Text(text) => Ok(text.clone()),
        Node::Array(_) => Err(Fault::wrong_type("array", "string")),
    }
}

/// PHP's reading of a numeric text: `" 5"`, `5.9` and `1e2` are integers, `5x` is not.
fn integer(node: &Node) -> Result<i64, Fault> {
    match node {
        Node::Text(text) => php_integer(text).ok_or_else(|| Fault::wrong_type(text, "int")),
        Node::Array(_) => Err(Fault::wrong_type("array", "int")),
    }
}

fn php_integer(text: &str) -> Option<i64> {
    let space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}');
    let text = text.trim_matches(space);
    if let Ok(integer) = text.parse::<i64>() {
        return Some(integer);
    }
    let numeric = text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'));
    // The cast saturates, as PHP's does for texts.
    numeric.then(|| text.parse::<f64>().ok())?.map(|number| number as i64)
}

fn sort_field(field: String) -> Result<String, Fault> {
    if field.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
        return Ok(field);
    }
    let message = "Sort order field %1 contains restricted symbols";
    Err(Refusal::new(400, message).positional([field]).into())
}

fn direction(text: &str) -> Result<Direction, Fault> {
    if text.eq_ignore_ascii_case("ASC") {
        Ok(Direction::Asc)
    } else if text.eq_ignore_ascii_case("DESC") {
        Ok(Direction::Desc)
    } else {
        let message =
            "The sort order has to be specified as %1 for ascending order or %2 for descending order.";
        Err(Refusal::new(400, message).positional(["ASC", "DESC"]).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(query: &str) -> Refusal {
        match decode(query, Release::DEFAULT) {
            Err(DecodeError::Refused(refusal)) => refusal,
            other => panic!("{other:?}"),
        }
    }

    fn page_size(text: &str) -> Option<i64> {
        decode(&format!("searchCriteria[pageSize]={text}"), Release::DEFAULT).ok()?.page_size
    }

    #[test]
    fn any_value_of_the_parameter_asks_for_everything() {
        for query in
            ["searchCriteria", "searchCriteria=", "search_criteria=x", "searchCriteria[filterGroups]=x"]
        {
            assert_eq!(decode(query, Release::DEFAULT), Ok(SearchCriteria::default()), "{query}");
        }
        assert_eq!(refusal("fields=x").status, 400);
    }

    #[test]
    fn page_sizes_are_php_integers() {
        assert_eq!(page_size("1.5"), Some(1));
        assert_eq!(page_size("+5%20"), Some(5));
        assert_eq!(page_size("1e2"), Some(100));
        assert_eq!(page_size(".5"), Some(0));
        assert_eq!(page_size("99999999999999999999"), Some(i64::MAX));
        for text in ["", "5x", "0x5", "inf", "nan", "1_0", "[]"] {
            assert_eq!(page_size(text), None, "{text}");
        }
    }

    #[test]
    fn types_are_refused_with_every_level_around_them() {
        let refusal = refusal("searchCriteria[filter_groups][0][filters][0][value][]=1");
        assert_eq!(
            refusal.message,
            "Error occurred during \"filter_groups\" processing. Error occurred during \"filters\" processing. \
             Error occurred during \"value\" processing. The \"array\" value's type is invalid. \
             The \"string\" type was expected. Verify and try again."
        );
    }

    #[test]
    fn unknown_keys_depend_on_the_release() {
        let query = "searchCriteria[request_name]=1";
        assert_eq!(refusal(query), Reader { release: Release::DEFAULT }.unknown("RequestName"));
        let old = Release::new(4, 6, 2).unwrap();
        assert!(matches!(decode(query, old), Err(DecodeError::Refused(r)) if r.status == 500));
    }

    #[test]
    fn soap_items_are_unwrapped() {
        let query = "searchCriteria[sortOrders][item][field]=a";
        assert_eq!(decode(query, Release::DEFAULT).unwrap().sort_orders.len(), 1);
        assert!(matches!(
            decode("searchCriteria[data][page_size]=1", Release::DEFAULT),
            Err(DecodeError::ConstructorArgument)
        ));
    }
}

//! The objects of a search, as the store's input processor makes them.

use super::decode::DecodeError;
use super::limits::Limits;
use super::php::{Array, Node};
use super::{Condition, Direction, Filter, FilterGroup, SearchCriteria, SortOrder};
use crate::double;
use crate::outcome::Refusal;
use crate::release::{Band, Release};
use crate::store::coerce::has_script;
use crate::store::rules;

/// Up to 2.4.6 an unknown key is an internal error instead of a refusal.
const NAMES_UNKNOWN_KEYS: Band = Band::since(&[(7, 0)]);

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

/// Reads the objects of a search out of PHP's arrays.
pub(super) struct Reader {
    pub(super) release: Release,
    pub(super) limits: Option<Limits>,
}

/// A member of an object: its key as sent, the UpperCamel name the store makes of it, its value.
struct Member<'a> {
    key: &'a str,
    name: &'a str,
    value: &'a Node,
}

const GROUPS: &str = "\\Magento\\Framework\\Api\\Search\\FilterGroup";
const FILTERS: &str = "\\Magento\\Framework\\Api\\Filter";
const SORT_ORDERS: &str = "\\Magento\\Framework\\Api\\SortOrder";

impl Reader {
    pub(super) fn read(&self, node: &Node) -> Result<SearchCriteria, DecodeError> {
        let mut criteria = self.criteria(node).map_err(Fault::into_error)?;
        if let Some(limits) = &self.limits {
            limits.fill_in(&mut criteria);
        }
        Ok(criteria)
    }

    fn criteria(&self, node: &Node) -> Result<SearchCriteria, Fault> {
        let mut criteria = SearchCriteria::default();
        self.members(node, &mut |Member { key, name, value }| {
            match name {
                "FilterGroups" => {
                    criteria.filter_groups = self.list(value, GROUPS, |item| self.group(item))?;
                }
                "SortOrders" => {
                    criteria.sort_orders = self.list(value, SORT_ORDERS, |item| self.sort_order(item))?;
                }
                "PageSize" => criteria.page_size = Some(self.page_size(key, value)?),
                "CurrentPage" => criteria.current_page = Some(integer(value)?),
                _ => return Ok(false),
            }
            Ok(true)
        })?;
        Ok(criteria)
    }

    fn group(&self, node: &Node) -> Result<FilterGroup, Fault> {
        let mut group = FilterGroup::default();
        self.members(node, &mut |Member { name, value, .. }| {
            let known = name == "Filters";
            if known {
                group.filters = self.list(value, FILTERS, |item| self.filter(item))?;
            }
            Ok(known)
        })?;
        Ok(group)
    }

    fn filter(&self, node: &Node) -> Result<Filter, Fault> {
        let mut filter = Filter::default();
        self.members(node, &mut |Member { key, name, value }| {
            match name {
                "Field" => filter.field = Some(self.text(key, value)?),
                "Value" => filter.value = Some(self.text(key, value)?),
                "ConditionType" => filter.condition = Condition::named(&self.text(key, value)?),
                _ => return Ok(false),
            }
            Ok(true)
        })?;
        Ok(filter)
    }

    fn sort_order(&self, node: &Node) -> Result<SortOrder, Fault> {
        let mut order = SortOrder::default();
        self.members(node, &mut |Member { key, name, value }| {
            match name {
                "Field" => order.field = Some(sort_field(self.text(key, value)?)?),
                "Direction" => order.direction = Some(direction(&self.text(key, value)?)?),
                _ => return Ok(false),
            }
            Ok(true)
        })?;
        Ok(order)
    }

    fn text(&self, key: &str, node: &Node) -> Result<String, Fault> {
        let text = match node {
            Node::Text(text) => text.clone(),
            Node::Array(_) => return Err(Fault::wrong_type("array", "string")),
        };
        if rules::SCRIPT.releases.holds(self.release) && has_script(&text) {
            let message = "\"%field_name\" does not contains valid value.";
            return Err(Refusal::new(400, message).named([("field_name", key)]).into());
        }
        Ok(text)
    }

    /// The store compares with its limit under this one spelling of the key only.
    fn page_size(&self, key: &str, node: &Node) -> Result<i64, Fault> {
        let size = integer(node)?;
        if let (Some(limits), "pageSize") = (&self.limits, key) {
            limits.page_size(size)?;
        }
        Ok(size)
    }

    /// Hands over the members of an object by their UpperCamel names; a text where
    /// an object should be is an object without members.
    fn members(
        &self,
        node: &Node,
        take: &mut dyn FnMut(Member<'_>) -> Result<bool, Fault>,
    ) -> Result<(), Fault> {
        let Node::Array(Array { entries }) = node else { return Ok(()) };
        // The store tries `data` as an argument of its object's constructor first. An array finds no class to be
        // made of and is a key like any other then (`ServiceInputProcessor::getConstructorData`).
        if entries.iter().any(|(key, value)| key == "data" && matches!(value, Node::Text(_))) {
            return Err(Fault::Other(DecodeError::ConstructorArgument));
        }
        for (key, value) in entries {
            let name = upper_camel(key);
            match take(Member { key, name: &name, value }) {
                Ok(true) => {}
                Ok(false) => return Err(self.unknown(&name).into()),
                Err(fault) => return Err(fault.within(key)),
            }
        }
        Ok(())
    }

    /// The items of a list; a text in its place is no list at all.
    ///
    /// SOAP wraps items in a key `item`, which the store unwraps for REST too.
    fn list<T>(
        &self,
        node: &Node,
        class: &str,
        read: impl Fn(&Node) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
        let mut found = Vec::new();
        for item in self.items(node, class)? {
            found.push(read(item)?);
        }
        Ok(found)
    }

    fn items<'n>(&self, node: &'n Node, class: &str) -> Result<Vec<&'n Node>, Fault> {
        let Node::Array(array) = node else { return Ok(Vec::new()) };
        let items: Vec<&Node> = match array.get("item") {
            None => array.entries.iter().map(|(_, item)| item).collect(),
            Some(Node::Array(inner)) if is_list(inner) => {
                inner.entries.iter().map(|(_, item)| item).collect()
            }
            Some(single) => vec![single],
        };
        if let Some(limits) = &self.limits {
            limits.list(items.len(), class)?;
        }
        Ok(items)
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
    numeric.then(|| double::parse(text))?.map(|number| number as i64)
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

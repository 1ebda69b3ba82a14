//! Search criteria as JSON, in the words of the store's own schema.

use std::cell::OnceCell;

use super::Failure;
use super::request::invalid;
use crate::json::{Path, Value};
use crate::search::{Condition, Direction, Filter, FilterGroup, SearchCriteria, SortOrder, echo};

/// The criteria as JSON: what the store repeats in its reply, and `fields`.
///
/// ```
/// let criteria = "group_id = 1 limit 5".parse()?;
/// assert_eq!(magewright::desk::write_criteria(&criteria).get("page_size").and_then(|n| n.as_i64()), Some(5));
/// # Ok::<(), magewright::search::ReadError>(())
/// ```
#[must_use]
pub fn write(criteria: &SearchCriteria) -> Value {
    let mut written = echo(criteria);
    if let (Value::Object(object), Some(fields)) = (&mut written, &criteria.fields) {
        object.insert("fields", fields.as_str());
    }
    written
}

/// Reads the `criteria` of a request: an object as [`write_criteria`](super::write_criteria) writes it, or the text form.
///
/// # Errors
/// What are no criteria, by pointer.
///
/// ```
/// use magewright::{desk::read_criteria, json::Value};
/// assert_eq!(read_criteria(&Value::from("group_id = 1"))?.filter_groups.len(), 1);
/// assert!(read_criteria(&Value::from(7_i64)).is_err());
/// # Ok::<(), magewright::desk::Failure>(())
/// ```
pub fn read(value: &Value) -> Result<SearchCriteria, Failure> {
    if let Value::String(text) = value {
        return text.parse().map_err(|e: crate::search::ReadError| invalid("criteria", e.to_string()));
    }
    let (root, fault) = (Path::root(), OnceCell::new());
    let at = Place { value, path: &root, fault: &fault };
    at.known(&["filter_groups", "sort_orders", "page_size", "current_page", "fields"]);
    let criteria = SearchCriteria {
        filter_groups: at.list("filter_groups", group),
        sort_orders: at.list("sort_orders", sort_order),
        page_size: at.integer("page_size"),
        current_page: at.integer("current_page"),
        fields: at.text("fields"),
    };
    fault.into_inner().map_or(Ok(criteria), Err)
}

fn group(at: Place<'_>) -> FilterGroup {
    at.known(&["filters"]);
    FilterGroup { filters: at.list("filters", filter) }
}

fn filter(at: Place<'_>) -> Filter {
    at.known(&["field", "value", "condition_type"]);
    let condition = at.text("condition_type").map_or(Condition::Eq, |name| Condition::named(&name));
    Filter { field: at.text("field"), value: at.text("value"), condition }
}

fn sort_order(at: Place<'_>) -> SortOrder {
    at.known(&["field", "direction"]);
    let direction = match at.text("direction").as_deref() {
        None => None,
        Some(text) if text.eq_ignore_ascii_case("asc") => Some(Direction::Asc),
        Some(text) if text.eq_ignore_ascii_case("desc") => Some(Direction::Desc),
        Some(_) => at.wrong(&at.path.key("direction"), "give ASC or DESC"),
    };
    SortOrder { field: at.text("field"), direction }
}

/// A value inside the criteria, where it stands, and where to note the first thing that is wrong; what is
/// wrong reads as nothing.
#[derive(Clone, Copy)]
struct Place<'a> {
    value: &'a Value,
    path: &'a Path<'a>,
    fault: &'a OnceCell<Failure>,
}

impl Place<'_> {
    fn known(&self, names: &[&str]) {
        let Some(object) = self.value.as_object() else { return self.wrong(self.path, "give an object") };
        if let Some((name, _)) = object.iter().find(|(name, _)| !names.contains(name)) {
            self.wrong(&self.path.key(name), &format!("give {} only", names.join(", ")))
        }
    }

    fn member(&self, name: &str) -> Option<&Value> {
        self.value.get(name).filter(|value| !value.is_null())
    }

    /// A text, or a number, which is sent as it is spelled.
    fn text(&self, name: &str) -> Option<String> {
        match self.member(name)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.as_str().to_owned()),
            _ => self.wrong(&self.path.key(name), "give a string or a number; a list as text with commas"),
        }
    }

    fn integer(&self, name: &str) -> Option<i64> {
        let integer = self.member(name)?.as_i64();
        integer.or_else(|| self.wrong(&self.path.key(name), "give an integer"))
    }

    fn list<T>(&self, name: &str, read: fn(Place<'_>) -> T) -> Vec<T> {
        let mut found = Vec::new();
        self.each(name, &mut |item| found.push(read(item)));
        found
    }

    /// Hands over the items of a list, whatever is made of them, until something is wrong.
    fn each(&self, name: &str, take: &mut dyn FnMut(Place<'_>)) {
        let path = self.path.key(name);
        let Some(value) = self.member(name) else { return };
        let Some(items) = value.as_array() else { return self.wrong(&path, "give a list") };
        for (at, value) in items.iter().enumerate().take_while(|_| self.fault.get().is_none()) {
            take(Place { value, path: &path.index(at), fault: self.fault });
        }
    }

    /// Nothing, since it is not what it should be.
    fn wrong<T: Default>(&self, path: &Path<'_>, message: &str) -> T {
        // Only the first fault is kept.
        let _ = self.fault.set(invalid("criteria", message).below(&path.to_string()));
        T::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    #[test]
    fn what_is_written_is_read_back() {
        let criteria: SearchCriteria =
            "group_id = 1 and (email like '%@x.test' or dob is null) order by entity_id asc limit 5 page 2"
                .parse()
                .unwrap();
        assert_eq!(read(&write(&criteria)).unwrap(), criteria);
        assert_eq!(read(&criteria.to_string().into()).unwrap(), criteria);
    }

    #[test]
    fn a_wrong_place_is_named() {
        let pointer = |text: &str| {
            let failure = read(&parse(text.as_bytes()).unwrap()).unwrap_err();
            failure.pointer().unwrap().to_owned()
        };
        assert_eq!(pointer("5"), "/criteria");
        assert_eq!(pointer("\"group_id = \""), "/criteria");
        assert_eq!(pointer(r#"{"pagesize":5}"#), "/criteria/pagesize");
        assert_eq!(pointer(r#"{"page_size":"x"}"#), "/criteria/page_size");
        assert_eq!(
            pointer(r#"{"filter_groups":[{"filters":[{"value":true}]}]}"#),
            "/criteria/filter_groups/0/filters/0/value"
        );
        assert_eq!(pointer(r#"{"sort_orders":[{"direction":"up"}]}"#), "/criteria/sort_orders/0/direction");
    }
}

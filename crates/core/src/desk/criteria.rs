//! Search criteria as JSON, in the words of the store's own schema.

use super::Failure;
use super::request::invalid;
use crate::json::{Object, Path, Value};
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
    let root = Path::root();
    let at = Place { value, path: &root };
    at.known(&["filter_groups", "sort_orders", "page_size", "current_page", "fields"])?;
    Ok(SearchCriteria {
        filter_groups: at.list("filter_groups", group)?,
        sort_orders: at.list("sort_orders", sort_order)?,
        page_size: at.integer("page_size")?,
        current_page: at.integer("current_page")?,
        fields: at.text("fields")?,
    })
}

fn group(at: Place<'_>) -> Result<FilterGroup, Failure> {
    at.known(&["filters"])?;
    Ok(FilterGroup { filters: at.list("filters", filter)? })
}

fn filter(at: Place<'_>) -> Result<Filter, Failure> {
    at.known(&["field", "value", "condition_type"])?;
    let condition = at.text("condition_type")?.map_or(Condition::Eq, |name| Condition::named(&name));
    Ok(Filter { field: at.text("field")?, value: at.text("value")?, condition })
}

fn sort_order(at: Place<'_>) -> Result<SortOrder, Failure> {
    at.known(&["field", "direction"])?;
    let direction = match at.text("direction")?.as_deref() {
        None => None,
        Some(text) if text.eq_ignore_ascii_case("asc") => Some(Direction::Asc),
        Some(text) if text.eq_ignore_ascii_case("desc") => Some(Direction::Desc),
        Some(_) => return Err(wrong(&at.path.key("direction"), "give ASC or DESC")),
    };
    Ok(SortOrder { field: at.text("field")?, direction })
}

/// A value inside the criteria, and where it stands.
#[derive(Clone, Copy)]
struct Place<'a> {
    value: &'a Value,
    path: &'a Path<'a>,
}

impl Place<'_> {
    fn known(&self, names: &[&str]) -> Result<(), Failure> {
        let object: Option<&Object> = self.value.as_object();
        let object = object.ok_or_else(|| wrong(self.path, "give an object"))?;
        match object.iter().find(|(name, _)| !names.contains(name)) {
            Some((name, _)) => Err(wrong(&self.path.key(name), &format!("give {} only", names.join(", ")))),
            None => Ok(()),
        }
    }

    fn member(&self, name: &str) -> Option<&Value> {
        self.value.get(name).filter(|value| !value.is_null())
    }

    /// A text, or a number, which is sent as it is spelled.
    fn text(&self, name: &str) -> Result<Option<String>, Failure> {
        match self.member(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(Value::Number(number)) => Ok(Some(number.as_str().to_owned())),
            Some(_) => {
                Err(wrong(&self.path.key(name), "give a string or a number; a list as text with commas"))
            }
        }
    }

    fn integer(&self, name: &str) -> Result<Option<i64>, Failure> {
        let read =
            |value: &Value| value.as_i64().ok_or_else(|| wrong(&self.path.key(name), "give an integer"));
        self.member(name).map(read).transpose()
    }

    fn list<T>(&self, name: &str, read: fn(Place<'_>) -> Result<T, Failure>) -> Result<Vec<T>, Failure> {
        let path = self.path.key(name);
        let Some(value) = self.member(name) else { return Ok(Vec::new()) };
        let items = value.as_array().ok_or_else(|| wrong(&path, "give a list"))?;
        let mut found = Vec::new();
        each(items, &path, &mut |item| {
            found.push(read(item)?);
            Ok(())
        })?;
        Ok(found)
    }
}

/// Hands over the items of a list, whatever is made of them.
fn each(
    items: &[Value],
    path: &Path<'_>,
    take: &mut dyn FnMut(Place<'_>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    for (at, value) in items.iter().enumerate() {
        take(Place { value, path: &path.index(at) })?;
    }
    Ok(())
}

fn wrong(path: &Path<'_>, message: &str) -> Failure {
    invalid("criteria", message).below(&path.to_string())
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

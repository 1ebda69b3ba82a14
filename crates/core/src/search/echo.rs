//! What the store repeats of a search.

use super::{SearchCriteria, SortOrder};
use crate::json::{Object, Value};

/// The `search_criteria` that the store's reply repeats.
///
/// A missing field, value or direction is `null` there, a missing condition
/// `eq`; a missing page size, page or order is left out.
///
/// ```
/// use magewright::search::{SearchCriteria, echo, field};
/// let criteria = SearchCriteria::matching(field("email").null())?.limit(5);
/// assert_eq!(
///     echo(&criteria).to_string(),
///     r#"{"filter_groups":[{"filters":[{"field":"email","value":null,"condition_type":"null"}]}],"page_size":5}"#
/// );
/// # Ok::<(), magewright::search::NormalFormError>(())
/// ```
#[must_use]
pub fn echo(criteria: &SearchCriteria) -> Value {
    let groups = criteria.filter_groups.iter().map(|group| {
        let filters = group.filters.iter().map(|filter| {
            let mut out = Object::new();
            out.insert("field", filter.field.clone());
            out.insert("value", filter.value.clone());
            out.insert("condition_type", filter.condition.as_str());
            out
        });
        Object::from_iter([("filters", filters.collect::<Vec<_>>())])
    });
    let mut out = Object::new();
    out.insert("filter_groups", groups.collect::<Vec<_>>());
    if !criteria.sort_orders.is_empty() {
        out.insert("sort_orders", criteria.sort_orders.iter().map(sort_order).collect::<Vec<_>>());
    }
    for (name, number) in [("page_size", criteria.page_size), ("current_page", criteria.current_page)] {
        if let Some(number) = number {
            out.insert(name, number);
        }
    }
    Value::Object(out)
}

fn sort_order(order: &SortOrder) -> Object {
    let direction = order.direction.map(|direction| direction.as_str());
    let mut out = Object::new();
    out.insert("field", order.field.clone());
    out.insert("direction", direction);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_asked_is_an_empty_list_of_groups() {
        assert_eq!(echo(&SearchCriteria::default()).to_string(), r#"{"filter_groups":[]}"#);
    }

    #[test]
    fn missing_parts_of_an_order_are_null() {
        let criteria =
            SearchCriteria { sort_orders: vec![SortOrder::default()], ..SearchCriteria::default() };
        assert!(echo(&criteria).to_string().ends_with(r#"[{"field":null,"direction":null}]}"#));
    }
}

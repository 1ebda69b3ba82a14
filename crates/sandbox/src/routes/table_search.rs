//! Searching tables other than the customers' with the core's own search.
//!
//! The store has two ways of filtering. This is the one for tables without attributes: a condition that it
//! does not know compares for equality and with nothing else, and there is one more, `fulltext`.
//!
//! Source: `Framework/Api/SearchCriteria/CollectionProcessor/FilterProcessor.php`.

use magewright::json::{Object, Value};
use magewright::outcome::Refusal;
use magewright::search::{self, Condition, Filter, SearchCriteria};
use magewright::store::Accounts;

use super::Reply;
use crate::ask::Ask;
use crate::model;
use crate::refusal::internal_error;
use crate::shop::Shop;

/// A column of a table: the names a search may use, and the customer's column that
/// compares as it does, number as number and text as text.
pub(super) struct Column {
    pub names: &'static [&'static str],
    pub like: &'static str,
}

/// Searches rows, each shown as its reply; they come in the order given when nothing else is asked.
///
/// # Errors
/// The store's refusal; 500 for a column that the table does not have.
pub(super) fn search(shop: &Shop, ask: &Ask<'_>, columns: &[Column], rows: &[Value]) -> Reply {
    let mut criteria = model::criteria(shop, ask.query)?;
    filters(&mut criteria).filter(|filter| is_fulltext(filter)).for_each(surround);
    let numbered = (0..).zip(rows).map(|(id, shown)| row(id, shown, columns));
    let table = Accounts::from_customers(numbered).unwrap_or_default();
    let found = model::found(shop, &in_columns(&criteria, columns)?, &table)?;
    let item = |id: &i64| usize::try_from(*id).ok().and_then(|at| rows.get(at)).cloned();
    let mut reply = Object::new();
    reply.insert("items", found.ids.iter().filter_map(item).collect::<Vec<_>>());
    reply.insert("search_criteria", search::echo(&criteria));
    reply.insert("total_count", i64::try_from(found.total_count).unwrap_or(i64::MAX));
    Ok(reply.into())
}

/// A row under the columns it is compared by; its id is its place in the table.
fn row(id: i64, shown: &Value, columns: &[Column]) -> Value {
    let value = |column: &Column| {
        let value = column.names.first().and_then(|name| shown.get(name)).cloned().unwrap_or_default();
        (column.like, value)
    };
    let mut row: Object = columns.iter().map(value).collect();
    row.insert("id", id);
    row.into()
}

fn filters(criteria: &mut SearchCriteria) -> impl Iterator<Item = &mut Filter> {
    criteria.filter_groups.iter_mut().flat_map(|group| &mut group.filters)
}

fn is_fulltext(filter: &Filter) -> bool {
    filter.condition.as_str() == "fulltext"
}

/// What a `fulltext` looks for; the store repeats the value so in its reply.
fn surround(filter: &mut Filter) {
    filter.value = Some(format!("%{}%", filter.value.as_deref().unwrap_or_default()));
}

/// The same criteria with the columns' names; a column that the database does not know is an internal error.
fn in_columns(criteria: &SearchCriteria, columns: &[Column]) -> Result<SearchCriteria, Refusal> {
    let like = |field: Option<&str>| {
        let known = columns.iter().find(|column| field.is_some_and(|field| column.names.contains(&field)));
        known.map(|column| column.like.to_owned())
    };
    let mut criteria = criteria.clone();
    for filter in filters(&mut criteria) {
        filter.field = Some(like(filter.field.as_deref()).ok_or_else(internal_error)?);
        if filter.condition.is_unknown() {
            filter.condition = if is_fulltext(filter) { Condition::Like } else { Condition::Eq };
        }
    }
    for order in criteria.sort_orders.iter_mut().filter(|order| order.field.is_some()) {
        order.field = Some(like(order.field.as_deref()).ok_or_else(internal_error)?);
    }
    Ok(criteria)
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: &[Column] = &[Column { names: &["code", "customer_group_code"], like: "lastname" }];

    #[test]
    fn a_table_is_searched_by_its_own_names() {
        let criteria: SearchCriteria = "code like 'Gen%' and customer_group_code != 'x'".parse().unwrap();
        let mapped = in_columns(&criteria, COLUMNS).unwrap();
        let fields =
            mapped.filter_groups.into_iter().flat_map(|group| group.filters).map(|filter| filter.field);
        assert!(fields.into_iter().all(|field| field.as_deref() == Some("lastname")));
        for unknown in ["nosuch = 1", "code = 1 order by nosuch asc"] {
            let unknown: SearchCriteria = unknown.parse().unwrap();
            assert_eq!(in_columns(&unknown, COLUMNS).unwrap_err().status, 500);
        }
    }

    #[test]
    fn conditions_are_those_of_tables_without_attributes() {
        let condition = |name: &str| {
            let mut criteria = SearchCriteria::new().and(Filter::new("code", Condition::named(name), "x"));
            filters(&mut criteria).filter(|filter| is_fulltext(filter)).for_each(surround);
            let mut filter =
                in_columns(&criteria, COLUMNS).unwrap().filter_groups.remove(0).filters.remove(0);
            (filter.condition, filter.value.take().unwrap_or_default())
        };
        assert_eq!(condition("fulltext"), (Condition::Like, "%x%".to_owned()));
        assert_eq!(condition("moreq"), (Condition::Eq, "x".to_owned()));
        assert_eq!(condition("nlike"), (Condition::Nlike, "x".to_owned()));
    }
}

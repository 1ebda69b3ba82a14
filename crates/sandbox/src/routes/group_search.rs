//! Searching customer groups with the core's own search.

use magewright::json::{Object, Value};
use magewright::outcome::Refusal;
use magewright::search::{self, SearchCriteria};
use magewright::store::Accounts;

use super::Reply;
use crate::ask::Ask;
use crate::model;
use crate::refusal::internal_error;
use crate::shop::{Group, Shop};

/// The column of a customer that compares as the group's does: number as number, text as text.
///
/// The first name is the one that a reply uses, the second the table's own.
const COLUMNS: [(&str, &str, &str); 4] = [
    ("id", "customer_group_id", "entity_id"),
    ("code", "customer_group_code", "lastname"),
    ("tax_class_id", "tax_class_id", "group_id"),
    ("tax_class_name", "class_name", "firstname"),
];

/// Groups come in the order of their ids when nothing else is asked.
pub(super) fn search(shop: &Shop, ask: &Ask<'_>) -> Reply {
    let criteria = model::criteria(shop, ask.query)?;
    let rows = Accounts::from_customers(shop.groups.values().map(row)).unwrap_or_default();
    let found = model::found(shop, &in_columns(&criteria)?, &rows)?;
    let items = found.ids.iter().filter_map(|id| shop.groups.get(id)).map(Group::shown);
    let mut reply = Object::new();
    reply.insert("items", items.collect::<Vec<_>>());
    reply.insert("search_criteria", search::echo(&criteria));
    reply.insert("total_count", i64::try_from(found.total_count).unwrap_or(i64::MAX));
    Ok(reply.into())
}

/// A group as a row of the columns it is compared by.
fn row(group: &Group) -> Value {
    let shown = group.shown();
    let member = |name: &str| shown.get(name).cloned().unwrap_or_default();
    let mut row: Object = COLUMNS.iter().map(|(name, _, column)| (*column, member(name))).collect();
    row.insert("id", group.id);
    row.into()
}

/// The same criteria with the columns' names; a column that the database does not know is an internal error.
fn in_columns(criteria: &SearchCriteria) -> Result<SearchCriteria, Refusal> {
    let mut criteria = criteria.clone();
    for filter in criteria.filter_groups.iter_mut().flat_map(|group| &mut group.filters) {
        filter.field = Some(column(filter.field.as_deref()).ok_or_else(internal_error)?);
    }
    for order in &mut criteria.sort_orders {
        order.field = column(order.field.as_deref());
    }
    Ok(criteria)
}

fn column(field: Option<&str>) -> Option<String> {
    let known = COLUMNS.iter().find(|(name, own, _)| field == Some(*name) || field == Some(*own));
    known.map(|(_, _, column)| (*column).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_searched_by_their_own_names() {
        let criteria: SearchCriteria = "code like 'Gen%' and tax_class_id = 3".parse().unwrap();
        let fields: Vec<_> = in_columns(&criteria)
            .unwrap()
            .filter_groups
            .into_iter()
            .flat_map(|group| group.filters)
            .filter_map(|filter| filter.field)
            .collect();
        assert_eq!(fields, ["lastname", "group_id"]);
        let unknown: SearchCriteria = "nosuch = 1".parse().unwrap();
        assert_eq!(in_columns(&unknown).unwrap_err().status, 500);
    }
}

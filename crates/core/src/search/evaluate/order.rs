//! The order of a search's rows.

use std::cmp::Ordering;

use super::column::{Column, Kind};
use super::comparison::number_prefix;
use super::moment::Moment;
use super::{EvaluateError, is_attribute_id};
use crate::json::Value;
use crate::profile::Profile;
use crate::search::{Direction, SortOrder, collation};

/// The keys of the order that the store knows; it ignores the others.
#[derive(Debug)]
pub(super) struct Order {
    keys: Vec<(Column, Direction)>,
}

/// A value to order by; `None` is SQL's NULL, which comes before every value.
pub(super) type Key = Option<Sortable>;

#[derive(Debug)]
pub(super) enum Sortable {
    Number(f64),
    Moment(Moment),
    Text(String),
}

impl Order {
    /// A field named twice counts where it stands last; a missing direction is descending.
    pub(super) fn new(orders: &[SortOrder], profile: &Profile) -> Result<Self, EvaluateError> {
        let mut keys: Vec<(Column, Direction)> = Vec::with_capacity(orders.len());
        for order in orders {
            let field = order.field.as_deref().unwrap_or_default();
            if is_attribute_id(field) {
                return Err(EvaluateError::ATTRIBUTE_ID);
            }
            if let Some(column) = Column::named(field, profile) {
                keys.retain(|(known, _)| known.name != column.name);
                keys.push((column, order.direction.unwrap_or(Direction::Desc)));
            }
        }
        Ok(Order { keys })
    }

    pub(super) fn columns(&self) -> impl Iterator<Item = &Column> {
        self.keys.iter().map(|(column, _)| column)
    }

    /// The direction of an order that is that of the ids, as that of no order is; no two ids are equal, so
    /// that what stands behind them does not count.
    pub(super) fn of_ids(&self) -> Option<Direction> {
        match self.keys.first() {
            None => Some(Direction::Asc),
            Some((column, direction)) => column.is_id().then_some(*direction),
        }
    }

    pub(super) fn key(&self, customer: &Value) -> Vec<Key> {
        let sortable = |column: &Column| {
            let value = column.value(customer)?;
            Some(match column.kind {
                Kind::Integer | Kind::Decimal => Sortable::Number(number_prefix(&value)),
                Kind::Moment | Kind::Day => Sortable::Moment(Moment::read(&value)),
                Kind::Text => Sortable::Text(value.into_owned()),
            })
        };
        self.columns().map(sortable).collect()
    }

    pub(super) fn compare(&self, left: &[Key], right: &[Key]) -> Ordering {
        let pairs = left.iter().zip(right).zip(&self.keys);
        let orderings = pairs.map(|((a, b), (_, direction))| match direction {
            Direction::Asc => compare(a, b),
            Direction::Desc => compare(b, a),
        });
        orderings.fold(Ordering::Equal, Ordering::then)
    }
}

fn compare(a: &Key, b: &Key) -> Ordering {
    match (a, b) {
        (Some(Sortable::Number(a)), Some(Sortable::Number(b))) => a.total_cmp(b),
        (Some(Sortable::Moment(a)), Some(Sortable::Moment(b))) => a.cmp(b),
        (Some(Sortable::Text(a)), Some(Sortable::Text(b))) => collation::compare(a, b),
        (a, b) => a.is_some().cmp(&b.is_some()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::SearchCriteria;

    #[test]
    fn unknown_fields_are_ignored_and_repeated_ones_count_once() {
        let criteria: SearchCriteria =
            "everything order by email asc, id asc, gender nothing, email desc".parse().unwrap();
        let order = Order::new(&criteria.sort_orders, &Profile::stock()).unwrap();
        let names: Vec<_> =
            order.keys.iter().map(|(column, direction)| (&*column.name, *direction)).collect();
        assert_eq!(names, [("gender", Direction::Desc), ("email", Direction::Desc)]);
    }

    #[test]
    fn a_number_is_no_field() {
        let order = SortOrder { field: Some("5".to_owned()), direction: None };
        assert!(matches!(Order::new(&[order], &Profile::stock()), Err(EvaluateError::Unsupported(_))));
    }

    #[test]
    fn nothing_comes_first() {
        assert_eq!(compare(&None, &Some(Sortable::Number(-1.0))), Ordering::Less);
        assert_eq!(compare(&None, &None), Ordering::Equal);
    }
}

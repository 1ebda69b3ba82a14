//! The criteria themselves.

/// What a search asks for: filter groups that must all match, an order, and a page.
///
/// Groups are joined with AND, the filters of one group with OR. The parts are
/// the store's own: a missing field or value is kept as `None`, because the
/// store answers it in its own way and echoes it.
///
/// ```
/// use magewright::search::{SearchCriteria, field};
///
/// let criteria = SearchCriteria::matching(
///     field("group_id").eq(1).and(field("email").like("%@x.com").or(field("lastname").null())),
/// )?
/// .order_by_asc("entity_id")
/// .page(100, 1);
/// assert_eq!(criteria.filter_groups.len(), 2);
/// # Ok::<(), magewright::search::NormalFormError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchCriteria {
    /// The groups; all must match.
    pub filter_groups: Vec<FilterGroup>,
    /// The order; empty leaves it to the store's database.
    pub sort_orders: Vec<SortOrder>,
    /// Rows a page. `None` and 0 give all rows, a negative size gives one.
    pub page_size: Option<i64>,
    /// The page, counted from 1; without a page size the store ignores it.
    pub current_page: Option<i64>,
    /// The parts of the reply wanted, as [`crate::fields`] reads them; `None` for all of it.
    pub fields: Option<String>,
}

/// Filters of which at least one must match.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FilterGroup {
    /// The filters. A group without any is no restriction.
    pub filters: Vec<Filter>,
}

/// One comparison of a field with a value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// The field; the store refuses a filter without one.
    pub field: Option<String>,
    /// The value, always text; `None` compares with SQL's empty text.
    pub value: Option<String>,
    /// How to compare.
    pub condition: Condition,
}

/// One key of the order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SortOrder {
    /// The field; one that the store does not know is ignored.
    pub field: Option<String>,
    /// The direction; the store takes a missing one as descending.
    pub direction: Option<Direction>,
}

/// Ascending or descending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Smallest first; rows without a value come first of all.
    Asc,
    /// Largest first.
    Desc,
}

impl Direction {
    /// `ASC` or `DESC`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Direction::Asc => "ASC",
            Direction::Desc => "DESC",
        }
    }
}

/// How a filter compares.
///
/// The names are those of the store and case counts: `LIKE` is not `like` but
/// an unknown condition, which the store takes for equality.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub enum Condition {
    /// `eq`: equal; also what the store assumes when no condition is given.
    #[default]
    Eq,
    /// `neq`: not equal; rows without a value do not match.
    Neq,
    /// `like`: matches a pattern with `%` and `_`.
    Like,
    /// `nlike`: does not match the pattern; rows without a value do not match.
    Nlike,
    /// `in`: equal to one of the values, split at every comma.
    In,
    /// `nin`: equal to none of the values; rows without a value do not match.
    Nin,
    /// `null`: has no value; the filter's value is ignored.
    Null,
    /// `notnull`: has a value; the filter's value is ignored.
    Notnull,
    /// `gt`: greater.
    Gt,
    /// `lt`: less.
    Lt,
    /// `gteq`: greater or equal.
    Gteq,
    /// `lteq`: less or equal.
    Lteq,
    /// `from`: greater or equal.
    From,
    /// `to`: less or equal.
    To,
    /// `finset`: is one of the items of a comma-separated column.
    Finset,
    /// `nfinset`: is none of the items; rows without a value do not match.
    Nfinset,
    /// `regexp`: matches a regular expression of the store's database.
    Regexp,
    /// `seq`: equal, or without a value when the filter's value is empty.
    Seq,
    /// `sneq`: not equal, or with a value when the filter's value is empty.
    Sneq,
    /// `ntoa`: the column as an IPv4 address matches the pattern.
    Ntoa,
    /// `is`: SQL's IS, which the store cannot run with any value (500).
    Is,
    /// A condition that the store does not know, `moreq` included: it compares
    /// for equality, and against the field's own name too.
    Unknown(String),
}

const CONDITIONS: [(&str, Condition); 21] = [
    ("eq", Condition::Eq),
    ("neq", Condition::Neq),
    ("like", Condition::Like),
    ("nlike", Condition::Nlike),
    ("in", Condition::In),
    ("nin", Condition::Nin),
    ("null", Condition::Null),
    ("notnull", Condition::Notnull),
    ("gt", Condition::Gt),
    ("lt", Condition::Lt),
    ("gteq", Condition::Gteq),
    ("lteq", Condition::Lteq),
    ("from", Condition::From),
    ("to", Condition::To),
    ("finset", Condition::Finset),
    ("nfinset", Condition::Nfinset),
    ("regexp", Condition::Regexp),
    ("seq", Condition::Seq),
    ("sneq", Condition::Sneq),
    ("ntoa", Condition::Ntoa),
    ("is", Condition::Is),
];

impl Condition {
    /// The condition the store makes of a name. An empty name and `0` count as none given: equality.
    ///
    /// ```
    /// use magewright::search::Condition;
    /// assert_eq!(Condition::named("gteq"), Condition::Gteq);
    /// assert_eq!(Condition::named(""), Condition::Eq);
    /// assert_eq!(Condition::named("LIKE").as_str(), "LIKE");
    /// assert!(Condition::named("moreq").is_unknown());
    /// ```
    #[must_use]
    pub fn named(name: &str) -> Self {
        if matches!(name, "" | "0") {
            return Condition::Eq;
        }
        let known = CONDITIONS.iter().find(|(known, _)| *known == name);
        known.map_or_else(|| Condition::Unknown(name.to_owned()), |(_, condition)| condition.clone())
    }

    /// The name as it is sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Condition::Eq => "eq",
            Condition::Neq => "neq",
            Condition::Like => "like",
            Condition::Nlike => "nlike",
            Condition::In => "in",
            Condition::Nin => "nin",
            Condition::Null => "null",
            Condition::Notnull => "notnull",
            Condition::Gt => "gt",
            Condition::Lt => "lt",
            Condition::Gteq => "gteq",
            Condition::Lteq => "lteq",
            Condition::From => "from",
            Condition::To => "to",
            Condition::Finset => "finset",
            Condition::Nfinset => "nfinset",
            Condition::Regexp => "regexp",
            Condition::Seq => "seq",
            Condition::Sneq => "sneq",
            Condition::Ntoa => "ntoa",
            Condition::Is => "is",
            Condition::Unknown(name) => name,
        }
    }

    /// Whether the store degrades the condition to equality.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        matches!(self, Condition::Unknown(_))
    }

    /// Whether the condition looks at the filter's value at all.
    #[must_use]
    pub fn takes_value(&self) -> bool {
        !matches!(self, Condition::Null | Condition::Notnull)
    }
}

impl SearchCriteria {
    /// Criteria that ask for every customer.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The same criteria with one more filter, in a group of its own.
    #[must_use]
    pub fn and(mut self, filter: Filter) -> Self {
        self.filter_groups.push(FilterGroup { filters: vec![filter] });
        self
    }

    /// The same criteria with one more group: at least one of these filters must match.
    #[must_use]
    pub fn and_any(mut self, filters: impl IntoIterator<Item = Filter>) -> Self {
        self.filter_groups.push(FilterGroup { filters: filters.into_iter().collect() });
        self
    }

    /// The same criteria with one more key to the order, ascending.
    #[must_use]
    pub fn order_by_asc(self, field: impl Into<String>) -> Self {
        self.order_by(field, Direction::Asc)
    }

    /// The same criteria with one more key to the order, descending.
    #[must_use]
    pub fn order_by_desc(self, field: impl Into<String>) -> Self {
        self.order_by(field, Direction::Desc)
    }

    fn order_by(mut self, field: impl Into<String>, direction: Direction) -> Self {
        self.sort_orders.push(SortOrder { field: Some(field.into()), direction: Some(direction) });
        self
    }

    /// The same criteria for one page.
    #[must_use]
    pub fn page(mut self, size: i64, page: i64) -> Self {
        self.page_size = Some(size);
        self.current_page = Some(page);
        self
    }

    /// The same criteria for a part of the reply, such as `items[id,email],total_count`.
    #[must_use]
    pub fn fields(mut self, fields: impl Into<String>) -> Self {
        self.fields = Some(fields.into());
        self
    }

    /// The same criteria for the first rows.
    #[must_use]
    pub fn limit(mut self, size: i64) -> Self {
        self.page_size = Some(size);
        self
    }
}

impl Filter {
    /// A filter on a field.
    ///
    /// ```
    /// use magewright::search::{Condition, Filter};
    /// let filter = Filter::new("email", Condition::Like, "%@example.test");
    /// assert_eq!(filter.field.as_deref(), Some("email"));
    /// ```
    #[must_use]
    pub fn new(field: impl Into<String>, condition: Condition, value: impl Into<String>) -> Self {
        Filter { field: Some(field.into()), value: Some(value.into()), condition }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_round_trip_by_name() {
        for (name, condition) in CONDITIONS {
            assert_eq!(Condition::named(name), condition);
            assert_eq!(condition.as_str(), name);
        }
        assert!(Condition::named("Gt").is_unknown());
    }

    #[test]
    fn builders_add_in_order() {
        let criteria = SearchCriteria::new()
            .and(Filter::new("a", Condition::Eq, "1"))
            .and_any([Filter::new("b", Condition::Eq, "2"), Filter::new("c", Condition::Eq, "3")])
            .order_by_desc("a")
            .limit(5);
        assert_eq!(criteria.filter_groups[1].filters.len(), 2);
        assert_eq!(criteria.sort_orders[0].direction, Some(Direction::Desc));
        assert_eq!((criteria.page_size, criteria.current_page), (Some(5), None));
    }
}

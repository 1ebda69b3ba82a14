//! Fields, as one begins to write a comparison with them.

use std::fmt;

use super::{Condition, Expression, Filter};

/// Begins a comparison.
///
/// ```
/// use magewright::search::{SearchCriteria, field};
/// let vip = field("is_vip").eq(1).or(field("group_id").one_of([2, 3]));
/// let criteria = SearchCriteria::matching(vip.and(field("email").like("%@x.com").not()))?;
/// assert_eq!(
///     criteria.to_string(),
///     "(is_vip = 1 or group_id in (2, 3)) and (email not like '%@x.com' or email is null)"
/// );
/// # Ok::<(), magewright::search::NormalFormError>(())
/// ```
#[must_use]
pub fn field(name: impl Into<String>) -> Field {
    Field { name: name.into() }
}

/// A field, about to be compared.
#[derive(Debug, Clone)]
pub struct Field {
    name: String,
}

impl Field {
    fn with(self, condition: Condition, value: impl fmt::Display) -> Expression {
        Expression::Filter(Filter::new(self.name, condition, value.to_string()))
    }

    /// Equal. Text compares without regard to case and accents.
    #[must_use]
    pub fn eq(self, value: impl fmt::Display) -> Expression {
        self.with(Condition::Eq, value)
    }

    /// Not equal; rows without a value do not match.
    #[must_use]
    pub fn ne(self, value: impl fmt::Display) -> Expression {
        self.with(Condition::Neq, value)
    }

    /// Greater.
    #[must_use]
    pub fn gt(self, value: impl fmt::Display) -> Expression {
        self.with(Condition::Gt, value)
    }

    /// Greater or equal.
    #[must_use]
    pub fn gteq(self, value: impl fmt::Display) -> Expression {
        self.with(Condition::Gteq, value)
    }

    /// Less.
    #[must_use]
    pub fn lt(self, value: impl fmt::Display) -> Expression {
        self.with(Condition::Lt, value)
    }

    /// Less or equal.
    #[must_use]
    pub fn lteq(self, value: impl fmt::Display) -> Expression {
        self.with(Condition::Lteq, value)
    }

    /// Matches a pattern: `%` any text, `_` one character, `\` takes the next literally.
    #[must_use]
    pub fn like(self, pattern: impl fmt::Display) -> Expression {
        self.with(Condition::Like, pattern)
    }

    /// Matches a regular expression of the store's database.
    #[must_use]
    pub fn regexp(self, pattern: impl fmt::Display) -> Expression {
        self.with(Condition::Regexp, pattern)
    }

    /// Is one of the items of a comma-separated field, such as a multiselect.
    #[must_use]
    pub fn contains(self, item: impl fmt::Display) -> Expression {
        self.with(Condition::Finset, item)
    }

    /// Has no value.
    #[must_use]
    pub fn null(self) -> Expression {
        Expression::Filter(Filter { field: Some(self.name), value: None, condition: Condition::Null })
    }

    /// Has a value.
    #[must_use]
    pub fn notnull(self) -> Expression {
        Expression::Filter(Filter { field: Some(self.name), value: None, condition: Condition::Notnull })
    }

    /// Compares by any of the store's conditions.
    #[must_use]
    pub fn compare(self, condition: Condition, value: impl fmt::Display) -> Expression {
        self.with(condition, value)
    }

    /// Equal to one of the values.
    ///
    /// The store splits `in` at every comma, so values that hold one are
    /// compared by `eq` instead.
    #[must_use]
    pub fn one_of<V: fmt::Display>(self, values: impl IntoIterator<Item = V>) -> Expression {
        self.any_of(values, Condition::In, Condition::Eq, Expression::Or)
    }

    /// Equal to none of the values; rows without a value do not match.
    #[must_use]
    pub fn none_of<V: fmt::Display>(self, values: impl IntoIterator<Item = V>) -> Expression {
        self.any_of(values, Condition::Nin, Condition::Neq, Expression::And)
    }

    fn any_of<V: fmt::Display>(
        self,
        values: impl IntoIterator<Item = V>,
        list: Condition,
        single: Condition,
        join: fn(Vec<Expression>) -> Expression,
    ) -> Expression {
        let values = values.into_iter().map(|value| value.to_string());
        let (with_comma, plain): (Vec<_>, Vec<_>) = values.partition(|value| value.contains(','));
        let mut parts = Vec::with_capacity(1 + with_comma.len());
        if !plain.is_empty() || with_comma.is_empty() {
            parts.push(Expression::Filter(Filter::new(self.name.clone(), list, plain.join(","))));
        }
        let single = |value| Expression::Filter(Filter::new(self.name.clone(), single.clone(), value));
        parts.extend(with_comma.into_iter().map(single));
        if parts.len() > 1 { join(parts) } else { parts.pop().unwrap_or(Expression::Or(Vec::new())) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::SearchCriteria;

    fn shown(expression: Expression) -> String {
        SearchCriteria::matching(expression).unwrap().to_string()
    }

    #[test]
    fn values_with_commas_leave_the_list() {
        assert_eq!(shown(field("a").one_of(["1", "2,3"])), "(a in (1) or a = '2,3')");
        assert_eq!(shown(field("a").none_of(["2,3"])), "a != '2,3'");
        assert_eq!(shown(field("a").one_of::<&str>([])), "a in ('')");
    }

    #[test]
    fn every_comparison_has_its_sign() {
        for (expression, text) in [
            (field("a").eq("x"), "a = 'x'"),
            (field("a").ne(1), "a != 1"),
            (field("a").gt(1.5), "a > 1.5"),
            (field("a").gteq(-1), "a >= -1"),
            (field("a").lt("2026-01-01"), "a < '2026-01-01'"),
            (field("a").lteq(1), "a <= 1"),
            (field("a").like("x%"), "a like 'x%'"),
            (field("a").regexp("^x"), "a regexp '^x'"),
            (field("a").contains(7), "a finset 7"),
            (field("a").null(), "a is null"),
            (field("a").notnull(), "a is not null"),
            (field("a").compare(Condition::To, 3), "a to 3"),
        ] {
            assert_eq!(shown(expression), text);
        }
    }
}

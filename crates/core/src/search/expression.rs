//! Boolean expressions over fields, and their normal form.

use std::fmt;

use super::{Condition, Filter, FilterGroup, SearchCriteria};

/// The most filters a normal form may have: each takes three parameters, and
/// PHP reads 1000 of them unless the shop raised `max_input_vars`.
pub const MAX_FILTERS: usize = 300;

/// A boolean expression over filters.
///
/// The store knows only an AND of ORs; [`SearchCriteria::matching`] brings any
/// expression to that form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expression {
    /// One comparison.
    Filter(Filter),
    /// All must hold.
    And(Vec<Expression>),
    /// At least one must hold.
    Or(Vec<Expression>),
    /// Must not hold: exactly the rows that the inner expression does not give.
    Not(Box<Expression>),
}

/// Why an expression has no form that the store can search by.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum NormalFormError {
    /// The store has no opposite of this condition.
    NoOpposite {
        /// The field it is applied to.
        field: String,
        /// The condition's name.
        condition: String,
    },
    /// The normal form needs more than [`MAX_FILTERS`] filters.
    TooManyFilters,
    /// An OR of nothing: the store has no condition that never holds.
    NeverHolds,
}

impl fmt::Display for NormalFormError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NormalFormError::NoOpposite { field, condition } => write!(
                f,
                "{field}: the store has no opposite of `{condition}`: \
                 negate a condition like eq, like, in, gt or null instead"
            ),
            NormalFormError::TooManyFilters => write!(
                f,
                "more than {MAX_FILTERS} filters once brought to an AND of ORs: \
                 split the search, or use `in` with a list"
            ),
            NormalFormError::NeverHolds => {
                f.write_str("an `or` of nothing never holds, which the store cannot express: do not search")
            }
        }
    }
}

impl std::error::Error for NormalFormError {}

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

impl Expression {
    /// Both must hold.
    #[must_use]
    pub fn and(self, other: Expression) -> Expression {
        match self {
            Expression::And(mut parts) => {
                parts.push(other);
                Expression::And(parts)
            }
            first => Expression::And(vec![first, other]),
        }
    }

    /// At least one must hold.
    #[must_use]
    pub fn or(self, other: Expression) -> Expression {
        match self {
            Expression::Or(mut parts) => {
                parts.push(other);
                Expression::Or(parts)
            }
            first => Expression::Or(vec![first, other]),
        }
    }

    /// Exactly the rows that this expression does not give, those without a value included.
    #[must_use]
    #[expect(clippy::should_implement_trait, reason = "reads as the other connectives do")]
    pub fn not(self) -> Expression {
        Expression::Not(Box::new(self))
    }

    /// The groups of the AND of ORs that this expression equals.
    ///
    /// # Errors
    /// A [`NormalFormError`] when a negated condition has no opposite, or the form is too long.
    pub fn groups(&self) -> Result<Vec<FilterGroup>, NormalFormError> {
        let groups = normal_form(self, false)?;
        within_bound(&groups)?;
        if groups.iter().any(Vec::is_empty) {
            return Err(NormalFormError::NeverHolds);
        }
        Ok(groups.into_iter().map(|filters| FilterGroup { filters }).collect())
    }
}

impl SearchCriteria {
    /// Criteria that match exactly where the expression holds.
    ///
    /// # Errors
    /// As [`Expression::groups`].
    ///
    /// ```
    /// use magewright::search::{SearchCriteria, field};
    /// let either = field("a").eq(1).and(field("b").eq(2)).or(field("c").eq(3));
    /// let criteria = SearchCriteria::matching(either)?;
    /// assert_eq!(criteria.to_string(), "(a = 1 or c = 3) and (b = 2 or c = 3)");
    /// assert!(SearchCriteria::matching(field("a").regexp("x").not()).is_err());
    /// # Ok::<(), magewright::search::NormalFormError>(())
    /// ```
    pub fn matching(expression: Expression) -> Result<Self, NormalFormError> {
        Ok(SearchCriteria { filter_groups: expression.groups()?, ..SearchCriteria::default() })
    }
}

type Groups = Vec<Vec<Filter>>;

fn normal_form(expression: &Expression, negated: bool) -> Result<Groups, NormalFormError> {
    match (expression, negated) {
        (Expression::Filter(filter), false) => Ok(vec![vec![filter.clone()]]),
        (Expression::Filter(filter), true) => Ok(vec![opposite(filter)?]),
        (Expression::Not(inner), _) => normal_form(inner, !negated),
        (Expression::And(parts), false) | (Expression::Or(parts), true) => {
            let mut groups = Groups::new();
            for part in parts {
                groups.extend(normal_form(part, negated)?);
                within_bound(&groups)?;
            }
            Ok(groups)
        }
        (Expression::Or(parts), false) | (Expression::And(parts), true) => {
            let mut groups = vec![Vec::new()];
            for part in parts {
                groups = distribute(&groups, &normal_form(part, negated)?)?;
            }
            Ok(groups)
        }
    }
}

/// (A and B) or (C and D) = (A or C) and (A or D) and (B or C) and (B or D).
fn distribute(left: &Groups, right: &Groups) -> Result<Groups, NormalFormError> {
    let filters = |groups: &Groups| groups.iter().map(Vec::len).sum::<usize>();
    if filters(left) * right.len() + filters(right) * left.len() > MAX_FILTERS {
        return Err(NormalFormError::TooManyFilters);
    }
    // The right side turns slowest, so that a single right group keeps the order of the left ones.
    let pairs = right.iter().flat_map(|b| left.iter().map(move |a| (a, b)));
    Ok(pairs.map(|(a, b)| a.iter().chain(b).cloned().collect()).collect())
}

fn within_bound(groups: &Groups) -> Result<(), NormalFormError> {
    let filters: usize = groups.iter().map(Vec::len).sum();
    if filters > MAX_FILTERS { Err(NormalFormError::TooManyFilters) } else { Ok(()) }
}

/// The filters of which one holds exactly where the given one does not.
///
/// In SQL neither a comparison nor its opposite holds for a row without a
/// value, so `null` stands beside the opposite.
fn opposite(filter: &Filter) -> Result<Vec<Filter>, NormalFormError> {
    use Condition::{
        Eq, Finset, From, Gt, Gteq, In, Like, Lt, Lteq, Neq, Nfinset, Nin, Nlike, Notnull, Null, Seq, Sneq,
        To,
    };
    let empty = filter.value.as_deref().unwrap_or_default().is_empty();
    let condition = match &filter.condition {
        Null => Notnull,
        Notnull => Null,
        Seq if empty => Notnull,
        Sneq if empty => Null,
        Eq | Seq => Neq,
        Neq | Sneq => Eq,
        Like => Nlike,
        Nlike => Like,
        In => Nin,
        Nin => In,
        Gt => Lteq,
        Lteq | To => Gt,
        Lt => Gteq,
        Gteq | From => Lt,
        Finset => Nfinset,
        Nfinset => Finset,
        other => {
            return Err(NormalFormError::NoOpposite {
                field: filter.field.clone().unwrap_or_default(),
                condition: other.as_str().to_owned(),
            });
        }
    };
    let null = Filter { field: filter.field.clone(), value: None, condition: Null };
    Ok(match condition {
        Null => vec![null],
        Notnull => vec![Filter { condition, ..null }],
        _ => vec![Filter { condition, ..filter.clone() }, null],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(expression: Expression) -> String {
        SearchCriteria::matching(expression).unwrap().to_string()
    }

    #[test]
    fn negation_goes_inwards() {
        let both = field("a").eq(1).and(field("b").null());
        assert_eq!(shown(both.clone().not()), "(a != 1 or a is null or b is not null)");
        assert_eq!(shown(both.not().not()), "a = 1 and b is null");
        assert_eq!(
            shown(field("a").gt(1).or(field("b").lt(2)).not()),
            "(a <= 1 or a is null) and (b >= 2 or b is null)"
        );
        assert_eq!(shown(field("a").compare(Condition::Seq, "").not()), "a is not null");
    }

    #[test]
    fn values_with_commas_leave_the_list() {
        assert_eq!(shown(field("a").one_of(["1", "2,3"])), "(a in (1) or a = '2,3')");
        assert_eq!(shown(field("a").none_of(["2,3"])), "a != '2,3'");
        assert_eq!(shown(field("a").one_of::<&str>([])), "a in ('')");
    }

    #[test]
    fn what_cannot_be_negated_is_refused() {
        for condition in [Condition::Regexp, Condition::Ntoa, Condition::Is, Condition::named("moreq")] {
            let error = field("a").compare(condition, "x").not().groups().unwrap_err();
            assert!(error.to_string().contains("no opposite"), "{error}");
        }
    }

    #[test]
    fn the_blow_up_is_bounded() {
        let pair = |n: usize| field(format!("a{n}")).eq(1).and(field(format!("b{n}")).eq(2));
        let wide = (0..10).map(pair).reduce(Expression::or).unwrap();
        assert_eq!(wide.groups(), Err(NormalFormError::TooManyFilters));
        let long = (0..301).map(|n| field("a").eq(n)).reduce(Expression::and).unwrap();
        assert_eq!(long.groups(), Err(NormalFormError::TooManyFilters));
    }
}

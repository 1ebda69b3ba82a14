//! Boolean expressions over fields.

use super::normal_form::{NormalFormError, normal_form};
use super::{Filter, FilterGroup, SearchCriteria};

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
        let groups = normal_form(self)?;
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

//! Bringing an expression to the only form a store knows: an AND of ORs.

use std::fmt;

use super::{Condition, Expression, Filter};

/// The most filters a normal form may have: each takes three parameters, and
/// PHP reads 1000 of them unless the shop raised `max_input_vars`.
pub const MAX_FILTERS: usize = 300;

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

type Groups = Vec<Vec<Filter>>;

/// The groups of the AND of ORs that an expression equals.
pub(super) fn normal_form(expression: &Expression) -> Result<Groups, NormalFormError> {
    let groups = pushed_inwards(expression, false)?;
    within_bound(&groups)?;
    if groups.iter().any(Vec::is_empty) { Err(NormalFormError::NeverHolds) } else { Ok(groups) }
}

fn pushed_inwards(expression: &Expression, negated: bool) -> Result<Groups, NormalFormError> {
    match (expression, negated) {
        (Expression::Filter(filter), false) => Ok(vec![vec![filter.clone()]]),
        (Expression::Filter(filter), true) => Ok(vec![opposite(filter)?]),
        (Expression::Not(inner), _) => pushed_inwards(inner, !negated),
        (Expression::And(parts), false) | (Expression::Or(parts), true) => {
            let mut groups = Groups::new();
            for part in parts {
                groups.extend(pushed_inwards(part, negated)?);
                within_bound(&groups)?;
            }
            Ok(groups)
        }
        (Expression::Or(parts), false) | (Expression::And(parts), true) => {
            let mut groups = vec![Vec::new()];
            for part in parts {
                groups = distribute(&groups, &pushed_inwards(part, negated)?)?;
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
    use crate::search::{SearchCriteria, field};

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

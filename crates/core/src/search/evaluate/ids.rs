//! Filters by id, which a table kept in the order of its ids answers without a look at every row.

use std::cmp::Ordering;
use std::ops::RangeInclusive;

/// The ids that a filter lets pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Ids {
    /// Those of a range, which may be empty.
    Range(RangeInclusive<i64>),
    /// These, in ascending order.
    Listed(Vec<i64>),
}

/// Whole numbers below this are doubles without loss.
const EXACT: f64 = 9_007_199_254_740_992.0;

impl Ids {
    /// Every id.
    pub(super) const ALL: Ids = Ids::Range(i64::MIN..=i64::MAX);

    /// The ids that stand in a relation to a number; `None` where they are no range.
    pub(super) fn related(relation: fn(Ordering) -> bool, number: f64) -> Option<Self> {
        let (below, above) = (floor(number)?, floor(-number)?.checked_neg()?);
        let relations = [Ordering::Less, Ordering::Equal, Ordering::Greater].map(relation);
        Some(Ids::Range(match relations {
            [false, true, false] => above..=below,
            [false, false, true] => below + 1..=i64::MAX,
            [false, true, true] => above..=i64::MAX,
            [true, false, false] => i64::MIN..=above - 1,
            [true, true, false] => i64::MIN..=below,
            _ => return None,
        }))
    }

    /// The ids that are among some numbers.
    pub(super) fn listed(numbers: impl Iterator<Item = f64>) -> Option<Self> {
        let whole = numbers.map(|number| floor(number).map(|id| (id, id as f64 == number)));
        let whole: Vec<_> = whole.collect::<Option<_>>()?;
        let mut ids: Vec<i64> = whole.into_iter().filter_map(|(id, same)| same.then_some(id)).collect();
        ids.sort_unstable();
        ids.dedup();
        Some(Ids::Listed(ids))
    }

    /// The ids that are in both.
    pub(super) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Ids::Range(a), Ids::Range(b)) => Ids::Range(*a.start().max(b.start())..=*a.end().min(b.end())),
            (Ids::Listed(mut ids), Ids::Range(range)) | (Ids::Range(range), Ids::Listed(mut ids)) => {
                ids.retain(|id| range.contains(id));
                Ids::Listed(ids)
            }
            (Ids::Listed(mut ids), Ids::Listed(others)) => {
                ids.retain(|id| others.binary_search(id).is_ok());
                Ids::Listed(ids)
            }
        }
    }
}

/// The greatest whole number not above another; `None` beyond those that doubles tell apart.
fn floor(number: f64) -> Option<i64> {
    (number.abs() < EXACT).then(|| number.floor() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relations_are_ranges() {
        let range = |relation, number| match Ids::related(relation, number) {
            Some(Ids::Range(range)) => range,
            other => panic!("{other:?}"),
        };
        assert_eq!(range(Ordering::is_eq, 5.0), 5..=5);
        assert!(range(Ordering::is_eq, 5.5).is_empty());
        assert_eq!([5.0, 5.5].map(|n| *range(Ordering::is_gt, n).start()), [6, 6]);
        assert_eq!([5.0, 5.5].map(|n| *range(Ordering::is_ge, n).start()), [5, 6]);
        assert_eq!([5.0, 5.5].map(|n| *range(Ordering::is_lt, n).end()), [4, 5]);
        assert_eq!([5.0, -5.5].map(|n| *range(Ordering::is_le, n).end()), [5, -6]);
    }

    #[test]
    fn what_is_no_range_is_none() {
        assert_eq!(Ids::related(Ordering::is_ne, 5.0), None);
        for number in [1e300, -1e16, f64::NAN, f64::INFINITY] {
            assert_eq!(Ids::related(Ordering::is_lt, number), None);
        }
        assert_eq!(Ids::listed([1.0, 1e300].into_iter()), None);
    }

    #[test]
    fn both_is_what_is_in_each() {
        let listed = || Ids::listed([7.0, 2.0, 7.0, 2.5, 9.0].into_iter()).unwrap();
        assert_eq!(listed(), Ids::Listed(vec![2, 7, 9]));
        assert_eq!(Ids::ALL.and(listed()).and(Ids::Range(3..=8)), Ids::Listed(vec![7]));
        assert_eq!(listed().and(Ids::Listed(vec![1, 2, 9])), Ids::Listed(vec![2, 9]));
        assert_eq!(Ids::Range(1..=5).and(Ids::Range(3..=9)), Ids::Range(3..=5));
    }
}

//! Pages by id.

use std::ops::RangeInclusive;

use super::PagingError;
use crate::outcome::Refusal;
use crate::search::{Condition, Direction, Filter, SearchCriteria, allowed_page_size};

/// Pages by `entity_id`: each asks for the rows after the last one received.
///
/// The place is a filter group of its own beside those of the criteria, so it
/// composes with any of them. A row that exists while the scan runs and keeps
/// matching is received exactly once, whatever is inserted or deleted around it.
///
/// ```
/// use magewright::search::KeysetPages;
/// let mut pages = KeysetPages::new("group_id = 1".parse()?, 2)?;
/// assert_eq!(pages.request().unwrap().to_string(), "group_id = 1 order by entity_id asc limit 2");
/// pages.received(&[3, 7], 3)?;
/// assert_eq!(
///     pages.request().unwrap().to_string(),
///     "group_id = 1 and entity_id > 7 order by entity_id asc limit 2"
/// );
/// pages.received(&[9], 1)?;
/// assert!(pages.request().is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeysetPages {
    criteria: SearchCriteria,
    size: i64,
    after: i64,
    until: Option<i64>,
    done: bool,
}

impl KeysetPages {
    /// Pages of `size` rows.
    ///
    /// # Errors
    /// A size of 0 or less; criteria with a page, or an order other than
    /// `entity_id` ascending, of their own.
    pub fn new(criteria: SearchCriteria, size: i64) -> Result<Self, PagingError> {
        if size < 1 {
            return Err(PagingError::PageSize);
        }
        if criteria.page_size.is_some() || criteria.current_page.is_some() {
            return Err(PagingError::OwnPage);
        }
        let by_id = criteria.sort_orders.iter().all(|order| {
            order.field.as_deref() == Some("entity_id") && order.direction == Some(Direction::Asc)
        });
        if !by_id {
            return Err(PagingError::OwnOrder);
        }
        let criteria = SearchCriteria { sort_orders: Vec::new(), ..criteria }.order_by_asc("entity_id");
        Ok(KeysetPages { criteria, size, after: 0, until: None, done: false })
    }

    /// The same plan for a part of the ids only; see [`partition`].
    #[must_use]
    pub fn within(mut self, ids: RangeInclusive<i64>) -> Self {
        self.after = ids.start().saturating_sub(1);
        self.until = Some(*ids.end());
        self.done = ids.is_empty();
        self
    }

    /// The same plan, taken up again behind an id that [`KeysetPages::position`] gave.
    #[must_use]
    pub fn starting_after(mut self, id: i64) -> Self {
        self.after = id;
        self
    }

    /// The last id received: everything up to it has been seen.
    #[must_use]
    pub fn position(&self) -> i64 {
        self.after
    }

    /// The last id of the part that the plan is for; `None` where it has no end.
    pub(super) fn until(&self) -> Option<i64> {
        self.until
    }

    /// Rows for each request.
    pub(super) fn size(&self) -> i64 {
        self.size
    }

    /// Whether everything has been received.
    pub(super) fn is_done(&self) -> bool {
        self.done
    }

    /// Asks for no larger pages than another plan does.
    pub(super) fn limit_to(&mut self, other: &Self) {
        self.size = self.size.min(other.size);
    }

    /// The next request; `None` when everything has been received.
    #[must_use]
    pub fn request(&self) -> Option<SearchCriteria> {
        if self.done {
            return None;
        }
        let mut criteria = self.criteria.clone();
        if self.after > 0 {
            criteria = criteria.and(bound(Condition::Gt, self.after));
        }
        if let Some(until) = self.until {
            criteria = criteria.and(bound(Condition::Lteq, until));
        }
        Some(criteria.limit(self.size))
    }

    /// Takes note of a page: the ids of its rows, and the `total_count` of the
    /// reply, which here counts the rows still to come.
    ///
    /// # Errors
    /// Rows from before the place asked for, with which the plan would not end.
    pub fn received(&mut self, ids: &[i64], total_count: u64) -> Result<(), PagingError> {
        let rows = u64::try_from(ids.len()).unwrap_or(u64::MAX);
        if ids.iter().any(|id| *id <= self.after) {
            return Err(PagingError::NoProgress);
        }
        self.after = ids.iter().copied().fold(self.after, i64::max);
        self.done = ids.is_empty() || rows >= total_count;
        Ok(())
    }

    /// Goes on with the page size the store allows, when that is what it refused.
    /// Returns whether to try again.
    pub fn refused(&mut self, refusal: &Refusal) -> bool {
        match allowed_page_size(refusal) {
            Some(allowed) if allowed < self.size => {
                self.size = allowed;
                true
            }
            _ => false,
        }
    }
}

fn bound(condition: Condition, id: i64) -> Filter {
    Filter::new("entity_id", condition, id.to_string())
}

/// Cuts a range of ids into at most `parts` ranges of nearly equal length, in order.
///
/// Each can be scanned by a [`KeysetPages`] of its own, side by side. Rows
/// inserted later have greater ids than `ids`' end and are in none of them.
///
/// ```
/// use magewright::search::partition;
/// assert_eq!(partition(1..=10, 3), [1..=4, 5..=7, 8..=10]);
/// assert_eq!(partition(5..=6, 8), [5..=5, 6..=6]);
/// assert!(partition(1..=0, 3).is_empty());
/// ```
#[must_use]
pub fn partition(ids: RangeInclusive<i64>, parts: u32) -> Vec<RangeInclusive<i64>> {
    let (first, last) = (i128::from(*ids.start()), i128::from(*ids.end()));
    let count = last - first + 1;
    let parts = i128::from(parts).min(count);
    if parts < 1 {
        return Vec::new();
    }
    let (length, longer) = (count / parts, count % parts);
    let start = |part: i128| first + part * length + part.min(longer);
    let range = |part| Some(i64::try_from(start(part)).ok()?..=i64::try_from(start(part + 1) - 1).ok()?);
    (0..parts).filter_map(range).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_meet_without_gaps() {
        for (ids, parts) in [(1..=100, 7), (i64::MIN..=i64::MAX, 3), (5..=5, 2)] {
            let ranges = partition(ids.clone(), parts);
            assert_eq!(ranges.first().unwrap().start(), ids.start());
            assert_eq!(ranges.last().unwrap().end(), ids.end());
            assert!(ranges.windows(2).all(|pair| pair[0].end() + 1 == *pair[1].start()));
        }
        assert!(partition(1..=5, 0).is_empty());
    }

    #[test]
    fn a_part_stays_within_its_bounds() {
        let mut pages = KeysetPages::new(SearchCriteria::default(), 5).unwrap().within(11..=20);
        assert_eq!(
            pages.request().unwrap().to_string(),
            "entity_id > 10 and entity_id <= 20 order by entity_id asc limit 5"
        );
        pages.received(&[], 0).unwrap();
        assert!(pages.request().is_none());
        assert_eq!(pages.position(), 10);
    }

    #[test]
    fn what_would_be_overwritten_is_refused() {
        let plan = |text: &str| KeysetPages::new(text.parse().unwrap(), 5);
        assert_eq!(plan("a = 1 order by email asc"), Err(PagingError::OwnOrder));
        assert_eq!(plan("a = 1 order by entity_id desc"), Err(PagingError::OwnOrder));
        assert_eq!(plan("a = 1 limit 3"), Err(PagingError::OwnPage));
        assert!(plan("a = 1 order by entity_id asc").is_ok());
    }

    #[test]
    fn rows_out_of_place_stop_the_plan() {
        let mut pages = KeysetPages::new(SearchCriteria::default(), 5).unwrap().starting_after(9);
        assert_eq!(pages.received(&[9], 1), Err(PagingError::NoProgress));
        assert_eq!(pages.position(), 9);
    }

    #[test]
    fn a_refused_page_size_is_taken_over() {
        let mut pages = KeysetPages::new(SearchCriteria::default(), 500).unwrap();
        let refusal = Refusal::new(400, "Maximum SearchCriteria pageSize is %max").named([("max", 300_i64)]);
        assert!(pages.refused(&refusal));
        assert_eq!(pages.request().unwrap().page_size, Some(300));
        assert!(!pages.refused(&refusal));
    }
}

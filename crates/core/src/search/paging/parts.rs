//! Reading a whole result in parts that do not wait for each other.

use std::collections::VecDeque;
use std::ops::RangeInclusive;

use super::keyset::KeysetPages;
use super::{PagingError, partition};

/// Ranges of ids that wait to be read, each about a page long.
///
/// A page tells how many rows its range still has; what is left of it is cut into ranges of about a page, so
/// that crowded ids are shared out as they are found, and sparse ones cost few requests. Every range is
/// read by [`KeysetPages`] and keeps its promise: a row that exists throughout is received exactly once. Whoever
/// sends takes a range ([`Parts::next`]), asks for its page, and says what came ([`Parts::received`]).
///
/// ```
/// use magewright::search::{KeysetPages, Parts};
/// let mut parts = Parts::new(KeysetPages::new("group_id = 1".parse()?, 2)?);
/// parts.ends_at(9);
/// let mut first = parts.next().expect("the whole to begin with");
/// assert_eq!(first.request().unwrap().to_string(), "group_id = 1 order by entity_id asc limit 2");
/// parts.received(first, &[1, 3], 6)?;
/// let rest: Vec<_> = std::iter::from_fn(|| parts.next()?.request()).map(|asked| asked.to_string()).collect();
/// assert_eq!(rest, [
///     "group_id = 1 and entity_id > 3 and entity_id <= 5 order by entity_id asc limit 2",
///     "group_id = 1 and entity_id > 5 and entity_id <= 7 order by entity_id asc limit 2",
///     "group_id = 1 and entity_id > 7 order by entity_id asc limit 2",
/// ]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// Pages as they are asked for, of no range yet.
    plan: KeysetPages,
    /// The greatest id there was in the beginning; 0 for as long as nobody has told.
    last: i64,
    waiting: VecDeque<KeysetPages>,
}

impl Parts {
    /// The parts of a plan: one, for as long as [`Parts::ends_at`] has not told where the ids end.
    #[must_use]
    pub fn new(plan: KeysetPages) -> Self {
        Parts { waiting: VecDeque::from([plan.clone()]), plan, last: 0 }
    }

    /// Takes note of the greatest id that matches.
    ///
    /// Rows created while the parts are read get greater ids, and the last part takes them along.
    pub fn ends_at(&mut self, last: i64) {
        self.last = last;
    }

    /// The next range to ask a page of; `None` while none waits.
    #[expect(clippy::should_implement_trait, reason = "more may wait after a `None`")]
    pub fn next(&mut self) -> Option<KeysetPages> {
        self.waiting.pop_front()
    }

    /// Takes note of the page of a range: its ids, and the `total_count` of the reply.
    ///
    /// # Errors
    /// As [`KeysetPages::received`].
    pub fn received(
        &mut self,
        mut range: KeysetPages,
        ids: &[i64],
        total_count: u64,
    ) -> Result<(), PagingError> {
        range.received(ids, total_count)?;
        let came = u64::try_from(ids.len()).unwrap_or(u64::MAX);
        if !range.is_done() {
            self.cut(range, total_count.saturating_sub(came));
        }
        Ok(())
    }

    /// Takes back a range that the store refused for its page size, to be asked with the size that it allows.
    pub fn put_back(&mut self, range: KeysetPages) {
        self.plan.limit_to(&range);
        self.waiting.iter_mut().for_each(|waiting| waiting.limit_to(&range));
        self.waiting.push_front(range);
    }

    /// Lets what is left of a range wait in pieces of about a page.
    fn cut(&mut self, range: KeysetPages, left: u64) {
        let until = range.until();
        let ids = range.position().saturating_add(1)..=until.unwrap_or(self.last);
        let mut pieces = partition(ids.clone(), pieces(&ids, left, self.plan.size()));
        // Beyond the last id there may be new rows: that piece has no end if its range had none.
        let open = if until.is_none() { pieces.pop() } else { None };
        if pieces.is_empty() {
            return self.waiting.push_back(range);
        }
        let within = pieces.into_iter().map(|ids| self.plan.clone().within(ids));
        let open = open.map(|ids| self.plan.clone().starting_after(ids.start().saturating_sub(1)));
        self.waiting.extend(within.chain(open).collect::<Vec<_>>());
    }
}

/// Into how many pieces ids are cut that hold so many rows: pieces that cannot hold more than a page, or where ids
/// are sparse some four fifths of one, so that few run over.
fn pieces(ids: &RangeInclusive<i64>, rows: u64, size: i64) -> u32 {
    let size = u64::try_from(size).unwrap_or(1).max(1);
    let length = ids.end().saturating_sub(*ids.start()).saturating_add(1);
    let dense = u64::try_from(length).unwrap_or(0).div_ceil(size);
    let sparse = rows.saturating_mul(5).div_ceil(size.saturating_mul(4));
    u32::try_from(dense.min(sparse)).unwrap_or(u32::MAX).max(1)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::search::SearchCriteria;

    fn parts(size: i64, last: i64) -> Parts {
        let mut parts = Parts::new(KeysetPages::new(SearchCriteria::default(), size).unwrap());
        parts.ends_at(last);
        parts
    }

    /// What a table answers to a request: the ids of a page, and how many match.
    fn answer(table: &BTreeSet<i64>, range: &KeysetPages) -> (Vec<i64>, u64) {
        let last = range.until().unwrap_or(i64::MAX);
        let ids = || table.range(range.position() + 1..).take_while(|id| **id <= last);
        (ids().copied().take(usize::try_from(range.size()).unwrap()).collect(), ids().count() as u64)
    }

    #[test]
    fn dense_ids_are_read_in_whole_pages() {
        let table: BTreeSet<i64> = (1..=100).collect();
        let (mut parts, mut requests) = (parts(10, 100), 0);
        while let Some(range) = parts.next() {
            let (ids, count) = answer(&table, &range);
            assert_eq!(ids.len(), 10);
            parts.received(range, &ids, count).unwrap();
            requests += 1;
        }
        assert_eq!(requests, 10);
    }

    #[test]
    fn a_smaller_page_holds_for_all_that_wait() {
        let mut parts = parts(10, 100);
        let first = parts.next().unwrap();
        parts.received(first, &[1], 90).unwrap();
        let mut refused = parts.next().unwrap();
        let refusal = crate::outcome::Refusal::new(400, "Maximum SearchCriteria pageSize is 4");
        assert!(refused.refused(&refusal));
        parts.put_back(refused);
        assert!(std::iter::from_fn(|| parts.next()).all(|range| range.size() == 4));
    }

    proptest! {
        #[test]
        fn every_stable_row_comes_once_whatever_comes_and_goes(
            stable in prop::collection::btree_set(1_i64..400, 0..120),
            others in prop::collection::vec((1_i64..500, any::<bool>()), 0..200),
            size in 1_i64..20,
            turns in prop::collection::vec(0_usize..8, 1..9),
        ) {
            let mut table = stable.clone();
            let mut parts = parts(size, stable.last().copied().unwrap_or(0));
            let (mut under_way, mut seen) = (Vec::new(), Vec::new());
            let (mut others, mut turns) = (others.into_iter(), turns.into_iter().cycle());
            loop {
                under_way.extend(std::iter::from_fn(|| parts.next()));
                let Some(turn) = turns.next().filter(|_| !under_way.is_empty()) else { break };
                let range = under_way.swap_remove(turn % under_way.len());
                for (id, comes) in others.by_ref().take(3).filter(|(id, _)| !stable.contains(id)) {
                    if comes { table.insert(id); } else { table.remove(&id); }
                }
                let (ids, count) = answer(&table, &range);
                parts.received(range, &ids, count).unwrap();
                seen.extend(ids.into_iter().filter(|id| stable.contains(id)));
            }
            seen.sort_unstable();
            prop_assert_eq!(seen, stable.into_iter().collect::<Vec<_>>());
        }
    }
}

//! Reading a whole result in parts that do not wait for each other.

use std::collections::BTreeMap;
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
/// Ranges do not overlap, so a page comes before every other whose range begins behind its own
/// ([`KeysetPages::position`]): who keeps pages until none before them is awaited ([`Parts::first`]) has all rows in
/// the order of their ids.
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
    /// By where they begin.
    waiting: BTreeMap<i64, KeysetPages>,
}

impl Parts {
    /// The parts of a plan: one, for as long as [`Parts::ends_at`] has not told where the ids end.
    #[must_use]
    pub fn new(plan: KeysetPages) -> Self {
        Parts { waiting: BTreeMap::from([(plan.position(), plan.clone())]), plan, last: 0 }
    }

    /// Takes note of the greatest id that matches.
    ///
    /// Rows created while the parts are read get greater ids, and the last part takes them along.
    pub fn ends_at(&mut self, last: i64) {
        self.last = last;
    }

    /// The next range to ask a page of, which is the first in the order of ids; `None` while none waits.
    #[expect(clippy::should_implement_trait, reason = "more may wait after a `None`")]
    pub fn next(&mut self) -> Option<KeysetPages> {
        self.waiting.pop_first().map(|(_, range)| range)
    }

    /// Behind which id the next range begins, and with it all that wait; `None` while none waits.
    #[must_use]
    pub fn first(&self) -> Option<i64> {
        self.waiting.first_key_value().map(|(after, _)| *after)
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
        self.waiting.values_mut().for_each(|waiting| waiting.limit_to(&range));
        self.wait(range);
    }

    /// Lets what is left of a range wait in pieces of about a page.
    fn cut(&mut self, range: KeysetPages, left: u64) {
        let until = range.until();
        let ids = range.position().saturating_add(1)..=until.unwrap_or(self.last);
        let mut pieces = partition(ids.clone(), pieces(&ids, left, self.plan.size()));
        // Beyond the last id there may be new rows: that piece has no end if its range had none.
        let open = if until.is_none() { pieces.pop() } else { None };
        if pieces.is_empty() {
            return self.wait(range);
        }
        pieces.into_iter().for_each(|ids| self.wait(self.plan.clone().within(ids)));
        if let Some(ids) = open {
            self.wait(self.plan.clone().starting_after(ids.start().saturating_sub(1)));
        }
    }

    fn wait(&mut self, range: KeysetPages) {
        self.waiting.insert(range.position(), range);
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
            let (mut under_way, mut seen, mut pages) = (Vec::new(), Vec::new(), BTreeMap::new());
            let (mut others, mut turns) = (others.into_iter(), turns.into_iter().cycle());
            loop {
                under_way.extend(std::iter::from_fn(|| parts.next()));
                let Some(turn) = turns.next().filter(|_| !under_way.is_empty()) else { break };
                let range = under_way.swap_remove(turn % under_way.len());
                for (id, comes) in others.by_ref().take(3).filter(|(id, _)| !stable.contains(id)) {
                    if comes { table.insert(id); } else { table.remove(&id); }
                }
                let (ids, count) = answer(&table, &range);
                let begins = range.position();
                parts.received(range, &ids, count).unwrap();
                prop_assert!(pages.insert(begins, ids).is_none(), "two ranges begin behind {}", begins);
                let awaited = under_way.iter().map(KeysetPages::position).chain(parts.first()).min();
                while pages.first_key_value().is_some_and(|(begins, _)| awaited.is_none_or(|first| *begins < first)) {
                    seen.extend(pages.pop_first().unwrap().1);
                }
            }
            prop_assert!(pages.is_empty() && seen.is_sorted(), "out of order: {:?}", seen);
            seen.retain(|id| stable.contains(id));
            prop_assert_eq!(seen, stable.into_iter().collect::<Vec<_>>());
        }
    }
}

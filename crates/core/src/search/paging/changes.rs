//! Polling for what was changed.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::PagingError;
use crate::json::Value;
use crate::outcome::Refusal;
use crate::search::{Condition, Filter, SearchCriteria, allowed_page_size};
use crate::time::Moment;

/// What a poll brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// The places, in the page received, of the items that are new or changed.
    pub fresh: Vec<usize>,
    /// Whether the poll is over: the next request begins another one, so wait first.
    pub poll_over: bool,
}

/// Asks again and again for customers changed since the last time, by `updated_at`.
///
/// The store's clock ticks in seconds and a save that began earlier may show up
/// later, so each poll goes back by an overlap; what it brings a second time
/// is told by its content and left out. A customer changed twice is received at
/// least in its last state. Deleted customers are not seen: nothing is left
/// that could be found.
///
/// Within a poll it pages by (`updated_at`, `entity_id`), so that rows changed
/// meanwhile move on and are received again rather than lost.
///
/// ```
/// use magewright::json;
/// use magewright::search::{ChangeFeed, SearchCriteria};
/// let mut feed = ChangeFeed::new(SearchCriteria::default(), 100, 60)?.since("2026-01-01 00:00:00");
/// assert_eq!(
///     feed.request().to_string(),
///     "updated_at >= '2025-12-31 23:59:00' order by updated_at asc, entity_id asc limit 100"
/// );
/// let page = [json::parse(br#"{"id":5,"updated_at":"2026-01-01 10:00:00"}"#)?];
/// assert_eq!(feed.received(&page, 1)?.fresh, [0]);
/// assert!(feed.received(&page, 1)?.fresh.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct ChangeFeed {
    criteria: SearchCriteria,
    size: i64,
    overlap: i64,
    /// The newest time received, from which the next poll goes back.
    newest: Option<i64>,
    /// Where the running poll stands: time and id of the last row.
    place: Option<(i64, i64)>,
    /// The time and the content of each customer received within the overlap.
    seen: BTreeMap<i64, (i64, u64)>,
}

impl ChangeFeed {
    /// A feed of everything that matches the criteria, in pages of `size` rows.
    ///
    /// The overlap, in seconds, should be longer than the store's slowest save;
    /// it is at least 1, the clock's own step.
    ///
    /// # Errors
    /// A size of 0 or less; criteria with an order or a page of their own.
    pub fn new(criteria: SearchCriteria, size: i64, overlap: u32) -> Result<Self, PagingError> {
        if size < 1 {
            return Err(PagingError::PageSize);
        }
        if criteria.page_size.is_some() || criteria.current_page.is_some() {
            return Err(PagingError::OwnPage);
        }
        if !criteria.sort_orders.is_empty() {
            return Err(PagingError::OwnOrder);
        }
        let overlap = i64::from(overlap).max(1);
        Ok(ChangeFeed { criteria, size, overlap, newest: None, place: None, seen: BTreeMap::new() })
    }

    /// The same feed, taken up at a time (`YYYY-MM-DD HH:MM:SS`, UTC) that
    /// [`ChangeFeed::newest`] gave; what is no such time leaves it as it is.
    #[must_use]
    pub fn since(mut self, newest: &str) -> Self {
        self.newest = seconds_of(newest).or(self.newest);
        self
    }

    /// The newest time received, to take up the feed again later.
    #[must_use]
    pub fn newest(&self) -> Option<String> {
        self.newest.map(text_of)
    }

    /// The next request: of the running poll, or of a new one.
    #[must_use]
    pub fn request(&self) -> SearchCriteria {
        let at = |condition, seconds| Filter::new("updated_at", condition, text_of(seconds));
        let mut criteria = self.criteria.clone();
        match (self.place, self.newest) {
            // (time, id) > (t, i) as an AND of ORs: time >= t and (time > t or id > i).
            (Some((seconds, id)), _) => {
                let later = at(Condition::Gt, seconds);
                let behind = Filter::new("entity_id", Condition::Gt, id.to_string());
                criteria = criteria.and(at(Condition::Gteq, seconds)).and_any([later, behind]);
            }
            (None, Some(newest)) => criteria = criteria.and(at(Condition::Gteq, newest - self.overlap)),
            (None, None) => {}
        }
        criteria.order_by_asc("updated_at").order_by_asc("entity_id").limit(self.size)
    }

    /// Takes note of a page: its items and the `total_count` of the reply.
    ///
    /// # Errors
    /// An item without `id` or `updated_at`.
    pub fn received(&mut self, items: &[Value], total_count: u64) -> Result<Changes, PagingError> {
        let rows = items.iter().map(row).collect::<Option<Vec<_>>>().ok_or(PagingError::IncompleteItem)?;
        let mut fresh = Vec::new();
        for (at, &(id, seconds, content)) in rows.iter().enumerate() {
            if self.seen.insert(id, (seconds, content)) != Some((seconds, content)) {
                fresh.push(at);
            }
            self.newest = self.newest.max(Some(seconds));
        }
        let poll_over = items.is_empty() || u64::try_from(items.len()).unwrap_or(u64::MAX) >= total_count;
        self.place = rows.last().filter(|_| !poll_over).map(|&(id, seconds, _)| (seconds, id));
        if let (true, Some(newest)) = (poll_over, self.newest) {
            // What lies before the overlap is not asked for again.
            self.seen.retain(|_, (seconds, _)| *seconds >= newest - self.overlap);
        }
        Ok(Changes { fresh, poll_over })
    }

    /// Goes on with the page size the store allows, when that is what it refused.
    /// Returns whether to try again.
    pub fn refused(&mut self, refusal: &Refusal) -> bool {
        let allowed = allowed_page_size(refusal).filter(|allowed| *allowed < self.size);
        self.size = allowed.unwrap_or(self.size);
        allowed.is_some()
    }
}

/// The id, the time of the last change and a digest of the content.
fn row(item: &Value) -> Option<(i64, i64, u64)> {
    let id = item.get("id").and_then(Value::as_i64)?;
    let seconds = seconds_of(item.get("updated_at").and_then(Value::as_str)?)?;
    let mut digest = DefaultHasher::new();
    item.to_string().hash(&mut digest);
    Some((id, seconds, digest.finish()))
}

fn seconds_of(time: &str) -> Option<i64> {
    time.parse().ok().map(Moment::seconds)
}

fn text_of(seconds: i64) -> String {
    Moment::at(seconds).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    fn item(id: i64, second: u32, name: &str) -> Value {
        parse(
            format!(r#"{{"id":{id},"updated_at":"2026-01-01 00:00:{second:02}","firstname":"{name}"}}"#)
                .as_bytes(),
        )
        .unwrap()
    }

    fn feed(overlap: u32) -> ChangeFeed {
        ChangeFeed::new(SearchCriteria::default(), 2, overlap).unwrap()
    }

    #[test]
    fn a_poll_pages_by_time_and_id() {
        let mut feed = feed(5);
        let changes = feed.received(&[item(1, 10, "a"), item(2, 10, "a")], 3).unwrap();
        assert_eq!(changes, Changes { fresh: vec![0, 1], poll_over: false });
        assert_eq!(
            feed.request().to_string(),
            "updated_at >= '2026-01-01 00:00:10' and (updated_at > '2026-01-01 00:00:10' or entity_id > 2) \
             order by updated_at asc, entity_id asc limit 2"
        );
        assert!(feed.received(&[item(3, 11, "a")], 1).unwrap().poll_over);
        assert!(feed.request().to_string().starts_with("updated_at >= '2026-01-01 00:00:06'"));
        assert_eq!(feed.newest().as_deref(), Some("2026-01-01 00:00:11"));
    }

    #[test]
    fn a_change_within_one_second_is_seen() {
        let mut feed = feed(5);
        feed.received(&[item(1, 10, "a")], 1).unwrap();
        assert_eq!(feed.received(&[item(1, 10, "a")], 1).unwrap().fresh, Vec::<usize>::new());
        assert_eq!(feed.received(&[item(1, 10, "b")], 1).unwrap().fresh, [0]);
    }

    #[test]
    fn what_left_the_overlap_is_forgotten() {
        let mut feed = feed(5);
        feed.received(&[item(1, 10, "a"), item(2, 20, "a")], 2).unwrap();
        assert_eq!(feed.seen.keys().copied().collect::<Vec<_>>(), [2]);
        assert!(feed.received(&[], 0).unwrap().poll_over);
    }

    #[test]
    fn items_without_their_time_are_refused() {
        let bare = parse(br#"{"id":1}"#).unwrap();
        assert_eq!(feed(1).received(&[bare], 1), Err(PagingError::IncompleteItem));
        assert!(ChangeFeed::new("a = 1 order by a asc".parse().unwrap(), 5, 1).is_err());
    }
}

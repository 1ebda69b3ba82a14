//! Pages by number.

use super::PagingError;
use crate::outcome::Refusal;
use crate::search::{Direction, SearchCriteria, SortOrder, allowed_page_size};

/// Pages by number, for an order of one's own.
///
/// `entity_id` is added as the last key, so that equal rows do not change
/// pages. Rows inserted or deleted while it runs still shift the others across
/// pages: a row can then be missed or come twice, which no order prevents. Use
/// [`super::KeysetPages`] where that matters.
///
/// ```
/// use magewright::search::OffsetPages;
/// let mut pages = OffsetPages::new("group_id = 1 order by lastname asc".parse()?, 2)?;
/// assert_eq!(
///     pages.request().unwrap().to_string(),
///     "group_id = 1 order by lastname asc, entity_id asc limit 2 page 1"
/// );
/// pages.received(2, 4);
/// assert_eq!(pages.request().unwrap().current_page, Some(2));
/// pages.received(2, 4);
/// assert!(pages.request().is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OffsetPages {
    criteria: SearchCriteria,
    size: i64,
    page: i64,
    done: bool,
}

impl OffsetPages {
    /// Pages of `size` rows.
    ///
    /// # Errors
    /// A size of 0 or less; criteria with a page of their own.
    pub fn new(mut criteria: SearchCriteria, size: i64) -> Result<Self, PagingError> {
        if size < 1 {
            return Err(PagingError::PageSize);
        }
        if criteria.page_size.is_some() || criteria.current_page.is_some() {
            return Err(PagingError::OwnPage);
        }
        if !criteria.sort_orders.iter().any(|order| order.field.as_deref() == Some("entity_id")) {
            let last = SortOrder { field: Some("entity_id".to_owned()), direction: Some(Direction::Asc) };
            criteria.sort_orders.push(last);
        }
        Ok(OffsetPages { criteria, size, page: 1, done: false })
    }

    /// The next request; `None` when everything has been received.
    #[must_use]
    pub fn request(&self) -> Option<SearchCriteria> {
        (!self.done).then(|| self.criteria.clone().page(self.size, self.page))
    }

    /// Takes note of a page: how many rows it had, and the `total_count` of the reply.
    ///
    /// The last page is known by the count, so that a total that is a multiple
    /// of the page size needs no empty page; a page past the end is empty, for
    /// a store does not repeat its last one.
    pub fn received(&mut self, rows: usize, total_count: u64) {
        let reached = u64::try_from(self.page.saturating_mul(self.size)).unwrap_or(u64::MAX);
        self.done = rows == 0 || reached >= total_count;
        self.page = self.page.saturating_add(1);
    }

    /// Goes on with the page size the store allows, when that is what it refused.
    /// Returns whether to try again; rows may then come twice, and none is left out.
    pub fn refused(&mut self, refusal: &Refusal) -> bool {
        match allowed_page_size(refusal) {
            Some(allowed) if allowed < self.size => {
                let received = (self.page - 1).saturating_mul(self.size);
                self.page = received / allowed + 1;
                self.size = allowed;
                true
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(size: i64) -> OffsetPages {
        OffsetPages::new(SearchCriteria::default(), size).unwrap()
    }

    #[test]
    fn the_end_is_right_for_every_total() {
        for total in 0..10_u64 {
            let mut pages = pages(3);
            let (mut seen, mut requests) = (0, 0);
            while let Some(request) = pages.request() {
                let before = (request.current_page.unwrap() as u64 - 1) * 3;
                let rows = total.saturating_sub(before).min(3);
                seen += rows;
                requests += 1;
                pages.received(rows as usize, total);
            }
            assert_eq!((seen, requests), (total, total.div_ceil(3).max(1)), "{total}");
        }
    }

    #[test]
    fn a_smaller_page_size_leaves_no_row_out() {
        let mut pages = pages(500);
        pages.received(500, 2000);
        let refusal = Refusal::new(400, "Maximum SearchCriteria pageSize is %max").named([("max", 300_i64)]);
        assert!(pages.refused(&refusal));
        let next = pages.request().unwrap();
        assert_eq!((next.page_size, next.current_page), (Some(300), Some(2)));
        assert!(!pages.refused(&refusal));
        assert!(!pages.refused(&Refusal::new(500, "x")));
    }

    #[test]
    fn what_would_be_overwritten_is_refused() {
        assert_eq!(OffsetPages::new(SearchCriteria::new().limit(5), 5), Err(PagingError::OwnPage));
        assert_eq!(OffsetPages::new(SearchCriteria::new(), 0), Err(PagingError::PageSize));
    }
}

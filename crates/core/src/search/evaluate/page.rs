//! The page of a search's rows.

use crate::outcome::Refusal;
use crate::search::{SearchCriteria, internal_error};

/// Which rows of the result are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Page {
    skip: usize,
    take: usize,
}

impl Page {
    /// No size or 0: everything. A negative size counts as 1, a page before the first as the first.
    /// The store cannot run a search whose number of rows before the page comes out negative.
    pub(super) fn of(criteria: &SearchCriteria) -> Result<Self, Refusal> {
        let size = match criteria.page_size {
            None | Some(0) => return Ok(Page { skip: 0, take: usize::MAX }),
            Some(size) => size.max(1),
        };
        let before = rows_before(size, criteria.current_page.unwrap_or(1).max(1));
        let skip = u64::try_from(before).map_err(|_| internal_error())?;
        let bounded = |rows| usize::try_from(rows).unwrap_or(usize::MAX);
        Ok(Page { skip: bounded(skip), take: bounded(size.unsigned_abs()) })
    }

    pub(super) fn of_rows(self, ids: &mut dyn Iterator<Item = i64>) -> Vec<i64> {
        ids.skip(self.skip).take(self.take).collect()
    }
}

/// PHP's product: beyond 64 bits it is a double, of which the lowest 64 bits are made an integer again.
///
/// Source: `Zend_Db_Select::limitPage`, `Framework/DB/Select/LimitRenderer.php`; PHP 8.2.
fn rows_before(size: i64, page: i64) -> i64 {
    size.checked_mul(page - 1).unwrap_or_else(|| (size as f64 * (page - 1) as f64) as i128 as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(size: i64, page: i64) -> Option<(usize, usize)> {
        let page = Page::of(&SearchCriteria::new().page(size, page)).ok()?;
        Some((page.skip, page.take))
    }

    #[test]
    fn what_is_below_one_counts_as_one() {
        assert_eq!(page(10, 3), Some((20, 10)));
        assert_eq!(page(-5, 2), Some((1, 1)));
        assert_eq!(page(10, -1), Some((0, 10)));
        assert_eq!(page(0, 7), Some((0, usize::MAX)));
    }

    #[test]
    fn too_large_a_product_keeps_its_lowest_bits() {
        // As PHP 8.2 answers `(int) (10 * (PHP_INT_MAX - 1))`, and with 3 in the place of 10.
        assert_eq!(rows_before(10, i64::MAX), 0);
        assert_eq!(rows_before(3, i64::MAX), i64::MIN);
        assert_eq!(page(10, i64::MAX), Some((0, 10)));
        assert_eq!(page(3, i64::MAX), None);
        assert_eq!(page(1, i64::MAX).map(|(skip, _)| skip), usize::try_from(i64::MAX - 1).ok());
    }
}

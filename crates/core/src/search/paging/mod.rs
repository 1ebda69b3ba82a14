//! Reading a whole result page by page: plans as pure values.
//!
//! A plan says what to ask next (`request`) and is told what came back
//! (`received`); whoever sends the requests owns the waiting and the retrying.
//!
//! - [`KeysetPages`] walks by `entity_id`. Rows that exist throughout are seen
//!   exactly once whatever is inserted or deleted meanwhile. The default choice.
//! - [`OffsetPages`] counts pages, and so allows any order; a row deleted
//!   meanwhile makes it skip another one, a row inserted makes it repeat one.
//! - [`ChangeFeed`] asks again and again for what was changed since.
//!
//! [`Parts`] makes of a walk by `entity_id` ranges to be read side by side, and [`partition`] cuts one range.

mod changes;
mod keyset;
mod offset;
mod parts;

pub use changes::{ChangeFeed, Changes};
pub use keyset::{KeysetPages, partition};
pub use offset::OffsetPages;
pub use parts::Parts;

use std::fmt;

/// Why a plan cannot be made or go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PagingError {
    /// The criteria bring an order of their own, which the plan needs to set.
    OwnOrder,
    /// The criteria bring a page size or page of their own.
    OwnPage,
    /// The page size is not above 0.
    PageSize,
    /// The store sent rows that were not asked for, so that the plan would not end.
    NoProgress,
    /// An item lacks `id` or `updated_at`; `fields`, when given, must name them.
    IncompleteItem,
}

impl fmt::Display for PagingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            PagingError::OwnOrder => "the criteria have an order, which this plan sets itself: leave it out",
            PagingError::OwnPage => "the criteria have a page, which the plan sets itself: leave it out",
            PagingError::PageSize => "the page size must be above 0",
            PagingError::NoProgress => {
                "the store sent rows from before the place asked for: stop, and check its filters"
            }
            PagingError::IncompleteItem => "an item lacks id or updated_at: name them in fields",
        })
    }
}

impl std::error::Error for PagingError {}

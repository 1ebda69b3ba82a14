//! `searchCriteria`: building, writing, reading and answering searches for customers.
//!
//! A search is an AND of ORs with an order and a page ([`SearchCriteria`]). It is
//! built from expressions ([`field`]), written as a query string ([`encode`]),
//! read from any spelling the store takes ([`decode`]), or written and read as
//! a small text for people (`Display`, `FromStr`). [`Search`] and [`answer`] find
//! customers in memory the way the store's database does; [`check`] says before
//! sending what a store would refuse or misread. [`KeysetPages`], [`OffsetPages`]
//! and [`ChangeFeed`] read long results page by page; [`Rows`] is a page in the store's own words.

mod check;
pub mod collation;
mod criteria;
mod decode;
mod echo;
mod encode;
mod evaluate;
mod explain;
mod expression;
mod field;
mod limits;
mod normal_form;
mod paging;
mod php;
mod reader;
mod rows;
mod text;

pub use check::{Warning, check, encode_checked};
pub use criteria::{Condition, Direction, Filter, FilterGroup, SearchCriteria, SortOrder};
pub use decode::{DecodeError, decode, decode_within};
pub use echo::echo;
pub use encode::{Spelling, encode};
pub use evaluate::{EvaluateError, Found, Search, answer};
pub use explain::{Explanation, explain};
pub use expression::Expression;
pub use field::{Field, field};
pub use limits::allowed_page_size;
pub use normal_form::{MAX_FILTERS, NormalFormError};
pub use paging::{ChangeFeed, Changes, KeysetPages, OffsetPages, PagingError, Parts, partition};
pub use rows::{NotAPage, Row, Rows};
pub use text::ReadError;

use crate::outcome::Refusal;

/// What a store answers when its own code fails; the report's id is random.
fn internal_error() -> Refusal {
    let message = "Internal Error. Details are available in Magento log file. Report ID: webapi-<report>";
    Refusal::new(500, message)
}

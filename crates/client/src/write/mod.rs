//! Writing customers so that nothing is lost, doubled or left behind unnoticed.

mod create;
mod delete;
mod laying;
mod update;

pub use create::{Created, LeftBehind};
pub use update::{Unsettled, Updated};

pub(crate) use create::{expected, website_of};
pub(crate) use laying::{Laid, Laying, adds_address};

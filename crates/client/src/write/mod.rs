//! Writing customers so that nothing is lost, doubled or left behind unnoticed.

mod create;
mod delete;
mod laying;
mod update;

pub use create::{Created, LeftBehind};
pub use update::{Unsettled, Updated};

pub(crate) use laying::{Laid, Laying};

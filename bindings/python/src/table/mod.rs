//! Tables in, tables out, over the Arrow C stream interface.
//!
//! A batch of rows is read, judged and forgotten before the next is asked for, so
//! memory does not grow with a stream, and nothing here needs the interpreter.

mod cells;
mod documents;
mod given;
mod layout;
mod patches;
mod plans;
mod refusal;
mod rows;
mod stream;
mod temporal;
mod violations;

pub(crate) use documents::table_rows;
pub(crate) use given::is_table;
pub(crate) use plans::plan_table;
pub(crate) use stream::ArrowStream;
pub(crate) use violations::validate_table;

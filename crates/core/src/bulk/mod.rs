//! What is to be decided about bulk jobs: reading, cutting and checking a
//! submission, and reading its end.
//!
//! ```
//! use magewright::bulk::{Limits, Passwords, align, check, chunks};
//! use magewright::json::{Value, parse};
//!
//! let items: Vec<Value> = vec![parse(br#"{"customer":{"email":"ada@example.test"}}"#)?];
//! assert!(check(&items, Passwords::Refuse).is_empty());
//! assert_eq!(chunks(&items, Limits::default()), [0..1]);
//!
//! let status = magewright::models::read(br#"{"operations_list":[{"id":0,"status":1,"result_message":"ok"}]}"#)?;
//! assert!(align(1, &status)[0].is_done());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod align;
mod check;
mod chunk;
mod items;
mod status;

pub use align::{Progress, align, align_reply, progress};
pub use check::{Passwords, Problem, ProblemKind, check};
pub use chunk::{Limits, chunks};
pub use items::items;
pub(crate) use items::whole;
pub use status::{OperationState, Settled};

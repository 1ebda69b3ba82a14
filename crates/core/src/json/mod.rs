//! JSON as a Magento store reads it.
//!
//! The store decodes a request with PHP's `json_decode`: of two equal keys the
//! last value counts, nesting ends at 511 levels, an unpaired surrogate is a
//! syntax error. Beyond that magewright promises to leave what it does not
//! touch alone, so a [`Value`] keeps key order and the spelling of numbers,
//! which `serde_json::Value` does not.
//!
//! ```
//! use magewright::json::{self, Value};
//!
//! let customer = json::parse(br#"{"id":5,"credit":1.50}"#)?;
//! assert_eq!(customer.get("id").and_then(Value::as_i64), Some(5));
//! assert_eq!(customer.to_string(), r#"{"id":5,"credit":1.50}"#);
//! # Ok::<(), json::SyntaxError>(())
//! ```

mod bridge;
mod error;
mod parse;
mod pointer;
pub(crate) mod scan;
mod value;
#[cfg(test)]
pub(crate) mod work;
mod write;

pub use error::{SyntaxError, SyntaxErrorKind};
pub use parse::{MAX_DEPTH, parse, parse_noting_duplicates};
pub use pointer::{Path, escape_segment};
pub use value::{Number, Object, Value};

//! Customers, groups, stores and bulks as Rust structs that lose nothing.
//!
//! A reply read into a model and written back is the same, leaf by leaf:
//!
//! - every field is a [`Maybe`]: absent, null and a value are three things;
//! - an object inside another is a [`PhpObject`], because PHP writes an empty one as `[]`, and so does
//!   the `fields` parameter when nothing of an item is left;
//! - what no contract knows is kept in `rest`, in order;
//! - a custom attribute's value is any JSON;
//! - a [`Secret`] does not show itself in `Debug`.
//!
//! ```
//! use magewright::models::{self, Customer, Maybe};
//!
//! let reply = br#"{"id":5,"dob":null,"firstname":"Ada","addresses":[],"extension_attributes":[],"loyalty":1}"#;
//! let mut customer: Customer = models::read(reply)?;
//! assert_eq!(customer.firstname.value().map(String::as_str), Some("Ada"));
//! assert!(customer.dob.is_null() && customer.taxvat.is_absent());
//! assert_eq!(models::to_value(&customer).to_string(), std::str::from_utf8(reply)?);
//!
//! customer.taxvat = "DE123".into();
//! customer.dob = Maybe::Absent;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod maybe;
mod php;
mod read;
mod secret;

pub use crate::generated::models::*;
pub use crate::secret::Secret;
pub use maybe::Maybe;
pub use php::PhpObject;
pub use read::{Model, Unreadable, from_value, read, to_value};

//! Calls as data.

pub mod route;

pub use route::{Access, Method, Route};

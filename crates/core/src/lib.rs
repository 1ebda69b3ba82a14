//! What a Magento 2 store will do with a customer request, before it is sent.

pub mod bulk;
pub mod call;
pub mod contract;
pub mod desk;
mod double;
pub mod error;
pub mod fields;
mod generated;
pub mod json;
pub mod models;
pub mod oauth;
pub mod outcome;
#[cfg(test)]
mod php_answers;
pub mod plan;
pub mod predict;
pub mod profile;
pub mod release;
pub mod report;
pub mod retry;
pub mod search;
pub mod secret;
pub mod store;
pub mod time;
mod unicode;
pub mod validate;
mod xml;

/// The Rust examples of the readme.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
pub struct Readme;

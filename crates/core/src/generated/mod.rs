//! Written by `cargo xtask codegen`.

#[rustfmt::skip]
pub(crate) mod models;
#[rustfmt::skip]
pub(crate) mod tables;

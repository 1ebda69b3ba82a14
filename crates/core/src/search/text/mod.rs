//! The small text form of criteria, for people: printed by `Display`, read by `FromStr`.

mod print;
mod read;
mod token;

pub use read::ReadError;

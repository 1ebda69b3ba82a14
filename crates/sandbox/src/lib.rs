//! A Magento-like store on loopback, to try everything on.
//!
//! [`App`] is the store itself: synchronous, deterministic when told so, without
//! any network. What becomes of a customer is what the core predicts; the sandbox
//! adds a table, tokens, groups, metadata and a queue.

mod admit;
mod app;
mod ask;
mod clock;
mod directory;
mod facts;
mod file;
mod http;
mod identity;
mod model;
mod options;
mod password;
mod php;
mod queue;
mod race;
mod refusal;
mod routes;
mod schema;
mod seed;
mod serve;
mod shop;
mod target;
mod tokens;

pub use app::App;
pub use clock::Clock;
pub use directory::fill_regions;
pub use facts::Facts;
pub use file::FileError;
pub use http::{Body, Credentials, Request, Response, Written};
pub use identity::{Identity, Rights};
pub use options::{Administrator, Options, integration};
pub use race::Begun;
pub use seed::seed;
pub use serve::{Fault, Faults, NotAFault, ServeError, ServeOptions, Server, SharedApp};

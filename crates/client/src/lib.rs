//! Sends the calls of [`magewright`] to a store.
//!
//! ```no_run
//! use magewright::call::customers;
//! use magewright::search::{SearchCriteria, field};
//! use magewright_client::{Client, Credentials};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::new("https://shop.example/", Credentials::admin("admin", "hunter2"))?;
//! let customer = client.send(&customers::get(5)).await?;
//!
//! let criteria = SearchCriteria::matching(field("email").like("%@example.test"))?;
//! let page = client.send(&customers::search(&criteria)).await?;
//! # let _ = (customer, page);
//! # Ok(())
//! # }
//! ```
//!
//! What is here:
//! - [`Client::send`] for every call, in a store view's scope or in none, and again where a failure may pass and
//!   a second request does no harm ([`retry`](magewright::retry)); fewer requests at once when the store is overloaded;
//! - credentials: an administrator's or a customer's login, an integration's OAuth 1.0a signature, a
//!   ready token, or none. A login happens once for all that wait for it, before the token expires, and
//!   once more after a 401; never in a loop;
//! - [`handshake()`], which gives a new integration its credentials;
//! - reading: [`Client::get`], [`find`](Client::find), [`search`](Client::search), [`scan`](Client::scan) for all
//!   customers as a stream, [`changes`](Client::changes) for those that change, [`pull_profile`](Client::pull_profile);
//! - writing: [`Client::create`] without doubles, [`update`](Client::update) without losing what others write,
//!   [`delete`](Client::delete); groups, admin users and roles by [`Client::send`];
//! - bulk jobs with an end for each item: [`Client::bulk_create`], [`bulk_update`](Client::bulk_update),
//!   [`bulk_delete`](Client::bulk_delete);
//! - [`Client::sync`], which brings rows of changes to a store, each exactly once, over kills and faults;
//! - one [`Error`] with method, path, status, the store's message and its likely [causes](magewright::error::Cause);
//! - TLS that is always verified, against a company's own authority too ([`Roots`]), HTTP/1.1 and HTTP/2, gzip and brotli, time limits, a limit for replies;
//! - no redirect is followed, and no credentials go over plain HTTP to another machine unless told to;
//! - neither `Debug` nor an error shows a password, a token, a secret or a signature.
//!
//! It needs a Tokio runtime with its clock and network switched on.

mod authorize;
mod bulk;
mod client;
mod connection;
mod credentials;
mod error;
mod exchange;
mod handshake;
mod network;
mod pace;
mod read;
mod session;
mod settings;
mod sync;
mod tls;
mod token;
mod write;

pub use bulk::BulkOptions;
pub use client::Client;
pub use credentials::Credentials;
pub use error::{Error, Failed, Refused};
pub use handshake::{Activation, handshake};
pub use network::{Distrust, NetworkFailure};
pub use read::{ChangeOptions, Changed, Page, ScanOptions};
pub use settings::Settings;
pub use sync::{Losses, Missing, Outcome, Problem, Progress, Report, RowOutcome, SyncOptions, Via};
pub use tls::Roots;
pub use write::{Created, LeftBehind, Unsettled, Updated};

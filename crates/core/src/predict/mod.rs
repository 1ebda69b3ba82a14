//! What the store will do with a request: refuse it, and in what words, or save what.
//!
//! [`create`] answers for `POST /V1/customers`, from the bytes of the body to
//! the customer a GET gives afterwards. [`validate_create`] says everything
//! that is wrong with a body at once. Both go through the stages described in
//! [`crate::store`], so they cannot disagree: a body has an error if and only
//! if it is refused, and a loss if and only if the saved customer differs
//! visibly from what was sent.
//!
//! [`request`] answers for what comes before the body: the path's store code
//! and the content type. [`update`] answers for PUT, [`create_queued`] for the
//! asynchronous and bulk forms, and [`validate_batch`] for the items of a
//! batch. [`validate_admin_user`] checks administrators, for whom no release
//! has a route.

mod admin_user;
mod create;
pub(crate) mod loss;
mod pointer;
mod report;
mod request;
mod saved;
pub mod update;

pub use admin_user::{AdminPassword, AdminUserChecks, validate_admin_user};
pub use create::{Queued, create, create_queued};
pub(crate) use report::{unchecked, unrecorded};
pub use report::{validate_batch, validate_create};
pub use request::{Post, request};

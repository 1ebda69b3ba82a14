//! Changing a stored customer without losing anything.
//!
//! A [`Patch`] says what is to change; [`apply`] gives the customer that is
//! wanted, [`diff`] finds the patch between two copies, and [`reconcile`]
//! brings the changes of a writer who holds an older copy onto the current one.
//!
//! These work on JSON alone and know nothing of what a store would do with it.
//! [`plan`] does: it finds the body whose prediction ([`crate::predict::update`])
//! is exactly the stored customer with the patch laid over it, or says why there
//! is none. [`audit`] says what a body somebody wrote by hand would really do,
//! and [`verify`] whether the store did what was planned.

mod adopt;
mod apply;
mod audit;
mod body;
mod bytes;
mod change;
mod created;
mod diff;
mod differ;
#[cfg(test)]
mod growth;
mod keyed;
mod members;
mod merge;
mod patch;
mod planned;
mod planner;
mod quick;
mod reconcile;
mod refusal;
mod settle;
mod splice;
mod verify;

pub use adopt::adopt;
pub use apply::apply;
pub use audit::{Effect, EffectKind, audit};
pub use bytes::Planner;
pub use change::{Change, changes};
pub use created::verify_created;
pub use diff::{diff, same};
pub use merge::merge;
pub use patch::{Patch, PatchError, PatchErrorKind};
pub use planned::{Plan, PlannedBody, Warning};
pub use planner::{Strategy, plan};
pub use reconcile::{Conflict, Policy, Reconciled, reconcile};
pub use refusal::{Obstacle, Reason, Unplannable};
pub use verify::{Verification, verify, verify_stored};

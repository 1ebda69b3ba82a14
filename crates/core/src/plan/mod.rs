//! Changing a stored customer without losing anything.
//!
//! A [`Patch`] says what is to change; [`apply`] gives the customer that is
//! wanted, [`diff`] finds the patch between two copies, and [`reconcile`]
//! brings the changes of a writer who holds an older copy onto the current one.
//!
//! These work on JSON alone and know nothing of what a store would do with it.

mod apply;
mod change;
mod diff;
mod keyed;
mod patch;
mod reconcile;

pub use apply::apply;
pub use change::{Change, changes};
pub use diff::{diff, same};
pub use patch::{Patch, PatchError, PatchErrorKind};
pub use reconcile::{Conflict, Policy, Reconciled, reconcile};

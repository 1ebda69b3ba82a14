//! One module per suite: how its cases are put to the core and compared.

mod bulk;
mod create;
mod errors;
mod fields;
mod limits;
mod oauth;
mod scenarios;
mod search;
mod update;

use crate::Verdict;
use crate::folder::{Folder, FolderError};

/// Runs a suite over the folder's cases.
pub type Run = fn(&Folder, &[magewright::json::Value]) -> Result<Vec<Verdict>, FolderError>;

/// The suites in the order they are printed; `None` where the core has no model for it yet.
pub const SUITES: &[(&str, Option<Run>)] = &[
    ("errors", Some(errors::run)),
    ("fields", Some(fields::run)),
    ("create", Some(create::run)),
    ("update", Some(update::run)),
    ("search", Some(search::run)),
    ("oauth", Some(oauth::run)),
    ("bulk", Some(bulk::run)),
    ("scenarios", Some(scenarios::run)),
    ("limits", Some(limits::run)),
];

//! One module per suite: how its cases are put to the core and compared.

mod bulk;
mod create;
mod errors;
mod fields;
mod limits;
mod oauth;
mod on_stage;
mod scenarios;
mod search;
mod update;

use crate::Verdict;
use crate::folder::{Folder, FolderError};
use crate::stage::Stage;

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

/// Runs a suite by asking the sandbox store, in this process or over HTTP.
pub type RunOn = fn(&Folder, &[magewright::json::Value], &mut Stage) -> Result<Vec<Verdict>, FolderError>;

/// The suites that can be put to the sandbox store.
pub const ON_STAGE: &[(&str, RunOn)] = &[
    ("create", on_stage::create::run_on),
    ("update", on_stage::update::run_on),
    ("search", on_stage::search::run_on),
    ("bulk", bulk::run_on),
    ("scenarios", scenarios::run_on),
    ("limits", limits::run_on),
];

//! `search.jsonl`: each search as a GET, its items held against the recorded ids.

use std::path::Path;

use magewright::json::Value;
use magewright_sandbox::{Identity, Request, Rights};

use super::id;
use crate::Verdict;
use crate::folder::{Folder, FolderError};
use crate::stage::{self, Stage};
use crate::suites::search::Store;

pub(in crate::suites) fn run_on(
    folder: &Folder,
    cases: &[Value],
    stage: &mut Stage,
) -> Result<Vec<Verdict>, FolderError> {
    stage.set(stage::store_with(folder, Path::new("search-data.ndjson"))?);
    let store = Store::new(folder)?;
    let verdict = |case: &Value| {
        let query = case.get("query").and_then(Value::as_str).unwrap_or_default();
        let request = Request::get(&format!("/rest/V1/customers/search?{query}"));
        let (status, reply) = stage.ask(&request.from(Identity::Admin(1, Rights::All)));
        Verdict { id: id(case), differences: store.replied(case, status, &reply) }
    };
    Ok(cases.iter().map(verdict).collect())
}

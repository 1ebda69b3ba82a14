//! `create.jsonl`: each POST to a store of its own, and a GET of whoever is there afterwards.

use std::path::Path;

use magewright::json::Value;
use magewright_sandbox::Request;

use super::{created, id, member, reply};
use crate::Verdict;
use crate::folder::{Folder, FolderError};
use crate::placeholders::Bindings;
use crate::stage::{self, Stage};

pub(in crate::suites) fn run_on(
    folder: &Folder,
    cases: &[Value],
    stage: &mut Stage,
) -> Result<Vec<Verdict>, FolderError> {
    let base = stage::store_with(folder, Path::new("state/create-customers.ndjson"))?;
    let known = base.next_customer() - 1;
    let verdict = |case: &Value| {
        stage.set(base.clone());
        let mut bindings = Bindings::default();
        let request = Request { method: "POST".to_owned(), ..stage::request(case, &bindings) };
        let mut differences = reply(stage, case, &request, &mut bindings);
        let saved = created(stage, known);
        differences.extend(bindings.differences(member(case, "saved"), &saved));
        Verdict { id: id(case), differences }
    };
    Ok(cases.iter().map(verdict).collect())
}

//! The recorded cases kept with the project, and the store they were recorded on.

use magewright::json::Value;
use magewright::profile::Profile;
use magewright::release::Release;
use magewright::store::{Accounts, Store};
use magewright_conformance::Verdict;
use magewright_conformance::folder::{Folder, FolderError, kept};
use magewright_conformance::suites::SUITES;
use magewright_conformance::surroundings;

/// The recordings, and what the store said of itself.
pub(crate) struct Recordings {
    folder: Folder,
    profile: Profile,
    accounts: Accounts,
}

impl Recordings {
    pub(crate) fn read() -> Result<Self, FolderError> {
        let folder = Folder::new(kept(), Release::DEFAULT);
        let profile = surroundings::profile(&folder)?;
        let accounts = surroundings::accounts(&folder, "state/create-customers.ndjson")?;
        Ok(Recordings { folder, profile, accounts })
    }

    pub(crate) fn release(&self) -> Release {
        self.folder.release()
    }

    /// What the store said of itself.
    pub(crate) fn profile(&self) -> &Profile {
        &self.profile
    }

    /// The store that the creates were sent to.
    pub(crate) fn store(&self) -> Store<'_> {
        Store {
            release: self.release(),
            profile: &self.profile,
            accounts: &self.accounts,
            scope: None,
            now: Some(surroundings::RECORDED),
        }
    }

    pub(crate) fn cases(&self, suite: &str) -> Result<Vec<Value>, FolderError> {
        Ok(self.folder.cases(suite)?.unwrap_or_default())
    }

    /// The customers of a state file.
    pub(crate) fn accounts(&self, file: &str) -> Result<Accounts, FolderError> {
        surroundings::accounts(&self.folder, file)
    }

    /// What the core says of each case of a suite; `None` for a suite it has no model for.
    pub(crate) fn verdicts(&self, suite: &str, cases: &[Value]) -> Result<Option<Vec<Verdict>>, FolderError> {
        let run = SUITES.iter().find(|(name, _)| *name == suite).and_then(|(_, run)| *run);
        run.map(|run| run(&self.folder, cases)).transpose()
    }
}

/// A member of a case as text.
pub(crate) fn text<'c>(case: &'c Value, member: &str) -> &'c str {
    case.get(member).and_then(Value::as_str).unwrap_or_default()
}

/// Whether the store answered with that status.
pub(crate) fn answered(case: &Value, status: i64) -> bool {
    case.get("status").and_then(Value::as_i64) == Some(status)
}

/// A document as one line, cut where it is long.
pub(crate) fn shortened(value: &Value) -> String {
    const MOST: usize = 100;
    let text = value.to_string();
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text,
    }
}

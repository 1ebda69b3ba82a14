//! What has been done, on disk.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, params};

use super::row::Hash;
use crate::Error;

/// What is known of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) state: State,
    pub(super) id: Option<i64>,
    /// For an update that adds addresses, the ids from before; for a rejected row, the problems.
    pub(super) note: String,
}

/// How far a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// A create is about to be sent, or was.
    Creating,
    /// An update is about to be sent, or was.
    Updating,
    /// Done.
    Created,
    /// Done.
    Updated,
    /// There was nothing to do.
    Unchanged,
    /// The row must be mended.
    Rejected,
}

const STATES: [(State, &str); 6] = [
    (State::Creating, "creating"),
    (State::Updating, "updating"),
    (State::Created, "created"),
    (State::Updated, "updated"),
    (State::Unchanged, "unchanged"),
    (State::Rejected, "rejected"),
];

/// A row with what is to be noted of it.
pub(super) type Noted = ((u64, Hash), Entry);

/// The journal of a sync: for each line and content of a row, how far it is. It holds no customer's data but ids.
#[derive(Debug)]
pub(super) struct Journal(Mutex<Connection>);

impl Journal {
    /// Opens or begins the journal of a sync with the store at this address.
    ///
    /// # Errors
    /// [`Error::Journal`]: the file cannot be used, another run uses it, or it belongs to another store.
    pub(super) fn open(file: &Path, store: &str) -> Result<Self, Error> {
        let connection = Connection::open(file).map_err(problem)?;
        connection.busy_timeout(Duration::from_millis(200)).map_err(problem)?;
        // Held until the end of this process, however it ends: two runs would do rows twice.
        connection.pragma_update(None, "locking_mode", "EXCLUSIVE").map_err(problem)?;
        connection.pragma_update(None, "journal_mode", "WAL").map_err(problem)?;
        // What was noted before something is sent must outlast a failure of the machine as well.
        connection.pragma_update(None, "synchronous", "FULL").map_err(problem)?;
        connection.execute_batch(TABLES).map_err(problem)?;
        let known: Option<String> = connection
            .query_row("SELECT store FROM run", [], |row| row.get(0))
            .optional()
            .map_err(problem)?;
        if let Some(known) = known.as_deref().filter(|known| *known != store) {
            return Err(Error::Journal(format!("it belongs to a sync with {known}: take another file")));
        }
        if known.is_none() {
            connection.execute("INSERT INTO run (store) VALUES (?1)", [store]).map_err(problem)?;
        }
        Ok(Journal(Mutex::new(connection)))
    }

    /// What is known of a row.
    pub(super) fn entry(&self, (line, hash): (u64, Hash)) -> Result<Option<Entry>, Error> {
        let connection = self.connection();
        let mut found = connection
            .prepare_cached("SELECT state, id, note FROM rows WHERE line = ?1 AND hash = ?2")
            .map_err(problem)?;
        let line = i64::try_from(line).unwrap_or(i64::MAX);
        let entry = found.query_row(params![line, hash], |row| {
            let state: String = row.get(0)?;
            let state = STATES.iter().find(|(_, name)| *name == state).map(|(state, _)| *state);
            Ok(state.map(|state| Ok(Entry { state, id: row.get(1)?, note: row.get(2)? })))
        });
        entry.optional().map_err(problem)?.flatten().transpose().map_err(problem)
    }

    /// Notes rows, all of them or none.
    pub(super) fn note(&self, rows: &[Noted]) -> Result<(), Error> {
        if rows.is_empty() {
            return Ok(());
        }
        let mut connection = self.connection();
        let all = connection.transaction().map_err(problem)?;
        for ((line, hash), entry) in rows {
            let name = STATES.iter().find(|(state, _)| *state == entry.state).map_or("", |(_, name)| name);
            let line = i64::try_from(*line).unwrap_or(i64::MAX);
            let mut insert = all
                .prepare_cached(
                    "INSERT OR REPLACE INTO rows (line, hash, state, id, note) VALUES (?1, ?2, ?3, ?4, ?5)",
                )
                .map_err(problem)?;
            insert.execute(params![line, hash, name, entry.id, entry.note]).map_err(problem)?;
        }
        all.commit().map_err(problem)
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

const TABLES: &str = "
    CREATE TABLE IF NOT EXISTS run (store TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS rows (
        line INTEGER NOT NULL, hash BLOB NOT NULL, state TEXT NOT NULL, id INTEGER, note TEXT NOT NULL,
        PRIMARY KEY (line, hash)
    ) WITHOUT ROWID;";

fn problem(error: rusqlite::Error) -> Error {
    Error::Journal(match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::DatabaseBusy) => "another run uses it: wait for its end".to_owned(),
        _ => error.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str) -> std::path::PathBuf {
        let file = std::env::temp_dir().join(format!("magewright-{}-{name}.journal", std::process::id()));
        let _ = std::fs::remove_file(&file);
        file
    }

    #[test]
    fn what_is_noted_is_known_again() {
        let file = file("noted");
        let entry = Entry { state: State::Updating, id: Some(5), note: "[3]".to_owned() };
        let journal = Journal::open(&file, "https://shop.example/rest").unwrap();
        journal.note(&[((7, [1; 16]), entry.clone())]).unwrap();
        assert!(matches!(Journal::open(&file, "https://shop.example/rest"), Err(Error::Journal(_))));
        drop(journal);
        let journal = Journal::open(&file, "https://shop.example/rest").unwrap();
        assert_eq!(journal.entry((7, [1; 16])).unwrap(), Some(entry));
        assert_eq!(journal.entry((7, [2; 16])).unwrap(), None);
        assert_eq!(journal.entry((8, [1; 16])).unwrap(), None);
    }

    #[test]
    fn another_store_and_another_file_are_refused() {
        let file = file("other");
        drop(Journal::open(&file, "https://shop.example/rest").unwrap());
        let error = Journal::open(&file, "https://other.example/rest").unwrap_err().to_string();
        assert!(error.contains("https://shop.example/rest"), "{error}");
        std::fs::write(&file, "no database, but long enough to be taken for one".repeat(99)).unwrap();
        assert!(matches!(Journal::open(&file, "x"), Err(Error::Journal(_))));
    }
}

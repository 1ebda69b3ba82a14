//! The file of a store: its tables as JSON documents in SQLite, one table a kind.

mod read;
mod write;

use std::fmt;
use std::path::Path;
use std::time::Duration;

use magewright::json::Value;
use rusqlite::Connection;

use crate::shop::Shop;

/// The form of the file, in SQLite's `user_version`.
const FORM: i64 = 1;

/// Documents by kind: `place` is an id or a number, `part` that of an operation within its submission.
const TABLES: [&str; 7] =
    ["customers", "groups", "administrators", "revoked", "submissions", "operations", "state"];

/// How long to wait for another store that is about to end.
const PATIENCE: Duration = Duration::from_millis(500);

/// Why a store cannot be kept in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileError(String);

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the file of the store: {}", self.0)
    }
}

impl std::error::Error for FileError {}

impl From<rusqlite::Error> for FileError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DatabaseBusy) => {
                FileError("another store uses it: end that one, or name another file".to_owned())
            }
            Some(rusqlite::ErrorCode::NotADatabase) => {
                FileError("it is no SQLite database: name another file".to_owned())
            }
            _ => FileError(error.to_string()),
        }
    }
}

/// An open file.
#[derive(Debug)]
pub(crate) struct StoreFile {
    connection: Connection,
    /// The small things that change with many requests, as they were last written.
    state: Option<Value>,
}

impl StoreFile {
    /// Opens a file and fills the tables of the shop with what it holds; an empty file changes nothing.
    pub(crate) fn open(path: &Path, shop: &mut Shop) -> Result<Self, FileError> {
        let connection = Connection::open(path)?;
        connection.busy_timeout(PATIENCE)?;
        // One process at a time; a crash of the machine may cost the last changes, never the file.
        connection.execute_batch(
            "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;",
        )?;
        let form: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        match form {
            0 => create(&connection)?,
            FORM => read::all(&connection, shop)?,
            _ => return Err(FileError(format!("its form {form} is newer than {FORM}: use a newer sandbox"))),
        }
        Ok(StoreFile { connection, state: None })
    }
}

fn create(connection: &Connection) -> Result<(), FileError> {
    let foreign: i64 = connection.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get(0))?;
    if foreign > 0 {
        return Err(FileError("it holds another program's tables: name another file".to_owned()));
    }
    let table = |name: &str| {
        format!(
            "CREATE TABLE {name} (place INTEGER NOT NULL, part INTEGER NOT NULL DEFAULT 0, \
             document TEXT NOT NULL, PRIMARY KEY (place, part)) WITHOUT ROWID;"
        )
    };
    let tables: String = TABLES.into_iter().map(table).collect();
    connection.execute_batch(&format!("BEGIN; {tables} PRAGMA user_version = {FORM}; COMMIT;"))?;
    Ok(())
}

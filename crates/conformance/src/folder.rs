//! Reading a folder of recorded cases.
//!
//! A folder may hold cases alone: what the store said of itself (`store/`), the
//! state the requests met (`state/`) and the searched customers
//! (`search-data.ndjson`) are then taken from the recordings kept with the
//! project, which were made on the same store.

use std::fmt;
use std::path::{Path, PathBuf};

use magewright::json::{self, Value};
use magewright::release::Release;

/// A folder in the recorded format; any subset of its files may be there.
#[derive(Debug, Clone)]
pub struct Folder {
    root: PathBuf,
    release: Release,
}

/// A file of the folder that cannot be read.
#[derive(Debug)]
pub struct FolderError {
    file: PathBuf,
    line: Option<usize>,
    reason: String,
}

impl fmt::Display for FolderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        write!(f, ": {}", self.reason)
    }
}

impl std::error::Error for FolderError {}

impl FolderError {
    pub(crate) fn in_file(file: impl Into<PathBuf>, reason: &impl fmt::Display) -> Self {
        FolderError { file: file.into(), line: None, reason: reason.to_string() }
    }
}

impl Folder {
    /// The folder at `root`, to be run for `release`.
    #[must_use]
    pub fn new(root: impl Into<PathBuf>, release: Release) -> Self {
        Folder { root: root.into(), release }
    }

    /// The release the cases are run for.
    #[must_use]
    pub fn release(&self) -> Release {
        self.release
    }

    /// The cases of `<suite>.jsonl`; `None` when the folder has no such file.
    ///
    /// For a release other than the recorded base, the cases that this release
    /// answered differently replace those of the same id, and its own are added.
    ///
    /// # Errors
    /// A file that exists and cannot be read, with the line.
    pub fn cases(&self, suite: &str) -> Result<Option<Vec<Value>>, FolderError> {
        let name = format!("{suite}.jsonl");
        let Some(mut cases) = self.lines(Path::new(&name))? else { return Ok(None) };
        let overlay = Path::new("releases").join(self.release.to_string()).join(name);
        for case in self.lines(&overlay)?.unwrap_or_default() {
            match cases.iter_mut().find(|base| base.get("id") == case.get("id")) {
                Some(base) => *base = case,
                None => cases.push(case),
            }
        }
        Ok(Some(cases))
    }

    /// The documents of a JSON Lines file; `None` when there is no such file.
    ///
    /// # Errors
    /// A file that exists and cannot be read, with the line.
    pub fn lines(&self, file: &Path) -> Result<Option<Vec<Value>>, FolderError> {
        let Some(bytes) = self.read(file)? else { return Ok(None) };
        let lines = bytes.split(|&b| b == b'\n').enumerate().filter(|(_, line)| !line.is_empty());
        let parse = |(at, line)| {
            json::parse(line).map_err(|e| FolderError {
                file: self.root.join(file),
                line: Some(at + 1),
                reason: e.to_string(),
            })
        };
        lines.map(parse).collect::<Result<_, _>>().map(Some)
    }

    /// One JSON document; `None` when there is no such file.
    ///
    /// # Errors
    /// A file that exists and cannot be read.
    pub fn document(&self, file: impl AsRef<Path>) -> Result<Option<Value>, FolderError> {
        let file = file.as_ref();
        let Some(bytes) = self.read(file)? else { return Ok(None) };
        let parsed = json::parse(&bytes);
        parsed.map(Some).map_err(|e| FolderError {
            file: self.root.join(file),
            line: None,
            reason: e.to_string(),
        })
    }

    fn read(&self, file: &Path) -> Result<Option<Vec<u8>>, FolderError> {
        let found = read_file(&self.root.join(file))?;
        if found.is_none() && SURROUNDINGS.iter().any(|name| file.starts_with(name)) {
            return read_file(&kept().join(file));
        }
        Ok(found)
    }
}

/// What a folder need not bring itself.
const SURROUNDINGS: [&str; 3] = ["store", "state", "search-data.ndjson"];

/// The folder of recordings kept with the project.
#[must_use]
pub fn kept() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schema/vectors")
}

fn read_file(path: &Path) -> Result<Option<Vec<u8>>, FolderError> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(FolderError { file: path.to_owned(), line: None, reason: e.to_string() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surroundings_come_from_the_kept_recordings() {
        let bare = Folder::new("nowhere", Release::DEFAULT);
        assert!(bare.document("store/websites.json").unwrap().is_some());
        assert!(bare.cases("create").unwrap().is_none());
    }

    #[test]
    fn a_release_lays_its_differences_over_the_base() {
        let base = Folder::new(kept(), Release::DEFAULT).cases("update").unwrap().unwrap();
        let other = Folder::new(kept(), "2.4.8-p1".parse().unwrap()).cases("update").unwrap().unwrap();
        assert_eq!(base.len(), other.len());
        assert_ne!(base, other);
    }

    #[test]
    fn a_broken_line_is_named() {
        let folder = std::env::temp_dir().join(format!("magewright-folder-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("errors.jsonl"), "{\"id\":\"a\"}\n{\"id\":\n").unwrap();
        let error = Folder::new(&folder, Release::DEFAULT).cases("errors").unwrap_err();
        std::fs::remove_dir_all(&folder).unwrap();
        assert!(error.to_string().contains("errors.jsonl, line 2: not JSON"), "{error}");
    }
}

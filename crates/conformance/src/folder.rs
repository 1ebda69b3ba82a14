//! Reading a folder of recorded cases.

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
        let path = self.root.join(file);
        match std::fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(FolderError { file: path, line: None, reason: e.to_string() }),
        }
    }
}

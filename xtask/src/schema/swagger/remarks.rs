//! What a reader should be told about a document that was read all the same.

use std::cell::RefCell;
use std::collections::BTreeMap;

use anyhow::{Error, Result};

use crate::schema::node::At;

/// What of a module's could not be read: it is neither there nor gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unread {
    /// A type, by its definition.
    Type(String),
    /// A field of a type; it may be anything.
    Field(String, String),
    /// An endpoint, by method and path.
    Endpoint(String, String),
}

/// Collects while a document is read.
pub(super) struct Remarks {
    /// Whether what modules have broken is left out; otherwise it is refused.
    skips: bool,
    skipped: RefCell<Vec<(String, Unread)>>,
    warned: RefCell<Vec<String>>,
    /// What is noted, with how often and where first.
    noted: RefCell<BTreeMap<String, (usize, String)>>,
}

impl Remarks {
    pub(super) fn new(skips: bool) -> Self {
        Remarks { skips, skipped: RefCell::default(), warned: RefCell::default(), noted: RefCell::default() }
    }

    /// The result, or `instead` when it may be skipped.
    pub(super) fn or_skip<T>(
        &self,
        result: Result<T>,
        instead: T,
        what: impl FnOnce() -> Unread,
    ) -> Result<T> {
        match result {
            Err(error) if self.skips => {
                self.skipped.borrow_mut().push((format!("{error:#}"), what()));
                Ok(instead)
            }
            result => result,
        }
    }

    /// A fault that does not keep the rest from being read.
    pub(super) fn or_warn(&self, fault: Error) -> Result<()> {
        if !self.skips {
            return Err(fault);
        }
        self.warned.borrow_mut().push(format!("{fault:#}"));
        Ok(())
    }

    /// Something that is said in many places and told once.
    pub(super) fn note(&self, what: &str, at: &At<'_>) {
        let mut noted = self.noted.borrow_mut();
        let (count, _) = noted.entry(what.to_owned()).or_insert_with(|| (0, at.place().to_owned()));
        *count += 1;
    }

    pub(super) fn told(&self) -> (Vec<String>, Vec<Unread>) {
        let skipped = self.skipped.borrow();
        let mut told: Vec<String> = self.warned.borrow().clone();
        told.extend(skipped.iter().map(|(why, _)| format!("left out {why}")));
        told.extend(self.noted.borrow().iter().map(|(what, (count, place))| match count {
            1 => format!("at {place}: {what}"),
            _ => format!("at {place}, first of {count} places: {what}"),
        }));
        (told, skipped.iter().map(|(_, unread)| unread.clone()).collect())
    }
}

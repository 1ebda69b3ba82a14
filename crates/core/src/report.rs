//! Violations as data: what the store will refuse, and what it will silently change or drop.

use std::borrow::Cow;

use crate::release::Band;

/// All that is to be said about a payload before it is sent.
///
/// ```
/// use magewright::report::Report;
/// assert!(Report::default().is_clean());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// What was found, in the order of the document.
    pub violations: Vec<Violation>,
    /// Checks that could not be made for want of knowledge about the store, as stable codes.
    pub unchecked: Vec<&'static str>,
}

impl Report {
    /// Whether nothing was found: the store accepts, and saves what was sent.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.violations.is_empty()
    }

    /// Whether the store accepts the payload, be it with losses.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        self.violations.iter().all(|violation| violation.severity != Severity::Error)
    }
}

/// One thing that is wrong with a payload.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Violation {
    /// Where, as a JSON Pointer into the payload.
    pub pointer: String,
    /// What kind of violation, for programs: stable across versions.
    pub code: &'static str,
    /// Refused or lost.
    pub severity: Severity,
    /// What is wrong and the way out, for people; never holds the field's value.
    pub message: Cow<'static, str>,
    /// Where the rule comes from.
    pub source: &'static str,
    /// The releases the rule holds for.
    pub releases: Band,
}

/// How bad a violation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The store refuses the whole request.
    Error,
    /// The store accepts the request and silently changes or drops what stands there.
    Loss,
}

impl Severity {
    /// `error` or `loss`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Loss => "loss",
        }
    }
}

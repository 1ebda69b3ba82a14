use std::fmt;

use magewright::json::{Object, Value, parse};
use magewright::report::{Report as Checked, Severity};

use super::Losses;
use super::row::REJECT;
use crate::Error;

/// What became of a row.
#[derive(Debug, Clone, PartialEq)]
pub struct RowOutcome {
    /// The line of the input, counted from 1; blank lines count.
    pub line: u64,
    /// The customer, where it is known.
    pub id: Option<i64>,
    /// What became of it.
    pub outcome: Outcome,
    /// Whether an earlier run did it.
    pub earlier: bool,
    /// The row as it came.
    pub row: Vec<u8>,
}

/// What became of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// The customer was created.
    Created,
    /// The customer was changed, at these places: JSON Pointers in which items stand by their keys.
    /// Of an earlier run the places are not known.
    Updated(Vec<String>),
    /// The customer was as wanted.
    Unchanged,
    /// Nothing was sent, or the store refused it: the row must be mended.
    Rejected(Vec<Problem>),
    /// It was sent and does not hold at these places: another writer or a plugin keeps changing them.
    Conflict(Vec<String>),
    /// The store could not be reached, or failed: the row may be run again as it is.
    Failed(String),
}

/// Why a row was rejected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What kind of problem, for programs.
    pub code: String,
    /// Where in the row, as a JSON Pointer.
    pub pointer: String,
    /// What is wrong and the way out.
    pub message: String,
}

/// How many rows became what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Report {
    /// Customers created.
    pub created: u64,
    /// Customers changed.
    pub updated: u64,
    /// Customers that were as wanted.
    pub unchanged: u64,
    /// Rows to be mended.
    pub rejected: u64,
    /// Rows that do not hold.
    pub conflict: u64,
    /// Rows to be run again.
    pub failed: u64,
    /// How many of them an earlier run did.
    pub earlier: u64,
}

impl RowOutcome {
    /// The row with the reason in a member `$reject`, fit to be mended and run again; `None` for a row that is done.
    ///
    /// ```
    /// use magewright_client::{Outcome, RowOutcome};
    /// let outcome = Outcome::Failed("no connection".to_owned());
    /// let row = RowOutcome { line: 1, id: None, outcome, earlier: false, row: br#"{"id":5,"taxvat":"1"}"#.to_vec() };
    /// let line = r#"{"id":5,"taxvat":"1","$reject":{"line":1,"outcome":"failed","message":"no connection"}}"#;
    /// assert_eq!(row.reject().as_deref(), Some(line));
    /// ```
    #[must_use]
    pub fn reject(&self) -> Option<String> {
        let mut reason = Object::new();
        reason.insert("line", self.line);
        reason.insert("outcome", self.outcome.as_str());
        match &self.outcome {
            Outcome::Created | Outcome::Updated(_) | Outcome::Unchanged => return None,
            Outcome::Rejected(problems) => reason.insert("problems", Problem::write(problems)),
            Outcome::Conflict(pointers) => {
                reason.insert("pointers", Value::Array(pointers.iter().map(|p| p.as_str().into()).collect()));
            }
            Outcome::Failed(message) => reason.insert("message", message.as_str()),
        }
        let text = String::from_utf8_lossy(&self.row);
        let row = match parse(text.as_bytes()) {
            Ok(Value::Object(mut row)) => {
                row.insert(REJECT, reason);
                row
            }
            // What is no object is kept as text.
            _ => [(REJECT, Value::from(reason)), ("$row", Value::from(text.as_ref()))].into_iter().collect(),
        };
        Some(Value::Object(row).to_string())
    }
}

impl Outcome {
    /// A stable name for programs.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Outcome::Created => "created",
            Outcome::Updated(_) => "updated",
            Outcome::Unchanged => "unchanged",
            Outcome::Rejected(_) => "rejected",
            Outcome::Conflict(_) => "conflict",
            Outcome::Failed(_) => "failed",
        }
    }

    pub(super) fn rejected(code: &str, pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Outcome::Rejected(vec![Problem::new(code, pointer, message)])
    }

    /// The rejection of a new customer; `None` for one that may be sent.
    pub(super) fn checked(report: &Checked, losses: Losses) -> Option<Self> {
        let matters = |severity| severity == Severity::Error || losses == Losses::Refuse;
        let violations = report.violations.iter().filter(|violation| matters(violation.severity));
        let pointer = |pointer: &str| pointer.strip_prefix("/customer").unwrap_or(pointer).to_owned();
        let problems: Vec<_> = violations
            .map(|violation| {
                Problem::new(violation.code, pointer(&violation.pointer), violation.message.as_ref())
            })
            .collect();
        (!problems.is_empty()).then_some(Outcome::Rejected(problems))
    }

    /// The rejection by the store.
    pub(super) fn refused(error: &Error) -> Self {
        let message = error.store().map_or_else(|| error.to_string(), |error| error.message());
        let causes = error.causes().iter().map(|cause| {
            let pointer = cause.pointer.as_deref().unwrap_or_default();
            Problem::new(
                cause.code,
                pointer.strip_prefix("/customer").unwrap_or(pointer),
                cause.message.as_ref(),
            )
        });
        Outcome::Rejected(std::iter::once(Problem::new("refused", "", message)).chain(causes).collect())
    }
}

impl Problem {
    pub(super) fn new(code: &str, pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Problem { code: code.to_owned(), pointer: pointer.into(), message: message.into() }
    }

    pub(super) fn write(problems: &[Problem]) -> Value {
        let write = |problem: &Problem| {
            let Problem { code, pointer, message } = problem;
            let members = [("code", code), ("pointer", pointer), ("message", message)];
            Value::Object(members.into_iter().map(|(name, text)| (name, text.as_str())).collect())
        };
        Value::Array(problems.iter().map(write).collect())
    }

    /// What [`Problem::write`] wrote.
    pub(super) fn read(text: &str) -> Vec<Problem> {
        let read = |problem: &Value| {
            let text = |name: &str| problem.get(name).and_then(Value::as_str).unwrap_or_default();
            Problem::new(text("code"), text("pointer"), text("message"))
        };
        let list = parse(text.as_bytes()).unwrap_or_default();
        list.as_array().unwrap_or_default().iter().map(read).collect()
    }
}

impl Report {
    /// Counts a row.
    ///
    /// ```
    /// use magewright_client::{Outcome, Report, RowOutcome};
    /// let mut report = Report::default();
    /// report.count(&RowOutcome { line: 1, id: Some(5), outcome: Outcome::Created, earlier: false, row: Vec::new() });
    /// assert_eq!(report.to_string(), "1 row: 1 created");
    /// ```
    pub fn count(&mut self, row: &RowOutcome) {
        *match row.outcome {
            Outcome::Created => &mut self.created,
            Outcome::Updated(_) => &mut self.updated,
            Outcome::Unchanged => &mut self.unchanged,
            Outcome::Rejected(_) => &mut self.rejected,
            Outcome::Conflict(_) => &mut self.conflict,
            Outcome::Failed(_) => &mut self.failed,
        } += 1;
        self.earlier += u64::from(row.earlier);
    }

    /// All rows.
    #[must_use]
    pub const fn rows(&self) -> u64 {
        self.created + self.updated + self.unchanged + self.rejected + self.conflict + self.failed
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = self.rows();
        write!(f, "{rows} {}", if rows == 1 { "row" } else { "rows" })?;
        let counts = [
            (self.created, "created"),
            (self.updated, "updated"),
            (self.unchanged, "unchanged"),
            (self.rejected, "rejected"),
            (self.conflict, "in conflict"),
            (self.failed, "failed"),
            (self.earlier, "of them by an earlier run"),
        ];
        for (at, (count, name)) in counts.into_iter().filter(|(count, _)| *count > 0).enumerate() {
            write!(f, "{} {count} {name}", if at == 0 { ":" } else { "," })?;
        }
        Ok(())
    }
}

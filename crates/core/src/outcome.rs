//! What a store answers to a write, as data.

use crate::json::{Object, Value};

/// What becomes of a request.
///
/// ```
/// use magewright::outcome::{Outcome, Refusal};
/// let outcome = Outcome::Refused(Refusal::new(400, "Decoding error."));
/// assert!(!outcome.is_saved());
/// ```
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// The store refuses, with these words.
    Refused(Refusal),
    /// The store saves, and a GET afterwards gives this customer.
    ///
    /// What only the server can know stands as a marker: `"<id>"` for the
    /// customer's id, `"<a1>"`, `"<a2>"`, … for the ids of new addresses in
    /// ascending order, `"<time>"` for the time of the save.
    Saved {
        /// The customer as a GET returns it.
        customer: Value,
    },
}

impl Outcome {
    /// Whether the store saves.
    #[must_use]
    pub fn is_saved(&self) -> bool {
        matches!(self, Outcome::Saved { .. })
    }
}

/// What a store says when PHP fails on what nothing catches.
pub(crate) const PHP_FAILURE: &str =
    "An error has happened during application run. See exception log for details.\n";

/// A refusal exactly as the store words it: the raw template and its parameters.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// The reply's `message`, placeholders unfilled. For a reply that is not JSON, its text.
    pub message: String,
    /// What fills the placeholders.
    pub parameters: Parameters,
    /// The single refusals behind an aggregate message; empty unless there are two or more.
    pub errors: Vec<(String, Parameters)>,
    /// Whether the reply is bare text rather than JSON, as when PHP itself fails.
    pub plain_text: bool,
    /// The customer that the store keeps although it refuses, as GET gives it: a
    /// create whose last step fails leaves the account behind.
    pub kept: Option<Value>,
}

/// The values for a message's placeholders.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Parameters {
    /// The reply has no `parameters`.
    #[default]
    None,
    /// For `%1`, `%2`, ….
    Positional(Vec<Value>),
    /// For `%fieldName` and the like.
    Named(Object),
}

/// Where many steps may refuse, a refusal is handed on behind a pointer, since it is large.
impl From<Box<Refusal>> for Refusal {
    fn from(refusal: Box<Refusal>) -> Self {
        *refusal
    }
}

impl Refusal {
    /// A refusal with a message that has no placeholders.
    #[must_use]
    pub fn new(status: u16, message: impl Into<String>) -> Self {
        Refusal {
            status,
            message: message.into(),
            parameters: Parameters::None,
            errors: Vec::new(),
            plain_text: false,
            kept: None,
        }
    }

    /// PHP itself fails: 500, in plain text.
    ///
    /// ```
    /// use magewright::outcome::Refusal;
    /// let failure = Refusal::php_failure();
    /// assert!(failure.status == 500 && failure.plain_text);
    /// ```
    #[must_use]
    pub fn php_failure() -> Self {
        Refusal { plain_text: true, ..Refusal::new(500, PHP_FAILURE) }
    }

    /// The same refusal with values for `%name` placeholders.
    #[must_use]
    pub fn named<K: Into<String>, V: Into<Value>>(
        mut self,
        parameters: impl IntoIterator<Item = (K, V)>,
    ) -> Self {
        self.parameters = Parameters::Named(parameters.into_iter().collect());
        self
    }

    /// The same refusal with values for `%1`, `%2`, ….
    #[must_use]
    pub fn positional<V: Into<Value>>(mut self, parameters: impl IntoIterator<Item = V>) -> Self {
        self.parameters = Parameters::Positional(parameters.into_iter().map(Into::into).collect());
        self
    }
}

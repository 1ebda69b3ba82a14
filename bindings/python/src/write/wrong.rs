//! What is no JSON, and where it stands.

use magewright::json::{MAX_DEPTH, escape_segment};
use pyo3::exceptions::{PyRecursionError, PyTypeError, PyValueError};
use pyo3::prelude::*;

/// An object that is no JSON; its place is told on the way out.
pub(super) struct Wrong(Box<Found>);

struct Found {
    what: What,
    /// Steps of the pointer, the innermost first.
    place: Vec<String>,
}

enum What {
    Kind(String),
    Value(String),
    /// An exception that names no place.
    Raised(PyErr),
}

impl Wrong {
    /// A `TypeError`.
    pub(super) fn kind(message: String) -> Self {
        Wrong::of(What::Kind(message))
    }

    /// A `ValueError`.
    pub(super) fn value(message: String) -> Self {
        Wrong::of(What::Value(message))
    }

    pub(super) fn too_deep() -> Self {
        PyRecursionError::new_err(format!("nested too deep: a store reads {MAX_DEPTH} levels")).into()
    }

    pub(super) fn below_key(mut self, key: &Bound<'_, PyAny>) -> Self {
        let key = key.extract::<String>().unwrap_or_default();
        self.0.place.push(escape_segment(&key).into_owned());
        self
    }

    pub(super) fn below_index(mut self, index: usize) -> Self {
        self.0.place.push(index.to_string());
        self
    }

    /// The exception.
    pub(super) fn raised(self) -> PyErr {
        let Found { what, mut place } = *self.0;
        place.reverse();
        let at = if place.is_empty() { String::new() } else { format!("/{}: ", place.join("/")) };
        match what {
            What::Kind(message) => PyTypeError::new_err(format!("{at}{message}")),
            What::Value(message) => PyValueError::new_err(format!("{at}{message}")),
            What::Raised(error) => error,
        }
    }

    fn of(what: What) -> Self {
        Wrong(Box::new(Found { what, place: Vec::new() }))
    }
}

impl From<PyErr> for Wrong {
    fn from(error: PyErr) -> Self {
        Wrong::of(What::Raised(error))
    }
}

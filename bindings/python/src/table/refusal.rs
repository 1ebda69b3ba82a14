//! Tables that are not understood, as Python exceptions.

use arrow_schema::ArrowError;
use pyo3::prelude::*;
use pyo3_arrow::error::PyArrowError;

use crate::failure::error;

/// The exception for a table given by that name; what its source failed with stays as it is.
pub(super) fn refused(py: Python<'_>, name: &str, wrong: ArrowError) -> PyErr {
    match wrong {
        ArrowError::SchemaError(message) | ArrowError::NotYetImplemented(message) => {
            error(py, "invalid_member", &message, Some(&format!("/{name}")))
        }
        other => PyArrowError::from(other).into(),
    }
}

//! Rows that Python gives one by one.

use std::sync::{Arc, Mutex, PoisonError};

use pyo3::prelude::*;
use pyo3::types::PyIterator;

use crate::document::text;

/// What went wrong in Python while rows were asked for.
pub(super) type Failure = Arc<Mutex<Option<PyErr>>>;

/// The rows of a Python iterable, as JSON text; an exception ends them and is kept.
pub(super) fn rows(
    given: &Bound<'_, PyAny>,
) -> PyResult<(impl Iterator<Item = Vec<u8>> + Send + use<>, Failure)> {
    let iterator = given.try_iter()?.unbind();
    let failure = Failure::default();
    let kept = Arc::clone(&failure);
    let mut number = 0_u64;
    let next = move || match Python::attach(|py| next(iterator.bind(py), &mut number)) {
        Ok(row) => row,
        Err(error) => {
            *kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
            None
        }
    };
    Ok((std::iter::from_fn(next), failure))
}

fn next(iterator: &Bound<'_, PyIterator>, number: &mut u64) -> PyResult<Option<Vec<u8>>> {
    let Some(row) = iterator.clone().next() else { return Ok(None) };
    *number += 1;
    let row = row?;
    text(&row).map(Some).map_err(|wrong| numbered(row.py(), &wrong, *number))
}

/// The exception with the number of the row that is no JSON before its message.
fn numbered(py: Python<'_>, wrong: &PyErr, number: u64) -> PyErr {
    let message = format!("row {number}: {}", wrong.value(py));
    PyErr::from_type(wrong.get_type(py), message)
}

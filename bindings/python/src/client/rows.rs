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
    let next = move || match Python::attach(|py| next(iterator.bind(py))) {
        Ok(row) => row,
        Err(error) => {
            *kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
            None
        }
    };
    Ok((std::iter::from_fn(next), failure))
}

fn next(iterator: &Bound<'_, PyIterator>) -> PyResult<Option<Vec<u8>>> {
    match iterator.clone().next() {
        Some(row) => text(&row?).map(Some),
        None => Ok(None),
    }
}

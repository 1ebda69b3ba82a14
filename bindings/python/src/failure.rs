//! Failures as Python exceptions.

use magewright::desk::Failure;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;

/// The exception of a failed question: `MagewrightError(code, message, pointer)`.
pub(crate) fn raised(py: Python<'_>, failure: &Failure) -> PyErr {
    error(py, failure.code().as_str(), failure.message(), failure.pointer())
}

/// A `MagewrightError` with these members.
pub(crate) fn error(py: Python<'_>, code: &str, message: &str, pointer: Option<&str>) -> PyErr {
    let made = class(py).and_then(|class| class.bind(py).call1((code, message, pointer)));
    match made {
        Ok(error) => PyErr::from_value(error),
        Err(error) => error,
    }
}

fn class(py: Python<'_>) -> PyResult<&Py<PyAny>> {
    static CLASS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    CLASS.get_or_try_init(py, || Ok(py.import("magewright._errors")?.getattr("MagewrightError")?.unbind()))
}

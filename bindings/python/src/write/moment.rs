//! Dates and times as a store writes them, as the columns of tables are.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyString};

use super::wrong::Wrong;

/// The text of a `date` (`2026-01-31`) or of a `datetime` (`2026-01-31 10:00:00`, in UTC where it has a zone).
pub(super) fn of<'py>(value: &Bound<'py, PyAny>) -> Result<Option<Bound<'py, PyString>>, Wrong> {
    let datetime = module(value.py())?;
    if !value.is_instance(&datetime.getattr("date")?)? {
        return Ok(None);
    }
    // What pandas has for no time is a time, and not itself.
    if value.ne(value)? {
        return Err(Wrong::value("no time: leave it out, or give None".to_owned()));
    }
    if !value.is_instance(&datetime.getattr("datetime")?)? {
        return Ok(Some(value.call_method0("isoformat")?.str()?));
    }
    let written = naive(value, datetime)?.call_method1("isoformat", (" ", "seconds"))?;
    Ok(Some(written.str()?))
}

fn naive<'py>(value: &Bound<'py, PyAny>, datetime: &Bound<'py, PyModule>) -> PyResult<Bound<'py, PyAny>> {
    if value.call_method0("utcoffset")?.is_none() {
        return Ok(value.clone());
    }
    let zone = PyDict::new(value.py());
    zone.set_item("tzinfo", value.py().None())?;
    value.call_method1("astimezone", (datetime.getattr("timezone")?.getattr("utc")?,))?.call_method(
        "replace",
        (),
        Some(&zone),
    )
}

fn module(py: Python<'_>) -> PyResult<&Bound<'_, PyModule>> {
    static MODULE: PyOnceLock<Py<PyModule>> = PyOnceLock::new();
    Ok(MODULE.get_or_try_init(py, || py.import("datetime").map(Bound::unbind))?.bind(py))
}

//! Validation without a detour over the desk.

use std::sync::{Arc, Mutex};

use magewright::validate::Tally;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use crate::document::with_text;
use crate::report::{Lines, Reporter};
use crate::store::{Prepared, Store, operation};
use crate::stream::Stream;
use crate::types::{Document, PyReport, PyTally, Remade, Text, Words};
use crate::walk::Walk;

/// Texts from this size on are judged while other threads run.
const LARGE: usize = 64 << 10;

/// A validator for many payloads of one kind, sent to one store.
///
/// Making one costs about as much as checking a few records; the report on a
/// clean payload is one shared object.
#[pyclass(frozen, module = "magewright")]
pub(crate) struct Validator {
    prepared: Arc<Prepared>,
    /// Operation and caller, in the words used in Python.
    words: [String; 2],
    reporter: Arc<Reporter>,
    /// Who finds it in use has dicts judged as text.
    walk: Mutex<Walk>,
}

#[pymethods]
impl Validator {
    #[new]
    #[pyo3(signature = (*, operation="record", caller="admin", store=None))]
    fn new(py: Python<'_>, operation: &str, caller: &str, store: Option<&Store>) -> PyResult<Self> {
        let words = [operation.to_owned(), caller.to_owned()];
        let operation = self::operation(py, operation, caller)?;
        let store = store.map_or_else(|| crate::store::stock(py), |store| Ok(store.described().clone()))?;
        let prepared = Arc::new(crate::store::prepare(store, operation));
        let validator = prepared.borrow_dependent();
        let reporter = Arc::new(Reporter::new(py, validator.unchecked())?);
        let walk = Mutex::new(Walk::new(py, validator.members()));
        Ok(Validator { prepared, words, reporter, walk })
    }

    /// Everything that is wrong with a payload, at once.
    #[pyo3(signature = (payload, /))]
    fn check(&self, payload: &Document<'_>) -> PyResult<PyReport> {
        let py = payload.py();
        if self.accepts(payload) {
            return Ok(self.reporter.clean(py));
        }
        let validator = self.prepared.borrow_dependent();
        let judge = |text: &[u8]| validator.check(text);
        let report =
            with_text(
                payload,
                |text| {
                    if text.len() < LARGE { judge(text) } else { py.detach(|| judge(text)) }
                },
            )?;
        self.reporter.report(py, &report)
    }

    /// Whether nothing is wrong with a payload.
    #[pyo3(signature = (payload, /))]
    fn is_clean(&self, payload: &Document<'_>) -> PyResult<bool> {
        let validator = self.prepared.borrow_dependent();
        Ok(self.accepts(payload) || with_text(payload, |text| validator.check(text).is_clean())?)
    }

    /// Checks a text with one record on each line: the tally, and the number and report of each line that is not clean.
    #[pyo3(signature = (text, /, *, threads=1))]
    fn ndjson<'py>(&self, text: &Text<'py>, threads: usize) -> PyResult<(PyTally<'py>, Lines)> {
        let py = text.py();
        let validator = self.prepared.borrow_dependent();
        let (tally, found) = with_text(text, |text| {
            py.detach(|| {
                let mut found = Vec::new();
                let tally = validator.ndjson(text, threads, |line, report| found.push((line, report)));
                (tally, found)
            })
        })?;
        Ok((told(py, tally)?, self.reporter.lines(py, &found)?))
    }

    /// A stream that takes records in chunks of any size.
    #[pyo3(signature = (*, threads=1))]
    fn stream(&self, threads: usize) -> Stream {
        Stream::new(self.prepared.clone(), self.reporter.clone(), threads)
    }

    /// The checks that cannot be made for want of knowledge about the store.
    #[getter]
    fn unchecked<'py>(&self, py: Python<'py>) -> Words<'py> {
        self.reporter.unchecked(py)
    }

    fn __getnewargs_ex__<'py>(&self, py: Python<'py>) -> PyResult<Remade<'py>> {
        let [operation, caller] = &self.words;
        let members = PyDict::new(py);
        members.set_item("operation", operation)?;
        members.set_item("caller", caller)?;
        members.set_item("store", Store::of(self.prepared.borrow_owner().clone()).into_pyobject(py)?)?;
        Ok((PyTuple::empty(py), members))
    }
}

impl Validator {
    /// Whether a payload is a dict, and certainly valid.
    fn accepts(&self, payload: &Bound<'_, PyAny>) -> bool {
        let Ok(dict) = payload.cast_exact::<PyDict>() else { return false };
        let Ok(mut walk) = self.walk.try_lock() else { return false };
        walk.accepts(self.prepared.borrow_dependent().members(), dict)
    }
}

/// A tally as `(records, clean, refused, blank)`.
pub(crate) fn told(py: Python<'_>, tally: Tally) -> PyResult<PyTally<'_>> {
    PyTuple::new(py, [tally.records, tally.clean, tally.refused, tally.blank])
}

//! Reports as Python's own objects, made of the classes that Python declares.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use magewright::report::{Report, Violation};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyTuple;

use crate::types::{PyReport, Words};

/// Lines that are not clean, by number.
pub(crate) type Lines = Vec<(u64, PyReport)>;

/// So many reports are kept at most, of so many violations each.
const KEPT: usize = 256;
const SHORT: usize = 8;

/// Makes reports of one validator.
///
/// Making one costs as much as checking ten clean records, and the bad records of a file are bad in
/// few ways; so a report that says the same as an earlier one is the same object.
pub(crate) struct Reporter {
    clean: PyReport,
    unchecked: Py<PyTuple>,
    made: Mutex<HashMap<Vec<Violation>, PyReport>>,
}

impl Reporter {
    pub(crate) fn new(py: Python<'_>, unchecked: Vec<&'static str>) -> PyResult<Self> {
        let unchecked = PyTuple::new(py, unchecked)?;
        let clean = classes(py)?.report.bind(py).call1((true, PyTuple::empty(py), &unchecked))?;
        Ok(Reporter { clean: clean.unbind(), unchecked: unchecked.unbind(), made: Mutex::default() })
    }

    /// The one report of everything in which nothing is found.
    pub(crate) fn clean(&self, py: Python<'_>) -> PyReport {
        self.clean.clone_ref(py)
    }

    pub(crate) fn report(&self, py: Python<'_>, report: &Report) -> PyResult<PyReport> {
        if report.is_clean() {
            return Ok(self.clean(py));
        }
        let made = || self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = made().get(&report.violations) {
            return Ok(known.clone_ref(py));
        }
        let new = self.make(py, report)?;
        if report.violations.len() <= SHORT {
            let mut made = made();
            if made.len() >= KEPT {
                made.clear();
            }
            made.insert(report.violations.clone(), new.clone_ref(py));
        }
        Ok(new)
    }

    fn make(&self, py: Python<'_>, report: &Report) -> PyResult<PyReport> {
        let classes = classes(py)?;
        let violations = report.violations.iter().map(|found| violation(py, &classes.violation, found));
        let violations = PyTuple::new(py, violations.collect::<PyResult<Vec<_>>>()?)?;
        let members = (report.is_accepted(), violations, &self.unchecked);
        Ok(classes.report.bind(py).call1(members)?.unbind())
    }

    /// The numbers and reports of lines.
    pub(crate) fn lines(&self, py: Python<'_>, found: &[(u64, Report)]) -> PyResult<Lines> {
        found.iter().map(|(line, report)| Ok((*line, self.report(py, report)?))).collect()
    }

    /// The checks that could not be made.
    pub(crate) fn unchecked<'py>(&self, py: Python<'py>) -> Words<'py> {
        self.unchecked.bind(py).clone()
    }
}

fn violation<'py>(py: Python<'py>, class: &Py<PyAny>, found: &Violation) -> PyResult<Bound<'py, PyAny>> {
    class.bind(py).call1((
        &found.pointer,
        found.code,
        found.severity.as_str(),
        found.message.as_ref(),
        found.source,
        found.releases.to_string(),
    ))
}

/// `Report(accepted, violations, unchecked)` and `Violation(pointer, code, …)`.
struct Classes {
    report: Py<PyAny>,
    violation: Py<PyAny>,
}

fn classes(py: Python<'_>) -> PyResult<&Classes> {
    static CLASSES: PyOnceLock<Classes> = PyOnceLock::new();
    CLASSES.get_or_try_init(py, || {
        let module = py.import("magewright._reports")?;
        let class = |name| module.getattr(name).map(Bound::unbind);
        Ok(Classes { report: class("Report")?, violation: class("Violation")? })
    })
}

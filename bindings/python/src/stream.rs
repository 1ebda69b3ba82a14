//! Records that come in chunks.

use std::sync::{Arc, Mutex, PoisonError};

use magewright::report::Report;
use magewright::validate::Stream as Core;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use self_cell::self_cell;

use crate::report::{Lines, Reporter};
use crate::store::Prepared;
use crate::types::PyTally;
use crate::validator::told;

self_cell!(
    struct Begun {
        owner: Arc<Prepared>,

        #[covariant]
        dependent: Core,
    }
);

/// Records that come in chunks of any size; it keeps one begun line and nothing else.
#[pyclass(frozen, module = "magewright")]
pub(crate) struct Stream {
    begun: Mutex<Begun>,
    reporter: Arc<Reporter>,
    threads: usize,
}

#[pymethods]
impl Stream {
    /// Takes the next chunk: the number and report of each line that is not clean.
    #[pyo3(signature = (chunk, /))]
    fn push(&self, chunk: &Bound<'_, PyBytes>) -> PyResult<Lines> {
        let (py, chunk) = (chunk.py(), chunk.as_bytes());
        let found = py.detach(|| {
            let mut found = Vec::new();
            self.with(|stream| stream.push(chunk, |line, report| found.push((line, report))));
            found
        });
        self.reporter.lines(py, &found)
    }

    /// Takes the end of the records: what the last line gave, and the tally of all.
    fn finish<'py>(&self, py: Python<'py>) -> PyResult<(Lines, PyTally<'py>)> {
        let (found, tally) = py.detach(|| {
            let mut found: Vec<(u64, Report)> = Vec::new();
            let mut begun = self.begun.lock().unwrap_or_else(PoisonError::into_inner);
            let threads = self.threads;
            let tally = begun.with_dependent_mut(|prepared, stream| {
                let fresh = prepared.borrow_dependent().stream(threads);
                std::mem::replace(stream, fresh).finish(|line, report| found.push((line, report)))
            });
            (found, tally)
        });
        Ok((self.reporter.lines(py, &found)?, told(py, tally)?))
    }
}

impl Stream {
    pub(crate) fn new(prepared: Arc<Prepared>, reporter: Arc<Reporter>, threads: usize) -> Self {
        let begun = Begun::new(prepared, |prepared| prepared.borrow_dependent().stream(threads));
        Stream { begun: Mutex::new(begun), reporter, threads }
    }

    fn with<R>(&self, act: impl FnOnce(&mut Core<'_>) -> R) -> R {
        let mut begun = self.begun.lock().unwrap_or_else(PoisonError::into_inner);
        begun.with_dependent_mut(|_, stream| act(stream))
    }
}

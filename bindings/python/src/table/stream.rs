//! Batches in, batches out.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};
use pyo3_arrow::PyRecordBatchReader;
use pyo3_arrow::error::PyArrowError;
use pyo3_arrow::input::AnyRecordBatch;

use super::rows::{Form, Rows};

/// What comes of a table, as a stream of Arrow batches: give it to pyarrow, pandas, Polars or DuckDB.
///
/// It can be read once; rows are read as the outcomes are asked for.
#[pyclass(frozen, module = "magewright")]
pub(crate) struct ArrowStream {
    reader: Py<PyRecordBatchReader>,
    counts: Arc<Counts>,
}

/// How many rows there were, and how they fared.
#[derive(Default)]
pub(super) struct Counts {
    pub(super) rows: AtomicU64,
    pub(super) good: AtomicU64,
    pub(super) refused: AtomicU64,
}

#[pymethods]
impl ArrowStream {
    /// The Arrow C stream, which takes the rows with it.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.reader.bind(py).call_method1("__arrow_c_stream__", (requested_schema,))
    }

    /// So far: how many rows were read, in how many nothing was found or planned, and how many are refused.
    #[getter]
    fn counts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let count = |of: &AtomicU64| of.load(Ordering::Relaxed);
        PyTuple::new(py, [&self.counts.rows, &self.counts.good, &self.counts.refused].map(count))
    }
}

/// Says what comes of a range of rows, when so many rows were before the batch.
type Judge = dyn Fn(&Rows<'_>, Range<usize>, u64) -> Result<RecordBatch, ArrowError> + Send + Sync;

/// A reader that judges what another reads.
struct Judged {
    input: Box<dyn RecordBatchReader + Send>,
    form: Form,
    schema: SchemaRef,
    judge: Box<Judge>,
    threads: usize,
    before: u64,
    ready: VecDeque<RecordBatch>,
    counts: Arc<Counts>,
}

/// A stream of what `judge` says of a table's rows.
pub(super) fn judged(
    table: &Bound<'_, PyAny>,
    schema: SchemaRef,
    threads: usize,
    counts: Arc<Counts>,
    judge: Box<Judge>,
) -> PyResult<ArrowStream> {
    let input = table.extract::<AnyRecordBatch>()?.into_reader()?;
    let form = Form::of(&input.schema()).map_err(PyArrowError::from)?;
    let reader = Judged {
        input,
        form,
        schema,
        judge,
        threads,
        before: 0,
        ready: VecDeque::new(),
        counts: counts.clone(),
    };
    let reader = Py::new(table.py(), PyRecordBatchReader::new(Box::new(reader)))?;
    Ok(ArrowStream { reader, counts })
}

impl Judged {
    /// Judges a batch; batches of outcomes without a row are dropped.
    fn take(&mut self, batch: &RecordBatch) -> Result<(), ArrowError> {
        let rows = self.form.rows(batch)?;
        let ranges = ranges(rows.len(), self.threads);
        let (judge, before) = (&*self.judge, self.before);
        let (first, others) =
            ranges.split_first().map_or((0..0, &[][..]), |(first, rest)| (first.clone(), rest));
        let found = std::thread::scope(|scope| {
            let rows = &rows;
            let begun: Vec<_> =
                others.iter().cloned().map(|range| scope.spawn(move || judge(rows, range, before))).collect();
            let mut found = vec![judge(rows, first, before)];
            found.extend(
                begun
                    .into_iter()
                    .map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))),
            );
            found
        });
        for batch in found {
            self.ready.extend(Some(batch?).filter(|batch| batch.num_rows() > 0));
        }
        let read = u64::try_from(rows.len()).unwrap_or(u64::MAX);
        self.before += read;
        self.counts.rows.fetch_add(read, Ordering::Relaxed);
        Ok(())
    }
}

impl Iterator for Judged {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(batch) = self.ready.pop_front() {
                return Some(Ok(batch));
            }
            let batch = match self.input.next()? {
                Ok(batch) => batch,
                Err(error) => return Some(Err(error)),
            };
            if let Err(error) = self.take(&batch) {
                return Some(Err(error));
            }
        }
    }
}

impl RecordBatchReader for Judged {
    fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }
}

/// About equal parts, one a thread, none of them tiny.
fn ranges(rows: usize, threads: usize) -> Vec<Range<usize>> {
    const LEAST: usize = 256;
    let size = rows.div_ceil(threads.max(1)).max(LEAST);
    (0..rows).step_by(size).map(|from| from..rows.min(from + size)).collect()
}

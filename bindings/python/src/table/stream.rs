//! Batches in, batches out.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, Schema, SchemaRef};
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use pyo3_arrow::PyRecordBatchReader;

use super::given::batches;
use super::refusal::refused;
use super::rows::{Form, Rows};
use crate::types::{Capsule, PyCounts};

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
        requested_schema: Option<Capsule<'py>>,
    ) -> PyResult<Capsule<'py>> {
        self.reader.bind(py).call_method1("__arrow_c_stream__", (requested_schema,))
    }

    /// The types of the columns; asking takes nothing.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Capsule<'py>> {
        self.reader.bind(py).call_method0("__arrow_c_schema__")
    }

    /// So far: how many rows were read, in how many nothing was found or planned, and how many are refused.
    #[getter]
    fn counts<'py>(&self, py: Python<'py>) -> PyResult<PyCounts<'py>> {
        let count = |of: &AtomicU64| of.load(Ordering::Relaxed);
        PyTuple::new(py, [&self.counts.rows, &self.counts.good, &self.counts.refused].map(count))
    }
}

/// Says what comes of a range of rows, when so many rows were before the batch.
type Judge = dyn Fn(&Rows<'_>, Range<usize>, u64) -> Result<RecordBatch, ArrowError> + Send + Sync;

/// What is to come of a table.
pub(super) struct Judgement {
    pub(super) schema: SchemaRef,
    pub(super) judge: Box<Judge>,
    /// Says what is left to say after the last row.
    pub(super) rest: Box<dyn Fn() -> Result<RecordBatch, ArrowError> + Send + Sync>,
    pub(super) counts: Arc<Counts>,
}

impl Judgement {
    /// A stream of what comes of a table's rows, in which one column may hold patches.
    pub(super) fn of(
        self,
        table: &Bound<'_, PyAny>,
        threads: usize,
        patch: impl Fn(&Schema) -> Result<Option<usize>, ArrowError>,
    ) -> PyResult<ArrowStream> {
        let input = batches(table)?;
        let schema = input.schema();
        let form = patch(&schema).and_then(|patch| Form::of(&schema, patch));
        let form = form.map_err(|wrong| refused(table.py(), "table", wrong))?;
        let counts = self.counts.clone();
        let reader =
            Judged { input, form, judgement: self, threads, before: 0, ready: VecDeque::new(), done: false };
        let reader = Py::new(table.py(), PyRecordBatchReader::new(Box::new(reader)))?;
        Ok(ArrowStream { reader, counts })
    }
}

/// A reader that judges what another reads.
struct Judged {
    input: Box<dyn RecordBatchReader + Send>,
    form: Form,
    judgement: Judgement,
    threads: usize,
    before: u64,
    ready: VecDeque<RecordBatch>,
    done: bool,
}

impl Judged {
    /// Judges a batch; batches of outcomes without a row are dropped.
    fn take(&mut self, batch: &RecordBatch) -> Result<(), ArrowError> {
        let rows = self.form.rows(batch)?;
        let ranges = ranges(rows.len(), self.threads);
        let (judge, before) = (&*self.judgement.judge, self.before);
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
        self.judgement.counts.rows.fetch_add(read, Ordering::Relaxed);
        Ok(())
    }

    fn end(&mut self) -> Result<(), ArrowError> {
        self.done = true;
        let rest = (self.judgement.rest)()?;
        self.ready.extend(Some(rest).filter(|batch| batch.num_rows() > 0));
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
            let taken = match self.input.next() {
                Some(batch) => batch.and_then(|batch| self.take(&batch)),
                None if self.done => return None,
                None => self.end(),
            };
            if let Err(error) = taken {
                return Some(Err(error));
            }
        }
    }
}

impl RecordBatchReader for Judged {
    fn schema(&self) -> SchemaRef {
        self.judgement.schema.clone()
    }
}

/// The number of a row of a batch, from the first batch on; signed, as every reader of Arrow knows it.
pub(super) fn numbered(before: u64, row: usize) -> i64 {
    i64::try_from(before.saturating_add(row as u64)).unwrap_or(i64::MAX)
}

/// About equal parts, one a thread, none of them tiny.
fn ranges(rows: usize, threads: usize) -> Vec<Range<usize>> {
    const LEAST: usize = 256;
    let size = rows.div_ceil(threads.max(1)).max(LEAST);
    (0..rows).step_by(size).map(|from| from..rows.min(from + size)).collect()
}

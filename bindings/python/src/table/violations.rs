//! A table of customers in, a table of violations out.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use arrow_array::builder::{Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use magewright::report::Report;
use pyo3::prelude::*;

use super::rows::Rows;
use super::stream::{ArrowStream, Counts, Judgement, numbered};
use crate::store::{Store, operation, prepare, stock};
use crate::types::Arrow;

/// What a store will refuse of a table's rows, and what it will silently change or drop.
///
/// Gives a row for each violation: ``row`` counted from 0, ``pointer``, ``code``, ``severity``,
/// ``message``, ``source``. Columns are fields of a customer, nested ones or with dots in their names
/// (``addresses.0.city``, ``custom_attributes.tier``), or one text column ``json`` holds whole
/// documents. A cell with nothing in it is left out.
#[pyfunction]
#[pyo3(signature = (table, /, *, operation="record", caller="admin", store=None, threads=1))]
pub(crate) fn validate_table(
    table: &Arrow<'_>,
    operation: &str,
    caller: &str,
    store: Option<&Store>,
    threads: usize,
) -> PyResult<ArrowStream> {
    let py = table.py();
    let operation = self::operation(py, operation, caller)?;
    let store = store.map_or_else(|| stock(py), |store| Ok(store.described().clone()))?;
    let prepared = prepare(store, operation);
    let counts = Arc::new(Counts::default());
    let counted = counts.clone();
    let judge = move |rows: &Rows<'_>, range: Range<usize>, before: u64| {
        let validator = prepared.borrow_dependent();
        let (mut found, mut text) = (Found::default(), Vec::new());
        for row in range {
            text.clear();
            rows.write(&mut text, row);
            if !validator.accepts(&text) {
                found.add(numbered(before, row), &validator.check(&text), &counted);
            } else {
                counted.good.fetch_add(1, Ordering::Relaxed);
            }
        }
        found.finish()
    };
    let nothing = || Found::default().finish();
    let judgement = Judgement { schema: schema(), judge: Box::new(judge), rest: Box::new(nothing), counts };
    judgement.of(table, threads, |_| Ok(None))
}

fn schema() -> SchemaRef {
    let text = |name| Field::new(name, DataType::Utf8, false);
    let texts = ["pointer", "code", "severity", "message", "source"].map(text);
    let row = Field::new("row", DataType::Int64, false);
    Arc::new(Schema::new(std::iter::once(row).chain(texts).collect::<Vec<_>>()))
}

/// Violations, column by column.
#[derive(Default)]
struct Found {
    row: Int64Builder,
    pointer: StringBuilder,
    code: StringBuilder,
    severity: StringBuilder,
    message: StringBuilder,
    source: StringBuilder,
}

impl Found {
    fn add(&mut self, row: i64, report: &Report, counts: &Counts) {
        let count = if report.is_clean() { &counts.good } else { &counts.refused };
        if report.is_clean() || !report.is_accepted() {
            count.fetch_add(1, Ordering::Relaxed);
        }
        for violation in &report.violations {
            self.row.append_value(row);
            self.pointer.append_value(&violation.pointer);
            self.code.append_value(violation.code);
            self.severity.append_value(violation.severity.as_str());
            self.message.append_value(&violation.message);
            self.source.append_value(violation.source);
        }
    }

    fn finish(mut self) -> Result<RecordBatch, ArrowError> {
        let columns: Vec<ArrayRef> = vec![
            Arc::new(self.row.finish()),
            Arc::new(self.pointer.finish()),
            Arc::new(self.code.finish()),
            Arc::new(self.severity.finish()),
            Arc::new(self.message.finish()),
            Arc::new(self.source.finish()),
        ];
        RecordBatch::try_new(schema(), columns)
    }
}

//! A table of stored customers in, a table of planned updates out.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use arrow_array::builder::{BooleanBuilder, StringBuilder, UInt64Builder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use magewright::plan::{Patch, PlannedBody, Unplannable};
use pyo3::prelude::*;

use super::stream::{ArrowStream, Counts, judged};
use crate::document::text;
use crate::failure::error;
use crate::planner::prepare;
use crate::store::{Store, caller};

/// The update that makes a patch of each customer of a table and loses nothing.
///
/// Gives a row for each customer: ``row`` counted from 0, ``body`` (JSON text to send, null when there is
/// no such update), ``is_empty`` (nothing to send), ``warnings`` (codes with spaces between), and where there is none ``pointer``, ``code`` and ``message`` of what stands in the way. Columns as
/// in ``validate_table``.
#[pyfunction]
#[pyo3(signature = (table, patch, /, *, route="id", caller="admin", strategy="auto", store=None, threads=1))]
pub(crate) fn plan_table(
    table: &Bound<'_, PyAny>,
    patch: &Bound<'_, PyAny>,
    route: &str,
    caller: &str,
    strategy: &str,
    store: Option<&Store>,
    threads: usize,
) -> PyResult<ArrowStream> {
    let py = table.py();
    let patch = text(patch)?;
    Patch::parse(&patch).map_err(|wrong| {
        error(py, "invalid_member", &wrong.to_string(), Some(&format!("/patch{}", wrong.pointer())))
    })?;
    let planner = prepare(py, route, self::caller(py, caller)?, strategy, store)?;
    let counts = Arc::new(Counts::default());
    let counted = counts.clone();
    let judge = move |rows: &super::rows::Rows<'_>, range: std::ops::Range<usize>, before: u64| {
        let (mut planned, mut text) = (Planned::default(), Vec::new());
        for row in range {
            text.clear();
            rows.write(&mut text, row);
            let outcome = planner.borrow_dependent().plan(&text, &patch);
            planned.add(before.saturating_add(row as u64), outcome.map_err(|found| first(&found)), &counted);
        }
        planned.finish()
    };
    judged(table, schema(), threads, counts, Box::new(judge))
}

/// Why there is no update: the place, a code, and the way out.
struct Obstacle {
    pointer: String,
    code: &'static str,
    message: String,
}

type Outcome = Result<PlannedBody, Obstacle>;

fn first(found: &Unplannable) -> Obstacle {
    let reason = found.reasons.first();
    let told =
        reason.map(|reason| obstacle(&reason.pointer, reason.obstacle.as_str(), reason.obstacle.message()));
    told.unwrap_or_else(|| obstacle("", "refused", "the store refuses every body"))
}

fn obstacle(pointer: &str, code: &'static str, message: &str) -> Obstacle {
    Obstacle { pointer: pointer.to_owned(), code, message: message.to_owned() }
}

fn schema() -> SchemaRef {
    let field = |name, kind| Field::new(name, kind, true);
    let texts = ["warnings", "pointer", "code", "message"].map(|name| field(name, DataType::Utf8));
    let first = [
        Field::new("row", DataType::UInt64, false),
        field("body", DataType::Utf8),
        field("is_empty", DataType::Boolean),
    ];
    Arc::new(Schema::new(first.into_iter().chain(texts).collect::<Vec<_>>()))
}

/// Outcomes, column by column.
#[derive(Default)]
struct Planned {
    row: UInt64Builder,
    body: StringBuilder,
    is_empty: BooleanBuilder,
    warnings: StringBuilder,
    pointer: StringBuilder,
    code: StringBuilder,
    message: StringBuilder,
}

impl Planned {
    fn add(&mut self, row: u64, outcome: Outcome, counts: &Counts) {
        self.row.append_value(row);
        let (plan, obstacle) = match outcome {
            Ok(plan) => (Some(plan), None),
            Err(obstacle) => (None, Some(obstacle)),
        };
        let count = if plan.is_some() { &counts.good } else { &counts.refused };
        count.fetch_add(1, Ordering::Relaxed);
        self.body.append_option(plan.as_ref().map(|plan| String::from_utf8_lossy(&plan.body)));
        self.is_empty.append_option(plan.as_ref().map(|plan| plan.is_empty));
        self.warnings.append_option(plan.as_ref().map(warnings));
        self.pointer.append_option(obstacle.as_ref().map(|obstacle| &obstacle.pointer));
        self.code.append_option(obstacle.as_ref().map(|obstacle| obstacle.code));
        self.message.append_option(obstacle.as_ref().map(|obstacle| &obstacle.message));
    }

    fn finish(mut self) -> Result<RecordBatch, ArrowError> {
        let columns: Vec<ArrayRef> = vec![
            Arc::new(self.row.finish()),
            Arc::new(self.body.finish()),
            Arc::new(self.is_empty.finish()),
            Arc::new(self.warnings.finish()),
            Arc::new(self.pointer.finish()),
            Arc::new(self.code.finish()),
            Arc::new(self.message.finish()),
        ];
        RecordBatch::try_new(schema(), columns)
    }
}

fn warnings(plan: &PlannedBody) -> String {
    plan.warnings.iter().map(|warning| warning.as_str()).collect::<Vec<_>>().join(" ")
}

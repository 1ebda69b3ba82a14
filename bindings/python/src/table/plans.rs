//! A table of stored customers in, a table of planned updates out.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use arrow_array::builder::{Int64Builder, StringBuilder, UInt32Builder, UInt64Builder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use magewright::desk::Described;
use magewright::json::{Value, parse};
use magewright::plan::{Patch, Plan, Strategy, plan};
use magewright::predict::update::{Route, Target};
use magewright::store::Caller;
use pyo3::prelude::*;

use super::stream::{ArrowStream, Counts, judged};
use crate::document::text;
use crate::failure::error;
use crate::store::{Store, caller, stock};

/// The update that makes a patch of each customer of a table and loses nothing.
///
/// Gives a row for each customer: ``row`` counted from 0, ``id``, ``body`` (JSON text to send, null
/// when there is no such update), ``changes`` (how many), ``warnings`` (codes with spaces between),
/// and where there is none ``pointer``, ``code`` and ``message`` of what stands in the way. Columns as
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
    let patch = Patch::parse(&text(patch)?).map_err(|wrong| {
        error(py, "invalid_member", &wrong.to_string(), Some(&format!("/patch{}", wrong.pointer())))
    })?;
    let planner = Planner {
        store: store.map_or_else(|| stock(py), |store| Ok(store.described().clone()))?,
        queued: crate::store::word(py, "route", route, &[("id", false), ("queue", true)])?,
        caller: self::caller(py, caller)?,
        strategy: crate::store::word(py, "strategy", strategy, STRATEGIES)?,
        patch,
    };
    let counts = Arc::new(Counts::default());
    let counted = counts.clone();
    let judge = move |rows: &super::rows::Rows<'_>, range: std::ops::Range<usize>, before: u64| {
        let (mut planned, mut text) = (Planned::default(), Vec::new());
        for row in range {
            text.clear();
            rows.write(&mut text, row);
            planned.add(before.saturating_add(row as u64), planner.plan(&text), &counted);
        }
        planned.finish()
    };
    judged(table, schema(), threads, counts, Box::new(judge))
}

const STRATEGIES: &[(&str, Strategy)] =
    &[("auto", Strategy::Auto), ("minimal", Strategy::Minimal), ("full", Strategy::Full)];

struct Planner {
    store: Arc<Described>,
    queued: bool,
    caller: Caller,
    strategy: Strategy,
    patch: Patch,
}

/// Why there is no update: the place, a code, and the way out.
struct Obstacle {
    pointer: String,
    code: &'static str,
    message: String,
}

type Outcome = (Option<i64>, Result<Plan, Obstacle>);

impl Planner {
    fn plan(&self, text: &[u8]) -> Outcome {
        let stored = match parse(text) {
            Ok(stored) => stored,
            Err(wrong) => return (None, Err(obstacle("", "syntax", &wrong.to_string()))),
        };
        let Some(id) = stored.get("id").and_then(Value::as_i64) else {
            return (None, Err(obstacle("/id", "no-id", "give a customer as GET returns it")));
        };
        let path = id.to_string();
        let route = if self.queued { Route::Queue } else { Route::ById(&path) };
        let target = Target { store: self.store.store(), caller: self.caller, route };
        let planned = plan(&stored, &self.patch, &target, self.strategy);
        let planned = planned.map_err(|unplannable| {
            let reason = unplannable.reasons.first();
            let found = reason
                .map(|reason| obstacle(&reason.pointer, reason.obstacle.as_str(), reason.obstacle.message()));
            found.unwrap_or_else(|| obstacle("", "refused", "the store refuses every body"))
        });
        (Some(id), planned)
    }
}

fn obstacle(pointer: &str, code: &'static str, message: &str) -> Obstacle {
    Obstacle { pointer: pointer.to_owned(), code, message: message.to_owned() }
}

fn schema() -> SchemaRef {
    let field = |name, kind| Field::new(name, kind, true);
    let texts = ["warnings", "pointer", "code", "message"].map(|name| field(name, DataType::Utf8));
    let first = [
        Field::new("row", DataType::UInt64, false),
        field("id", DataType::Int64),
        field("body", DataType::Utf8),
        field("changes", DataType::UInt32),
    ];
    Arc::new(Schema::new(first.into_iter().chain(texts).collect::<Vec<_>>()))
}

/// Outcomes, column by column.
#[derive(Default)]
struct Planned {
    row: UInt64Builder,
    id: Int64Builder,
    body: StringBuilder,
    changes: UInt32Builder,
    warnings: StringBuilder,
    pointer: StringBuilder,
    code: StringBuilder,
    message: StringBuilder,
}

impl Planned {
    fn add(&mut self, row: u64, (id, outcome): Outcome, counts: &Counts) {
        self.row.append_value(row);
        self.id.append_option(id);
        let (plan, obstacle) = match outcome {
            Ok(plan) => (Some(plan), None),
            Err(obstacle) => (None, Some(obstacle)),
        };
        let count = if plan.is_some() { &counts.good } else { &counts.refused };
        count.fetch_add(1, Ordering::Relaxed);
        self.body.append_option(plan.as_ref().map(|plan| plan.body.to_string()));
        let changes = |plan: &Plan| u32::try_from(plan.changes.len()).unwrap_or(u32::MAX);
        self.changes.append_option(plan.as_ref().map(changes));
        self.warnings.append_option(plan.as_ref().map(warnings));
        self.pointer.append_option(obstacle.as_ref().map(|obstacle| &obstacle.pointer));
        self.code.append_option(obstacle.as_ref().map(|obstacle| obstacle.code));
        self.message.append_option(obstacle.as_ref().map(|obstacle| &obstacle.message));
    }

    fn finish(mut self) -> Result<RecordBatch, ArrowError> {
        let columns: Vec<ArrayRef> = vec![
            Arc::new(self.row.finish()),
            Arc::new(self.id.finish()),
            Arc::new(self.body.finish()),
            Arc::new(self.changes.finish()),
            Arc::new(self.warnings.finish()),
            Arc::new(self.pointer.finish()),
            Arc::new(self.code.finish()),
            Arc::new(self.message.finish()),
        ];
        RecordBatch::try_new(schema(), columns)
    }
}

fn warnings(plan: &Plan) -> String {
    plan.warnings.iter().map(|warning| warning.as_str()).collect::<Vec<_>>().join(" ")
}

//! A table of stored customers in, a table of planned updates out.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use arrow_array::builder::{BooleanBuilder, Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use magewright::plan::{PlannedBody, Unplannable};
use pyo3::prelude::*;

use super::patches::{Patches, id_of};
use super::rows::Rows;
use super::stream::{ArrowStream, Counts, Judgement, numbered};
use crate::planner::prepare;
use crate::store::{Store, caller};
use crate::types::{Arrow, Document};

/// The update that makes a patch of each customer of a table and loses nothing.
///
/// The patch is one for all rows, or a row's own: JSON text in the column ``patch_column``, or a row of
/// the table ``patches`` with the same ``id`` (read whole; a cell with nothing in it is left out of the
/// patch, so give JSON text to clear a field). A customer without a patch is left out.
///
/// Gives a row for each customer with a patch: ``row`` counted from 0, ``id``, ``body`` (JSON text to send, null
/// when there is no such update), ``is_empty`` (nothing to send), ``warnings`` (codes with spaces between),
/// and where there is no update ``pointer``, ``code`` and ``message`` of what stands in the way. At the end
/// those of ``patches`` whose customer never came, with the code ``no_such_customer`` and no ``row``.
/// Columns as in ``validate_table``.
#[pyfunction]
#[pyo3(signature = (table, patch=None, /, *, patch_column=None, patches=None, route="id", caller="admin",
    strategy="auto", store=None, threads=1))]
#[expect(clippy::too_many_arguments, reason = "named in Python")]
pub(crate) fn plan_table(
    table: &Arrow<'_>,
    patch: Option<&Document<'_>>,
    patch_column: Option<String>,
    patches: Option<&Arrow<'_>>,
    route: &str,
    caller: &str,
    strategy: &str,
    store: Option<&Store>,
    threads: usize,
) -> PyResult<ArrowStream> {
    let py = table.py();
    let patches = Arc::new(Patches::given(py, patch, patch_column, patches)?);
    let planner = prepare(py, route, self::caller(py, caller)?, strategy, store)?;
    let counts = Arc::new(Counts::default());
    let (counted, asked) = (counts.clone(), patches.clone());
    let judge = move |rows: &Rows<'_>, range: Range<usize>, before: u64| {
        let (mut planned, mut text) = (Planned::default(), Vec::new());
        for row in range {
            text.clear();
            let mut id = rows.id(row);
            if id.is_none() {
                rows.write(&mut text, row);
                id = id_of(&text);
            }
            let Some(patch) = asked.of(rows, row, id) else { continue };
            // Only now, since most rows may have none.
            if text.is_empty() {
                rows.write(&mut text, row);
            }
            let outcome = planner.borrow_dependent().plan(&text, patch).map_err(|found| first(&found));
            planned.add((Some(numbered(before, row)), id), outcome, &counted);
        }
        planned.finish()
    };
    let (counted, except) = (counts.clone(), patches.clone());
    let rest = move || left(&patches.left(), &counted);
    let judgement = Judgement { schema: schema(), judge: Box::new(judge), rest: Box::new(rest), counts };
    judgement.of(table, threads, |schema| except.column(schema))
}

/// What is said of patches whose customer never came.
fn left(ids: &[i64], counts: &Counts) -> Result<RecordBatch, ArrowError> {
    let mut planned = Planned::default();
    for id in ids {
        let obstacle = obstacle("/id", "no_such_customer", "the table has no customer with this id");
        planned.add((None, Some(*id)), Err(obstacle), counts);
    }
    planned.finish()
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
        field("row", DataType::Int64),
        field("id", DataType::Int64),
        field("body", DataType::Utf8),
        field("is_empty", DataType::Boolean),
    ];
    Arc::new(Schema::new(first.into_iter().chain(texts).collect::<Vec<_>>()))
}

/// Outcomes, column by column.
#[derive(Default)]
struct Planned {
    row: Int64Builder,
    id: Int64Builder,
    body: StringBuilder,
    is_empty: BooleanBuilder,
    warnings: StringBuilder,
    pointer: StringBuilder,
    code: StringBuilder,
    message: StringBuilder,
}

impl Planned {
    fn add(&mut self, (row, id): (Option<i64>, Option<i64>), outcome: Outcome, counts: &Counts) {
        self.row.append_option(row);
        self.id.append_option(id);
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
            Arc::new(self.id.finish()),
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

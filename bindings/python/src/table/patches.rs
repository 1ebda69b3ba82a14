//! The patches of a table's customers.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};

use arrow_schema::{ArrowError, Schema};
use magewright::json::{self, Value};
use magewright::plan::Patch;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

use super::given::batches;
use super::refusal::refused;
use super::rows::{Form, Rows};
use crate::document::text;
use crate::failure::error;

/// Where the patch of a customer comes from.
pub(super) enum Patches {
    /// One for all.
    Same(Vec<u8>),
    /// A text column of the customers' own table.
    Column(String),
    /// A table of their own, by the customers' ids.
    ById(HashMap<i64, Own>),
}

/// The patch of one customer, and whether that customer was met.
pub(super) struct Own {
    patch: Vec<u8>,
    met: AtomicBool,
}

impl Patches {
    /// The one way that is given.
    pub(super) fn given(
        py: Python<'_>,
        patch: Option<&Bound<'_, PyAny>>,
        column: Option<String>,
        table: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        match (patch, column, table) {
            (Some(patch), None, None) => same(py, &text(patch)?),
            (None, Some(column), None) => Ok(Patches::Column(column)),
            (None, None, Some(table)) => by_id(table),
            _ => Err(PyTypeError::new_err(
                "give a patch for all rows, `patch_column` or `patches`: one of them",
            )),
        }
    }

    /// The column of the customers' table that holds patches.
    ///
    /// # Errors
    /// The table has no such column.
    pub(super) fn column(&self, schema: &Schema) -> Result<Option<usize>, ArrowError> {
        match self {
            Patches::Column(name) => schema.index_of(name).map(Some),
            _ => Ok(None),
        }
    }

    /// The patch of a row's customer; `None` when it has none.
    pub(super) fn of<'p>(&'p self, rows: &'p Rows<'_>, row: usize, id: Option<i64>) -> Option<&'p [u8]> {
        match self {
            Patches::Same(patch) => Some(patch),
            Patches::Column(_) => rows.patch(row).map(str::as_bytes),
            Patches::ById(known) => {
                let own = known.get(&id?)?;
                own.met.store(true, Ordering::Relaxed);
                Some(&own.patch)
            }
        }
    }

    /// The ids of customers that were not met, in order.
    pub(super) fn left(&self) -> Vec<i64> {
        let Patches::ById(known) = self else { return Vec::new() };
        let left = known.iter().filter(|(_, own)| !own.met.load(Ordering::Relaxed));
        let mut ids: Vec<i64> = left.map(|(id, _)| *id).collect();
        ids.sort_unstable();
        ids
    }
}

fn same(py: Python<'_>, patch: &[u8]) -> PyResult<Patches> {
    Patch::parse(patch).map_err(|wrong| {
        error(py, "invalid_member", &wrong.to_string(), Some(&format!("/patch{}", wrong.pointer())))
    })?;
    Ok(Patches::Same(patch.to_vec()))
}

fn by_id(table: &Bound<'_, PyAny>) -> PyResult<Patches> {
    let reader = batches(table)?;
    let py = table.py();
    let read = py.detach(|| {
        // A column of ids is no part of the patch, which would be looked at closer for it.
        let form = Form::of(&reader.schema(), reader.schema().index_of("id").ok())?;
        let mut known = HashMap::new();
        for batch in reader {
            let batch = batch?;
            let rows = form.rows(&batch)?;
            for row in 0..rows.len() {
                let mut patch = Vec::new();
                rows.write(&mut patch, row);
                let Some(id) = rows.id(row).or_else(|| id_of(&patch)) else {
                    return Ok(Err("a patch without the customer's `id`".to_owned()));
                };
                let met = AtomicBool::new(false);
                if known.insert(id, Own { patch, met }).is_some() {
                    return Ok(Err(format!("two patches of the customer {id}: make one of them")));
                }
            }
        }
        Ok::<_, ArrowError>(Ok(known))
    });
    let known = read.map_err(|wrong| refused(py, "patches", wrong))?;
    known.map(Patches::ById).map_err(|wrong| refused(py, "patches", ArrowError::SchemaError(wrong)))
}

/// The `id` of a document; most begin with it.
pub(super) fn id_of(text: &[u8]) -> Option<i64> {
    leading_id(text).or_else(|| json::parse(text).ok()?.get("id").and_then(Value::as_i64))
}

fn leading_id(text: &[u8]) -> Option<i64> {
    let rest = text.strip_prefix(b"{\"id\":")?;
    let end = rest.iter().position(|byte| !byte.is_ascii_digit())?;
    let (digits, after) = rest.split_at_checked(end)?;
    // Otherwise it is another kind of number.
    after.starts_with(b",").then(|| std::str::from_utf8(digits).ok()?.parse().ok())?
}

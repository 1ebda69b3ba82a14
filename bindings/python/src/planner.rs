//! Planned bodies, from bytes to bytes.

use std::sync::Arc;

use magewright::desk::Described;
use magewright::plan::{PlannedBody as Core, Planner as CorePlanner, Strategy, Unplannable};
use magewright::predict::update::{Route, Target};
use magewright::store::Caller;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyTuple};
use self_cell::self_cell;

use crate::document::{loads, with_text};
use crate::store::{Store, caller, stock, word};
use crate::types::{Document, Remade, Words};

self_cell!(
    /// A planner beside the store it is for.
    pub(crate) struct PreparedPlanner {
        owner: Arc<Described>,

        #[covariant]
        dependent: CorePlanner,
    }
);

/// A planner of updates of many customers of one store.
#[pyclass(frozen, module = "magewright")]
pub(crate) struct Planner {
    prepared: PreparedPlanner,
    /// Route, caller and strategy, in the words used in Python.
    words: [String; 3],
}

/// The body of a planned update.
#[pyclass(frozen, module = "magewright")]
pub(crate) struct PlannedBody {
    core: Core,
}

#[pymethods]
impl Planner {
    #[new]
    #[pyo3(signature = (*, route="id", caller="admin", strategy="auto", store=None))]
    fn new(
        py: Python<'_>,
        route: &str,
        caller: &str,
        strategy: &str,
        store: Option<&Store>,
    ) -> PyResult<Self> {
        let prepared = prepare(py, route, self::caller(py, caller)?, strategy, store)?;
        Ok(Planner { prepared, words: [route, caller, strategy].map(str::to_owned) })
    }

    /// The body that makes a patch of a stored customer and loses nothing.
    #[pyo3(signature = (stored, patch, /))]
    fn plan(&self, stored: &Document<'_>, patch: &Document<'_>) -> PyResult<PlannedBody> {
        let planner = self.prepared.borrow_dependent();
        let planned = with_text(stored, |stored| with_text(patch, |patch| planner.plan(stored, patch)))??;
        planned.map(|core| PlannedBody { core }).map_err(|reasons| unplannable(stored.py(), &reasons))
    }

    fn __getnewargs_ex__<'py>(&self, py: Python<'py>) -> PyResult<Remade<'py>> {
        let [route, caller, strategy] = &self.words;
        let members = PyDict::new(py);
        members.set_item("route", route)?;
        members.set_item("caller", caller)?;
        members.set_item("strategy", strategy)?;
        members.set_item("store", Store::of(self.prepared.borrow_owner().clone()).into_pyobject(py)?)?;
        Ok((PyTuple::empty(py), members))
    }
}

#[pymethods]
impl PlannedBody {
    /// The body as JSON text; for the queue one item of the list.
    #[getter]
    fn body<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &self.core.body)
    }

    /// Whether there is nothing to send: the customer is as wanted.
    #[getter]
    fn is_empty(&self) -> bool {
        self.core.is_empty
    }

    /// What is worth knowing before it is sent, as stable codes.
    #[getter]
    fn warnings<'py>(&self, py: Python<'py>) -> PyResult<Words<'py>> {
        PyTuple::new(py, self.core.warnings.iter().map(|warning| warning.as_str()).collect::<Vec<_>>())
    }

    fn __repr__(&self) -> String {
        format!("PlannedBody(<{} bytes>, is_empty={})", self.core.body.len(), self.core.is_empty)
    }
}

/// A planner for the words used in Python.
pub(crate) fn prepare(
    py: Python<'_>,
    route: &str,
    caller: Caller,
    strategy: &str,
    store: Option<&Store>,
) -> PyResult<PreparedPlanner> {
    let routes = [("id", Route::ById("")), ("me", Route::Me), ("queue", Route::Queue)];
    let route: Route<'static> = word(py, "route", route, &routes)?;
    let strategies = [("auto", Strategy::Auto), ("minimal", Strategy::Minimal), ("full", Strategy::Full)];
    let strategy = word(py, "strategy", strategy, &strategies)?;
    let store = store.map_or_else(|| stock(py), |store| Ok(store.described().clone()))?;
    Ok(PreparedPlanner::new(store, |store| {
        CorePlanner::new(Target { store: store.store(), caller, route }, strategy)
    }))
}

/// The exception `Unplannable`.
fn unplannable(py: Python<'_>, found: &Unplannable) -> PyErr {
    let told = loads(py, &magewright::desk::write_unplannable(found));
    let made = told.and_then(|told| py.import("magewright._plan")?.getattr("unplannable")?.call1((told,)));
    match made {
        Ok(error) => PyErr::from_value(error),
        Err(error) => error,
    }
}

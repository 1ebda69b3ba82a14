//! magewright for Python: the hot doors, and the desk for everything else.

mod client;
mod contract;
mod criteria;
mod document;
mod expression;
mod failure;
mod planner;
mod profile;
mod report;
mod store;
mod stream;
mod table;
mod text;
mod types;
mod validator;
mod walk;
mod write;

use pyo3::prelude::pymodule;

/// What the package `magewright` is built on.
#[pymodule]
mod _native {
    use pyo3::prelude::{PyResult, Python, pyfunction};

    #[pymodule_export]
    use crate::client::{Connection, Flow, Sandbox, Task};
    #[pymodule_export]
    use crate::contract::Contract;
    #[pymodule_export]
    use crate::criteria::Criteria;
    use crate::document::text;
    #[pymodule_export]
    use crate::expression::{Expression, Field, Order};
    #[pymodule_export]
    use crate::planner::{PlannedBody, Planner};
    #[pymodule_export]
    use crate::profile::Profile;
    #[pymodule_export]
    use crate::store::Store;
    #[pymodule_export]
    use crate::stream::Stream;
    #[pymodule_export]
    use crate::table::{ArrowStream, plan_table, table_rows, validate_table};
    use crate::types::Document;
    #[pymodule_export]
    use crate::validator::Validator;

    /// Answers one question: JSON text in, JSON text out. Other threads run meanwhile.
    #[pyfunction]
    #[pyo3(signature = (operation, input, store=None))]
    fn call(py: Python<'_>, operation: &str, input: &str, store: Option<&Store>) -> String {
        py.detach(|| match store {
            None => magewright::desk::call(operation, input.as_bytes()),
            Some(store) => magewright::desk::call_about(store.described(), operation, input.as_bytes()),
        })
    }

    /// Objects as JSON text.
    #[pyfunction]
    #[pyo3(signature = (document, /))]
    fn dumps(document: &Document<'_>) -> PyResult<String> {
        Ok(String::from_utf8_lossy(&text(document)?).into_owned())
    }
}

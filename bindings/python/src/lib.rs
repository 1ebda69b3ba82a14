//! The desk of magewright for Python.

use pyo3::prelude::pymodule;

/// What the package `magewright` is built on.
#[pymodule]
mod _native {
    use pyo3::prelude::{Python, pyfunction};

    /// Answers one question: JSON text in, JSON text out. Other threads run meanwhile.
    #[pyfunction]
    fn call(py: Python<'_>, operation: &str, input: &str) -> String {
        py.detach(|| magewright::desk::call(operation, input.as_bytes()))
    }
}

//! Documents as Python gives them: JSON text, or objects to write as JSON.

use magewright::json::Value;
use pyo3::buffer::PyBuffer;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyByteArray, PyBytes, PyDict, PyMemoryView, PyString};

use crate::write::written;

/// Looks at the JSON text of a document: as given, or as the object is written.
pub(crate) fn with_text<R>(document: &Bound<'_, PyAny>, look: impl FnOnce(&[u8]) -> R) -> PyResult<R> {
    if let Ok(bytes) = document.cast_exact::<PyBytes>() {
        return Ok(look(bytes.as_bytes()));
    }
    if document.is_exact_instance_of::<PyDict>() {
        return written(document, look);
    }
    if let Ok(text) = document.cast::<PyString>() {
        return match text.to_str() {
            Ok(text) => Ok(look(text.as_bytes())),
            // Half a surrogate pair: the core says that this is no UTF-8.
            Err(_) => Ok(look(text.call_method1("encode", ("utf-8", "surrogatepass"))?.extract()?)),
        };
    }
    if is_buffer(document) {
        return Ok(look(&PyBuffer::<u8>::get(document)?.to_vec(document.py())?));
    }
    written(document, look)
}

/// The JSON text of a document.
pub(crate) fn text(document: &Bound<'_, PyAny>) -> PyResult<Vec<u8>> {
    with_text(document, <[u8]>::to_vec)
}

/// A value as JSON text.
pub(crate) fn json<'py>(py: Python<'py>, value: &Value) -> Bound<'py, PyBytes> {
    PyBytes::new(py, value.to_string().as_bytes())
}

/// A value as Python's own objects.
pub(crate) fn loads<'py>(py: Python<'py>, value: &Value) -> PyResult<Bound<'py, PyAny>> {
    loads_text(py, &value.to_string())
}

/// What a JSON text says, as Python's own objects.
pub(crate) fn loads_text<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    static LOADS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let loads =
        LOADS.get_or_try_init(py, || Ok::<_, PyErr>(py.import("json")?.getattr("loads")?.unbind()))?;
    loads.bind(py).call1((text,))
}

fn is_buffer(document: &Bound<'_, PyAny>) -> bool {
    document.is_instance_of::<PyBytes>()
        || document.is_instance_of::<PyByteArray>()
        || document.is_instance_of::<PyMemoryView>()
}

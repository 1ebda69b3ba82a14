//! What is given as a table.

use arrow_array::RecordBatchReader;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3_arrow::input::AnyRecordBatch;

const DOORS: [&str; 2] = ["__arrow_c_stream__", "__arrow_c_array__"];

/// Whether an object speaks Arrow.
pub(crate) fn is_table(given: &Bound<'_, PyAny>) -> PyResult<bool> {
    DOORS.iter().try_fold(false, |found, door| Ok(found || given.hasattr(door)?))
}

/// The batches of a table.
pub(super) fn batches(given: &Bound<'_, PyAny>) -> PyResult<Box<dyn RecordBatchReader + Send>> {
    if !is_table(given)? {
        let name = given.get_type().name()?;
        return Err(PyTypeError::new_err(format!(
            "a {name} is no table: give what speaks Arrow, such as a frame of pandas or Polars; \
             of a list of rows pyarrow makes one, `Table.from_pylist(rows)`"
        )));
    }
    given.extract::<AnyRecordBatch>()?.into_reader()
}

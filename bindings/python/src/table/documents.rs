//! A table in, its rows as JSON text out.

use arrow_schema::ArrowError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use super::given::batches;
use super::refusal::refused;
use super::rows::Form;
use crate::types::Arrow;

/// The rows of a table as JSON text, one each. Columns as in ``validate_table``.
#[pyfunction]
#[pyo3(signature = (table, /))]
pub(crate) fn table_rows<'py>(table: &Arrow<'py>) -> PyResult<Vec<Bound<'py, PyBytes>>> {
    let py = table.py();
    let reader = batches(table)?;
    let texts = py.detach(|| {
        let form = Form::of(&reader.schema(), None)?;
        let mut texts = Vec::new();
        for batch in reader {
            let batch = batch?;
            let rows = form.rows(&batch)?;
            texts.extend((0..rows.len()).map(|row| {
                let mut text = Vec::new();
                rows.write(&mut text, row);
                text
            }));
        }
        Ok::<_, ArrowError>(texts)
    });
    let texts = texts.map_err(|wrong| refused(py, "table", wrong))?;
    Ok(texts.iter().map(|text| PyBytes::new(py, text)).collect())
}

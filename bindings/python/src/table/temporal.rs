//! Dates and times as a store writes them.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{ArrayRef, StringArray};
use arrow_cast::cast;
use arrow_schema::{ArrowError, DataType, TimeUnit};

/// Dates, as in `2026-01-31`.
pub(super) fn date(column: &ArrayRef) -> Result<StringArray, ArrowError> {
    let days = cast(column, &DataType::Date32)?;
    Ok(cast(&days, &DataType::Utf8)?.as_string::<i32>().clone())
}

/// Times in UTC to the second, as in `2026-01-31 10:00:00`.
pub(super) fn moment(column: &ArrayRef) -> Result<StringArray, ArrowError> {
    let zone = Some(Arc::from("+00:00"));
    let utc = match column.data_type() {
        DataType::Timestamp(_, Some(_)) => cast(column, &DataType::Timestamp(TimeUnit::Second, zone))?,
        _ => column.clone(),
    };
    let seconds = cast(&utc, &DataType::Timestamp(TimeUnit::Second, None))?;
    let written = cast(&seconds, &DataType::Utf8)?;
    Ok(written.as_string::<i32>().iter().map(|text| text.map(|text| text.replacen('T', " ", 1))).collect())
}

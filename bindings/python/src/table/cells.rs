//! The cells of a column, by row, written as JSON.

use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{Array, ArrayRef, BooleanArray, Float64Array, Int64Array, LargeListArray, StringArray};
use arrow_cast::cast;
use arrow_schema::{ArrowError, DataType, Field};

use super::temporal::{date, moment};
use crate::text;

/// A column in one of the few forms that are written.
pub(super) enum Cells {
    /// Nothing but nulls.
    Nothing,
    Truth(BooleanArray),
    Integer(Int64Array),
    Float(Float64Array),
    Text(StringArray),
    /// Numbers spelled out, such as decimals.
    Number(StringArray),
    List {
        lists: LargeListArray,
        items: Box<Cells>,
    },
    Struct {
        rows: ArrayRef,
        members: Vec<(String, Cells)>,
    },
}

impl Cells {
    /// Reads a column.
    pub(super) fn read(column: &ArrayRef) -> Result<Self, ArrowError> {
        use DataType as T;
        Ok(match column.data_type() {
            T::Null => Cells::Nothing,
            T::Boolean => Cells::Truth(column.as_boolean().clone()),
            T::Int8 | T::Int16 | T::Int32 | T::Int64 | T::UInt8 | T::UInt16 | T::UInt32 => {
                Cells::Integer(cast(column, &T::Int64)?.as_primitive::<Int64Type>().clone())
            }
            T::Float16 | T::Float32 | T::Float64 => {
                Cells::Float(cast(column, &T::Float64)?.as_primitive::<Float64Type>().clone())
            }
            T::Utf8 | T::LargeUtf8 | T::Utf8View => Cells::Text(texts(column)?),
            T::UInt64 | T::Decimal32(..) | T::Decimal64(..) | T::Decimal128(..) | T::Decimal256(..) => {
                Cells::Number(texts(column)?)
            }
            T::Date32 | T::Date64 => Cells::Text(date(column)?),
            T::Timestamp(..) => Cells::Text(moment(column)?),
            T::Dictionary(_, values) => Cells::read(&cast(column, values)?)?,
            T::List(item) | T::LargeList(item) | T::FixedSizeList(item, _) => list(column, item)?,
            T::Struct(_) => structure(column)?,
            other => {
                return Err(ArrowError::NotYetImplemented(format!(
                    "no field is of type {other}: cast it first"
                )));
            }
        })
    }

    /// Whether there is nothing in that row.
    pub(super) fn is_absent(&self, row: usize) -> bool {
        match self {
            Cells::Nothing => true,
            Cells::Truth(cells) => cells.is_null(row),
            Cells::Integer(cells) => cells.is_null(row),
            // What pandas writes for nothing.
            Cells::Float(cells) => cells.is_null(row) || !cells.value(row).is_finite(),
            Cells::Text(cells) | Cells::Number(cells) => cells.is_null(row),
            Cells::List { lists, .. } => lists.is_null(row),
            Cells::Struct { rows, .. } => rows.is_null(row),
        }
    }

    /// Writes what is in that row; nothing is `null`.
    pub(super) fn write(&self, out: &mut Vec<u8>, row: usize) {
        if self.is_absent(row) {
            out.extend_from_slice(b"null");
            return;
        }
        match self {
            Cells::Nothing => {}
            Cells::Truth(cells) => out.extend_from_slice(if cells.value(row) { b"true" } else { b"false" }),
            Cells::Integer(cells) => text::push_integer(out, cells.value(row)),
            Cells::Float(cells) => push_float(out, cells.value(row)),
            Cells::Text(cells) => text::push_string(out, cells.value(row)),
            Cells::Number(cells) => out.extend_from_slice(cells.value(row).as_bytes()),
            Cells::List { lists, items } => write_list(out, lists, items, row),
            Cells::Struct { members, .. } => write_struct(out, members, row),
        }
    }

    /// The text in that row, when this is a column of texts.
    pub(super) fn text(&self, row: usize) -> Option<&str> {
        match self {
            Cells::Text(cells) if !cells.is_null(row) => Some(cells.value(row)),
            _ => None,
        }
    }

    /// The whole number in that row, when this is a column of them.
    pub(super) fn integer(&self, row: usize) -> Option<i64> {
        match self {
            Cells::Integer(cells) if !cells.is_null(row) => Some(cells.value(row)),
            Cells::Float(cells) if !cells.is_null(row) => whole(cells.value(row)),
            _ => None,
        }
    }
}

fn texts(column: &ArrayRef) -> Result<StringArray, ArrowError> {
    Ok(cast(column, &DataType::Utf8)?.as_string::<i32>().clone())
}

fn list(column: &ArrayRef, item: &Field) -> Result<Cells, ArrowError> {
    let lists = cast(column, &DataType::LargeList(item.clone().into()))?.as_list::<i64>().clone();
    let items = Box::new(Cells::read(lists.values())?);
    Ok(Cells::List { lists, items })
}

fn structure(column: &ArrayRef) -> Result<Cells, ArrowError> {
    let rows = column.as_struct();
    let members = rows.fields().iter().zip(rows.columns());
    let members = members.map(|(field, column)| Ok((field.name().clone(), Cells::read(column)?)));
    Ok(Cells::Struct { rows: column.clone(), members: members.collect::<Result<_, ArrowError>>()? })
}

fn write_list(out: &mut Vec<u8>, lists: &LargeListArray, items: &Cells, row: usize) {
    let offset =
        |at: usize| lists.value_offsets().get(at).and_then(|&at| usize::try_from(at).ok()).unwrap_or(0);
    out.push(b'[');
    for (place, item) in (offset(row)..offset(row + 1)).enumerate() {
        if place > 0 {
            out.push(b',');
        }
        items.write(out, item);
    }
    out.push(b']');
}

fn write_struct(out: &mut Vec<u8>, members: &[(String, Cells)], row: usize) {
    out.push(b'{');
    let start = out.len();
    for (name, cells) in members.iter().filter(|(_, cells)| !cells.is_absent(row)) {
        if out.len() > start {
            out.push(b',');
        }
        text::push_string(out, name);
        out.push(b':');
        cells.write(out, row);
    }
    out.push(b'}');
}

fn push_float(out: &mut Vec<u8>, number: f64) {
    match whole(number) {
        Some(number) => text::push_integer(out, number),
        None => out.extend_from_slice(number.to_string().as_bytes()),
    }
}

/// pandas makes floats of whole numbers as soon as one is missing, so `3.0` is `3`.
fn whole(number: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "a whole number within 53 bits")]
    (number.fract() == 0.0 && number.abs() < EXACT).then_some(number as i64)
}

//! The rows of a batch, written as JSON.

use arrow_array::{RecordBatch, new_empty_array};
use arrow_schema::{ArrowError, Schema};

use super::cells::Cells;
use super::layout::Layout;
use crate::text;

/// The column that holds whole documents as text.
const JSON: &str = "json";

/// How the rows of a table are written.
pub(super) struct Form {
    /// The column of JSON text; without one, columns make up an object.
    text: Option<usize>,
    /// The column of whole numbers `id`.
    id: Option<usize>,
    /// A column that is no part of a customer: its patch.
    patch: Option<usize>,
    layout: Layout,
}

/// The rows of one batch.
pub(super) struct Rows<'f> {
    form: &'f Form,
    columns: Vec<Cells>,
    len: usize,
}

impl Form {
    /// The form of a table's rows, of which one column may be their patches.
    ///
    /// # Errors
    /// Columns that claim the same place, and one of a type that no field of a customer has.
    pub(super) fn of(schema: &Schema, patch: Option<usize>) -> Result<Self, ArrowError> {
        for field in schema.fields() {
            // What is read of no rows is read of any.
            Cells::read(&new_empty_array(field.data_type())).map_err(|wrong| named(field.name(), wrong))?;
        }
        let names = || schema.fields().iter().map(|field| field.name().as_str()).enumerate();
        let own = names().filter(|(index, name)| Some(*index) != patch && !is_index(name));
        let layout = Layout::of(own).map_err(ArrowError::SchemaError)?;
        let place = |wanted| names().find(|(_, name)| *name == wanted).map(|(index, _)| index);
        Ok(Form { text: place(JSON), id: place("id"), patch, layout })
    }

    /// Reads a batch.
    ///
    /// # Errors
    /// A text that is longer than any column may be.
    pub(super) fn rows(&self, batch: &RecordBatch) -> Result<Rows<'_>, ArrowError> {
        let columns = batch.columns().iter().map(Cells::read).collect::<Result<_, _>>()?;
        Ok(Rows { form: self, columns, len: batch.num_rows() })
    }
}

/// What pandas calls the index of a frame that has no name of its own, as any has of which rows were taken.
fn is_index(name: &str) -> bool {
    let level = name.strip_prefix("__index_level_").and_then(|name| name.strip_suffix("__"));
    level.is_some_and(|level| level.parse::<u16>().is_ok())
}

fn named(column: &str, wrong: ArrowError) -> ArrowError {
    match wrong {
        ArrowError::NotYetImplemented(message) => {
            ArrowError::NotYetImplemented(format!("column `{column}`: {message}"))
        }
        other => other,
    }
}

impl Rows<'_> {
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// Writes one row; cells with nothing in them are left out.
    pub(super) fn write(&self, out: &mut Vec<u8>, row: usize) {
        match self.form.text {
            None => self.part(out, &self.form.layout, row),
            Some(column) => {
                let text = self.columns.get(column).and_then(|cells| cells.text(row));
                out.extend_from_slice(text.unwrap_or("null").as_bytes());
            }
        }
    }

    /// The id in a row, when there is a column of them.
    pub(super) fn id(&self, row: usize) -> Option<i64> {
        self.columns.get(self.form.id?)?.integer(row)
    }

    /// The patch in a row.
    pub(super) fn patch(&self, row: usize) -> Option<&str> {
        self.columns.get(self.form.patch?)?.text(row)
    }

    fn part(&self, out: &mut Vec<u8>, layout: &Layout, row: usize) {
        match layout {
            Layout::Column(index) => {
                if let Some(cells) = self.columns.get(*index) {
                    cells.write(out, row);
                }
            }
            Layout::Object(members) => self.object(out, members, row),
            Layout::Attributes(members) => self.attributes(out, members, row),
            Layout::List(items) => {
                out.push(b'[');
                let there = items.iter().filter(|item| !self.is_absent(item, row));
                for (place, item) in there.enumerate() {
                    if place > 0 {
                        out.push(b',');
                    }
                    self.part(out, item, row);
                }
                out.push(b']');
            }
        }
    }

    fn attributes(&self, out: &mut Vec<u8>, members: &[(String, Layout)], row: usize) {
        out.push(b'[');
        let there = members.iter().filter(|(_, layout)| !self.is_absent(layout, row));
        for (place, (code, layout)) in there.enumerate() {
            out.extend_from_slice(if place > 0 { b",{\"attribute_code\":" } else { b"{\"attribute_code\":" });
            text::push_string(out, code);
            out.extend_from_slice(b",\"value\":");
            self.part(out, layout, row);
            out.push(b'}');
        }
        out.push(b']');
    }

    fn object(&self, out: &mut Vec<u8>, members: &[(String, Layout)], row: usize) {
        out.push(b'{');
        let there = members.iter().filter(|(_, layout)| !self.is_absent(layout, row));
        for (place, (name, layout)) in there.enumerate() {
            if place > 0 {
                out.push(b',');
            }
            text::push_string(out, name);
            out.push(b':');
            self.part(out, layout, row);
        }
        out.push(b'}');
    }

    fn is_absent(&self, layout: &Layout, row: usize) -> bool {
        match layout {
            Layout::Column(index) => self.columns.get(*index).is_none_or(|cells| cells.is_absent(row)),
            Layout::List(items) => items.iter().all(|item| self.is_absent(item, row)),
            Layout::Object(members) | Layout::Attributes(members) => {
                members.iter().all(|(_, layout)| self.is_absent(layout, row))
            }
        }
    }
}

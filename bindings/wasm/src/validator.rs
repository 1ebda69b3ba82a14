//! Validators for many payloads: by the one, by the text, by the stream.

use std::rc::Rc;

use magewright::desk::{self, Described};
use magewright::json::Value;
use magewright::report::Report;
use magewright::validate::{Operation, Stream, Tally, Validator};
use self_cell::self_cell;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::buffer::Buffer;

self_cell!(
    /// A validator beside the store it is for.
    struct Prepared {
        owner: Rc<Described>,

        #[covariant]
        dependent: Validator,
    }
);

self_cell!(
    /// A stream beside its validator.
    struct Begun {
        owner: Rc<Prepared>,

        #[covariant]
        dependent: Stream,
    }
);

/// A validator made once for many payloads, which JavaScript writes into its buffer.
#[wasm_bindgen]
pub struct ValidatorHandle {
    prepared: Rc<Prepared>,
    buffer: Buffer,
}

impl ValidatorHandle {
    pub(crate) fn new(store: Rc<Described>, operation: Operation) -> Self {
        let prepared = Prepared::new(store, |store| Validator::new(operation, store.store()));
        ValidatorHandle { prepared: Rc::new(prepared), buffer: Buffer::default() }
    }
}

#[wasm_bindgen]
impl ValidatorHandle {
    /// Where to write a payload of so many bytes, two for a unit of UTF-16.
    pub fn buffer(&mut self, length: usize) -> *const u8 {
        self.buffer.place(length)
    }

    /// Whether the payload written, of so many bytes or units, is certainly valid.
    pub fn accepts(&mut self, length: usize, in_units: bool) -> bool {
        self.prepared.borrow_dependent().accepts(self.buffer.written(length, in_units))
    }

    /// The report on the payload written, as JSON text; nothing for a clean one.
    pub fn check(&mut self, length: usize, in_units: bool) -> Option<String> {
        let report = self.prepared.borrow_dependent().check(self.buffer.written(length, in_units));
        (!report.is_clean()).then(|| desk::write_report(&report).to_string())
    }

    /// The checks that cannot be made, as JSON text.
    #[must_use]
    pub fn unchecked(&self) -> String {
        Value::from(self.prepared.borrow_dependent().unchecked()).to_string()
    }

    /// A stream of records by the line.
    #[must_use]
    pub fn stream(&self) -> StreamHandle {
        let begun = Begun::new(Rc::clone(&self.prepared), |prepared| prepared.borrow_dependent().stream(1));
        StreamHandle { begun, buffer: Buffer::default() }
    }
}

/// Records that come in chunks of any size, which JavaScript writes into its buffer.
#[wasm_bindgen]
pub struct StreamHandle {
    begun: Begun,
    buffer: Buffer,
}

#[wasm_bindgen]
impl StreamHandle {
    /// Where to write a chunk of so many bytes, two for a unit of UTF-16.
    pub fn buffer(&mut self, length: usize) -> *const u8 {
        self.buffer.place(length)
    }

    /// Takes the chunk written; the lines that are not clean as a JSON list, nothing when there are none.
    pub fn push(&mut self, length: usize, in_units: bool) -> Option<String> {
        let (chunk, mut lines) = (self.buffer.written(length, in_units), Vec::new());
        self.begun.with_dependent_mut(|_, stream| {
            stream.push(chunk, |line, report| lines.push(told(line, &report)))
        });
        (!lines.is_empty()).then(|| Value::Array(lines).to_string())
    }

    /// Takes the end: `{"reports", "tally"}` as JSON text. What is pushed later begins anew.
    pub fn finish(&mut self) -> String {
        let mut lines = Vec::new();
        let tally = self.begun.with_dependent_mut(|prepared, stream| {
            let fresh = prepared.borrow_dependent().stream(1);
            std::mem::replace(stream, fresh).finish(|line, report| lines.push(told(line, &report)))
        });
        let members = [("reports", Value::Array(lines)), ("tally", counted(tally))];
        Value::Object(members.into_iter().collect()).to_string()
    }
}

fn told(line: u64, report: &Report) -> Value {
    let mut told = desk::write_report(report);
    if let Value::Object(members) = &mut told {
        members.remove("unchecked");
        members.insert("line", line);
    }
    told
}

fn counted(tally: Tally) -> Value {
    let counts = [
        ("records", tally.records),
        ("clean", tally.clean),
        ("refused", tally.refused),
        ("blank", tally.blank),
    ];
    Value::Object(counts.into_iter().collect())
}

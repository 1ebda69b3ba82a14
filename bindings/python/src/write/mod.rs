//! Python objects written as JSON, into a buffer that is kept from call to call.
//!
//! Objects are written twice at most. The first time texts are copied as they are, and one look over the
//! whole says whether that was right: no control character, no backslash, and just the quotes that were
//! written around texts. Only where it was not, all is written again with its escapes.

mod keys;
mod moment;
mod wrong;

use std::str::FromStr;
use std::sync::{Mutex, PoisonError};

use magewright::json::{MAX_DEPTH, Number};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyMapping, PyString, PyTuple};

use crate::table::is_table;
use crate::text::{push_integer, push_string};
use keys::Keys;
use wrong::Wrong;

/// More than this is not kept from call to call.
const KEPT: usize = 1 << 20;

/// What is kept from call to call.
#[derive(Default)]
struct Scratch {
    out: Vec<u8>,
    keys: Keys,
}

/// Empty while it is in use: who comes meanwhile makes one of their own.
static SCRATCH: Mutex<Option<Scratch>> = Mutex::new(None);

/// Looks at an object made of `dict`, `list`, `str`, `int`, `float`, `Decimal`, `bool` and `None` as JSON;
/// `date` and `datetime` are the texts that a store writes.
///
/// Anything else is a `TypeError`, what JSON cannot say a `ValueError`; both name the place
/// and neither shows the value.
pub(crate) fn written<R>(object: &Bound<'_, PyAny>, look: impl FnOnce(&[u8]) -> R) -> PyResult<R> {
    let slot = || SCRATCH.lock().unwrap_or_else(PoisonError::into_inner);
    let mut scratch = slot().take().unwrap_or_default();
    let found = write(&mut scratch, object).map(|()| look(&scratch.out));
    if scratch.out.capacity() <= KEPT {
        *slot() = Some(scratch);
    }
    found.map_err(Wrong::raised)
}

/// Values written one at a time, into the same memory.
#[derive(Default)]
pub(crate) struct Writing(Scratch);

impl Writing {
    /// The JSON text of a value; what is none is left to [`written`] to say.
    pub(crate) fn of(&mut self, value: &Bound<'_, PyAny>) -> Result<&[u8], ()> {
        write(&mut self.0, value).map_err(drop)?;
        Ok(&self.0.out)
    }
}

fn write(scratch: &mut Scratch, object: &Bound<'_, PyAny>) -> Result<(), Wrong> {
    let Scratch { out, keys } = scratch;
    for escaped in [false, true] {
        out.clear();
        let mut writer = Writer { out, keys, escaped, quotes: 0, depth: 0 };
        writer.value(object)?;
        let quotes = writer.quotes;
        if escaped || is_plain(out, quotes) {
            break;
        }
    }
    Ok(())
}

/// Whether a text has so many quotes, and nothing that has to be escaped.
fn is_plain(text: &[u8], quotes: usize) -> bool {
    let (mut found, mut odd) = (0, 0);
    // Pieces of which the quotes can be counted in a byte, many bytes at a time.
    for piece in text.chunks(128) {
        let mut here = 0_u8;
        for &byte in piece {
            here += u8::from(byte == b'"');
            odd |= u8::from(byte < 0x20) | u8::from(byte == b'\\');
        }
        found += usize::from(here);
    }
    odd == 0 && found == quotes
}

struct Writer<'o> {
    out: &'o mut Vec<u8>,
    keys: &'o mut Keys,
    /// Whether texts are written with their escapes.
    escaped: bool,
    /// Quotes written around texts.
    quotes: usize,
    depth: usize,
}

impl Writer<'_> {
    fn value(&mut self, value: &Bound<'_, PyAny>) -> Result<(), Wrong> {
        if let Ok(text) = value.cast_exact::<PyString>() {
            self.text(text)
        } else if let Ok(number) = value.cast_exact::<PyInt>() {
            self.integer(number)
        } else if let Ok(dict) = value.cast_exact::<PyDict>() {
            self.pairs(dict.iter().map(Ok))
        } else if let Ok(list) = value.cast_exact::<PyList>() {
            self.items(list.iter())
        } else if value.is_none() {
            self.raw(b"null")
        } else if let Ok(truth) = value.cast_exact::<PyBool>() {
            self.raw(if truth.is_true() { b"true" } else { b"false" })
        } else if let Ok(number) = value.cast::<PyFloat>() {
            self.float(number)
        } else {
            self.other(value)
        }
    }

    /// What is met rarely: subclasses, other containers, decimal numbers.
    fn other(&mut self, value: &Bound<'_, PyAny>) -> Result<(), Wrong> {
        if let Ok(text) = value.cast::<PyString>() {
            self.text(text)
        } else if let Ok(number) = value.cast::<PyInt>() {
            self.integer(number)
        } else if let Ok(dict) = value.cast::<PyDict>() {
            self.pairs(dict.iter().map(Ok))
        } else if let Ok(mapping) = value.cast::<PyMapping>() {
            let pairs = mapping.items()?;
            self.pairs(pairs.iter().map(|pair| pair.extract()))
        } else if let Ok(tuple) = value.cast::<PyTuple>() {
            self.items(tuple.iter())
        } else if let Ok(list) = value.cast::<PyList>() {
            self.items(list.iter())
        } else if value.get_type().name()? == "Decimal" {
            self.decimal(value)
        } else if let Some(time) = moment::of(value)? {
            self.text(&time)
        } else {
            let name = value.get_type().name()?;
            if is_table(value)? {
                return Err(Wrong::kind(format!(
                    "a {name} is a table: give it to `validate_table` or `plan_table`"
                )));
            }
            let way_out = "give str, int, float, Decimal, bool, date, datetime, None, dict or list";
            Err(Wrong::kind(format!("a {name} is not JSON: {way_out}")))
        }
    }

    fn pairs<'py>(
        &mut self,
        pairs: impl Iterator<Item = PyResult<(Bound<'py, PyAny>, Bound<'py, PyAny>)>>,
    ) -> Result<(), Wrong> {
        self.open(b'{')?;
        let mut first = true;
        for pair in pairs {
            let (key, value) = pair?;
            self.key(&key, first)?;
            self.value(&value).map_err(|wrong| wrong.below_key(&key))?;
            first = false;
        }
        self.close(b'}')
    }

    fn items<'py>(&mut self, items: impl Iterator<Item = Bound<'py, PyAny>>) -> Result<(), Wrong> {
        self.open(b'[')?;
        for (place, item) in items.enumerate() {
            if place > 0 {
                self.out.push(b',');
            }
            self.value(&item).map_err(|wrong| wrong.below_index(place))?;
        }
        self.close(b']')
    }

    /// Writes a key, the comma before it, and the colon after it.
    fn key(&mut self, key: &Bound<'_, PyAny>, first: bool) -> Result<(), Wrong> {
        if let Some(known) = self.keys.known(key, first) {
            self.out.extend_from_slice(known);
            self.quotes += 2;
            return Ok(());
        }
        let Ok(key) = key.cast::<PyString>() else {
            return Err(Wrong::kind("a key that is no text is not JSON".to_owned()));
        };
        if !first {
            self.out.push(b',');
        }
        self.text(key)?;
        self.out.push(b':');
        self.keys.learn(key);
        Ok(())
    }

    fn open(&mut self, bracket: u8) -> Result<(), Wrong> {
        if self.depth == MAX_DEPTH {
            return Err(Wrong::too_deep());
        }
        self.depth += 1;
        self.out.push(bracket);
        Ok(())
    }

    fn close(&mut self, bracket: u8) -> Result<(), Wrong> {
        self.depth -= 1;
        self.out.push(bracket);
        Ok(())
    }

    fn text(&mut self, text: &Bound<'_, PyString>) -> Result<(), Wrong> {
        self.quotes += 2;
        match text.to_str() {
            Ok(text) if self.escaped => push_string(self.out, text),
            Ok(text) => {
                self.out.reserve(text.len() + 2);
                self.out.push(b'"');
                self.out.extend_from_slice(text.as_bytes());
                self.out.push(b'"');
            }
            // Half a surrogate pair: the core says what is wrong with it.
            Err(_) => {
                let written = text.py().import("json")?.call_method1("dumps", (text,))?;
                self.out.extend_from_slice(written.extract::<&str>()?.as_bytes());
            }
        }
        Ok(())
    }

    fn integer(&mut self, number: &Bound<'_, PyInt>) -> Result<(), Wrong> {
        match number.extract::<i64>() {
            Ok(number) => push_integer(self.out, number),
            // The name of an enum's member is not its number.
            Err(_) => {
                self.out.extend_from_slice(number.call_method0("__repr__")?.str()?.to_str()?.as_bytes())
            }
        }
        Ok(())
    }

    fn float(&mut self, number: &Bound<'_, PyFloat>) -> Result<(), Wrong> {
        if !number.value().is_finite() {
            let way_out = "leave it out, or give None; of a pandas frame take `table_rows(frame)`";
            return Err(Wrong::value(format!("NaN or infinity is no JSON number: {way_out}")));
        }
        self.raw(number.repr()?.to_str()?.as_bytes())
    }

    fn decimal(&mut self, number: &Bound<'_, PyAny>) -> Result<(), Wrong> {
        let text = number.str()?;
        let number = Number::from_str(text.to_str()?);
        let number = number.map_err(|_| Wrong::value("no JSON number: give a finite one".to_owned()))?;
        self.raw(number.as_str().as_bytes())
    }

    fn raw(&mut self, text: &[u8]) -> Result<(), Wrong> {
        self.out.extend_from_slice(text);
        Ok(())
    }
}

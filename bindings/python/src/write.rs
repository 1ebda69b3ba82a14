//! Python objects written as JSON, without a copy in between.

use std::str::FromStr;

use magewright::json::{Number, Path};
use pyo3::exceptions::{PyRecursionError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyMapping, PyString, PyTuple};

use crate::text::{push_integer, push_string};

/// PHP reads no deeper, so a store refuses more.
const MAX_DEPTH: u16 = 512;

/// Writes an object made of `dict`, `list`, `str`, `int`, `float`, `Decimal`, `bool` and `None`.
///
/// Anything else is a `TypeError`, what JSON cannot say a `ValueError`; both name the place
/// and neither shows the value.
pub(crate) fn write(out: &mut Vec<u8>, object: &Bound<'_, PyAny>) -> PyResult<()> {
    Writer { out, depth: 0 }.value(object, &Path::root())
}

struct Writer<'o> {
    out: &'o mut Vec<u8>,
    depth: u16,
}

impl Writer<'_> {
    fn value(&mut self, value: &Bound<'_, PyAny>, at: &Path<'_>) -> PyResult<()> {
        if let Ok(text) = value.cast_exact::<PyString>() {
            self.text(text)?;
        } else if let Ok(number) = value.cast_exact::<PyInt>() {
            self.integer(number)?;
        } else if let Ok(dict) = value.cast_exact::<PyDict>() {
            self.dict(dict, at)?;
        } else if let Ok(list) = value.cast_exact::<PyList>() {
            self.items(list.iter(), at)?;
        } else if value.is_none() {
            self.out.extend_from_slice(b"null");
        } else if let Ok(truth) = value.cast_exact::<PyBool>() {
            self.out.extend_from_slice(if truth.is_true() { b"true" } else { b"false" });
        } else if let Ok(number) = value.cast::<PyFloat>() {
            self.float(number, at)?;
        } else {
            self.other(value, at)?;
        }
        Ok(())
    }

    /// What is met rarely: subclasses, other containers, decimal numbers.
    fn other(&mut self, value: &Bound<'_, PyAny>, at: &Path<'_>) -> PyResult<()> {
        if let Ok(text) = value.cast::<PyString>() {
            self.text(text)
        } else if let Ok(number) = value.cast::<PyInt>() {
            self.integer(number)
        } else if let Ok(dict) = value.cast::<PyDict>() {
            self.dict(dict, at)
        } else if let Ok(mapping) = value.cast::<PyMapping>() {
            let pairs = mapping.items()?;
            self.pairs(pairs.iter().map(|pair| pair.extract()), at)
        } else if let Ok(tuple) = value.cast::<PyTuple>() {
            self.items(tuple.iter(), at)
        } else if let Ok(list) = value.cast::<PyList>() {
            self.items(list.iter(), at)
        } else if value.get_type().name()? == "Decimal" {
            self.decimal(value, at)
        } else {
            let name = value.get_type().name()?;
            let way_out = "give str, int, float, Decimal, bool, None, dict or list";
            Err(PyTypeError::new_err(format!("{}a {name} is not JSON: {way_out}", shown(at))))
        }
    }

    fn dict(&mut self, dict: &Bound<'_, PyDict>, at: &Path<'_>) -> PyResult<()> {
        self.pairs(dict.iter().map(Ok), at)
    }

    fn pairs<'py>(
        &mut self,
        pairs: impl Iterator<Item = PyResult<(Bound<'py, PyAny>, Bound<'py, PyAny>)>>,
        at: &Path<'_>,
    ) -> PyResult<()> {
        self.open(b'{')?;
        let start = self.out.len();
        for pair in pairs {
            let (key, value) = pair?;
            if self.out.len() > start {
                self.out.push(b',');
            }
            let key = key.cast::<PyString>().map_err(|_| {
                PyTypeError::new_err(format!("{}a key that is no text is not JSON", shown(at)))
            })?;
            self.text(key)?;
            self.out.push(b':');
            self.value(&value, &at.key(key.to_str().unwrap_or_default()))?;
        }
        self.close(b'}')
    }

    fn items<'py>(&mut self, items: impl Iterator<Item = Bound<'py, PyAny>>, at: &Path<'_>) -> PyResult<()> {
        self.open(b'[')?;
        for (place, item) in items.enumerate() {
            if place > 0 {
                self.out.push(b',');
            }
            self.value(&item, &at.index(place))?;
        }
        self.close(b']')
    }

    fn open(&mut self, bracket: u8) -> PyResult<()> {
        if self.depth == MAX_DEPTH {
            return Err(PyRecursionError::new_err("nested too deep: a store reads 512 levels"));
        }
        self.depth += 1;
        self.out.push(bracket);
        Ok(())
    }

    fn close(&mut self, bracket: u8) -> PyResult<()> {
        self.depth -= 1;
        self.out.push(bracket);
        Ok(())
    }

    fn text(&mut self, text: &Bound<'_, PyString>) -> PyResult<()> {
        match text.to_str() {
            Ok(text) => push_string(self.out, text),
            // Half a surrogate pair: the core says what is wrong with it.
            Err(_) => {
                let written = text.py().import("json")?.call_method1("dumps", (text,))?;
                self.out.extend_from_slice(written.extract::<&str>()?.as_bytes());
            }
        }
        Ok(())
    }

    fn integer(&mut self, number: &Bound<'_, PyInt>) -> PyResult<()> {
        match number.extract::<i64>() {
            Ok(number) => push_integer(self.out, number),
            // The name of an enum's member is not its number.
            Err(_) => {
                self.out.extend_from_slice(number.call_method0("__repr__")?.str()?.to_str()?.as_bytes())
            }
        }
        Ok(())
    }

    fn float(&mut self, number: &Bound<'_, PyFloat>, at: &Path<'_>) -> PyResult<()> {
        if !number.value().is_finite() {
            let way_out = "leave it out, or give None";
            return Err(PyValueError::new_err(format!("{}no JSON number: {way_out}", shown(at))));
        }
        self.out.extend_from_slice(number.repr()?.to_str()?.as_bytes());
        Ok(())
    }

    fn decimal(&mut self, number: &Bound<'_, PyAny>, at: &Path<'_>) -> PyResult<()> {
        let text = number.str()?;
        let number = Number::from_str(text.to_str()?)
            .map_err(|_| PyValueError::new_err(format!("{}no JSON number: give a finite one", shown(at))))?;
        self.out.extend_from_slice(number.as_str().as_bytes());
        Ok(())
    }
}

fn shown(at: &Path<'_>) -> String {
    let pointer = at.to_string();
    if pointer.is_empty() { pointer } else { format!("{pointer}: ") }
}

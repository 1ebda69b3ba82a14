//! What is any object in Rust, by what it is in Python.
//!
//! `cargo xtask codegen` writes `_native.pyi` from this crate. Where Rust names a type, so does the
//! stub; here stand the others, each with its type in Python first, between backquotes. Names with a
//! dot are in that module; one that begins with `_` is of this package.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

/// `_desk.Document`: JSON text, or objects to write as JSON.
pub(crate) type Document<'py> = Bound<'py, PyAny>;

/// `Profile | _desk.Document`: read before, or to be read.
pub(crate) type GivenProfile<'py> = Bound<'py, PyAny>;

/// `_desk.Document`: each of some documents that are given by name.
pub(crate) type Documents<'py> = Bound<'py, PyDict>;

/// `str | bytes | bytearray | memoryview`: text to be read as it is.
pub(crate) type Text<'py> = Bound<'py, PyAny>;

/// `dict[str, typing.Any]`: a JSON object.
pub(crate) type JsonObject<'py> = Bound<'py, PyAny>;

/// `list[dict[str, typing.Any]]`: JSON objects.
pub(crate) type JsonObjects<'py> = Bound<'py, PyAny>;

/// `typing.Any`: what a call gave.
pub(crate) type Answer<'py> = Bound<'py, PyAny>;

/// `tuple[tuple[typing.Any, ...], dict[str, typing.Any]]`: what a class is called with to make an object again, in
/// another process or as a copy: by place, and by name.
pub(crate) type Remade<'py> = (Bound<'py, PyTuple>, Bound<'py, PyDict>);

/// `tuple[typing.Any, ...]`: what is called to make an object again, and what with.
pub(crate) type Reduced<'py> = (Bound<'py, PyAny>, Bound<'py, PyTuple>);

/// `tuple[str, ...]`: codes or names.
pub(crate) type Words<'py> = Bound<'py, PyTuple>;

/// `_reports.Report`: what validation found.
pub(crate) type PyReport = Py<PyAny>;

/// `tuple[int, int, int, int]`: records, and of them clean, refused and blank ones.
pub(crate) type PyTally<'py> = Bound<'py, PyTuple>;

/// `tuple[int, int, int]`: rows, and of them good and refused ones.
pub(crate) type PyCounts<'py> = Bound<'py, PyTuple>;

/// `tuple[_contracts.ContractField, ...]`
pub(crate) type Fields<'py> = Bound<'py, PyTuple>;

/// `tuple[_contracts.ContractEndpoint, ...]`
pub(crate) type Endpoints<'py> = Bound<'py, PyTuple>;

/// `str | int | float | decimal.Decimal | bool`: what a field is compared with.
pub(crate) type Comparable<'py> = Bound<'py, PyAny>;

/// `str | int | float | decimal.Decimal | bool | None`: the same, or nothing.
pub(crate) type ComparableOrNone<'py> = Bound<'py, PyAny>;

/// `collections.abc.Iterable[str | int | float | decimal.Decimal | bool]`
pub(crate) type Comparables<'py> = Bound<'py, PyAny>;

/// `Expression | collections.abc.Mapping[str, typing.Any] | str`: what criteria are made of.
pub(crate) type GivenCriteria<'py> = Bound<'py, PyAny>;

/// `Order | str`: each of some orders.
pub(crate) type Orders<'py> = Bound<'py, PyTuple>;

/// `_arrow.Table | _arrow.RecordBatch`: what gives an Arrow stream or array.
pub(crate) type Arrow<'py> = Bound<'py, PyAny>;

/// `object`: what only Arrow libraries look into.
pub(crate) type Capsule<'py> = Bound<'py, PyAny>;

/// `object`: what nobody looks at.
pub(crate) type Anything<'py> = Bound<'py, PyTuple>;

/// `collections.abc.Callable[[], object]`: what is told something.
pub(crate) type Callback = Py<PyAny>;

/// `collections.abc.Sequence[str]`: the kind of credentials, and their parts.
pub(crate) type GivenCredentials = Vec<String>;

/// `_request.Credentials`: the keys of an integration.
pub(crate) type PyCredentials<'py> = Bound<'py, PyAny>;

/// `collections.abc.Iterable[_desk.Document]`: rows, one after the other.
pub(crate) type GivenRows<'py> = Bound<'py, PyAny>;

/// `collections.abc.Sequence[typing.Any]`: customers or ids.
pub(crate) type GivenItems<'py> = Bound<'py, PyAny>;

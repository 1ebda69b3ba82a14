//! Fields and conditions, put together with Python's operators.

use magewright::search::{Condition, Direction, Expression as Core, Filter, SortOrder, field};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyString, PyTuple};

use crate::types::{Comparable, ComparableOrNone, Comparables, Reduced, Remade};

/// A field of a customer, as one begins to write a condition or an order with it.
#[pyclass(frozen, module = "magewright")]
pub(crate) struct Field {
    name: String,
}

/// A condition on customers: `a & b`, `a | b`, `~a`.
#[pyclass(frozen, module = "magewright")]
pub(crate) struct Expression {
    core: Core,
}

/// A field to sort by, and the direction.
#[pyclass(frozen, module = "magewright")]
pub(crate) struct Order {
    field: String,
    direction: Direction,
}

#[pymethods]
impl Field {
    #[new]
    #[pyo3(signature = (name, /))]
    fn new(name: String) -> Self {
        Field { name }
    }

    /// The field's name, an attribute's code.
    #[getter]
    fn name(&self) -> &str {
        &self.name
    }

    fn __eq__(&self, value: &ComparableOrNone<'_>) -> PyResult<Expression> {
        if value.is_none() { Ok(self.is_null()) } else { self.compared(Condition::Eq, value) }
    }

    fn __ne__(&self, value: &ComparableOrNone<'_>) -> PyResult<Expression> {
        if value.is_none() { Ok(self.is_not_null()) } else { self.compared(Condition::Neq, value) }
    }

    fn __gt__(&self, value: &Comparable<'_>) -> PyResult<Expression> {
        self.compared(Condition::Gt, value)
    }

    fn __ge__(&self, value: &Comparable<'_>) -> PyResult<Expression> {
        self.compared(Condition::Gteq, value)
    }

    fn __lt__(&self, value: &Comparable<'_>) -> PyResult<Expression> {
        self.compared(Condition::Lt, value)
    }

    fn __le__(&self, value: &Comparable<'_>) -> PyResult<Expression> {
        self.compared(Condition::Lteq, value)
    }

    /// Matches a pattern in which ``%`` stands for any text and ``_`` for one character.
    #[pyo3(signature = (pattern, /))]
    fn like(&self, pattern: &Bound<'_, PyString>) -> PyResult<Expression> {
        self.compared(Condition::Like, pattern)
    }

    /// Does not match a pattern.
    #[pyo3(signature = (pattern, /))]
    fn not_like(&self, pattern: &Bound<'_, PyString>) -> PyResult<Expression> {
        self.compared(Condition::Nlike, pattern)
    }

    /// Matches a regular expression of the store's database.
    #[pyo3(signature = (pattern, /))]
    fn regexp(&self, pattern: &Bound<'_, PyString>) -> PyResult<Expression> {
        self.compared(Condition::Regexp, pattern)
    }

    /// Is a list, kept as text with commas, that has this item.
    #[pyo3(signature = (item, /))]
    fn contains(&self, item: &Comparable<'_>) -> PyResult<Expression> {
        self.compared(Condition::Finset, item)
    }

    /// Is one of these values.
    #[pyo3(signature = (values, /))]
    fn in_(&self, values: &Comparables<'_>) -> PyResult<Expression> {
        Ok(field(&*self.name).one_of(texts(values)?).into())
    }

    /// Is none of these values.
    #[pyo3(signature = (values, /))]
    fn nin(&self, values: &Comparables<'_>) -> PyResult<Expression> {
        Ok(field(&*self.name).none_of(texts(values)?).into())
    }

    /// Has no value.
    fn is_null(&self) -> Expression {
        field(&*self.name).null().into()
    }

    /// Has a value.
    fn is_not_null(&self) -> Expression {
        field(&*self.name).notnull().into()
    }

    /// Any condition by the name the store knows it by, such as ``finset`` or ``moreq``.
    #[pyo3(signature = (condition, value, /))]
    fn compare(&self, condition: &str, value: &Comparable<'_>) -> PyResult<Expression> {
        self.compared(Condition::named(condition), value)
    }

    /// Sorts by this field, the smallest first.
    fn asc(&self) -> Order {
        Order { field: self.name.clone(), direction: Direction::Asc }
    }

    /// Sorts by this field, the largest first.
    fn desc(&self) -> Order {
        Order { field: self.name.clone(), direction: Direction::Desc }
    }

    fn __repr__(&self) -> String {
        format!("F.{}", self.name)
    }

    fn __getnewargs_ex__<'py>(&self, py: Python<'py>) -> PyResult<Remade<'py>> {
        Ok((PyTuple::new(py, [&self.name])?, PyDict::new(py)))
    }
}

impl Field {
    fn compared(&self, condition: Condition, value: &Bound<'_, PyAny>) -> PyResult<Expression> {
        Ok(Core::Filter(Filter::new(&*self.name, condition, text(value)?)).into())
    }
}

#[pymethods]
impl Expression {
    fn __and__(&self, other: &Self) -> Self {
        self.core.clone().and(other.core.clone()).into()
    }

    fn __or__(&self, other: &Self) -> Self {
        self.core.clone().or(other.core.clone()).into()
    }

    fn __invert__(&self) -> Self {
        self.core.clone().not().into()
    }

    fn __bool__(&self) -> PyResult<bool> {
        Err(PyTypeError::new_err("a condition is neither true nor false: join conditions with &, | and ~"))
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.core == other.core
    }

    fn __repr__(&self) -> String {
        shape(&self.core)
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py>> {
        let part = |part: &Core| Bound::new(py, Expression::from(part.clone()));
        let joined = |parts: &[Core], operator: &str| {
            let parts = parts.iter().map(part).collect::<PyResult<Vec<_>>>()?;
            let operator = py.import("operator")?.getattr(operator)?;
            Ok((py.import("functools")?.getattr("reduce")?, (operator, parts).into_pyobject(py)?))
        };
        match &self.core {
            Core::And(parts) => joined(parts, "and_"),
            Core::Or(parts) => joined(parts, "or_"),
            Core::Not(inner) => {
                Ok((py.import("operator")?.getattr("invert")?, (part(inner)?,).into_pyobject(py)?))
            }
            Core::Filter(filter) => {
                let field = Bound::new(py, Field { name: filter.field.clone().unwrap_or_default() })?;
                match (&filter.value, &filter.condition) {
                    (Some(value), condition) => {
                        Ok((field.getattr("compare")?, (condition.as_str(), value).into_pyobject(py)?))
                    }
                    (None, Condition::Null) => Ok((field.getattr("is_null")?, PyTuple::empty(py))),
                    (None, _) => Ok((field.getattr("is_not_null")?, PyTuple::empty(py))),
                }
            }
        }
    }
}

#[pymethods]
impl Order {
    fn __eq__(&self, other: &Self) -> bool {
        self.field == other.field && self.direction == other.direction
    }

    fn __repr__(&self) -> String {
        format!("F.{}.{}", self.field, self.method())
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py>> {
        let field = Bound::new(py, Field { name: self.field.clone() })?;
        Ok((field.getattr(self.method())?, PyTuple::empty(py)))
    }
}

impl Expression {
    pub(crate) fn core(&self) -> &Core {
        &self.core
    }
}

impl Order {
    /// The method of a field that makes it.
    fn method(&self) -> String {
        self.direction.as_str().to_ascii_lowercase()
    }

    pub(crate) fn core(&self) -> SortOrder {
        SortOrder { field: Some(self.field.clone()), direction: Some(self.direction) }
    }
}

impl From<Core> for Expression {
    fn from(core: Core) -> Self {
        Expression { core }
    }
}

/// A condition without its values, which may be personal data.
fn shape(expression: &Core) -> String {
    let joined =
        |parts: &[Core], sign: &str| format!("({})", parts.iter().map(shape).collect::<Vec<_>>().join(sign));
    match expression {
        Core::Filter(filter) => {
            format!("F.{} {} …", filter.field.as_deref().unwrap_or("?"), filter.condition.as_str())
        }
        Core::And(parts) => joined(parts, " & "),
        Core::Or(parts) => joined(parts, " | "),
        Core::Not(inner) => format!("~{}", shape(inner)),
    }
}

fn texts(values: &Bound<'_, PyAny>) -> PyResult<Vec<String>> {
    if values.is_instance_of::<PyString>() {
        return Err(PyTypeError::new_err("give a list of values, not one text"));
    }
    values.try_iter()?.map(|value| text(&value?)).collect()
}

/// A value as it is sent.
fn text(value: &Bound<'_, PyAny>) -> PyResult<String> {
    if let Ok(text) = value.cast::<PyString>() {
        return Ok(text.to_str()?.to_owned());
    }
    if let Ok(truth) = value.cast::<PyBool>() {
        return Ok(if truth.is_true() { "1" } else { "0" }.to_owned());
    }
    let name = value.get_type().name()?;
    let number = value.is_instance_of::<PyInt>() || value.is_instance_of::<PyFloat>() || name == "Decimal";
    if number {
        return value.str()?.extract();
    }
    Err(PyTypeError::new_err(format!("a {name} is no value to compare with: give text, a number or a bool")))
}

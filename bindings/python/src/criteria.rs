//! Search criteria.

use magewright::desk::{read_criteria, write_criteria};
use magewright::json::Value;
use magewright::search::{
    DecodeError, Direction, Explanation, Expression as CoreExpression, SearchCriteria, SortOrder, Spelling,
    decode, encode,
};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};

use crate::document::loads;
use crate::expression::{Expression, Order};
use crate::failure::{error, raised};
use crate::store::{Store, document, stock, word};
use crate::types::{GivenCriteria, JsonObject, Orders, Remade};

/// What to search for, how to sort it and which page to give.
///
/// Made of a condition, of the text form, or of a mapping in the store's own words.
/// It never changes: every method gives new criteria.
#[pyclass(frozen, module = "magewright")]
#[derive(Clone, Default)]
pub(crate) struct Criteria {
    core: SearchCriteria,
}

#[pymethods]
impl Criteria {
    #[new]
    #[pyo3(signature = (condition=None, /))]
    fn new(condition: Option<&GivenCriteria<'_>>) -> PyResult<Self> {
        let Some(given) = condition else { return Ok(Criteria::default()) };
        if let Ok(expression) = given.cast::<Expression>() {
            return Criteria::default().and(given.py(), expression.get().core());
        }
        let written = match given.cast::<PyString>() {
            Ok(text) => Value::from(text.to_str()?),
            Err(_) => document("criteria", given)?,
        };
        let core = read_criteria(&written).map_err(|failure| raised(given.py(), &failure))?;
        Ok(Criteria { core })
    }

    /// Reads a query string as the store does.
    #[staticmethod]
    #[pyo3(signature = (query, /, *, release=None))]
    fn decode(py: Python<'_>, query: &str, release: Option<&str>) -> PyResult<Self> {
        let release = match release.map(str::parse).transpose() {
            Ok(release) => release.unwrap_or_default(),
            Err(unknown) => return Err(wrong_release(py, &unknown)),
        };
        match decode(query, release) {
            Ok(core) => Ok(Criteria { core }),
            Err(DecodeError::Refused(refusal)) => {
                Err(error(py, "refused", &refusal.rendered(), Some("/query")))
            }
            Err(other) => Err(error(py, "unsupported", &other.to_string(), Some("/query"))),
        }
    }

    /// The same criteria, and this condition as well.
    #[pyo3(signature = (condition, /))]
    fn r#where(&self, py: Python<'_>, condition: &Expression) -> PyResult<Self> {
        self.and(py, condition.core())
    }

    /// Sorts by these fields, after those it sorts by already.
    #[pyo3(signature = (*orders))]
    fn order_by(&self, orders: &Orders<'_>) -> PyResult<Self> {
        let mut made = self.clone();
        for order in orders {
            made.core.sort_orders.push(sort_order(&order)?);
        }
        Ok(made)
    }

    /// Gives one page: so many customers, and which page, counted from 1.
    #[pyo3(signature = (size, number=1, /))]
    fn page(&self, size: i64, number: i64) -> Self {
        Criteria { core: self.core.clone().page(size, number) }
    }

    /// Gives at most so many customers.
    #[pyo3(signature = (size, /))]
    fn limit(&self, size: i64) -> Self {
        Criteria { core: self.core.clone().limit(size) }
    }

    /// Gives these fields of the reply only, as in ``items[id,email],total_count``.
    #[pyo3(signature = (fields, /))]
    fn fields(&self, fields: &str) -> Self {
        Criteria { core: self.core.clone().fields(fields) }
    }

    /// The query string, without ``?``.
    #[pyo3(signature = (*, spelling="camel"))]
    fn encode(&self, py: Python<'_>, spelling: &str) -> PyResult<String> {
        let spelling =
            word(py, "spelling", spelling, &[("camel", Spelling::Camel), ("snake", Spelling::Snake)])?;
        Ok(encode(&self.core, spelling))
    }

    /// The criteria in the store's own words.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<JsonObject<'py>> {
        loads(py, &write_criteria(&self.core))
    }

    /// The criteria in words (``words``) and as a tree, with what the store makes of them.
    #[pyo3(signature = (*, store=None))]
    fn explain<'py>(&self, py: Python<'py>, store: Option<&Store>) -> PyResult<JsonObject<'py>> {
        let store = store.map_or_else(|| stock(py), |store| Ok(store.described().clone()))?;
        let explanation = Explanation::new(&self.core, store.store().profile);
        let mut tree = explanation.to_value();
        if let Value::Object(tree) = &mut tree {
            tree.insert("words", explanation.to_string());
        }
        loads(py, &tree)
    }

    /// The text form, which ``Criteria`` reads.
    fn __str__(&self) -> String {
        self.core.to_string()
    }

    fn __repr__(&self) -> String {
        let filters: usize = self.core.filter_groups.iter().map(|group| group.filters.len()).sum();
        let (groups, orders) = (self.core.filter_groups.len(), self.core.sort_orders.len());
        format!("Criteria(<{groups} groups, {filters} filters, {orders} orders>)")
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.core == other.core
    }

    fn __getnewargs_ex__<'py>(&self, py: Python<'py>) -> PyResult<Remade<'py>> {
        Ok((PyTuple::new(py, [self.to_dict(py)?])?, PyDict::new(py)))
    }
}

impl Criteria {
    pub(crate) fn core(&self) -> &SearchCriteria {
        &self.core
    }

    fn and(&self, py: Python<'_>, expression: &CoreExpression) -> PyResult<Self> {
        let groups =
            expression.groups().map_err(|wrong| error(py, "unsupported", &wrong.to_string(), None))?;
        let mut made = self.clone();
        made.core.filter_groups.extend(groups);
        Ok(made)
    }
}

fn sort_order(order: &Bound<'_, PyAny>) -> PyResult<SortOrder> {
    if let Ok(order) = order.cast::<Order>() {
        return Ok(order.get().core());
    }
    match order.extract::<&str>() {
        Ok(field) => Ok(SortOrder { field: Some(field.to_owned()), direction: Some(Direction::Asc) }),
        Err(_) => Err(PyTypeError::new_err("sort by the name of a field, or by F.field.desc()")),
    }
}

fn wrong_release(py: Python<'_>, wrong: &magewright::release::UnknownRelease) -> PyErr {
    error(py, "invalid_member", &wrong.to_string(), Some("/release"))
}

//! The store that questions are about, described once.

use std::sync::Arc;

use magewright::desk::Described;
use magewright::json::{Object, Value, parse};
use magewright::profile::{Profile as Core, Section};
use magewright::store::Caller;
use magewright::validate::{Operation, Validator};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyTuple};
use self_cell::self_cell;

use crate::contract::Contract;
use crate::document::{json, text};
use crate::failure::{error, raised};
use crate::profile::Profile;
use crate::types::{Document, GivenProfile, Remade};

self_cell!(
    /// A validator beside the store it is for.
    pub(crate) struct Prepared {
        owner: Arc<Described>,

        #[covariant]
        dependent: Validator,
    }
);

/// The store a question is about; what is left out is that of a freshly installed one.
///
/// Everything is read when the store is made, so one store serves many questions and threads.
#[pyclass(frozen, module = "magewright")]
pub(crate) struct Store {
    described: Arc<Described>,
}

/// Who may send a request, by the words used in Python.
pub(crate) const CALLERS: [(&str, Caller); 5] = [
    ("admin", Caller::Admin),
    ("integration", Caller::Integration),
    ("customer", Caller::Customer),
    ("guest", Caller::Guest),
    ("limited", Caller::Limited),
];

#[pymethods]
impl Store {
    #[new]
    #[pyo3(signature = (*, release=None, profile=None, accounts=None, scope=None, now=None, contract=None))]
    fn new(
        py: Python<'_>,
        release: Option<&str>,
        profile: Option<&GivenProfile<'_>>,
        accounts: Option<&Document<'_>>,
        scope: Option<&str>,
        now: Option<i64>,
        contract: Option<&Contract>,
    ) -> PyResult<Self> {
        let mut members = Object::new();
        let asked = contract.and_then(Contract::asked).map(|release| release.to_string());
        members.insert("release", release.or(asked.as_deref()));
        members.insert("scope", scope);
        members.insert("now", now);
        if let Some(profile) = described(profile, contract)? {
            members.insert("profile", profile);
        }
        if let Some(accounts) = accounts {
            members.insert("accounts", document("accounts", accounts)?);
        }
        let described = py.detach(|| Described::of(members)).map_err(|failure| raised(py, &failure))?;
        Ok(Store { described: Arc::new(described) })
    }

    /// As in ``2.4.7-p3``.
    #[getter]
    fn release(&self) -> String {
        self.described.store().release.to_string()
    }

    /// The store code in the path, or ``None``.
    #[getter]
    fn scope(&self) -> Option<&str> {
        self.described.store().scope
    }

    /// The time of the request in seconds since 1970, or ``None``.
    #[getter]
    fn now(&self) -> Option<i64> {
        self.described.store().now
    }

    /// What the store says of itself.
    #[getter]
    fn profile(&self) -> Profile {
        Profile::new(self.described.store().profile.clone())
    }

    /// The types and endpoints that it has.
    #[getter]
    fn contract(&self) -> Contract {
        let store = self.described.store();
        Contract::of(store.profile.contract().clone(), store.release)
    }

    fn __repr__(&self) -> String {
        let store = self.described.store();
        let scope = store.scope.map_or("None".to_owned(), |scope| format!("'{scope}'"));
        let accounts = store.accounts.iter().count();
        let known = if store.profile.knows(Section::Websites) { "known" } else { "stock" };
        format!("Store(release='{}', profile=<{known}>, accounts=<{accounts}>, scope={scope})", store.release)
    }

    fn __getnewargs_ex__<'py>(&self, py: Python<'py>) -> PyResult<Remade<'py>> {
        let store = self.described.store();
        let accounts = store.accounts.iter().map(|(_, customer)| customer.clone()).collect();
        let members = PyDict::new(py);
        members.set_item("release", self.release())?;
        members.set_item("profile", json(py, &store.profile.to_document()))?;
        members.set_item("accounts", json(py, &Value::Array(accounts)))?;
        members.set_item("scope", store.scope)?;
        members.set_item("now", store.now)?;
        Ok((PyTuple::empty(py), members))
    }
}

impl Store {
    /// The store that was described once.
    pub(crate) fn of(described: Arc<Described>) -> Self {
        Store { described }
    }

    pub(crate) fn described(&self) -> &Arc<Described> {
        &self.described
    }
}

/// A store of which nothing is known.
pub(crate) fn stock(py: Python<'_>) -> PyResult<Arc<Described>> {
    static STOCK: PyOnceLock<Arc<Described>> = PyOnceLock::new();
    let read = || Described::read(b"{}").map(Arc::new).map_err(|failure| raised(py, &failure));
    STOCK.get_or_try_init(py, read).cloned()
}

/// A validator for payloads of this kind.
pub(crate) fn prepare(store: Arc<Described>, operation: Operation) -> Prepared {
    Prepared::new(store, |store| Validator::new(operation, store.store()))
}

/// The profile document, with the contract as its schema.
fn described(profile: Option<&Bound<'_, PyAny>>, contract: Option<&Contract>) -> PyResult<Option<Value>> {
    let mut document = match profile {
        None if contract.is_none() => return Ok(None),
        None => Core::stock().to_document(),
        Some(given) => match given.cast::<Profile>() {
            Ok(read) => read.get().core().to_document(),
            Err(_) => document("profile", given)?,
        },
    };
    if let (Some(contract), Value::Object(members)) = (contract, &mut document) {
        members.insert("schema", contract.core().to_document());
    }
    Ok(Some(document))
}

/// A document as a value.
pub(crate) fn document(name: &str, given: &Bound<'_, PyAny>) -> PyResult<Value> {
    let text = text(given)?;
    let py = given.py();
    py.detach(|| parse(&text))
        .map_err(|wrong| error(py, "syntax", &wrong.to_string(), Some(&format!("/{name}"))))
}

/// Who sends a request, by the word used in Python.
pub(crate) fn caller(py: Python<'_>, given: &str) -> PyResult<Caller> {
    word(py, "caller", given, &CALLERS)
}

/// What a payload is sent for, by the words used in Python.
pub(crate) fn operation(py: Python<'_>, given: &str, caller: &str) -> PyResult<Operation> {
    let create = Operation::Create { caller: self::caller(py, caller)? };
    word(py, "operation", given, &[("record", Operation::Record), ("create", create)])
}

/// What one of a few words stands for.
pub(crate) fn word<T: Copy>(py: Python<'_>, name: &str, given: &str, words: &[(&str, T)]) -> PyResult<T> {
    let found = words.iter().find(|(word, _)| *word == given).map(|(_, value)| *value);
    found.ok_or_else(|| {
        let known = words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
        error(py, "invalid_member", &format!("give one of {known}"), Some(&format!("/{name}")))
    })
}

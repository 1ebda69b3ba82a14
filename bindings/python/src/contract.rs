//! What a release or a shop says its types and endpoints are.

use std::borrow::Cow;

use magewright::contract::{
    Access, Beyond, Contract as Core, Endpoint, Field, Format, Kind, NotAContract, OnNull, Unit, Values, Way,
};
use magewright::json::Value;
use magewright::release::{Band, Release, UnknownRelease};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyTuple};

use crate::document::{json, loads};
use crate::failure::error;
use crate::store::document;
use crate::types::{Document, Endpoints, Fields, JsonObject, Remade, Words};

/// The types and endpoints of the customer domain, as a release or a shop of its own has them.
///
/// ``Contract()`` is the built-in one of all releases together, ``Contract(release="2.4.6-p2")`` what
/// that release has of it. A document is a contract or a store's own schema, the Swagger 2.0 it serves at
/// ``/rest/all/schema?services=all``: types and fields it has beyond the built-in ones become known.
/// Give it to ``Store(contract=...)``, so that ``validate``, ``predict_update``, ``plan``, ... follow it.
#[pyclass(frozen, module = "magewright")]
pub(crate) struct Contract {
    core: Cow<'static, Core>,
    release: Option<Release>,
    /// The document's own endpoints, which the core takes in and does not write.
    endpoints: Option<Value>,
}

#[pymethods]
impl Contract {
    #[new]
    #[pyo3(signature = (document=None, /, *, release=None))]
    fn new(py: Python<'_>, document: Option<&Document<'_>>, release: Option<&str>) -> PyResult<Self> {
        let release = release.map(str::parse).transpose();
        let release = release.map_err(|unknown: UnknownRelease| {
            error(py, "invalid_member", &unknown.to_string(), Some("/release"))
        })?;
        let Some(given) = document else {
            return Ok(Contract { core: Cow::Borrowed(Core::built_in()), release, endpoints: None });
        };
        let document = self::document("contract", given)?;
        let core = py.detach(|| Core::from_document(&document)).map_err(|wrong| refused(py, &wrong))?;
        Ok(Contract { core: Cow::Owned(core), release, endpoints: document.get("endpoints").cloned() })
    }

    /// The release it is of, or ``None`` for all of them together.
    #[getter]
    fn release(&self) -> Option<String> {
        self.release.map(|release| release.to_string())
    }

    /// The names of its types, such as ``Customer``.
    #[getter]
    fn types<'py>(&self, py: Python<'py>) -> PyResult<Words<'py>> {
        PyTuple::new(py, self.core.types().iter().map(|of| &*of.name))
    }

    /// The fields of a type, in the order of replies.
    ///
    /// Raises ``KeyError`` for a type that it lacks.
    #[pyo3(signature = (r#type, /))]
    fn fields<'py>(&self, py: Python<'py>, r#type: &str) -> PyResult<Fields<'py>> {
        let Some(id) = self.core.find(r#type) else {
            return Err(pyo3::exceptions::PyKeyError::new_err(r#type.to_owned()));
        };
        let class = class(py, "ContractField")?;
        let fields = self.core.fields(id).iter().filter(|field| self.has(field.rules.band));
        let told = fields.map(|field| told_field(&self.core, &class, field));
        PyTuple::new(py, told.collect::<PyResult<Vec<_>>>()?)
    }

    /// The endpoints, by path and method.
    #[getter]
    fn endpoints<'py>(&self, py: Python<'py>) -> PyResult<Endpoints<'py>> {
        let class = class(py, "ContractEndpoint")?;
        let endpoints = self.core.endpoints().iter().filter(|endpoint| self.has(endpoint.band));
        let told = endpoints.map(|endpoint| told_endpoint(&class, endpoint));
        PyTuple::new(py, told.collect::<PyResult<Vec<_>>>()?)
    }

    /// What it has beyond the built-in contract, as a contract document.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<JsonObject<'py>> {
        loads(py, &self.document())
    }

    fn __repr__(&self) -> String {
        let release = self.release.map_or("None".to_owned(), |release| format!("'{release}'"));
        let (types, endpoints) = (self.core.types().len(), self.core.endpoints().len());
        format!("Contract(<{types} types, {endpoints} endpoints>, release={release})")
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.release == other.release && self.core == other.core
    }

    fn __getnewargs_ex__<'py>(&self, py: Python<'py>) -> PyResult<Remade<'py>> {
        let members = PyDict::new(py);
        members.set_item("release", self.release())?;
        let document = matches!(self.core, Cow::Owned(_)).then(|| json(py, &self.document()));
        Ok((PyTuple::new(py, document)?, members))
    }
}

impl Contract {
    /// A contract read elsewhere.
    pub(crate) fn of(core: Core, release: Release) -> Self {
        Contract { core: Cow::Owned(core), release: Some(release), endpoints: None }
    }

    /// What it has beyond the built-in contract.
    fn document(&self) -> Value {
        let mut document = self.core.to_document();
        if let (Some(endpoints), Value::Object(members)) = (&self.endpoints, &mut document) {
            members.insert("endpoints", endpoints.clone());
        }
        document
    }

    pub(crate) fn core(&self) -> &Core {
        &self.core
    }

    /// The release it was asked for.
    pub(crate) fn asked(&self) -> Option<Release> {
        self.release
    }

    fn has(&self, band: Band) -> bool {
        self.release.is_none_or(|release| band.holds(release))
    }
}

fn refused(py: Python<'_>, wrong: &NotAContract) -> PyErr {
    error(py, "invalid_member", &wrong.to_string(), Some(&format!("/contract{}", wrong.pointer())))
}

fn told_field<'py>(contract: &Core, class: &Bound<'py, PyAny>, field: &Field) -> PyResult<Bound<'py, PyAny>> {
    let (py, rules) = (class.py(), field.rules);
    let members = PyDict::new(py);
    members.set_item("name", &*field.name)?;
    members.set_item("kind", kind(contract, field.kind))?;
    members.set_item("required", field.required)?;
    members.set_item("read_only", rules.way == Way::ReadOnly)?;
    members.set_item("write_only", rules.way == Way::WriteOnly)?;
    members.set_item("null_in_replies", rules.null_in_replies)?;
    members.set_item("on_null", on_null(rules.on_null))?;
    members.set_item("secret", rules.secret)?;
    members.set_item("limit", rules.limit.map(|limit| limit.size))?;
    members.set_item("limit_unit", rules.limit.map(|limit| unit(limit.unit)))?;
    members.set_item("beyond_limit", rules.limit.map(|limit| beyond(limit.beyond)))?;
    members.set_item("values", values(py, rules.values)?)?;
    members.set_item("format", rules.format.map(format))?;
    members.set_item("list_key", rules.list_key)?;
    members.set_item("module", rules.module)?;
    members.set_item("releases", rules.band.to_string())?;
    class.call((), Some(&members))
}

fn told_endpoint<'py>(class: &Bound<'py, PyAny>, endpoint: &Endpoint) -> PyResult<Bound<'py, PyAny>> {
    let members = PyDict::new(class.py());
    members.set_item("method", endpoint.method.as_str())?;
    members.set_item("path", &*endpoint.path)?;
    members.set_item("operation", &*endpoint.operation)?;
    members.set_item("access", access(endpoint.access))?;
    members.set_item("core", endpoint.core)?;
    members.set_item("releases", endpoint.band.to_string())?;
    class.call((), Some(&members))
}

/// `string`, `Address`, `Address[]`, …
fn kind(contract: &Core, kind: Kind) -> String {
    let named = |id| contract.get(id).map_or_else(String::new, |of| of.name.to_string());
    match kind {
        Kind::String => "string".to_owned(),
        Kind::Integer => "integer".to_owned(),
        Kind::Number => "number".to_owned(),
        Kind::Boolean => "boolean".to_owned(),
        Kind::Mixed => "mixed".to_owned(),
        Kind::Object(id) => named(id),
        Kind::Objects(id) => format!("{}[]", named(id)),
        Kind::Strings => "string[]".to_owned(),
        Kind::Integers => "integer[]".to_owned(),
        Kind::Numbers => "number[]".to_owned(),
        Kind::Booleans => "boolean[]".to_owned(),
        Kind::List => "mixed[]".to_owned(),
    }
}

fn on_null(on_null: OnNull) -> Option<&'static str> {
    Some(match on_null {
        OnNull::Unknown => return None,
        OnNull::Kept => "kept",
        OnNull::Cleared => "cleared",
        OnNull::Zero => "zero",
        OnNull::Emptied => "emptied",
        OnNull::Refused => "refused",
    })
}

fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Characters => "characters",
        Unit::Bytes => "bytes",
    }
}

fn beyond(beyond: Beyond) -> &'static str {
    match beyond {
        Beyond::Cut => "cut",
        Beyond::Refused => "refused",
    }
}

fn format(format: Format) -> &'static str {
    match format {
        Format::Email => "email",
        Format::Date => "date",
        Format::DateTime => "date_time",
        Format::Country => "country",
        Format::Digits => "digits",
        Format::Uuid => "uuid",
        Format::Json => "json",
        Format::Url => "url",
    }
}

fn values(py: Python<'_>, values: Values) -> PyResult<Option<Bound<'_, PyTuple>>> {
    match values {
        Values::Any => Ok(None),
        Values::Integers(values) => PyTuple::new(py, values).map(Some),
        Values::Strings(values) => PyTuple::new(py, values).map(Some),
    }
}

fn access(access: Access) -> Option<&'static str> {
    match access {
        Access::Anonymous => Some("anonymous"),
        Access::Customer => Some("self"),
        Access::Resource(resource) => Some(resource),
        Access::Unknown => None,
    }
}

/// A class that Python declares.
fn class<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
    static MODULE: PyOnceLock<Py<PyModule>> = PyOnceLock::new();
    let import = || Ok::<_, PyErr>(py.import("magewright._contracts")?.unbind());
    MODULE.get_or_try_init(py, import)?.bind(py).getattr(name)
}

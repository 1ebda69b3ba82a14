//! What one store says of itself.

use magewright::json::Value;
use magewright::profile::{Profile as Core, ProfileError, Replies, Section};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use crate::contract::Contract;
use crate::document::{json, loads};
use crate::failure::error;
use crate::store::document;
use crate::types::{Document, Documents, JsonObject, Remade, Words};

/// What one store says of itself, read once; parts nobody described are those of a stock store.
#[pyclass(frozen, module = "magewright")]
pub(crate) struct Profile {
    core: Core,
}

const SECTIONS: [(&str, Section); 8] = [
    ("websites", Section::Websites),
    ("customer_groups", Section::CustomerGroups),
    ("customer_attributes", Section::CustomerAttributes),
    ("address_attributes", Section::AddressAttributes),
    ("countries", Section::Countries),
    ("modules", Section::Modules),
    ("settings", Section::Settings),
    ("schema", Section::Schema),
];

#[pymethods]
impl Profile {
    /// Reads the document that ``to_dict`` writes.
    #[new]
    #[pyo3(signature = (document=None, /))]
    fn from_document(document: Option<&Document<'_>>) -> PyResult<Self> {
        let Some(given) = document else { return Ok(Profile { core: Core::stock() }) };
        let document = self::document("profile", given)?;
        Core::from_document(&document).map(Profile::new).map_err(|wrong| refused(given.py(), &wrong))
    }

    /// Reads a store's own replies, each given by the name of its part.
    #[staticmethod]
    #[pyo3(signature = (**replies))]
    fn from_replies(py: Python<'_>, replies: Option<&Documents<'_>>) -> PyResult<Self> {
        let mut read: Vec<(String, Value)> = Vec::new();
        for (name, reply) in replies.into_iter().flatten() {
            let name: String = name.extract()?;
            let reply = document(&name, &reply)?;
            read.push((name, reply));
        }
        let mut parts = Replies::default();
        for (name, reply) in &read {
            *part(&mut parts, name).ok_or_else(|| unknown(py, name))? = Some(reply);
        }
        Core::from_replies(&parts).map(Profile::new).map_err(|wrong| refused(py, &wrong))
    }

    /// The parts that the store itself described.
    #[getter]
    fn sections<'py>(&self, py: Python<'py>) -> PyResult<Words<'py>> {
        let known = SECTIONS.iter().filter(|(_, section)| self.core.knows(*section)).map(|(name, _)| *name);
        PyTuple::new(py, known.collect::<Vec<_>>())
    }

    /// The same store with this contract: that of another release, or the shop's own.
    #[pyo3(signature = (contract, /))]
    fn with_contract(&self, py: Python<'_>, contract: &Contract) -> PyResult<Self> {
        let mut document = self.core.to_document();
        if let Value::Object(parts) = &mut document {
            parts.insert("schema", contract.core().to_document());
        }
        Core::from_document(&document).map(Profile::new).map_err(|wrong| refused(py, &wrong))
    }

    /// The profile as one JSON document; parts taken from a stock store are left out.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<JsonObject<'py>> {
        loads(py, &self.core.to_document())
    }

    fn __repr__(&self) -> String {
        let known = SECTIONS.iter().filter(|(_, section)| self.core.knows(*section)).map(|(name, _)| *name);
        format!("Profile(sections=({}))", known.collect::<Vec<_>>().join(", "))
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.core == other.core
    }

    fn __getnewargs_ex__<'py>(&self, py: Python<'py>) -> PyResult<Remade<'py>> {
        Ok((PyTuple::new(py, [json(py, &self.core.to_document())])?, PyDict::new(py)))
    }
}

impl Profile {
    pub(crate) fn new(core: Core) -> Self {
        Profile { core }
    }

    pub(crate) fn core(&self) -> &Core {
        &self.core
    }
}

fn part<'p, 'v>(parts: &'p mut Replies<'v>, name: &str) -> Option<&'p mut Option<&'v Value>> {
    Some(match name {
        "websites" => &mut parts.websites,
        "store_groups" => &mut parts.store_groups,
        "store_views" => &mut parts.store_views,
        "customer_groups" => &mut parts.customer_groups,
        "customer_attributes" => &mut parts.customer_attributes,
        "address_attributes" => &mut parts.address_attributes,
        "countries" => &mut parts.countries,
        "modules" => &mut parts.modules,
        "settings" => &mut parts.settings,
        "schema" => &mut parts.schema,
        _ => return None,
    })
}

fn unknown(py: Python<'_>, name: &str) -> PyErr {
    error(py, "unknown_member", "no part of a profile has that name", Some(&format!("/{name}")))
}

fn refused(py: Python<'_>, wrong: &ProfileError) -> PyErr {
    error(py, "invalid_member", &wrong.to_string(), Some(&format!("/profile{}", wrong.pointer())))
}

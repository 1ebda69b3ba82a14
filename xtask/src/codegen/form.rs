//! The one intermediate form that all generated code is made from: the union of
//! the contracts, with the overlay's notes.

mod check;
mod fields;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};

use super::band::{Band, SAAS};
use super::examples::Examples;
use crate::schema::contract::{self, Contract};
use crate::schema::overlay::{self, Overlay};
use crate::schema::renames::Renames;

pub(crate) use crate::schema::overlay::Kind;

pub(crate) struct Form {
    /// By clean name.
    pub(crate) types: BTreeMap<String, Type>,
    /// By path and method.
    pub(crate) endpoints: Vec<Endpoint>,
    pub(crate) examples: Examples,
    /// The releases whose contracts it is made of, oldest first.
    pub(crate) releases: Vec<String>,
    /// Entries of the overlay and the examples that are about nothing.
    pub(crate) strays: Vec<String>,
}

pub(crate) struct Type {
    pub(crate) about: Option<String>,
    /// Magento's name; empty when it publishes none.
    pub(crate) definition: String,
    /// In the order of replies.
    pub(crate) fields: Vec<Field>,
}

pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) required: bool,
    pub(crate) notes: overlay::Field,
    pub(crate) band: Band,
}

pub(crate) struct Endpoint {
    /// What it is for; empty when the overlay says nothing.
    pub(crate) about: String,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) operation: String,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) body: Vec<Field>,
    pub(crate) reply: Option<Kind>,
    pub(crate) access: String,
    pub(crate) service: String,
    pub(crate) needs: Vec<String>,
    pub(crate) forced: Vec<String>,
    pub(crate) core: bool,
    /// The way out where a release lacks it; empty where none is known.
    pub(crate) instead: String,
    pub(crate) band: Band,
}

impl Endpoint {
    /// `METHOD /path`.
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) in_path: bool,
    pub(crate) required: bool,
}

impl Form {
    /// The newest of the releases.
    pub(crate) fn newest(&self) -> &str {
        self.releases.iter().rfind(|release| *release != SAAS).map_or("", String::as_str)
    }
}

/// Brings contracts and overlay together.
pub(crate) fn form(contracts: &[Contract], overlay: &Overlay) -> Result<Form> {
    let contracts = &aligned(contracts);
    let releases: Vec<&str> = contracts.iter().map(|contract| contract.release.as_str()).collect();
    let mut form = Form {
        types: BTreeMap::new(),
        endpoints: Vec::new(),
        examples: Examples::default(),
        releases: releases.iter().map(|&release| release.to_owned()).collect(),
        strays: Vec::new(),
    };
    let names: BTreeSet<&String> = contracts.iter().flat_map(|contract| contract.types.keys()).collect();
    for name in names {
        let versions: Vec<_> = contracts.iter().map(|contract| contract.types.get(name)).collect();
        let merged = merge_type(name, &versions, &releases, overlay.types.get(name))
            .with_context(|| format!("in the type {name}"))?;
        form.types.insert(name.clone(), merged);
    }
    merge_endpoints(&mut form, contracts, &releases, overlay)?;
    super::declared::add(&mut form, overlay)?;
    form.strays = check::strays(&form, contracts, overlay);
    check::refuse_dangling(&form)?;
    check::keep_reached(&mut form, overlay);
    Ok(form)
}

/// The contracts under the names of the oldest that has the type or path.
fn aligned(contracts: &[Contract]) -> Vec<Contract> {
    let mut aligned: Vec<Contract> = Vec::new();
    for contract in contracts {
        let renames = aligned.last().map(|before| Renames::between(before, contract));
        aligned.push(renames.map_or_else(|| contract.clone(), |renames| renames.undone(contract)));
    }
    aligned
}

fn merge_type(
    name: &str,
    versions: &[Option<&contract::Type>],
    releases: &[&str],
    notes: Option<&overlay::Type>,
) -> Result<Type> {
    let newest = newest_first(versions, releases).next().context("no contract has it")?;
    let fields: Vec<_> = versions.iter().map(|version| version.map(|of| of.fields.as_slice())).collect();
    let fields = fields::merged(name, &fields, releases, |name| {
        notes.and_then(|notes| notes.fields.get(name)).cloned()
    })?;
    Ok(Type { about: notes.map(|notes| notes.about.clone()), definition: newest.definition.clone(), fields })
}

/// The versions there are, the newest release's first; what the SaaS edition says counts where no release
/// says anything.
fn newest_first<'v, T>(versions: &'v [Option<T>], releases: &[&str]) -> impl Iterator<Item = &'v T> {
    let saas = usize::from(releases.last() == Some(&SAAS));
    let (numbered, saas) = versions.split_at(versions.len().saturating_sub(saas));
    numbered.iter().rev().chain(saas).flatten()
}

fn merge_endpoints(
    form: &mut Form,
    contracts: &[Contract],
    releases: &[&str],
    overlay: &Overlay,
) -> Result<()> {
    let key = |endpoint: &contract::Endpoint| (endpoint.path.clone(), endpoint.method.clone());
    let keys: BTreeSet<_> = contracts.iter().flat_map(|c| c.endpoints.iter().map(key)).collect();
    for (path, method) in keys {
        let find = |contract: &'_ Contract| {
            contract.endpoints.iter().position(|e| e.path == path && e.method == method)
        };
        let versions: Vec<Option<&contract::Endpoint>> = contracts
            .iter()
            .map(|contract| find(contract).and_then(|at| contract.endpoints.get(at)))
            .collect();
        let name = format!("{method} {path}");
        let notes = overlay.endpoints.get(&name);
        if notes.is_some_and(|notes| notes.left_out.is_some()) {
            continue;
        }
        if notes.is_none() {
            eprintln!("note: schema/overlay.json says nothing of {name}, not even who may call it");
        }
        let merged = merge_endpoint(&versions, releases, notes, overlay);
        form.endpoints.push(merged.with_context(|| format!("in the endpoint {name}"))?);
    }
    Ok(())
}

fn merge_endpoint(
    versions: &[Option<&contract::Endpoint>],
    releases: &[&str],
    notes: Option<&overlay::Endpoint>,
    overlay: &Overlay,
) -> Result<Endpoint> {
    let newest = newest_first(versions, releases).next().context("no contract has it")?;
    let silent = overlay::Endpoint::silent();
    let notes = notes.unwrap_or(&silent);
    let present: Vec<_> = versions.iter().map(Option::is_some).collect();
    let bodies: Vec<_> = versions.iter().map(|one| one.map(|endpoint| endpoint.body.as_slice())).collect();
    Ok(Endpoint {
        about: notes.about.clone(),
        method: newest.method.clone(),
        path: newest.path.clone(),
        operation: newest.operation.clone(),
        parameters: parameters(&newest.parameters),
        body: fields::merged("body", &bodies, releases, |name| member_notes(name, overlay))?,
        reply: newest.reply.as_ref().map(kind),
        access: notes.access.clone(),
        service: notes.service.clone().unwrap_or_default(),
        needs: notes.needs.clone(),
        forced: notes.forced.clone(),
        core: true,
        instead: notes.instead.clone().unwrap_or_default(),
        band: Band::of(&notes.since, &notes.until, &present, releases)?,
    })
}

/// What is known of a member of a body: whether it is a secret.
fn member_notes(name: &str, overlay: &Overlay) -> Option<overlay::Field> {
    let is_secret = overlay.secrets.members.iter().any(|member| member == name);
    is_secret.then(|| overlay::Field {
        secret: true,
        way: overlay::Way::WriteOnly,
        ..overlay::Field::default()
    })
}

/// A search flattened into `searchCriteria[...]` parameters becomes one again.
fn parameters(parameters: &[contract::Parameter]) -> Vec<Parameter> {
    let mut merged: Vec<Parameter> = Vec::new();
    for parameter in parameters {
        let (name, kind) = match parameter.field.name.split_once('[') {
            Some((name, _)) => (name, Kind::Object("SearchCriteria".to_owned())),
            None => (parameter.field.name.as_str(), kind(&parameter.field.kind)),
        };
        if merged.iter().all(|seen| seen.name != name) {
            let required = parameter.field.required || kind == Kind::Object("SearchCriteria".to_owned());
            let in_path = parameter.place == "path";
            merged.push(Parameter { name: name.to_owned(), kind, in_path, required });
        }
    }
    merged
}

fn kind(kind: &contract::Kind) -> Kind {
    match kind {
        contract::Kind::String => Kind::String,
        contract::Kind::Integer => Kind::Integer,
        contract::Kind::Number => Kind::Number,
        contract::Kind::Boolean => Kind::Boolean,
        contract::Kind::Anything => Kind::Mixed,
        contract::Kind::Object(name) => Kind::Object(name.clone()),
        contract::Kind::List(item) => Kind::List(Box::new(self::kind(item))),
    }
}

/// The type a kind mentions.
pub(crate) fn mentions(kind: &Kind) -> Option<&str> {
    match kind {
        Kind::Object(name) => Some(name),
        Kind::List(item) => mentions(item),
        _ => None,
    }
}

#[cfg(test)]
mod tests;

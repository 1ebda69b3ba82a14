//! The one intermediate form that all generated code is made from: the union of
//! the contracts, with the overlay's notes.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail};

use super::band::Band;
use crate::schema::contract::{self, Contract};
use crate::schema::overlay::{self, Overlay};

pub(crate) use crate::schema::overlay::Kind;

pub(crate) struct Form {
    /// By clean name.
    pub(crate) types: BTreeMap<String, Type>,
    /// By path and method.
    pub(crate) endpoints: Vec<Endpoint>,
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
    pub(crate) band: Band,
}

pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) in_path: bool,
    pub(crate) required: bool,
}

/// Brings contracts and overlay together; an entry of the overlay about
/// something that is nowhere is an error.
pub(crate) fn form(contracts: &[Contract], overlay: &Overlay) -> Result<Form> {
    let releases: Vec<&str> = contracts.iter().map(|contract| contract.release.as_str()).collect();
    let mut form = Form { types: BTreeMap::new(), endpoints: Vec::new() };
    let names: BTreeSet<&String> = contracts.iter().flat_map(|contract| contract.types.keys()).collect();
    for name in names {
        let versions: Vec<_> = contracts.iter().map(|contract| contract.types.get(name)).collect();
        let merged = merge_type(&versions, &releases, overlay.types.get(name))
            .with_context(|| format!("in the type {name}"))?;
        form.types.insert(name.clone(), merged);
    }
    merge_endpoints(&mut form, contracts, &releases, overlay)?;
    super::declared::add(&mut form, overlay)?;
    refuse_strays(&form, contracts, overlay)?;
    keep_reached(&mut form, overlay);
    Ok(form)
}

fn merge_type(
    versions: &[Option<&contract::Type>],
    releases: &[&str],
    notes: Option<&overlay::Type>,
) -> Result<Type> {
    let newest = versions.iter().rev().flatten().next().context("no contract has it")?;
    let fields = merge_fields(versions.iter().map(|v| v.map(|of| of.fields.as_slice())), releases, |name| {
        notes.and_then(|notes| notes.fields.get(name)).cloned()
    })?;
    Ok(Type { about: notes.map(|notes| notes.about.clone()), definition: newest.definition.clone(), fields })
}

/// The union of the fields, those of the newest version first.
fn merge_fields<'a>(
    versions: impl Iterator<Item = Option<&'a [contract::Field]>>,
    releases: &[&str],
    notes: impl Fn(&str) -> Option<overlay::Field>,
) -> Result<Vec<Field>> {
    let versions: Vec<Option<&[contract::Field]>> = versions.collect();
    let mut merged: Vec<Field> = Vec::new();
    for field in versions.iter().rev().flatten().flat_map(|fields| fields.iter()) {
        let notes = notes(&field.name).unwrap_or_default();
        let kind = notes.kind.clone().unwrap_or_else(|| kind(&field.kind));
        match merged.iter().find(|seen| seen.name == field.name) {
            Some(seen) if seen.kind == kind => continue,
            Some(_) => bail!("`{}` changed its kind between releases; state one in the overlay", field.name),
            None => {}
        }
        // Only where the owner itself exists does a missing field say anything.
        let has = |fields: &[contract::Field]| fields.iter().any(|other| other.name == field.name);
        let present: Vec<_> = versions.iter().map(|version| version.is_none_or(has)).collect();
        let band = Band::of(&notes.since, &notes.until, &present, releases)
            .with_context(|| format!("in the field {}", field.name))?;
        merged.push(Field { name: field.name.clone(), kind, required: field.required, notes, band });
    }
    Ok(merged)
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
        let merged = merge_endpoint(&versions, releases, notes);
        form.endpoints.push(merged.with_context(|| format!("in the endpoint {name}"))?);
    }
    Ok(())
}

fn merge_endpoint(
    versions: &[Option<&contract::Endpoint>],
    releases: &[&str],
    notes: Option<&overlay::Endpoint>,
) -> Result<Endpoint> {
    let newest = versions.iter().rev().flatten().next().context("no contract has it")?;
    let notes = notes.context("the overlay says nothing of it; add an entry with its `access`")?;
    let present: Vec<_> = versions.iter().map(Option::is_some).collect();
    let body = versions.iter().map(|version| version.map(|endpoint| endpoint.body.as_slice()));
    Ok(Endpoint {
        method: newest.method.clone(),
        path: newest.path.clone(),
        operation: newest.operation.clone(),
        parameters: parameters(&newest.parameters),
        body: merge_fields(body, releases, secret_member)?,
        reply: newest.reply.as_ref().map(kind),
        access: notes.access.clone(),
        service: notes.service.clone().unwrap_or_default(),
        needs: notes.needs.clone(),
        forced: notes.forced.clone(),
        core: true,
        band: Band::of(&notes.since, &notes.until, &present, releases)?,
    })
}

/// Members of bodies whose values must never be shown, by their names: the
/// schema knows no secrets.
fn secret_member(name: &str) -> Option<overlay::Field> {
    const SECRET: [&str; 10] = [
        "confirmationKey",
        "currentPassword",
        "newPassword",
        "otp",
        "passcode",
        "password",
        "passwordHash",
        "resetToken",
        "signatureResponse",
        "tfaToken",
    ];
    SECRET.contains(&name).then(|| overlay::Field {
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

fn refuse_strays(form: &Form, contracts: &[Contract], overlay: &Overlay) -> Result<()> {
    for (name, notes) in &overlay.types {
        let Some(of) = form.types.get(name) else { bail!("at /types/{name}: no contract has this type") };
        for field in notes.fields.keys() {
            if of.fields.iter().all(|known| known.name != *field) {
                bail!("at /types/{name}/fields/{field}: no contract has this field");
            }
        }
    }
    for name in overlay.endpoints.keys() {
        let mut known = contracts.iter().flat_map(|contract| &contract.endpoints);
        if !known.any(|e| format!("{} {}", e.method, e.path) == *name) {
            bail!("at /endpoints/{name}: no contract has this endpoint");
        }
    }
    refuse_dangling(form)
}

/// A kind in the overlay may name a type that is nowhere.
fn refuse_dangling(form: &Form) -> Result<()> {
    let owned = form.types.iter().flat_map(|(name, of)| of.fields.iter().map(move |field| (name, field)));
    for (owner, field) in owned {
        if let Some(missing) = mentions(&field.kind).filter(|name| !form.types.contains_key(*name)) {
            bail!(
                "the overlay's kind of {owner}.{} names the type `{missing}`, which is nowhere",
                field.name
            );
        }
        if let Some(key) = &field.notes.list_key {
            let item = mentions(&field.kind).and_then(|name| form.types.get(name));
            if !item.is_some_and(|item| item.fields.iter().any(|f| f.name == *key)) {
                bail!("the list key `{key}` of {owner}.{} is no field of its items", field.name);
            }
        }
    }
    Ok(())
}

/// Drops types that nothing reaches once the overlay has set kinds right.
fn keep_reached(form: &mut Form, overlay: &Overlay) {
    let declared = overlay.declared.iter().flat_map(|one| one.types.keys());
    let mut waiting: Vec<String> = declared.cloned().collect();
    waiting.extend(["ErrorResponse", "SearchCriteria"].map(str::to_owned));
    for endpoint in &form.endpoints {
        let kinds = endpoint.body.iter().map(|field| &field.kind).chain(&endpoint.reply);
        waiting.extend(kinds.filter_map(mentions).map(str::to_owned));
    }
    let mut reached = BTreeSet::new();
    while let Some(name) = waiting.pop() {
        let fields = form.types.get(&name).map_or(&[][..], |of| &of.fields);
        if reached.insert(name) {
            waiting.extend(fields.iter().filter_map(|field| mentions(&field.kind)).map(str::to_owned));
        }
    }
    form.types.retain(|name, _| reached.contains(name));
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

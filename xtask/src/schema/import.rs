//! From a Swagger document to the contract of the customer domain.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, bail};

use super::contract::{Contract, Endpoint, Field, Kind, Type};
use super::names;
use super::node::Node;
use super::swagger::Swagger;

/// What belongs to the customer domain, by the beginning of its path.
const PATHS: [&str; 12] = [
    "/V1/addresses",
    "/V1/attributeMetadata/customer",
    "/V1/bulk",
    "/V1/customerGroups",
    "/V1/customers",
    "/V1/directory",
    "/V1/integration",
    "/V1/modules",
    "/V1/roles",
    "/V1/store/",
    "/V1/tfa/provider",
    "/V1/users",
];

/// Definitions that the domain needs though no path may name them.
const ALWAYS: [&str; 6] = [
    names::CUSTOMER,
    "error-response",
    "framework-filter",
    "framework-search-criteria-interface",
    "framework-search-filter-group",
    "framework-sort-order",
];

/// The contract in a document, and what a reader should be told about it.
pub(crate) fn contract(document: &Node, release: &str) -> Result<(Contract, Option<String>)> {
    let swagger = Swagger::read(document)?;
    if !swagger.has(names::CUSTOMER) {
        bail!(
            "at /definitions: `{}` is missing, so this is no document with customers; ask the store for \
             /rest/all/schema?services=all with a token that may see customers",
            names::CUSTOMER
        );
    }
    let endpoints = swagger.endpoints(|path| PATHS.iter().any(|start| belongs(path, start)))?;
    let definitions = closure(&swagger, &endpoints)?;
    let names = name_all(definitions.keys())?;
    let types = definitions.into_iter().map(|(definition, fields)| {
        let name = names.get(&definition).cloned().unwrap_or_else(|| definition.clone());
        (name, Type { fields: renamed(fields, &names), definition })
    });
    let mut endpoints: Vec<_> = endpoints.into_iter().map(|one| rename_endpoint(one, &names)).collect();
    endpoints.sort_by(|a, b| (&a.path, &a.method).cmp(&(&b.path, &b.method)));
    let contract = Contract { release: release.to_owned(), types: types.collect(), endpoints };
    Ok((contract, remark(swagger.version, release)))
}

/// `/V1/customers` and `/V1/customers/5`, but not `/V1/customersFoo`; a start
/// that ends in a word goes on with its own camel case (`customerAddress`).
fn belongs(path: &str, start: &str) -> bool {
    match path.strip_prefix(start) {
        Some(rest) => {
            rest.is_empty() || start.ends_with('/') || rest.starts_with('/') || rest.starts_with("Address")
        }
        None => false,
    }
}

/// A published document says which release it is of; a store says `2.4`.
fn remark(version: Option<&str>, release: &str) -> Option<String> {
    let version = version?;
    (!release.starts_with(version))
        .then(|| format!("the document says it is of `{version}`, not of `{release}`"))
}

/// Every definition that the endpoints reach, with its fields.
fn closure(swagger: &Swagger<'_>, endpoints: &[Endpoint]) -> Result<BTreeMap<String, Vec<Field>>> {
    let mut waiting: BTreeSet<String> =
        ALWAYS.iter().filter(|name| swagger.has(name)).map(|s| s.to_string()).collect();
    for endpoint in endpoints {
        let kinds = endpoint.body.iter().map(|field| &field.kind).chain(&endpoint.reply);
        waiting.extend(kinds.filter_map(Kind::mentions).map(str::to_owned));
    }
    let mut found = BTreeMap::new();
    while let Some(definition) = waiting.pop_first() {
        let fields = swagger.fields(&definition)?;
        let mentioned = fields.iter().filter_map(|field| field.kind.mentions());
        waiting.extend(
            mentioned.filter(|name| *name != definition && !found.contains_key(*name)).map(str::to_owned),
        );
        found.insert(definition, fields);
    }
    Ok(found)
}

/// A name for every definition: the clean one, or where two would share it, the full one for both.
fn name_all<'a>(definitions: impl Iterator<Item = &'a String> + Clone) -> Result<BTreeMap<String, String>> {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for definition in definitions.clone() {
        *count.entry(names::clean(definition)).or_default() += 1;
    }
    let mut taken = BTreeMap::new();
    let mut named = BTreeMap::new();
    for definition in definitions {
        let clean = names::clean(definition);
        let name = if count.get(&clean) == Some(&1) { clean } else { names::full(definition) };
        if let Some(other) = taken.insert(name.clone(), definition) {
            bail!("at /definitions/{definition}: has the name `{name}`, which `{other}` has too; rename one");
        }
        named.insert(definition.clone(), name);
    }
    Ok(named)
}

fn renamed(fields: Vec<Field>, names: &BTreeMap<String, String>) -> Vec<Field> {
    fields.into_iter().map(|field| Field { kind: rename(field.kind, names), ..field }).collect()
}

fn rename(kind: Kind, names: &BTreeMap<String, String>) -> Kind {
    match kind {
        Kind::Object(definition) => Kind::Object(names.get(&definition).cloned().unwrap_or(definition)),
        Kind::List(item) => Kind::List(Box::new(rename(*item, names))),
        other => other,
    }
}

fn rename_endpoint(endpoint: Endpoint, names: &BTreeMap<String, String>) -> Endpoint {
    Endpoint {
        body: renamed(endpoint.body, names),
        reply: endpoint.reply.map(|kind| rename(kind, names)),
        ..endpoint
    }
}

//! From a Swagger document to the contract of the customer domain.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, bail};

use super::contract::{Contract, Endpoint, Field, Kind, Type};
use super::node::Node;
use super::swagger::{Swagger, Unread};
use super::{names, overlay, scope};
use crate::run;

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

/// The contract in a document.
pub(crate) struct Imported {
    pub(crate) contract: Contract,
    /// What a reader should be told about it.
    pub(crate) warnings: Vec<String>,
    /// What of modules could not be read, by clean names.
    pub(crate) unread: Vec<Unread>,
    /// The services that a store's own document shows; a published one names none.
    pub(crate) services: BTreeSet<String>,
}

/// The contract in a document; `skip_broken` leaves out what a module got wrong instead of refusing all.
pub(crate) fn contract(document: &Node, release: &str, skip_broken: bool) -> Result<Imported> {
    let swagger = Swagger::read(document, skip_broken)?;
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
    let (told, unread) = swagger.remarks();
    let warnings = remark(swagger.version, release).into_iter().chain(told).collect();
    let unread = unread.into_iter().map(|one| renamed_unread(one, &names)).collect();
    let services = swagger.services();
    Ok(Imported { contract, warnings, unread, services })
}

impl Imported {
    /// Takes from another release's contract, as far as that has it, what could not be read, and what the
    /// document of a store does not speak of.
    pub(crate) fn filled(mut self, from: &Contract) -> Result<Imported> {
        let overlay = overlay::load(&run::root().join("schema").join("overlay.json"))?;
        self.unread.extend(scope::unspoken(&self.contract, from, &self.services, &overlay));
        let mut taken: Vec<String> = Vec::new();
        for unread in &self.unread {
            if unread.fill(&mut self.contract, from) {
                taken.push(unread.to_string());
            }
        }
        if !taken.is_empty() {
            let (count, what) = (taken.len(), taken.join(", "));
            self.warnings.push(format!(
                "taken over from {}, since the document does not tell ({count}): {what}",
                from.release
            ));
        }
        let by_name = |a: &Endpoint, b: &Endpoint| (&a.path, &a.method).cmp(&(&b.path, &b.method));
        self.contract.endpoints.sort_by(by_name);
        Ok(self)
    }
}

fn renamed_unread(unread: Unread, names: &BTreeMap<String, String>) -> Unread {
    let clean = |definition: String| names.get(&definition).cloned().unwrap_or(definition);
    match unread {
        Unread::Type(definition) => Unread::Type(clean(definition)),
        Unread::Field(definition, field) => Unread::Field(clean(definition), field),
        endpoint @ Unread::Endpoint(..) => endpoint,
    }
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

/// A published document says which release it is of; a store says `2.4`. A shop's own contract is
/// of no release.
fn remark(version: Option<&str>, release: &str) -> Option<String> {
    let version = version?;
    let of_release = release.starts_with(|c: char| c.is_ascii_digit());
    (of_release && !release.starts_with(version))
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

#[cfg(test)]
mod tests {
    use super::*;

    const SHOP: &str = include_str!("../../tests/fixtures/shop.json");

    fn shop() -> Node {
        serde_json::from_str(SHOP).unwrap()
    }

    #[test]
    fn the_domain_is_told_by_whole_segments() {
        let inside = |path: &str| PATHS.iter().any(|start| belongs(path, start));
        for path in
            ["/V1/customers", "/V1/customers/me", "/V1/attributeMetadata/customerAddress/custom", "/V1/users"]
        {
            assert!(inside(path), "{path}");
        }
        for path in ["/V1/customerSegments/search", "/V1/products", "/V1/usersettings", "/V1/storesFoo"] {
            assert!(!inside(path), "{path}");
        }
    }

    #[test]
    fn two_definitions_that_would_share_a_name_get_their_full_ones() {
        let names =
            ["customer-data-group-interface", "customer-data-customer-group", "acme-data-acme-b", "acme-b"];
        let names = names.map(str::to_owned);
        let named = name_all(names.iter()).unwrap();
        let of = |definition: &str| named.get(definition).map(String::as_str);
        assert_eq!(of("acme-b"), Some("AcmeB"));
        assert_eq!(of("acme-data-acme-b"), Some("AcmeDataAcmeB"));
        assert_eq!(of("customer-data-group-interface"), Some("Group"));
    }

    #[test]
    fn another_release_than_the_documents_is_remarked() {
        assert_eq!(remark(Some("2.4"), "2.4.8"), None);
        assert_eq!(remark(Some("2.4.8"), "2.4.8-p1"), None);
        assert_eq!(remark(Some("2.4"), "shop.example"), None);
        assert!(remark(Some("2.4.7"), "2.4.8").unwrap().contains("not of `2.4.8`"));
    }

    /// Every way to the members and items of a document.
    fn ways(node: &Node, way: &[usize], found: &mut Vec<Vec<usize>>) {
        let children: Vec<&Node> = match node {
            Node::List(items) => items.iter().collect(),
            Node::Map(pairs) => pairs.iter().map(|(_, value)| value).collect(),
            _ => Vec::new(),
        };
        for (at, child) in children.into_iter().enumerate() {
            let way = [way, &[at]].concat();
            ways(child, &way, found);
            found.push(way);
        }
    }

    /// Puts another value at the end of a way, or takes out what is there.
    fn mutate(node: &mut Node, way: &[usize], other: Option<&Node>) {
        let Some((&at, rest)) = way.split_first() else { return };
        match (node, rest.is_empty(), other) {
            (Node::List(items), true, None) => drop(items.remove(at)),
            (Node::Map(pairs), true, None) => drop(pairs.remove(at)),
            (Node::List(items), true, Some(other)) => items[at] = other.clone(),
            (Node::Map(pairs), true, Some(other)) => pairs[at].1 = other.clone(),
            (Node::List(items), false, _) => mutate(&mut items[at], rest, other),
            (Node::Map(pairs), false, _) => mutate(&mut pairs[at].1, rest, other),
            _ => unreachable!("a way leads through lists and maps"),
        }
    }

    #[test]
    fn whatever_is_wrong_the_answer_is_a_contract_or_a_place() {
        let others = [Node::Null, Node::Bool(true), Node::Number("1".to_owned()), Node::text("x")];
        let others =
            others.into_iter().chain([Node::List(vec![]), Node::Map(vec![])]).map(Some).chain([None]);
        let others: Vec<Option<Node>> = others.collect();
        let mut found = Vec::new();
        ways(&shop(), &[], &mut found);
        let mut refused = 0;
        for way in &found {
            for other in &others {
                let mut document = shop();
                mutate(&mut document, way, other.as_ref());
                match contract(&document, "2.4.8", false) {
                    Ok(Imported { contract, .. }) => {
                        assert_eq!(Contract::from_node(&contract.to_node()).unwrap(), contract)
                    }
                    Err(error) => {
                        assert!(error.to_string().starts_with("at "), "{error}");
                        refused += 1;
                    }
                }
            }
        }
        assert!(found.len() > 100 && refused > 400, "{} {refused}", found.len());
    }
}

//! `schema?services=`: what the store says its services are, as Swagger 2.0, made from the contract.

mod definitions;

use std::collections::BTreeSet;

use magewright::call::Method;
use magewright::contract::{self, Contract, Endpoint, Kind, Parameter};
use magewright::json::{Object, Value};
use magewright::outcome::Refusal;

use crate::identity::Identity;
use crate::shop::Shop;
use crate::target::{Target, query_parameters};
pub(crate) use definitions::is_open_source;
use definitions::{list_of, object, reference, schema};

/// What asks for everything.
const ALL: &str = "all";

/// The parameters that Magento flattens a search into.
const SEARCH: [(&str, &str); 7] = [
    ("searchCriteria[filterGroups][0][filters][0][field]", "string"),
    ("searchCriteria[filterGroups][0][filters][0][value]", "string"),
    ("searchCriteria[filterGroups][0][filters][0][conditionType]", "string"),
    ("searchCriteria[sortOrders][0][field]", "string"),
    ("searchCriteria[sortOrders][0][direction]", "string"),
    ("searchCriteria[pageSize]", "integer"),
    ("searchCriteria[currentPage]", "integer"),
];

/// The refusals that every operation may answer with.
const REFUSALS: [(&str, &str); 4] = [
    ("400", "400 Bad Request"),
    ("401", "401 Unauthorized"),
    ("500", "Internal Server error"),
    ("default", "Unexpected error"),
];

/// The document of the services asked for, as far as the caller may use them.
///
/// # Errors
/// 400 for a service that the store does not have, by name; 405 for anything but a GET.
pub(crate) fn document(
    shop: &Shop,
    identity: &Identity,
    method: Method,
    target: &Target<'_>,
    origin: &str,
) -> Result<Value, Refusal> {
    if method != Method::Get {
        return Err(Refusal::new(405, format!("The {} HTTP method is not supported.", method.as_str())));
    }
    let known: Vec<&Endpoint> = Contract::built_in().endpoints().iter().filter(|e| has(shop, e)).collect();
    let wanted = wanted(target.query, &known)?;
    let asked = |endpoint: &&Endpoint| {
        wanted.as_ref().is_none_or(|names| service(endpoint).is_some_and(|name| names.contains(&name)))
    };
    let may = |endpoint: &&Endpoint| identity.allowed(endpoint.access, |_| true).is_ok();
    let shown: Vec<&Endpoint> = known.iter().copied().filter(asked).filter(may).collect();
    let (scheme, host) = origin.split_once("://").unwrap_or(("http", origin));
    let services: BTreeSet<String> = shown.iter().filter_map(|endpoint| service(endpoint)).collect();
    let tag = |name: &String| object([("name", name.as_str().into()), ("description", "".into())]);
    Ok(object([
        ("swagger", "2.0".into()),
        ("info", object([("version", "2.4".into()), ("title", "magewright sandbox".into())])),
        ("host", host.into()),
        ("basePath", format!("/rest/{}", target.scope.unwrap_or("default")).into()),
        ("schemes", vec![scheme].into()),
        ("tags", list_of(services.iter().map(tag))),
        ("paths", paths(shop, &shown)),
        ("definitions", definitions::reached(shop, &shown)),
    ]))
}

/// Whether the store has an endpoint at all.
fn has(shop: &Shop, endpoint: &Endpoint) -> bool {
    endpoint.band.holds(shop.release) && (endpoint.core || shop.options.admin_users)
}

/// The services asked for by name; `None` for all of them, as when none is named.
fn wanted(query: &str, known: &[&Endpoint]) -> Result<Option<BTreeSet<String>>, Refusal> {
    let parameters = query_parameters(query).into_iter();
    let Some((_, names)) = parameters.rev().find(|(name, _)| name == "services") else { return Ok(None) };
    if names == ALL || names.is_empty() {
        return Ok(None);
    }
    let names: BTreeSet<String> = names.split(',').map(str::to_owned).collect();
    match names.iter().find(|name| known.iter().all(|endpoint| service(endpoint).as_ref() != Some(*name))) {
        Some(missing) => {
            Err(Refusal::new(400, "Requested service is not available: \"%1\"")
                .positional([missing.as_str()]))
        }
        None => Ok(Some(names)),
    }
}

/// The name of an endpoint's service: `customerCustomerRepositoryV1` of
/// `Magento\Customer\Api\CustomerRepositoryInterface::save`. The vendor Magento is left out, and
/// the module where it is the service's own name. `None` where no source tells the service: such
/// an endpoint has no tag and is shown among all services only.
///
/// Source: module-webapi, `Model/ServiceMetadata.php` (`getServiceName`).
fn service(endpoint: &Endpoint) -> Option<String> {
    let (class, _) = endpoint.service.split_once("::")?;
    let mut parts = class.split('\\');
    let (vendor, module) = (parts.next()?, parts.next()?);
    let name = parts.next_back()?;
    let name = name.strip_suffix("Interface").unwrap_or(name);
    let vendor = if vendor == "Magento" { "" } else { vendor };
    let module = if module == name { "" } else { module };
    let whole = format!("{vendor}{module}{name}V1");
    let mut letters = whole.chars();
    Some(letters.next()?.to_ascii_lowercase().to_string() + letters.as_str())
}

fn paths(shop: &Shop, shown: &[&Endpoint]) -> Value {
    let mut paths = Object::new();
    for endpoint in shown {
        if !paths.contains_key(&endpoint.path) {
            paths.insert(&*endpoint.path, Object::new());
        }
        if let Some(Value::Object(methods)) = paths.get_mut(&endpoint.path) {
            methods.insert(endpoint.method.as_str().to_lowercase(), operation(shop, endpoint));
        }
    }
    paths.into()
}

fn operation(shop: &Shop, endpoint: &Endpoint) -> Value {
    let formats = || Value::from(vec!["application/json"]);
    let mut parameters: Vec<Value> = endpoint.parameters.iter().flat_map(parameter).collect();
    let body = definitions::fields(shop, &endpoint.body);
    if !endpoint.body.is_empty() {
        let name = format!("{}Body", endpoint.operation);
        parameters.push(object([("name", name.into()), ("in", "body".into()), ("schema", body)]));
    }
    let mut out = Object::new();
    if let Some(service) = service(endpoint) {
        out.insert("tags", vec![service]);
    }
    out.insert("operationId", &*endpoint.operation);
    out.insert("consumes", formats());
    out.insert("produces", formats());
    if !parameters.is_empty() {
        out.insert("parameters", parameters);
    }
    out.insert("responses", responses(endpoint));
    out.into()
}

fn parameter(parameter: &Parameter) -> Vec<Value> {
    if parameter.kind == Kind::Object(contract::SEARCH_CRITERIA) {
        let part = |(name, kind): (&str, &str)| {
            object([
                ("name", name.into()),
                ("in", "query".into()),
                ("type", kind.into()),
                ("required", false.into()),
            ])
        };
        return SEARCH.into_iter().map(part).collect();
    }
    let place = if parameter.in_path { "path" } else { "query" };
    let mut out = Object::new();
    out.insert("name", &*parameter.name);
    out.insert("in", place);
    for (keyword, value) in schema(parameter.kind).as_object().into_iter().flat_map(Object::iter) {
        out.insert(keyword, value.clone());
    }
    out.insert("required", parameter.required);
    vec![out.into()]
}

fn responses(endpoint: &Endpoint) -> Value {
    let mut success = Object::new();
    success.insert("description", "200 Success.");
    if let Some(kind) = endpoint.reply {
        success.insert("schema", schema(kind));
    }
    let mut out = Object::new();
    out.insert("200", success);
    for (status, description) in REFUSALS {
        let refused = [("description", description.into()), ("schema", reference(contract::ERROR_RESPONSE))];
        out.insert(status, object(refused));
    }
    out.into()
}

#[cfg(test)]
mod tests {
    use magewright::call::route;

    use super::*;

    #[test]
    fn services_have_the_stores_names() {
        let name = |route: route::Route| service(route.endpoint().unwrap());
        assert_eq!(name(route::CUSTOMER_UPDATE).unwrap(), "customerCustomerRepositoryV1");
        assert_eq!(name(route::CUSTOMER_CREATE).unwrap(), "customerAccountManagementV1");
        assert_eq!(name(route::CURRENCY), None);
    }
}

//! What a store's own document does not speak of: services that it was not asked for, and modules that
//! the shop does not have. Neither is gone from the release.

use std::collections::BTreeSet;

use super::contract::{Contract, Endpoint};
use super::overlay::Overlay;
use super::pull;
use super::swagger::Unread;

/// What another contract has and a store's document would not show; nothing of a document without
/// services, which is published and whole.
pub(super) fn unspoken(
    contract: &Contract,
    other: &Contract,
    services: &BTreeSet<String>,
    overlay: &Overlay,
) -> Vec<Unread> {
    if services.is_empty() {
        return Vec::new();
    }
    let shown = |one: &Endpoint| {
        let notes = overlay.endpoints.get(&format!("{} {}", one.method, one.path));
        let service = notes.and_then(|notes| pull::service(notes.service.as_deref()?));
        service.is_some_and(|service| services.contains(&service))
    };
    let has = |one: &&Endpoint| {
        contract.endpoints.iter().any(|own| own.method == one.method && own.path == one.path)
    };
    let endpoints = other.endpoints.iter().filter(|one| !has(one) && !shown(one));
    let endpoints = endpoints.map(|one| Unread::Endpoint(one.method.clone(), one.path.clone()));
    endpoints.chain(of_modules(contract, other, overlay)).collect()
}

/// The fields that modules add, of types that the document has.
fn of_modules(contract: &Contract, other: &Contract, overlay: &Overlay) -> Vec<Unread> {
    let mut found = Vec::new();
    for (name, of) in &other.types {
        let Some(own) = contract.types.get(name) else { continue };
        let notes = overlay.types.get(name).map(|notes| &notes.fields);
        let by_module = |field: &str| notes.and_then(|fields| fields.get(field)?.module.as_ref()).is_some();
        let gone = of.fields.iter().filter(|field| own.fields.iter().all(|one| one.name != field.name));
        let gone = gone.filter(|field| by_module(&field.name));
        found.extend(gone.map(|field| Unread::Field(name.clone(), field.name.clone())));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{named, overlay};

    #[test]
    fn a_document_speaks_of_its_services_and_modules_only() {
        let overlay = overlay::load(&crate::run::root().join("schema").join("overlay.json")).unwrap();
        let other = named("2.4.9").unwrap();
        let mut contract = other.clone();
        contract.endpoints.clear();
        contract.types.get_mut("CustomerExtension").unwrap().fields.clear();
        let services = BTreeSet::from(["customerCustomerRepositoryV1".to_owned()]);
        let found = unspoken(&contract, &other, &services, &overlay);
        let endpoint = |method: &str, path: &str| Unread::Endpoint(method.to_owned(), path.to_owned());
        assert!(found.contains(&endpoint("GET", "/V1/customerGroups/search")));
        assert!(found.contains(&endpoint("GET", "/V1/customers/companies")));
        assert!(!found.contains(&endpoint("GET", "/V1/customers/search")), "the service was asked for");
        assert!(
            found.contains(&Unread::Field("CustomerExtension".to_owned(), "company_attributes".to_owned()))
        );
        assert!(unspoken(&contract, &other, &BTreeSet::new(), &overlay).is_empty());
    }
}

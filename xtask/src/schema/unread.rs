//! What of modules could not be read in a document: it is neither there nor gone.

use std::fmt;

use super::contract::{Contract, Field, Kind};
use super::swagger::Unread;

impl Unread {
    /// Takes it from another contract, with the types that it mentions; whether that has it.
    pub(super) fn fill(&self, contract: &mut Contract, from: &Contract) -> bool {
        match self {
            Unread::Type(name) => {
                let Some(of) = from.types.get(name) else { return false };
                contract.types.insert(name.clone(), of.clone());
                bring(contract, from, of.fields.iter().map(|field| &field.kind));
            }
            Unread::Field(name, field) => {
                let named = |one: &&Field| one.name == *field;
                let Some(found) = from.types.get(name).and_then(|of| of.fields.iter().find(named)) else {
                    return false;
                };
                let Some(of) = contract.types.get_mut(name) else { return false };
                match of.fields.iter_mut().find(|one| one.name == *field) {
                    Some(own) => own.kind = found.kind.clone(),
                    None => of.fields.push(found.clone()),
                }
                bring(contract, from, std::iter::once(&found.kind));
            }
            Unread::Endpoint(method, path) => {
                let mut endpoints = from.endpoints.iter();
                let Some(one) = endpoints.find(|one| one.method == *method && one.path == *path) else {
                    return false;
                };
                contract.endpoints.push(one.clone());
                bring(contract, from, one.body.iter().map(|field| &field.kind).chain(&one.reply));
            }
        }
        true
    }
}

/// Puts in the types that these kinds mention, where they are missing.
fn bring<'a>(contract: &mut Contract, from: &'a Contract, kinds: impl Iterator<Item = &'a Kind>) {
    let mut waiting: Vec<&str> = kinds.filter_map(Kind::mentions).collect();
    while let Some(name) = waiting.pop() {
        let Some(of) = from.types.get(name).filter(|_| !contract.types.contains_key(name)) else { continue };
        contract.types.insert(name.to_owned(), of.clone());
        waiting.extend(of.fields.iter().filter_map(|field| field.kind.mentions()));
    }
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unread::Type(name) => f.write_str(name),
            Unread::Field(name, field) => write!(f, "{name}.{field}"),
            Unread::Endpoint(method, path) => write!(f, "{method} {path}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::named;

    #[test]
    fn what_is_taken_over_brings_what_it_mentions() {
        let from = named("2.4.9").unwrap();
        let mut contract = from.clone();
        contract.types.retain(|name, _| !name.starts_with("Company"));
        contract.endpoints.retain(|one| !one.path.contains("/companies"));
        let attributes = Unread::Field("CustomerExtension".to_owned(), "company_attributes".to_owned());
        assert!(attributes.fill(&mut contract, &from));
        assert!(contract.types.contains_key("CompanyCustomer") && !contract.types.contains_key("Company"));
        let endpoint = |path: &str| Unread::Endpoint("GET".to_owned(), path.to_owned());
        assert!(endpoint("/V1/customers/{customerId}/companies").fill(&mut contract, &from));
        assert!(contract.types.contains_key("CompanyExtension"));
        assert!(!endpoint("/V1/nothing").fill(&mut contract, &from));
    }

    #[test]
    fn a_field_that_is_missing_is_put_in() {
        let from = named("2.4.9").unwrap();
        let mut contract = from.clone();
        contract.types.get_mut("GroupExtension").unwrap().fields.clear();
        assert!(
            Unread::Field("GroupExtension".to_owned(), "exclude_website_ids".to_owned())
                .fill(&mut contract, &from)
        );
        assert_eq!(contract, from);
    }
}

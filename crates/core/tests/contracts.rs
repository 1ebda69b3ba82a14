//! The committed contracts load, and the built-in tables are their union.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::path::Path;

use magewright::contract::{self, Contract, Field, Kind};
use magewright::json::{self, Value};
use magewright::release::Release;

fn contracts() -> Vec<(Release, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schema/contracts");
    let mut found: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter_map(|path| Some((path.file_stem()?.to_str()?.parse().ok()?, path)))
        .map(|(release, path)| (release, json::parse(&std::fs::read(path).unwrap()).unwrap()))
        .collect();
    found.sort_by_key(|(release, _)| *release);
    found
}

fn members<'a>(value: &'a Value, key: &str) -> Vec<(&'a str, &'a Value)> {
    value.get(key).and_then(Value::as_object).map(|object| object.iter().collect()).unwrap_or_default()
}

#[test]
fn every_committed_contract_is_in_the_tables() {
    let built_in = Contract::built_in();
    let contracts = contracts();
    assert!(contracts.len() >= 3);
    for (release, contract) in &contracts {
        assert_eq!(contract.get("release").and_then(Value::as_str), Some(&*release.to_string()));
        for (name, of) in members(contract, "$defs") {
            let Some(id) = built_in.find(name) else { continue };
            for (field, _) in members(of, "properties") {
                let (_, known) = built_in.field(id, 0, field).unwrap_or_else(|| panic!("{name}.{field}"));
                assert!(known.rules.band.holds(*release), "{release}: {name}.{field}");
            }
        }
    }
}

#[test]
fn tables_have_nothing_for_a_release_that_its_contract_lacks() {
    for (release, contract) in &contracts() {
        for of in Contract::built_in().types().iter().filter(|of| !of.definition.is_empty()) {
            let Some(published) = contract.get("$defs").and_then(|defs| defs.get(&of.name)) else { continue };
            for field in of.fields.iter().filter(|field| field.rules.band.holds(*release)) {
                let pointer = format!("/properties/{}", field.name);
                assert!(published.pointer(&pointer).is_some(), "{release}: {}.{}", of.name, field.name);
            }
        }
    }
}

#[test]
fn every_kind_names_a_type_of_the_tables() {
    let built_in = Contract::built_in();
    let fields = built_in.types().iter().flat_map(|of| of.fields.iter());
    let bodies = built_in.endpoints().iter().flat_map(|endpoint| endpoint.body.iter());
    let kinds = fields.chain(bodies).map(|field| field.kind);
    for kind in kinds.chain(built_in.endpoints().iter().filter_map(|endpoint| endpoint.reply)) {
        if let Kind::Object(id) | Kind::Objects(id) = kind {
            assert!(built_in.get(id).is_some());
        }
    }
}

#[test]
fn the_admin_user_is_not_of_the_core() {
    let users = Contract::built_in().endpoint(contract::Method::Get, "/V1/users").unwrap();
    assert!(!users.core);
    let (_, password) = Contract::built_in().field(contract::ADMIN_USER, 0, "password").unwrap();
    assert!(password.rules.secret && password.rules.way == contract::Way::WriteOnly);
}

#[test]
fn every_committed_contract_loads_at_run_time() {
    let built_in = Contract::built_in();
    for (release, document) in contracts() {
        let loaded = Contract::from_json(document.to_string().as_bytes()).unwrap();
        for of in
            built_in.types().iter().filter(|of| document.pointer(&format!("/$defs/{}", of.name)).is_some())
        {
            let id = built_in.find(&of.name).unwrap();
            let shown =
                |fields: &[Field]| fields.iter().map(|f| (f.name.to_string(), f.kind)).collect::<Vec<_>>();
            let in_release = of.fields.iter().filter(|field| field.rules.band.holds(release));
            let expected: Vec<Field> = in_release.cloned().collect();
            assert_eq!(shown(loaded.fields(id)), shown(&expected), "{release}: {}", of.name);
        }
        for endpoint in built_in.endpoints().iter().filter(|endpoint| endpoint.band.holds(release)) {
            let same = loaded.endpoint(endpoint.method, &endpoint.path).unwrap();
            assert_eq!((same.access, &same.reply), (endpoint.access, &endpoint.reply), "{}", endpoint.path);
        }
    }
}

//! A shop whose own schema is known: what its modules add is validated, predicted and planned.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use magewright::contract::{CUSTOMER_EXTENSION, Contract};
use magewright::json::{self, Value};
use magewright::outcome::Outcome;
use magewright::profile::{Profile, Section};
use magewright::release::Release;
use magewright::report::{Severity, Violation};
use magewright::store::{Accounts, Caller, Store};
use magewright::validate::{Operation, Validator, validate};
use magewright::{desk, predict};
use proptest::prelude::*;

/// As a store serves it: other services beside the customer's, descriptions, an object without members.
const SWAGGER: &str = r##"{"swagger":"2.0","info":{"version":"2.4","title":"Shop"},"paths":{},"definitions":{
  "customer-data-customer-interface":{"type":"object","description":"d","properties":{
    "email":{"type":"string"},"firstname":{"type":"string"},"lastname":{"type":"string"},
    "prefix":{"type":"string"},"group_id":{"type":"integer"},"id":{"type":"integer"},
    "addresses":{"type":"array","items":{"$ref":"#/definitions/customer-data-address-interface"}},
    "extension_attributes":{"$ref":"#/definitions/customer-data-customer-extension-interface"}},
    "required":["email","firstname","lastname"]},
  "customer-data-address-interface":{"type":"object","properties":{"id":{"type":"integer"},
    "firstname":{"type":"string"},"lastname":{"type":"string"},"city":{"type":"string"},
    "street":{"type":"array","items":{"type":"string"}},"telephone":{"type":"string"},
    "country_id":{"type":"string"},"postcode":{"type":"string"},
    "extension_attributes":{"$ref":"#/definitions/customer-data-address-extension-interface"}}},
  "customer-data-address-extension-interface":{"type":"object","properties":[]},
  "customer-data-customer-extension-interface":{"type":"object","properties":{
    "is_subscribed":{"type":"boolean"},"loyalty_points":{"type":"integer"},"rate":{"type":"number"},
    "labels":{"type":"array","items":{"type":"string"}},
    "card":{"$ref":"#/definitions/acme-loyalty-data-card-interface"},
    "cards":{"type":"array","items":{"$ref":"#/definitions/acme-loyalty-data-card-interface"}}}},
  "acme-loyalty-data-card-interface":{"type":"object","properties":{"code":{"type":"string"},
    "replaces":{"$ref":"#/definitions/acme-loyalty-data-card-interface"}}},
  "catalog-data-product-interface":{"type":"object","properties":{"broken":{"type":"date"}}}}}"##;

fn profile(schema: &str) -> Profile {
    let document = format!(r#"{{"version":1,"schema":{schema}}}"#);
    Profile::from_document(&json::parse(document.as_bytes()).unwrap()).unwrap()
}

fn record(extension: &str) -> String {
    format!(r#"{{"email":"a@b.test","firstname":"A","lastname":"B","extension_attributes":{extension}}}"#)
}

/// Pointers and codes of a record's violations, the quick way and the explaining way agreeing.
fn found(extension: &str, profile: &Profile) -> Vec<String> {
    let accounts = Accounts::new();
    let store = Store { release: Release::DEFAULT, profile, accounts: &accounts, scope: None, now: None };
    let text = record(extension);
    let report = validate(text.as_bytes(), Operation::Record, &store);
    let validator = Validator::new(Operation::Record, store);
    assert!(!validator.accepts(text.as_bytes()) || report.is_clean(), "the quick way is wider: {text}");
    let line = |one: &Violation| {
        let mark = if one.severity == Severity::Error { "!" } else { "" };
        format!("{mark}{} {}", one.pointer.trim_start_matches("/extension_attributes"), one.code)
    };
    report.violations.iter().map(line).collect()
}

#[test]
fn what_modules_add_is_known_to_validation() {
    let own = profile(SWAGGER);
    assert!(own.knows(Section::Schema));
    for known in [
        r#"{"loyalty_points":5}"#,
        r#"{"is_subscribed":true,"rate":1.5,"labels":["a"]}"#,
        r#"{"card":{"code":"x","replaces":{"code":"y","replaces":{"code":"z"}}},"cards":[{"code":"x"}]}"#,
    ] {
        assert_eq!(found(known, &own), [""; 0], "{known}");
        assert!(!found(known, &Profile::stock()).is_empty(), "{known}");
    }
    assert_eq!(found(r#"{"points":5}"#, &own), ["!/points unknown_field"]);
    assert_eq!(found(r#"{"loyalty_points":"many"}"#, &own), ["!/loyalty_points wrong_type"]);
    assert_eq!(found(r#"{"labels":["a","b","c","d"],"rate":7}"#, &own), [""; 0]);
    let coerced = ["/rate coerced", "/labels/1 coerced", "!/labels/2 wrong_type"];
    assert_eq!(found(r#"{"rate":"7","labels":["a",1,[]]}"#, &own), coerced);
    assert_eq!(found(r#"{"card":{"kode":1}}"#, &own), ["!/card/kode unknown_field"]);
    // The schema has no such field, so that the module is not there.
    assert_eq!(found(r#"{"assistance_allowed":1}"#, &own), ["!/assistance_allowed unknown_field"]);
}

#[test]
fn a_simple_attribute_passes_the_quick_way() {
    let (own, accounts) = (profile(SWAGGER), Accounts::new());
    let store =
        Store { release: Release::DEFAULT, profile: &own, accounts: &accounts, scope: None, now: None };
    let validator = Validator::new(Operation::Record, store);
    assert!(validator.accepts(record(r#"{"is_subscribed":true,"loyalty_points":5}"#).as_bytes()));
    assert!(!Validator::stock(Operation::Record).accepts(record(r#"{"loyalty_points":5}"#).as_bytes()));
}

fn created(extension: &str, profile: &Profile) -> Outcome {
    let accounts = Accounts::new();
    let store = Store { release: Release::DEFAULT, profile, accounts: &accounts, scope: None, now: None };
    predict::create(format!(r#"{{"customer":{}}}"#, record(extension)).as_bytes(), Caller::Admin, &store)
}

#[test]
fn a_create_keeps_what_modules_add_and_casts_it() {
    let own = profile(SWAGGER);
    let kept = |extension: &str| match created(extension, &own) {
        Outcome::Saved { customer, .. } => customer.get("extension_attributes").unwrap().to_string(),
        Outcome::Refused(refusal) => refusal.rendered(),
    };
    assert_eq!(kept(r#"{"loyaltyPoints":"5"}"#), r#"{"is_subscribed":false,"loyalty_points":5}"#);
    assert_eq!(
        kept(r#"{"cards":[{"code":7}],"rate":"2.5","labels":["a",1]}"#),
        r#"{"is_subscribed":false,"cards":[{"code":"7"}],"rate":2.5,"labels":["a","1"]}"#
    );
    assert!(kept(r#"{"points":1}"#).contains("\"Points\" is not supported"));
    assert!(kept(r#"{"loyalty_points":"many"}"#).contains("The \"int\" type was expected"));
    assert!(kept(r#"{"labels":5}"#).contains("type was expected"));
}

#[test]
fn an_update_is_planned_with_what_modules_add() {
    let stored = r#"{"id":5,"group_id":1,"email":"a@b.test","firstname":"A","lastname":"B","store_id":1,
        "website_id":1,"addresses":[],"disable_auto_group_change":0,"created_at":"2024-01-01 00:00:00",
        "updated_at":"2024-01-01 00:00:00","created_in":"Default Store View",
        "extension_attributes":{"is_subscribed":false}}"#;
    let ask = |members: &str| {
        let request = format!(
            r#"{{"stored":{stored},"patch":{{"extension_attributes":{{"loyalty_points":5}}}}{members}}}"#
        );
        desk::call("plan", request.as_bytes())
    };
    let answer = ask(&format!(r#","profile":{{"version":1,"schema":{SWAGGER}}}"#));
    assert!(answer.contains(r#"\"loyalty_points\":5"#), "{answer}");
    assert!(answer.contains(r#""expected""#), "{answer}");
    assert!(!ask("").contains(r#""expected""#), "{}", ask(""));
}

#[test]
fn the_desk_makes_a_profile_of_a_schema_that_is_kept() {
    let answer = desk::call("profile.from_replies", format!(r#"{{"schema":{SWAGGER}}}"#).as_bytes());
    let document = json::parse(answer.as_bytes()).unwrap();
    let again = Profile::from_document(document.get("ok").unwrap()).unwrap();
    assert_eq!(again, profile(SWAGGER));
    let refused =
        desk::call("validate", br#"{"payload":{},"profile":{"version":1,"schema":{"swagger":"3.0"}}}"#);
    assert!(refused.contains(r#""pointer":"/profile/schema/swagger""#), "{refused}");
}

#[test]
fn a_schema_that_is_not_understood_is_refused_with_its_place() {
    let refused = |piece: &str, other: &str| {
        let schema = SWAGGER.replacen(piece, other, 1);
        assert_ne!(schema, SWAGGER);
        Contract::from_json(schema.as_bytes()).unwrap_err().pointer().to_owned()
    };
    let extension = "/definitions/customer-data-customer-extension-interface/properties";
    assert_eq!(
        refused(r#""loyalty_points":{"type":"integer"}"#, r#""loyalty_points":{"type":"money"}"#),
        format!("{extension}/loyalty_points")
    );
    assert_eq!(
        refused(
            r##""card":{"$ref":"#/definitions/acme-loyalty-data-card-interface"}"##,
            r##""card":{"$ref":"#/definitions/gone"}"##
        ),
        format!("{extension}/card")
    );
    assert_eq!(refused("customer-data-customer-interface\":", "x\":"), "/definitions");
    assert_eq!(refused(r#""2.0""#, "2"), "/swagger");
}

#[test]
fn a_contract_with_its_own_types_survives_the_document() {
    let contract = Contract::from_json(SWAGGER.as_bytes()).unwrap();
    let document: Value = contract.to_document();
    assert_eq!(Contract::from_document(&document).unwrap(), contract);
    assert_eq!(contract.fields(CUSTOMER_EXTENSION).len(), 6);
    assert_eq!(contract.types().len(), Contract::built_in().types().len() + 1, "products are left out");
}

/// What may stand where something else stood.
const PIECES: [&str; 12] = [
    "",
    "null",
    "[]",
    "{}",
    "\"x\"",
    "7",
    "\"type\":\"array\"",
    "\"$ref\":\"#/definitions/customer-data-customer-interface\"",
    "\"items\":{\"items\":{\"type\":\"string\"}}",
    "\"properties\":[]",
    "\"required\":[\"email\"]",
    "Customer",
];

proptest! {
    #[test]
    fn a_broken_schema_is_refused_or_read_and_written_the_same(
        changes in prop::collection::vec((0..SWAGGER.len(), 0..60_usize, 0..PIECES.len()), 1..4),
    ) {
        let mut text = SWAGGER.to_owned();
        for (at, length, piece) in changes {
            let at = at.min(text.len());
            let end = (at + length).min(text.len());
            text.replace_range(at..end, PIECES[piece]);
        }
        if let Ok(contract) = Contract::from_json(text.as_bytes()) {
            let again = Contract::from_document(&contract.to_document());
            prop_assert_eq!(again.as_ref().map(Contract::types), Ok(contract.types()), "{}", text);
            // A gate is drawn from whatever was read.
            let document = format!(r#"{{"version":1,"schema":{text}}}"#);
            let profile = Profile::from_document(&json::parse(document.as_bytes()).unwrap()).unwrap();
            found(r#"{"card":{"code":"x","replaces":{}},"labels":[1]}"#, &profile);
        }
    }
}

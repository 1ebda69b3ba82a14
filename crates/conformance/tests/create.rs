//! The recorded creates: their figure, and that a validation agrees with them.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use magewright::json::Value;
use magewright::predict;
use magewright::report::Severity;
use magewright::store::{Caller, Store};
use magewright_conformance::folder::{Folder, kept};
use magewright_conformance::suites::SUITES;
use magewright_conformance::surroundings;

const RELEASES: [&str; 4] = ["2.4.7-p3", "2.4.6-p2", "2.4.7-p1", "2.4.8-p1"];

#[test]
fn every_create_is_predicted() {
    let run = SUITES.iter().find(|(name, _)| *name == "create").unwrap().1.unwrap();
    for release in RELEASES {
        let folder = Folder::new(kept(), release.parse().unwrap());
        let cases = folder.cases("create").unwrap().unwrap();
        let failed: Vec<String> =
            run(&folder, &cases).unwrap().into_iter().filter(|v| !v.passed()).map(|v| v.id).collect();
        assert!(failed.is_empty(), "{release}: {failed:?}");
    }
}

/// Every text the body gives the customer, with where GET would show it.
fn texts_shown(sent: &Value, saved: &Value) -> bool {
    let fields = ["email", "firstname", "lastname", "middlename", "prefix", "suffix", "taxvat"];
    let text = |value: &Value, field: &str| match value.get(field) {
        Some(Value::String(text)) => text.clone(),
        _ => String::new(),
    };
    fields.iter().all(|field| {
        let is_text = matches!(sent.get(field), Some(Value::String(_)));
        !is_text || text(sent, field) == text(saved, field)
    })
}

#[test]
fn a_validation_agrees_with_every_recording() {
    for release in RELEASES {
        let folder = Folder::new(kept(), release.parse().unwrap());
        let profile = surroundings::profile(&folder).unwrap();
        let accounts = surroundings::accounts(&folder, "state/create-customers.ndjson").unwrap();
        let now = Some(1_795_300_000);
        let store =
            Store { release: folder.release(), profile: &profile, accounts: &accounts, scope: None, now };
        for case in folder.cases("create").unwrap().unwrap() {
            let plain = case.get("path").and_then(Value::as_str) == Some("/rest/V1/customers");
            let (true, Some(body), None) = (plain, case.get("body"), case.get("content_type")) else {
                continue;
            };
            let caller = match case.get("caller").and_then(Value::as_str) {
                Some("admin") => Caller::Admin,
                Some("integration") => Caller::Integration,
                Some("limited") => Caller::Limited,
                _ => Caller::Guest,
            };
            let report = predict::validate_create(body.to_string().as_bytes(), caller, &store);
            let id = case.get("id").unwrap();
            let saved = case.get("status").and_then(Value::as_i64) == Some(200);
            assert_eq!(report.is_accepted(), saved, "{id} on {release}: {report:?}");
            if let (true, Some(saved), Some(sent)) = (saved, case.get("saved"), body.get("customer")) {
                let lossless = report.violations.iter().all(|v| v.severity != Severity::Loss);
                assert!(!lossless || texts_shown(sent, saved), "{id} on {release}: a text is lost unsaid");
                let none_dropped =
                    !report.violations.iter().any(|v| matches!(v.code, "address_dropped" | "other_spelling"));
                let count =
                    |value: &Value| value.get("addresses").and_then(Value::as_array).map(<[Value]>::len);
                if let (true, Some(sent)) = (none_dropped, count(sent)) {
                    assert_eq!(count(saved), Some(sent), "{id} on {release}: an address is dropped unsaid");
                }
            }
        }
    }
}

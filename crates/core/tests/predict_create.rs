//! What is said of a create before it is sent: refusals, losses, and that the two agree with the prediction.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use magewright::json::{self, Value};
use magewright::outcome::Outcome;
use magewright::predict;
use magewright::profile::{Profile, Replies};
use magewright::release::Release;
use magewright::report::Severity;
use magewright::store::{Accounts, Caller, Store};
use proptest::prelude::*;

const NOW: i64 = 1_795_300_000;

fn profile() -> Profile {
    let parse = |text: &str| json::parse(text.as_bytes()).unwrap();
    let attributes = parse(
        r#"[{"attribute_code":"firstname","frontend_label":"First Name","frontend_input":"text","backend_type":"static","required":true,"visible":true,"system":true},
            {"attribute_code":"email","frontend_label":"Email","frontend_input":"text","backend_type":"static","required":true,"visible":true,"system":true,"validation_rules":[{"name":"input_validation","value":"email"}]},
            {"attribute_code":"tier","frontend_label":"Tier","frontend_input":"select","backend_type":"int","visible":true,"user_defined":true,"options":[{"value":"4","label":"Bronze"}]},
            {"attribute_code":"since","frontend_label":"Since","frontend_input":"date","backend_type":"datetime","visible":true,"user_defined":true}]"#,
    );
    let countries =
        parse(r#"[{"id":"US","available_regions":[{"id":"33","code":"MI","name":"Michigan"}]},{"id":"GB"}]"#);
    let replies =
        Replies { customer_attributes: Some(&attributes), countries: Some(&countries), ..Replies::default() };
    Profile::from_replies(&replies).unwrap()
}

fn with_store<T>(release: Release, run: impl FnOnce(&Store<'_>) -> T) -> T {
    let (profile, accounts) = (profile(), Accounts::new());
    run(&Store { release, profile: &profile, accounts: &accounts, scope: None, now: Some(NOW) })
}

/// Pointer and code of what is found, errors with a mark.
fn found(customer: &str) -> Vec<String> {
    let body = format!(r#"{{"customer":{{"email":"a@b.test","firstname":"A","lastname":"B",{customer}}}}}"#);
    with_store(Release::DEFAULT, |store| {
        let report = predict::validate_create(body.as_bytes(), Caller::Admin, store);
        let line = |violation: &magewright::report::Violation| {
            let mark = if violation.severity == Severity::Error { "!" } else { "" };
            format!("{mark}{} {}", violation.pointer.trim_start_matches("/customer"), violation.code)
        };
        report.violations.iter().map(line).collect()
    })
}

fn address(fields: &str) -> Vec<String> {
    let base =
        r#""firstname":"A","lastname":"B","street":["1 St"],"city":"C","postcode":"1","telephone":"1""#;
    found(&format!(r#""addresses":[{{{base},{fields}}}]"#))
}

#[test]
fn every_loss_is_named() {
    assert_eq!(found(r#""prefix":"Mr""#), [""; 0]);
    assert_eq!(found(&format!(r#""prefix":"{}""#, "x".repeat(41))), ["/prefix cut"]);
    assert_eq!(found(&format!(r#""taxvat":"{}""#, "x".repeat(51))), ["/taxvat cut"]);
    assert_eq!(found(r#""dob":"1990-02-30""#), ["/dob date_changed"]);
    assert_eq!(found(r#""dob":"1990-1-5""#), [""; 0]);
    assert_eq!(found(r#""taxvat":"😀""#), ["/taxvat characters_replaced"]);
    assert_eq!(found(r#""created_in":"X""#), ["/created_in read_only"]);
    assert_eq!(found(r#""updated_at":"2001-01-01 00:00:00""#), ["/updated_at read_only"]);
    assert_eq!(found(r#""id":0"#), ["/id id_ignored"]);
    assert_eq!(found(r#""gender":1.5"#), ["/gender changed"]);
    assert_eq!(found(r#""default_billing":"x""#), ["/default_billing default_replaced"]);
    assert_eq!(found(r#""prefix":true"#), ["/prefix boolean_as_text"]);
    assert_eq!(found(r#""addresses":"x""#), ["/addresses wrong_shape"]);
    assert_eq!(
        found(r#""extension_attributes":{"assistance_allowed":1}"#),
        ["/extension_attributes/assistance_allowed not_shown"]
    );
    assert_eq!(
        found(r#""custom_attributes":[{"attribute_code":"nope","value":"x"}]"#),
        ["/custom_attributes/0/value unknown_attribute"]
    );
    assert_eq!(
        found(r#""custom_attributes":{"since":"2021-02-30"}"#),
        ["/custom_attributes/since date_changed"]
    );
    assert_eq!(found(r#""prefix":"a","prefix":"b""#), ["/prefix duplicate_key"]);
}

#[test]
fn losses_of_addresses_are_named() {
    assert_eq!(address(r#""country_id":"GB""#), [""; 0]);
    for country in [r#""country_id":"us""#, r#""country_id":null"#, r#""country_id":"XX""#] {
        assert_eq!(address(country), ["/addresses/0 address_dropped"]);
    }
    assert_eq!(
        address(r#""country_id":"US","region":{"region_code":"MI"}"#),
        ["/addresses/0/region/region_code region_code_ignored"]
    );
    assert_eq!(address(r#""country_id":"US","region":{"region_code":"MI","region_id":33}"#), [""; 0]);
    assert_eq!(
        address(r#""country_id":"US","region":{"region":"Ohio","region_id":33}"#),
        ["/addresses/0/region/region region_replaced"]
    );
    assert_eq!(address(r#""country_id":"US","region":"MI""#), ["/addresses/0/region wrong_shape"]);
    assert_eq!(
        address(r#""country_id":"GB","id":7,"customer_id":2"#),
        ["/addresses/0/id id_ignored", "/addresses/0/customer_id id_ignored"]
    );
    assert_eq!(
        address(r#""country_id":"GB","default_billing":"maybe""#),
        ["/addresses/0/default_billing not_a_boolean"]
    );
}

#[test]
fn refusals_stand_where_they_were_sent() {
    assert_eq!(found(r#""groupId":"x""#), ["!/groupId wrong_type"]);
    assert_eq!(found(r#""nosuch":1"#), ["!/nosuch unknown_field"]);
    assert_eq!(
        found(r#""custom_attributes":[{"attribute_code":"tier","value":9}]"#),
        ["!/custom_attributes/0/value unknown_option"]
    );
    assert_eq!(address(r#""country_id":"US","region_id":7"#), ["!/addresses/0/region_id unknown_region"]);
    assert_eq!(address(r#""country_id":"GB","city":" ""#), ["!/addresses/0/city missing_address_value"]);
    assert_eq!(
        found(
            r#""middlename":"!a","dob":"31/01/1990","addresses":[{"country_id":"GB","street":["a","b","c"]}]"#
        ),
        [
            "!/middlename invalid_name",
            "!/dob invalid_date",
            "!/addresses/0/firstname missing_address_value",
            "!/addresses/0/lastname missing_address_value",
            "!/addresses/0/city missing_address_value",
            "!/addresses/0/telephone missing_address_value",
            "!/addresses/0/street too_many_street_lines",
        ]
    );
}

#[test]
fn what_is_no_json_or_no_body_is_one_violation() {
    for (body, code) in [
        ("{", "not_json"),
        ("", "missing_parameter"),
        ("[]", "missing_parameter"),
        ("5", "missing_parameter"),
    ] {
        with_store(Release::DEFAULT, |store| {
            let report = predict::validate_create(body.as_bytes(), Caller::Admin, store);
            assert_eq!(report.violations.iter().map(|v| v.code).collect::<Vec<_>>(), [code], "{body}");
        });
    }
}

#[test]
fn without_a_profile_checks_are_left_out_and_named() {
    let (profile, accounts) = (Profile::stock(), Accounts::new());
    let store =
        Store { release: Release::DEFAULT, profile: &profile, accounts: &accounts, scope: None, now: None };
    let body =
        br#"{"customer":{"email":"a@b.test","firstname":"A","lastname":"B","group_id":70,"website_id":9,
        "custom_attributes":[{"attribute_code":"ours","value":"x"}]}}"#;
    let report = predict::validate_create(body, Caller::Admin, &store);
    assert!(report.is_clean(), "{report:?}");
    for code in ["group", "store", "custom_attributes", "region", "email_taken"] {
        assert!(report.unchecked.contains(&code), "{code}");
    }
}

/// The law that ties the report to the prediction.
fn holds(body: &[u8], release: Release) {
    with_store(release, |store| {
        for caller in [Caller::Admin, Caller::Guest] {
            let outcome = predict::create(body, caller, store);
            let report = predict::validate_create(body, caller, store);
            assert_eq!(
                report.is_accepted(),
                outcome.is_saved(),
                "{:?} {outcome:?}",
                String::from_utf8_lossy(body)
            );
            if let Outcome::Saved { customer } = outcome {
                assert!(customer.get("email").is_some());
            }
        }
    });
}

fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-3i64..70_000).prop_map(Value::from),
        prop::sample::select(vec![
            "",
            " ",
            "x",
            "1",
            "0",
            "1.5",
            "a@b.test",
            "a@b",
            "US",
            "GB",
            "us",
            "1990-02-30",
            "tomorrow",
            "😀",
            "<script>a</script>",
            "A!B",
            "Zoë",
            "4",
            "true",
            "99999999999999999999",
            "-0001-11-30",
            "a\nb",
        ])
        .prop_map(Value::from),
    ]
}

fn key() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "customer",
        "password",
        "redirectUrl",
        "email",
        "firstname",
        "lastname",
        "middlename",
        "prefix",
        "dob",
        "gender",
        "group_id",
        "groupId",
        "store_id",
        "website_id",
        "id",
        "created_at",
        "default_billing",
        "addresses",
        "street",
        "city",
        "country_id",
        "countryId",
        "region",
        "region_id",
        "region_code",
        "telephone",
        "postcode",
        "custom_attributes",
        "extension_attributes",
        "is_subscribed",
        "attribute_code",
        "value",
        "tier",
        "since",
        "item",
        "nosuch",
        "",
        "0",
    ])
}

fn tree() -> impl Strategy<Value = Value> {
    scalar().prop_recursive(5, 60, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
            prop::collection::vec((key(), inner), 0..8)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    })
}

/// A body that often gets far: a good customer with some members put over it.
fn body() -> impl Strategy<Value = Value> {
    let over = prop::collection::vec((key(), tree()), 0..4);
    let address = prop::collection::vec((key(), tree()), 0..3);
    (over, address, any::<bool>()).prop_map(|(over, fields, with_address)| {
        let parse = |text: &str| json::parse(text.as_bytes()).unwrap();
        let mut customer = parse(r#"{"email":"a@b.test","firstname":"A","lastname":"B"}"#);
        let mut address = parse(
            r#"{"firstname":"A","lastname":"B","street":["1"],"city":"C","postcode":"1","telephone":"1","country_id":"US"}"#,
        );
        let put = |object: &mut Value, pairs: Vec<(&str, Value)>| {
            for (key, value) in pairs {
                object.as_object_mut().unwrap().insert(key, value);
            }
        };
        put(&mut address, fields);
        if with_address {
            customer.as_object_mut().unwrap().insert("addresses", vec![address]);
        }
        put(&mut customer, over);
        Value::Object([("customer", customer)].into_iter().collect())
    })
}

fn release() -> impl Strategy<Value = Release> {
    prop::sample::select(vec!["2.4.4", "2.4.6-p2", "2.4.7-p3", "2.4.8-p1", "2.4.9"])
        .prop_map(|text| text.parse().unwrap())
}

proptest! {
    #[test]
    fn an_error_is_a_refusal_on_arbitrary_json(body in tree(), release in release()) {
        holds(body.to_string().as_bytes(), release);
    }

    #[test]
    fn an_error_is_a_refusal_on_mutated_customers(body in body(), release in release()) {
        holds(body.to_string().as_bytes(), release);
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        holds(&bytes, Release::DEFAULT);
    }

    /// A customer without losses is shown as it was sent: each text field is there.
    #[test]
    fn without_loss_every_text_is_shown(body in body()) {
        with_store(Release::DEFAULT, |store| {
            let bytes = body.to_string();
            let report = predict::validate_create(bytes.as_bytes(), Caller::Admin, store);
            let outcome = predict::create(bytes.as_bytes(), Caller::Admin, store);
            let (true, Outcome::Saved { customer }) = (report.is_clean(), outcome) else { return Ok(()) };
            for field in ["email", "firstname", "lastname", "middlename", "prefix"] {
                let sent = body.get("customer").and_then(|c| c.get(field)).and_then(Value::as_str).unwrap_or("");
                let saved = customer.get(field).and_then(Value::as_str).unwrap_or("");
                prop_assert_eq!(sent, saved, "{}", field);
            }
            Ok::<(), TestCaseError>(())
        })?;
    }
}

#[test]
fn a_new_customer_gets_the_newsletter_that_goes_to_its_address() {
    let customer = |id: i64, email: &str, subscribed: bool| {
        let text = format!(
            r#"{{"id":{id},"email":"{email}","website_id":2,"addresses":[],"extension_attributes":{{"is_subscribed":{subscribed}}}}}"#
        );
        magewright::json::parse(text.as_bytes()).unwrap()
    };
    let accounts =
        Accounts::from_customers([customer(1, "on@b.test", true), customer(2, "off@b.test", false)]).unwrap();
    let profile = Profile::stock();
    let release = magewright::release::Release::DEFAULT;
    let store = Store { release, profile: &profile, accounts: &accounts, scope: None, now: None };
    let gets = |email: &str, sent: &str| {
        let body = format!(
            r#"{{"customer":{{"email":"{email}","firstname":"A","lastname":"B","website_id":1{sent}}}}}"#
        );
        match predict::create(body.as_bytes(), Caller::Admin, &store) {
            Outcome::Saved { customer } => customer.pointer("/extension_attributes/is_subscribed")?.as_bool(),
            Outcome::Refused(_) => None,
        }
    };
    assert_eq!(
        ["on@b.test", "ON@b.test", "off@b.test"].map(|email| gets(email, "")),
        [true, true, false].map(Some)
    );
    assert_eq!(gets("on@b.test", r#","extension_attributes":{"is_subscribed":false}"#), Some(false));
}

#[test]
fn an_id_of_zero_keeps_the_place_of_creation_that_was_sent() {
    let profile = Profile::stock();
    let (accounts, release) = (Accounts::new(), magewright::release::Release::DEFAULT);
    let store = Store { release, profile: &profile, accounts: &accounts, scope: None, now: None };
    let place = |id: &str| {
        let body = format!(
            r#"{{"customer":{{"id":{id},"email":"a@b.test","firstname":"A","lastname":"B","created_in":"Desk"}}}}"#
        );
        match predict::create(body.as_bytes(), Caller::Admin, &store) {
            Outcome::Saved { customer } => customer.get("created_in")?.as_str().map(str::to_owned),
            Outcome::Refused(_) => None,
        }
    };
    assert_eq!(place("0").as_deref(), Some("Desk"));
    assert_eq!(place("null").as_deref(), Some("Default Store View"));
}

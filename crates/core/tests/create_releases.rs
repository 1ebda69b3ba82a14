//! What changed between releases for a create, on both sides of every boundary.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use magewright::outcome::Outcome;
use magewright::predict;
use magewright::profile::{Profile, Replies};
use magewright::store::{Accounts, Caller, Store};

const NOW: i64 = 1_795_300_000;

/// Status and message, or what is saved under `field`.
fn outcome(release: &str, caller: Caller, customer: &str, field: &str) -> String {
    let groups = magewright::json::parse(
        br#"{"items":[{"id":0,"code":"none"},{"id":1,"code":"General"},{"id":3,"code":"Retailer"}]}"#,
    )
    .unwrap();
    let profile =
        Profile::from_replies(&Replies { customer_groups: Some(&groups), ..Replies::default() }).unwrap();
    let accounts = Accounts::new();
    let store = Store {
        release: release.parse().unwrap(),
        profile: &profile,
        accounts: &accounts,
        scope: None,
        now: Some(NOW),
    };
    let body = format!(r#"{{"customer":{{{customer}}}}}"#);
    match predict::create(body.as_bytes(), caller, &store) {
        Outcome::Refused(refusal) => format!("{} {}", refusal.status, refusal.message),
        Outcome::Saved { customer } => customer.pointer(field).map(ToString::to_string).unwrap_or_default(),
    }
}

const ADA: &str = r#""email":"ada@b.test","firstname":"Ada","lastname":"L""#;

fn ada(release: &str, fields: &str, field: &str) -> String {
    outcome(release, Caller::Admin, &format!("{ADA},{fields}"), field)
}

fn address(release: &str, fields: &str) -> String {
    let address = format!(
        r#""addresses":[{{"firstname":"A","lastname":"B","street":["1"],"postcode":"1","country_id":"GB",{fields}}}]"#
    );
    ada(release, &address, "/addresses/0/id")
}

#[test]
fn a_group_from_a_guest_was_taken_then_dropped_then_refused() {
    let guest = |release: &str| {
        let status = outcome(release, Caller::Guest, &format!(r#"{ADA},"group_id":3"#), "/group_id");
        status.chars().take(3).collect::<String>()
    };
    let dropped = ["2.4.2-p1", "2.4.3", "2.4.4-p11", "2.4.5-p10", "2.4.6-p8"];
    let refused = ["2.4.4-p12", "2.4.5-p11", "2.4.6-p9", "2.4.7", "2.4.8", "2.4.9"];
    assert_eq!(["2.4.1", "2.4.2"].map(guest), ["3", "3"]);
    assert!(dropped.iter().all(|release| guest(release) == "1"));
    assert!(refused.iter().all(|release| guest(release) == "401"));
    assert_eq!(outcome("2.4.8", Caller::Integration, &format!(r#"{ADA},"group_id":3"#), "/group_id"), "3");
}

#[test]
fn an_unknown_field_is_an_internal_error_before_2_4_7() {
    for (release, status) in [("2.4.4", "500"), ("2.4.6-p13", "500"), ("2.4.7", "400"), ("2.4.9", "400")] {
        assert!(ada(release, r#""nosuch":1"#, "").starts_with(status), "{release}");
    }
}

#[test]
fn an_unknown_group_was_once_not_noticed() {
    assert_eq!(ada("2.4.0", r#""group_id":99"#, "/group_id"), "99");
    assert_eq!(ada("2.4.1", r#""group_id":99"#, ""), "400 The specified customer group id does not exist.");
}

#[test]
fn the_alphabet_of_names_grew() {
    let name = |release: &str, name: &str| {
        let customer = format!(r#""email":"ada@b.test","firstname":"{name}","lastname":"L""#);
        outcome(release, Caller::Admin, &customer, "/firstname")
    };
    const INVALID: &str = "400 First Name is not valid!";
    assert_eq!(name("2.4.2", "A<B"), "\"A<B\"");
    assert_eq!(name("2.4.2-p1", "A<B"), INVALID);
    assert_eq!([name("2.4.4-p13", "D’A"), name("2.4.5", "D’A")], [INVALID, "\"D’A\""]);
    assert_eq!([name("2.4.6-p11", "A&B"), name("2.4.7", "A&B")], [INVALID, "\"A&B\""]);
}

#[test]
fn a_script_element_is_refused_since_2_4_8() {
    let prefix = r#""prefix":"<script>1</script>""#;
    assert_eq!(ada("2.4.7-p8", prefix, "/prefix"), "\"<script>1</script>\"");
    assert_eq!(ada("2.4.8", prefix, ""), "400 \"%field_name\" does not contains valid value.");
}

#[test]
fn nobody_is_born_tomorrow_since_2_4_8() {
    let dob = r#""dob":"2999-01-01""#;
    assert_eq!(ada("2.4.7-p8", dob, "/dob"), "\"2999-01-01\"");
    assert_eq!(ada("2.4.8", dob, ""), "400 The Date of Birth should not be greater than today.");
}

#[test]
fn addresses_have_patterns_since_2_4_8() {
    for (fields, words) in [
        (r#""city":"Paris 12","telephone":"1""#, "400 Invalid City. Please use A-Z, a-z, 0-9, -, ', spaces"),
        (
            r#""city":"P","telephone":"555 x""#,
            "400 Invalid Phone Number. Please use 0-9, +, -, (, ) and space.",
        ),
        (r#""city":"P","telephone":"1","middlename":"A!B""#, "400 Middle Name is not valid!"),
    ] {
        assert_eq!(address("2.4.7-p8", fields), "\"<a1>\"", "{fields}");
        assert_eq!(address("2.4.8", fields), words);
    }
}

#[test]
fn a_missing_email_has_its_own_words_since_2_4_8() {
    let nobody = r#""firstname":"A","lastname":"L""#;
    let words = |release: &str| outcome(release, Caller::Admin, nobody, "");
    assert_eq!(words("2.4.7-p8"), "400 The customer email is missing. Enter and try again.");
    assert_eq!(words("2.4.8"), "400 The email address is required to create a customer account.");
}

#[test]
fn a_default_address_that_is_none_is_noticed_since_the_spring_of_2024() {
    let fields = r#""default_billing":"77","addresses":[{"firstname":"A","lastname":"B","street":["1"],"city":"C",
        "postcode":"1","country_id":"GB","telephone":"1"}]"#;
    let unchecked = ["2.4.3", "2.4.4-p7", "2.4.5-p6", "2.4.6-p4"];
    let checked = ["2.4.4-p8", "2.4.5-p7", "2.4.6-p5", "2.4.7", "2.4.7-p4", "2.4.8"];
    assert!(unchecked.iter().all(|release| ada(release, fields, "/default_billing") == "\"77\""));
    assert!(checked.iter().all(|release| ada(release, fields, "").starts_with("400 The %fieldName value")));
}

#[test]
fn a_refusal_of_the_default_address_keeps_the_customer() {
    let (profile, accounts) = (Profile::stock(), Accounts::new());
    let release = "2.4.7-p3".parse().unwrap();
    let store = Store { release, profile: &profile, accounts: &accounts, scope: None, now: None };
    let body = format!(
        r#"{{"customer":{{{ADA},"default_billing":"77","addresses":[{{"firstname":"A","lastname":"B",
        "street":["1"],"city":"C","postcode":"1","country_id":"GB","telephone":"1"}}]}}}}"#
    );
    let Outcome::Refused(refusal) = predict::create(body.as_bytes(), Caller::Admin, &store) else {
        panic!("saved")
    };
    let kept = refusal.kept.unwrap();
    assert_eq!(kept.pointer("/default_billing").and_then(|v| v.as_str()), Some("77"));
    assert_eq!(kept.pointer("/addresses/0/id").and_then(|v| v.as_str()), Some("<a1>"));
}

#[test]
fn two_spellings_of_a_field_are_read_by_release() {
    let two = r#""prefix":"first","Prefix":"last""#;
    let prefix = |release: &str| ada(release, two, "/prefix");
    for first in ["2.4.4-p2", "2.4.4-p8", "2.4.5-p1", "2.4.6", "2.4.6-p5", "2.4.7"] {
        assert_eq!(prefix(first), "\"first\"", "{first}");
    }
    for last in ["2.4.4-p1", "2.4.4-p9", "2.4.5", "2.4.5-p8", "2.4.6-p6", "2.4.7-p1", "2.4.8"] {
        assert_eq!(prefix(last), "\"last\"", "{last}");
    }
}

#[test]
fn the_default_shipping_address_comes_first_since_2_4_8() {
    let address = |flag: bool| {
        format!(
            r#"{{"firstname":"A","lastname":"B","street":["1"],"city":"C","postcode":"1","country_id":"GB",
            "telephone":"1","default_shipping":{flag}}}"#
        )
    };
    let both = format!(r#""addresses":[{},{}]"#, address(false), address(true));
    assert_eq!(ada("2.4.7-p8", &both, "/addresses/0/id"), "\"<a1>\"");
    assert_eq!(ada("2.4.8", &both, "/addresses/0/id"), "\"<a2>\"");
}

#[test]
fn a_customer_that_is_no_object_failed_where_keys_were_dropped_by_their_case() {
    let accounts = Accounts::new();
    let profile = Profile::stock();
    let status = |release: &str| {
        let release = release.parse().unwrap();
        let store = Store { release, profile: &profile, accounts: &accounts, scope: None, now: None };
        let Outcome::Refused(refusal) = predict::create(br#"{"customer":"x"}"#, Caller::Admin, &store) else {
            return 200;
        };
        let report = predict::validate_create(br#"{"customer":"x"}"#, Caller::Admin, &store);
        assert!(!report.is_accepted());
        refusal.status
    };
    for (release, expected) in [
        ("2.4.4-p1", 400),
        ("2.4.4-p2", 500),
        ("2.4.6-p5", 500),
        ("2.4.6-p6", 400),
        ("2.4.7", 500),
        ("2.4.7-p3", 400),
    ] {
        assert_eq!(status(release), expected, "{release}");
    }
}

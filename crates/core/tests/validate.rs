//! A customer record by itself: what is found in it, the law of the quick way, and bad input.

#![allow(clippy::unwrap_used, reason = "what a test builds upon")]

use magewright::json::{self, Value};
use magewright::report::Severity;
use magewright::validate::{MAX_BYTES, Operation, Validator, validate};
use proptest::prelude::*;

const CLEAN: &str = r#"{"id":1007,"group_id":1,"default_billing":"4028","default_shipping":"4029","created_at":"2019-05-01 10:11:12","updated_at":"2024-02-29 23:59:59","created_in":"日本語ストア","dob":"1984-02-29","email":"zoe.o-brien+shop@example.co.uk","firstname":"Zoë","lastname":"O'Brien","middlename":"Анна","prefix":"Dr","gender":2,"store_id":1,"taxvat":"DE123","website_id":1,"addresses":[{"id":4028,"customer_id":1007,"region":{"region_code":"BAY","region":"Bayern","region_id":81},"region_id":81,"country_id":"DE","street":["1 Hauptstraße","№ 7"],"company":"Widgets \"R\" Us","telephone":"+49 1234567890","postcode":"01234","city":"München","firstname":"Zoë","lastname":"O'Brien","vat_id":"DE1","default_billing":true},{"id":4029,"country_id":"US","street":["2 Oak Avenue"],"telephone":"0","postcode":"1","city":"Łódź","firstname":"\u738b","lastname":"\u00c7elik","default_shipping":true}],"disable_auto_group_change":0,"extension_attributes":{"is_subscribed":false},"custom_attributes":[{"attribute_code":"notes","value":"Says \"ring twice\"\nthen wait \/ ☎"},{"attribute_code":"segments","value":["1",{"a":null}]}]}"#;

fn stock() -> Validator<'static> {
    Validator::stock(Operation::Record)
}

/// What is found, as `severity pointer code`.
fn found(payload: &[u8]) -> Vec<String> {
    let report = stock().check(payload);
    let line =
        |v: &magewright::report::Violation| format!("{} {} {}", v.severity.as_str(), v.pointer, v.code);
    report.violations.iter().map(line).collect()
}

/// The clean record with one member set, removed with `None`.
fn with(pointer: &str, value: Option<&str>) -> String {
    let mut record = json::parse(CLEAN.as_bytes()).unwrap();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let object = object_at(&mut record, parent);
    match value {
        Some(value) => object.insert(key, json::parse(value.as_bytes()).unwrap()),
        None => drop(object.remove(key)),
    }
    record.to_string()
}

fn object_at<'v>(value: &'v mut Value, pointer: &str) -> &'v mut json::Object {
    let step = |value: &'v mut Value, segment: &str| match value {
        Value::Array(items) => items.get_mut(segment.parse::<usize>().unwrap()).unwrap(),
        Value::Object(object) => object.get_mut(segment).unwrap(),
        _ => unreachable!(),
    };
    let value = pointer.split('/').skip(1).fold(value, step);
    value.as_object_mut().unwrap()
}

#[test]
fn a_clean_record_is_accepted_the_quick_way_however_it_is_written() {
    let pretty = CLEAN.replace(',', ", ").replace("\":", "\": ");
    let camel = CLEAN.replace("group_id", "groupId").replace("\"store_id\"", "\"StoreId\"");
    for record in [CLEAN, &pretty, &format!("{CLEAN} \r\n")] {
        assert!(stock().accepts(record.as_bytes()), "{record}");
    }
    for record in [CLEAN, &pretty, &camel] {
        assert_eq!(found(record.as_bytes()), [""; 0]);
    }
    assert!(found(format!("{}\n", pretty.replace(", ", ",\n")).as_bytes()).is_empty());
}

#[test]
fn each_fault_is_found_at_its_place() {
    let long = format!("\"{}\"", "é".repeat(256));
    for (pointer, value, expected) in [
        ("/email", None, "error /email email_missing"),
        ("/email", Some("null"), "error /email email_missing"),
        ("/email", Some("\"\""), "error /email email_missing"),
        ("/email", Some("\"two@@example.com\""), "error /email invalid_email"),
        ("/lastname", None, "error /lastname missing_value"),
        ("/firstname", Some("42"), "loss /firstname coerced"),
        ("/firstname", Some("[]"), "error /firstname wrong_type"),
        ("/firstname", Some("\"A(B)\""), "error /firstname invalid_name"),
        ("/firstname", Some(&long), "error /firstname invalid_name"),
        ("/prefix", Some(&long), "loss /prefix cut"),
        ("/prefix", Some("\"😀\""), "loss /prefix characters_replaced"),
        ("/group_id", Some("\"one\""), "error /group_id wrong_type"),
        ("/group_id", Some("\"1\""), "loss /group_id coerced"),
        ("/group_id", Some("1.5"), "loss /group_id coerced"),
        ("/group_id", Some("-1"), "loss /group_id changed"),
        ("/website_id", Some("true"), "error /website_id wrong_type"),
        ("/store_id", Some("[1]"), "error /store_id wrong_type"),
        ("/id", Some("99999999999999999999"), "loss /id coerced"),
        ("/gender", Some("9"), "error /gender unknown_option"),
        ("/disable_auto_group_change", Some("2"), "loss /disable_auto_group_change changed"),
        ("/dob", Some("\"1990-02-30\""), "loss /dob date_format"),
        ("/created_at", Some("\"yesterday\""), "loss /created_at time_format"),
        ("/is_active", Some("1"), "error /is_active unknown_field"),
        ("/a~b", Some("1"), "error /a~0b unknown_field"),
        ("/addresses", Some("{}"), "loss /addresses wrong_shape"),
        ("/addresses", Some("[1]"), "loss /addresses/0 wrong_shape"),
        ("/addresses/1/country_id", None, "loss /addresses/1 address_dropped"),
        ("/addresses/1/country_id", Some("\"us\""), "loss /addresses/1 address_dropped"),
        ("/addresses/0/city", None, "error /addresses/0/city missing_address_value"),
        ("/addresses/0/postcode", Some("\"\""), "error /addresses/0/postcode missing_address_value"),
        ("/addresses/0/company", Some(&long), "loss /addresses/0/company cut"),
        ("/addresses/0/street", Some("\"1 Main St\""), "error /addresses/0/street wrong_type"),
        ("/addresses/0/street", Some("[]"), "error /addresses/0/street missing_address_value"),
        (
            "/addresses/0/street",
            Some("[\"a\",\"b\",\"c\"]"),
            "error /addresses/0/street too_many_street_lines",
        ),
        ("/addresses/0/street", Some("[\"a\\nb\"]"), "loss /addresses/0/street/0 street_changed"),
        ("/addresses/0/street", Some("[{}]"), "error /addresses/0/street/0 nested_text"),
        ("/addresses/0/region", Some("\"Bayern\""), "loss /addresses/0/region wrong_shape"),
        ("/addresses/0/region/region_id", Some("-1"), "loss /addresses/0/region/region_id changed"),
        ("/addresses/0/default_billing", Some("1"), "loss /addresses/0/default_billing coerced"),
        (
            "/extension_attributes/is_subscribed",
            Some("{}"),
            "error /extension_attributes/is_subscribed wrong_type",
        ),
        ("/custom_attributes/0/value", None, "error /custom_attributes/0/value custom_attribute_pair"),
        ("/custom_attributes/0/value", Some("\"😀\""), "loss /custom_attributes/0/value characters_replaced"),
    ] {
        let record = with(pointer, value);
        assert_eq!(found(record.as_bytes()), [expected], "{pointer} {value:?}");
        assert!(!stock().accepts(record.as_bytes()), "{record}");
    }
}

#[test]
fn what_the_store_takes_is_not_complained_about() {
    for (pointer, value) in [
        ("/prefix", Some("null")),
        ("/addresses", Some("[]")),
        ("/addresses", Some("null")),
        ("/addresses/0/region", Some("[]")),
        ("/extension_attributes", Some("[]")),
        ("/extension_attributes", Some("null")),
        ("/custom_attributes", Some("{\"notes\":\"x\"}")),
        ("/custom_attributes/0/value", Some("null")),
        ("/group_id", Some("1.0")),
        ("/dob", Some("\"1800-01-31\"")),
        ("/middlename", Some("\"  \"")),
    ] {
        assert_eq!(found(with(pointer, value).as_bytes()), [""; 0], "{pointer} {value:?}");
    }
    let ireland = with("/addresses/1/country_id", Some("\"IE\"")).replace("\"postcode\":\"1\",", "");
    assert_eq!(found(ireland.as_bytes()), [""; 0]);
}

#[test]
fn all_faults_are_told_at_once_and_hold_no_value() {
    let record =
        with("/email", Some("\"SECRET\"")).replace("\"DE\"", "\"SECRET\"").replace("\"O'Brien\"", "[]");
    let report = stock().check(record.as_bytes());
    let codes: Vec<_> = report.violations.iter().map(|violation| violation.code).collect();
    assert_eq!(codes, ["invalid_email", "wrong_type", "wrong_type", "address_dropped"]);
    for violation in &report.violations {
        assert!(!violation.message.contains("SECRET") && !violation.source.is_empty());
        assert!(violation.message.starts_with('`'));
    }
}

#[test]
fn a_dropped_address_is_not_asked_for_more_but_its_types_still_count() {
    let record =
        br#"{"email":"a@example.com","firstname":"A","lastname":"B","addresses":[{"street":"x"},{}]}"#;
    assert_eq!(
        found(record),
        [
            "error /addresses/0/street wrong_type",
            "loss /addresses/0 address_dropped",
            "loss /addresses/1 address_dropped",
        ]
    );
}

#[test]
fn of_two_equal_keys_the_last_is_judged() {
    let record = br#"{"email":"a@example.com","firstname":[],"lastname":"B","firstname":"A"}"#;
    assert_eq!(found(record), ["loss /firstname duplicate_key"]);
    let record = br#"{"email":"a@example.com","firstname":"A","lastname":"B","lastname":null}"#;
    assert_eq!(found(record), ["loss /lastname duplicate_key", "error /lastname missing_value"]);
}

#[test]
fn bad_input_is_a_violation() {
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let deep_value =
        with("/custom_attributes/0/value", Some(&format!("{}{}", "[".repeat(400), "]".repeat(400))));
    assert_eq!(found(deep_value.as_bytes()), [""; 0]);
    for (payload, expected) in [
        (&b""[..], "error  not_json"),
        (b"customer", "error  not_json"),
        (b"\xff\xfe{\0}\0", "error  not_json"),
        (br#"{"email":"a@example.com","firstname":"\ud800","lastname":"B"}"#, "error  not_json"),
        (
            b"{\"email\":\"a@example.com\",\"firstname\":\"\xed\xa0\x80\",\"lastname\":\"B\"}",
            "error  not_json",
        ),
        (b"{\"a\":1,}", "error  not_json"),
        (b"{} {}", "error  not_json"),
        (deep.as_bytes(), "error  not_json"),
        (b"[]", "error  wrong_root"),
        (b"null", "error  wrong_root"),
        (b"\"customer\"", "error  wrong_root"),
    ] {
        assert_eq!(found(payload), [expected], "{}", payload.escape_ascii());
        assert!(!stock().accepts(payload));
    }
}

#[test]
fn a_payload_beyond_the_limit_is_refused_unread() {
    let filler = "x".repeat(MAX_BYTES);
    let record = with("/custom_attributes/0/value", Some(&format!("\"{filler}\"")));
    assert_eq!(found(record.as_bytes()), ["error  record_too_large"]);
    let mut lines = Vec::new();
    let tally = stock().ndjson(format!("{record}\n{CLEAN}\n").as_bytes(), 1, |line, _| lines.push(line));
    assert_eq!((tally.refused, tally.clean, lines), (1, 1, vec![1]));
}

#[test]
fn unchecked_names_what_stock_facts_cannot_tell() {
    let report = validate(CLEAN.as_bytes(), Operation::Record, stock().store());
    assert!(report.is_clean());
    assert_eq!(report.unchecked, stock().unchecked());
    assert!(report.unchecked.contains(&"custom_attributes"));
}

/// Texts that stand where one is expected, many of them just wrong.
fn any_leaf() -> impl Strategy<Value = String> {
    let texts = prop::sample::select(vec![
        "null",
        "true",
        "false",
        "0",
        "1",
        "3",
        "4",
        "-1",
        "1.0",
        "1.5",
        "1e2",
        "65536",
        "4294967296",
        "[]",
        "{}",
        "[null]",
        "[[]]",
        "\"\"",
        "\" \"",
        "\"0\"",
        "\"2020-02-30\"",
        "\"2020-02-29\"",
        "\"2020-02-29 24:00:00\"",
        "\"1990-1-5\"",
        "\"a@b.com\"",
        "\"a@b\"",
        "\".a@b.com\"",
        "\"a..b@c.com\"",
        "\"a@-b.com\"",
        "\"a@b.test\"",
        "\"é@b.com\"",
        "\"DE\"",
        "\"de\"",
        "\"XX\"",
        "\"GB\"",
        "[\"a\"]",
        "[\"a\",\"\"]",
        "[\"a\\nb\"]",
        "[\"a\",\"b\",\"c\"]",
        "\"a\\u0000b\"",
        "\"\\ud83d\\ude00\"",
        "\"\\u00e9\"",
        "\"😀\"",
        "\"A(B)\"",
        "\"×\"",
        "\"٣\"",
        "\"<b>\"",
        "{\"region_id\":1}",
        "[{\"attribute_code\":\"a\",\"value\":[1,2]}]",
        "[{}]",
    ]);
    let long = (prop::sample::select(vec!["a", "é", "王", "\\u00e9", "\\n"]), 39..300usize);
    prop_oneof![
        4 => texts.prop_map(str::to_owned),
        1 => any::<String>().prop_map(|text| Value::from(text).to_string()),
        1 => long.prop_map(|(unit, count)| format!("\"{}\"", unit.repeat(count))),
    ]
}

/// The clean record with some values replaced, members removed, repeated, renamed or turned about.
fn any_record() -> impl Strategy<Value = String> {
    let change = (any::<prop::sample::Index>(), 0..6u8, any_leaf());
    prop::collection::vec(change, 0..4).prop_map(|changes| {
        changes
            .into_iter()
            .fold(CLEAN.to_owned(), |text, (at, change, leaf)| mutate(&text, at, change, &leaf))
    })
}

fn mutate(text: &str, at: prop::sample::Index, change: u8, leaf: &str) -> String {
    let colons: Vec<usize> = text.match_indices("\":").map(|(at, _)| at).collect();
    if colons.is_empty() {
        return leaf.to_owned();
    }
    let colon = *at.get(&colons);
    let key = text.get(..colon).and_then(|head| head.rfind('"')).unwrap_or(0);
    let (head, tail) = (text.get(..key).unwrap_or_default(), text.get(colon + 2..).unwrap_or_default());
    let name = text.get(key..colon + 2).unwrap_or_default();
    let end = tail.find([',', '}']).unwrap_or(0);
    let rest = tail.get(end..).unwrap_or_default();
    match change {
        0..=2 => format!("{head}{name}{leaf}{rest}"),
        3 => format!("{head}\"nobody\":{leaf}{rest}"),
        4 => format!("{head}{name}{leaf},{name}{tail}"),
        _ => format!("{head}{}", rest.trim_start_matches(',')),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn what_is_accepted_the_quick_way_has_nothing_to_explain(record in any_record()) {
        if stock().accepts(record.as_bytes()) {
            let report = validate(record.as_bytes(), Operation::Record, stock().store());
            prop_assert!(report.is_clean(), "{:?} in {}", report.violations, record);
        }
    }

    #[test]
    fn a_changed_byte_is_never_accepted_wrongly(at: prop::sample::Index, byte: u8, insert: bool) {
        let mut record = CLEAN.as_bytes().to_vec();
        let at = at.index(record.len());
        drop(record.splice(at..at + usize::from(!insert), [byte]));
        if stock().accepts(&record) {
            prop_assert!(validate(&record, Operation::Record, stock().store()).is_clean());
        }
    }

    #[test]
    fn passing_what_is_certainly_right_changes_nothing_that_is_found(
        record in any_record(),
        comma in prop::sample::select(vec![",", ", ", " ,", ",\n", "\t,\r\n "]),
        byte: Option<(prop::sample::Index, u8)>,
    ) {
        let mut record = record.replace(',', comma).into_bytes();
        if let Some((at, byte)) = byte {
            let at = at.index(record.len());
            record.splice(at..=at, [byte]);
        }
        let found = validate(&record, Operation::Record, stock().store()).violations;
        prop_assert_eq!(stock().check(&record).violations, found, "{}", record.escape_ascii());
    }

    #[test]
    fn nothing_panics_and_a_report_has_pointers_into_the_payload(record in any_record()) {
        let report = stock().check(record.as_bytes());
        if let Ok(value) = json::parse(record.as_bytes()) {
            for violation in report.violations.iter().filter(|v| v.severity == Severity::Loss) {
                let parent = violation.pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
                prop_assert!(value.pointer(parent).is_some(), "{:?}", violation);
            }
        }
    }

    #[test]
    fn any_bytes_are_judged(bytes: Vec<u8>) {
        prop_assert!(!stock().check(&bytes).is_accepted());
        let tally = stock().ndjson(&bytes, 1, |_, _| {});
        prop_assert_eq!(tally.records, tally.refused);
    }
}

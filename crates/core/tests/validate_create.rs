//! The body of a create: the quick way against the model of the save, and a
//! record's errors against what the store refuses.
#![allow(clippy::unwrap_used, reason = "what a test builds upon")]

use std::path::Path;

use magewright::json::{self, Value};
use magewright::predict;
use magewright::profile::{Profile, Replies};
use magewright::release::Release;
use magewright::report::Report;
use magewright::store::{Accounts, Caller, Store};
use magewright::validate::{Operation, Validator};
use proptest::prelude::*;

const NOW: i64 = 1_795_300_000;

const CLEAN: &str = r#"{"customer":{"group_id":1,"created_at":"2019-05-01 10:11:12","dob":"1984-02-29","email":"zoe.o-brien+shop@example.co.uk","firstname":"Zoë","lastname":"O'Brien","middlename":"Анна","prefix":"Dr","gender":2,"taxvat":"DE123","addresses":[{"region":{"region":"Bayern"},"country_id":"DE","street":["1 Hauptstraße","№ 7"],"company":"Widgets \"R\" Us","telephone":"+49 1234567890","postcode":"01234","city":"Muenchen","firstname":"Zoë","lastname":"O'Brien","vat_id":"DE1","default_billing":true,"default_shipping":false},{"country_id":"US","street":["2 Oak Avenue"],"telephone":"0","postcode":"1","city":"Springfield","firstname":"\u738b","lastname":"\u00c7elik"}],"disable_auto_group_change":1,"extension_attributes":{"is_subscribed":true}},"password":"Passw0rd!x"}"#;

/// A store with attributes of its own, from the kept recordings.
fn recorded_store() -> Profile {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schema/vectors/store");
    let read = |name: &str| {
        let reply = json::parse(&std::fs::read(folder.join(name)).unwrap()).unwrap();
        reply.get("body").or_else(|| reply.get("reply")).cloned().unwrap_or(reply)
    };
    let (websites, groups) = (read("websites.json"), read("storeGroups.json"));
    let (views, customers) = (read("storeViews.json"), read("customerGroups.json"));
    let (attributes, address) =
        (read("attributeMetadata-customer.json"), read("attributeMetadata-customerAddress.json"));
    let countries = read("countries.json");
    Profile::from_replies(&Replies {
        websites: Some(&websites),
        store_groups: Some(&groups),
        store_views: Some(&views),
        customer_groups: Some(&customers),
        customer_attributes: Some(&attributes),
        address_attributes: Some(&address),
        countries: Some(&countries),
        ..Replies::default()
    })
    .unwrap()
}

struct Shops {
    stock: Profile,
    recorded: Profile,
    nobody: Accounts,
}

impl Shops {
    fn open() -> Self {
        Shops { stock: Profile::stock(), recorded: recorded_store(), nobody: Accounts::new() }
    }

    /// Stores of both kinds and of releases before, at and after the default.
    fn stores(&self) -> Vec<Store<'_>> {
        let releases =
            ["2.4.6-p2", "2.4.7-p3", "2.4.8-p1"].map(|release| release.parse::<Release>().unwrap());
        let store = |profile, release| Store {
            release,
            profile,
            accounts: &self.nobody,
            scope: None,
            now: Some(NOW),
        };
        let of = |profile| releases.map(|release| store(profile, release));
        [of(&self.stock), of(&self.recorded)].concat()
    }
}

fn without_unchecked(report: Report) -> Report {
    Report { unchecked: Vec::new(), ..report }
}

#[test]
fn a_realistic_create_goes_the_quick_way() {
    let shops = Shops::open();
    for store in shops.stores() {
        let validator = Validator::new(Operation::Create { caller: Caller::Admin }, store);
        let report = predict::validate_create(CLEAN.as_bytes(), Caller::Admin, &store);
        assert!(report.is_clean(), "{:?}", report.violations);
        assert!(validator.accepts(CLEAN.as_bytes()), "{}", store.release);
        let guest = Validator::new(Operation::Create { caller: Caller::Guest }, store);
        assert!(!guest.accepts(CLEAN.as_bytes()));
        assert!(guest.accepts(CLEAN.replace("\"group_id\":1,", "").as_bytes()));
    }
}

#[test]
fn custom_attributes_pass_when_the_store_has_them() {
    let shops = Shops::open();
    let body = |attributes: &str| {
        CLEAN.replace("\"disable_auto", &format!("\"custom_attributes\":[{attributes}],\"disable_auto"))
    };
    let pair = |code: &str, value: &str| format!(r#"{{"attribute_code":"{code}","value":{value}}}"#);
    let known = body(&format!("{},{}", pair("loyalty_code", "\"A1\""), pair("tier", "\"5\"")));
    let judged = |store: &Store<'_>, body: &str| {
        let validator = Validator::new(Operation::Create { caller: Caller::Admin }, *store);
        (validator.accepts(body.as_bytes()), validator.check(body.as_bytes()).is_clean())
    };
    for store in shops.stores() {
        let own = std::ptr::eq(store.profile, &raw const shops.recorded);
        assert_eq!(judged(&store, &known), (own, true), "{}", store.release);
        for doubtful in [pair("tier", "\"99\""), pair("nobody", "\"x\""), pair("loyalty_code", "null")] {
            assert!(!judged(&store, &body(&doubtful)).0, "{doubtful}");
        }
        let twice = body(&format!("{},{}", pair("loyalty_code", "\"A\""), pair("loyalty_code", "\"B\"")));
        assert!(!judged(&store, &twice).0);
    }
}

#[test]
fn nobody_is_certainly_new_where_customers_are_known() {
    let shops = Shops::open();
    let known =
        Accounts::from_customers([json::parse(br#"{"id":1,"email":"a@example.com"}"#).unwrap()]).unwrap();
    let store = Store { accounts: &known, ..shops.stores()[1] };
    let validator = Validator::new(Operation::Create { caller: Caller::Admin }, store);
    assert!(!validator.accepts(CLEAN.as_bytes()) && validator.check(CLEAN.as_bytes()).is_clean());
}

#[test]
fn what_is_accepted_of_the_recorded_creates_was_saved() {
    let shops = Shops::open();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schema/vectors/create.jsonl");
    let mut accepted = 0;
    for line in std::fs::read_to_string(file).unwrap().lines() {
        let case = json::parse(line.as_bytes()).unwrap();
        let Some(body) = case.get("body").map(Value::to_string) else { continue };
        for store in shops.stores() {
            let validator = Validator::new(Operation::Create { caller: Caller::Admin }, store);
            let report = predict::validate_create(body.as_bytes(), Caller::Admin, &store);
            if validator.accepts(body.as_bytes()) {
                assert!(report.is_clean(), "{:?} in {body}", report.violations);
                accepted += 1;
            }
            assert_eq!(validator.check(body.as_bytes()), without_unchecked(report));
        }
    }
    assert!(accepted > 100, "{accepted}");
}

#[test]
fn an_address_that_is_dropped_is_not_held_to_the_patterns_of_its_save() {
    let shops = Shops::open();
    let record = br#"{"email":"a@example.com","firstname":"A","lastname":"B","addresses":[{"city":"12","telephone":"x","street":["1","2","3"],"firstname":"A(B)"}]}"#;
    for store in shops.stores() {
        let report = Validator::new(Operation::Record, store).check(record);
        let codes: Vec<_> = report.violations.iter().map(|found| found.code).collect();
        assert_eq!(codes, ["address_dropped"], "{}", store.release);
    }
}

#[test]
fn of_a_custom_attribute_only_code_and_value_are_read() {
    let shops = Shops::open();
    let record = br#"{"email":"a@example.com","firstname":"A","lastname":"B","custom_attributes":[{"code":1,"attribute_code":"loyalty_code","value":"x"}]}"#;
    for store in shops.stores() {
        assert!(Validator::new(Operation::Record, store).check(record).is_accepted(), "{}", store.release);
    }
}

fn any_leaf() -> impl Strategy<Value = String> {
    let texts = prop::sample::select(vec![
        "null",
        "true",
        "false",
        "0",
        "1",
        "2",
        "3",
        "4",
        "1.0",
        "1.5",
        "65536",
        "[]",
        "{}",
        "[null]",
        "\"\"",
        "\" \"",
        "\"a \"",
        "\" a\"",
        "\"0\"",
        "\"5\"",
        "\"2020-02-30\"",
        "\"2020-02-29\"",
        "\"2999-01-01\"",
        "\"0001-01-01\"",
        "\"2020-02-29 23:00:00\"",
        "\"a@b.com\"",
        "\"a@b.c\"",
        "\"a..b@c.com\"",
        "\"a@b.test\"",
        "\"DE\"",
        "\"US\"",
        "\"de\"",
        "\"XX\"",
        "\"GB\"",
        "[\"a\"]",
        "[\"a\",\"\"]",
        "[\"a \"]",
        "[\"a\\nb\"]",
        "[\"a\",\"b\",\"c\"]",
        "\"a\\nb\"",
        "\"a\\tb\"",
        "\"\\u00e9\"",
        "\"😀\"",
        "\"A(B)\"",
        "\"×\"",
        "\"٣\"",
        "\"<script>a</script>\"",
        "\"Passw0rd\"",
        "\"Paris 12\"",
        "\"12\"",
        "{\"region\":\"Texas\"}",
        "{\"region\":\"12\"}",
        "{\"region_id\":1}",
        "[{\"attribute_code\":\"loyalty_code\",\"value\":\"x\"}]",
        "[{\"attribute_code\":\"tier\",\"value\":\"4\"}]",
        "[{\"attribute_code\":\"is_vip\",\"value\":\"1\"}]",
        "[{\"attribute_code\":\"is_vip\",\"value\":\"2\"}]",
    ]);
    let long = (prop::sample::select(vec!["a", "é", "\\u00e9"]), 39..300usize);
    prop_oneof![5 => texts.prop_map(str::to_owned), 1 => long.prop_map(|(c, n)| format!("\"{}\"", c.repeat(n)))]
}

/// The clean body with some values replaced and members removed, repeated or added.
fn any_body() -> impl Strategy<Value = String> {
    let change = (any::<prop::sample::Index>(), 0..7u8, any_leaf());
    prop::collection::vec(change, 0..3).prop_map(|changes| {
        changes
            .into_iter()
            .fold(CLEAN.to_owned(), |text, (at, change, leaf)| mutate(&text, at, change, &leaf))
    })
}

fn mutate(text: &str, at: prop::sample::Index, change: u8, leaf: &str) -> String {
    const ADDED: [&str; 7] =
        ["store_id", "website_id", "custom_attributes", "suffix", "region_id", "fax", "default_shipping"];
    let colons: Vec<usize> = text.match_indices("\":").map(|(at, _)| at).collect();
    if colons.is_empty() {
        return leaf.to_owned();
    }
    let colon = *at.get(&colons);
    let key = text.get(..colon).and_then(|head| head.rfind('"')).unwrap_or(0);
    let (head, tail) = (text.get(..key).unwrap_or_default(), text.get(colon + 2..).unwrap_or_default());
    let name = text.get(key..colon + 2).unwrap_or_default();
    let rest = tail.get(tail.find([',', '}']).unwrap_or(0)..).unwrap_or_default();
    match change {
        0..=2 => format!("{head}{name}{leaf}{rest}"),
        3 | 4 => format!("{head}\"{}\":{leaf},{name}{tail}", at.get(&ADDED)),
        5 => format!("{head}{name}{leaf},{name}{tail}"),
        _ => format!("{head}{}", rest.trim_start_matches(',')),
    }
}

/// Validators of an operation for all stores, made once for a thread.
fn validators(operation: Operation) -> Vec<Validator<'static>> {
    let shops: &'static Shops = Box::leak(Box::new(Shops::open()));
    shops.stores().into_iter().map(|store| Validator::new(operation, store)).collect()
}

thread_local! {
    static GUEST: Vec<Validator<'static>> = validators(Operation::Create { caller: Caller::Guest });
    static ADMIN: Vec<Validator<'static>> = validators(Operation::Create { caller: Caller::Admin });
    static RECORD: Vec<Validator<'static>> = validators(Operation::Record);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn what_is_accepted_the_quick_way_is_saved_as_sent(body in any_body(), guest: bool) {
        let (validators, caller) = if guest { (&GUEST, Caller::Guest) } else { (&ADMIN, Caller::Admin) };
        validators.with(|validators| {
            for validator in validators.iter().filter(|validator| validator.accepts(body.as_bytes())) {
                let report = predict::validate_create(body.as_bytes(), caller, validator.store());
                let release = validator.store().release;
                prop_assert!(report.is_clean(), "{:?} on {} in {}", report.violations, release, body);
            }
            Ok(())
        })?;
    }

    #[test]
    fn what_is_an_error_in_a_record_is_refused_in_a_create(body in any_body()) {
        let Ok(value) = json::parse(body.as_bytes()) else { return Ok(()) };
        let Some(customer) = value.get("customer") else { return Ok(()) };
        let record = customer.to_string();
        let create = format!("{{\"customer\":{record}}}");
        RECORD.with(|validators| {
            for validator in validators {
                let report = validator.check(record.as_bytes());
                let outcome = || predict::create(create.as_bytes(), Caller::Admin, validator.store());
                let agree = report.is_accepted() || !outcome().is_saved();
                let release = validator.store().release;
                prop_assert!(agree, "{:?} on {} in {}", report.violations, release, record);
            }
            Ok(())
        })?;
    }
}

//! Every recorded reply, read into its model and written back, is the same leaf by leaf.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

use std::path::{Path, PathBuf};

use magewright::json::{self, Object, Value};
use magewright::models::{
    self, Address, AsyncResponse, AttributeMetadata, BulkStatus, Country, Currency, CustomAttribute,
    Customer, CustomerSearchResults, DetailedBulkStatus, ErrorResponse, Group, GroupSearchResults, Model,
    PhpObject, SearchCriteria, StoreConfig, StoreGroup, StoreView, ValidationResults, Website,
};

fn vectors() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schema/vectors")
}

/// The lines of a file of the base folder and of every release's folder.
fn lines(name: &str) -> Vec<Value> {
    let releases = std::fs::read_dir(vectors().join("releases")).unwrap().map(|entry| entry.unwrap().path());
    let files = std::iter::once(vectors()).chain(releases).map(|folder| folder.join(name));
    let texts = files.filter_map(|file| std::fs::read(file).ok());
    texts
        .flat_map(|text| text.split(|&b| b == b'\n').map(<[u8]>::to_vec).collect::<Vec<_>>())
        .filter(|line| !line.is_empty())
        .map(|line| json::parse(&line).unwrap())
        .collect()
}

/// Ids that the recording replaced by `<id>` and the like are integers again.
fn with_ids(value: &Value) -> Value {
    match value {
        Value::Array(items) => Value::Array(items.iter().map(with_ids).collect()),
        Value::Object(object) => {
            Value::Object(object.iter().map(|(key, v)| (key, id(key, v))).collect::<Object>())
        }
        other => other.clone(),
    }
}

fn id(key: &str, value: &Value) -> Value {
    match value.as_str() {
        Some(text) if text.starts_with('<') && matches!(key, "id" | "customer_id" | "group_id") => {
            7_i64.into()
        }
        _ => with_ids(value),
    }
}

#[derive(Default)]
struct Tally {
    read: usize,
    wrong: Vec<String>,
}

impl Tally {
    fn check<M: Model>(&mut self, what: &str, value: &Value) {
        let value = with_ids(value);
        self.read += 1;
        match models::from_value::<M>(&value) {
            Ok(model) => {
                let back = models::to_value(&model);
                if back != value {
                    self.wrong.push(format!("{what}: {value} came back as {back}"));
                }
            }
            Err(error) => self.wrong.push(format!("{what}: {error}")),
        }
    }

    /// An object that is there: not null, not left out, not a text.
    fn object<M: Model>(&mut self, case: &Value, key: &str) {
        if let Some(value @ Value::Object(_)) = case.get(key) {
            let name = case.get("id").and_then(Value::as_str).unwrap_or("?");
            self.check::<M>(&format!("{name} {key}"), value);
        }
    }

    fn finish(self, at_least: usize) {
        let shown = self.wrong.iter().take(5).cloned().collect::<Vec<_>>().join("\n");
        assert!(self.wrong.is_empty(), "{} of {} differ:\n{shown}", self.wrong.len(), self.read);
        assert!(self.read >= at_least, "only {} documents were read", self.read);
    }
}

/// A reply is a customer or an error.
fn reply(tally: &mut Tally, case: &Value, key: &str) {
    match case.get(key).is_some_and(|value| value.get("email").is_some()) {
        true => tally.object::<Customer>(case, key),
        false => tally.object::<ErrorResponse>(case, key),
    }
}

#[test]
fn customers_of_updates() {
    let mut tally = Tally::default();
    for case in lines("update.jsonl") {
        for key in ["before", "after", "other_before", "other_after", "created"] {
            tally.object::<Customer>(&case, key);
        }
        if case.get("mode").and_then(Value::as_str) != Some("bulk") {
            reply(&mut tally, &case, "reply");
        }
    }
    for customer in lines("state/update-customers.ndjson") {
        tally.check::<Customer>("state", &customer);
    }
    tally.finish(3000);
}

#[test]
fn customers_of_creates() {
    let mut tally = Tally::default();
    for case in lines("create.jsonl") {
        reply(&mut tally, &case, "reply");
        tally.object::<Customer>(&case, "saved");
    }
    tally.finish(1500);
}

#[test]
fn searches() {
    let mut tally = Tally::default();
    for customer in lines("search-data.ndjson") {
        tally.check::<Customer>("search data", &customer);
    }
    for case in lines("search.jsonl") {
        tally.object::<SearchCriteria>(&case, "criteria");
        tally.object::<ErrorResponse>(&case, "error");
        let listed = case.get("item_attributes").and_then(Value::as_object);
        for (item, attributes) in listed.into_iter().flat_map(Object::iter) {
            tally.check::<Vec<CustomAttribute>>(item, attributes);
        }
    }
    tally.finish(900);
}

#[test]
fn errors() {
    let mut tally = Tally::default();
    for file in ["errors.jsonl", "limits.jsonl", "oauth.jsonl"] {
        for case in lines(file) {
            tally.object::<ErrorResponse>(&case, "reply");
            tally.object::<ErrorResponse>(&case, "error");
        }
    }
    tally.finish(150);
}

#[test]
fn bulks() {
    let mut tally = Tally::default();
    for case in lines("bulk.jsonl") {
        match case.get("status").and_then(Value::as_i64) {
            Some(202) => tally.object::<AsyncResponse>(&case, "reply"),
            _ => tally.object::<ErrorResponse>(&case, "reply"),
        }
        tally.object::<BulkStatus>(&case, "open_status");
        tally.object::<BulkStatus>(&case, "final_status");
        tally.object::<DetailedBulkStatus>(&case, "detailed_status");
    }
    tally.finish(200);
}

#[test]
fn replies_of_scenarios() {
    let mut tally = Tally::default();
    for scenario in lines("scenarios.jsonl") {
        for step in scenario.get("steps").and_then(Value::as_array).unwrap() {
            let text = |pointer: &str| step.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
            let path = format!("{} {}", text("/request/method"), text("/request/path"));
            let Some(body) = step.pointer("/response/body") else { continue };
            let status = step.pointer("/response/status").and_then(Value::as_i64).unwrap();
            if matches!(body, Value::Object(_) | Value::Array(_)) {
                check_reply(&mut tally, &path, status, body);
            }
        }
    }
    tally.finish(300);
}

fn check_reply(tally: &mut Tally, what: &str, status: i64, body: &Value) {
    let path = what.split_once("V1/").unwrap_or_default().1.split('?').next().unwrap_or_default();
    match path {
        _ if status == 202 => tally.check::<AsyncResponse>(what, body),
        _ if status >= 400 => tally.check::<ErrorResponse>(what, body),
        "customers/search" => tally.check::<CustomerSearchResults>(what, body),
        "customers/validate" => tally.check::<ValidationResults>(what, body),
        "customerGroups/search" => tally.check::<GroupSearchResults>(what, body),
        "store/storeViews" => tally.check::<Vec<StoreView>>(what, body),
        "store/websites" => tally.check::<Vec<PhpObject<Website>>>(what, body),
        _ if path.contains("illingAddress") || path.contains("hippingAddress") => {
            tally.check::<PhpObject<Address>>(what, body);
        }
        _ if path.starts_with("customers/addresses") => tally.check::<Address>(what, body),
        _ if path.starts_with("customers") => tally.check::<Customer>(what, body),
        _ if path.starts_with("customerGroups") => tally.check::<Group>(what, body),
        _ if path.starts_with("directory/countries") => tally.check::<Country>(what, body),
        _ if path.starts_with("attributeMetadata") => tally.check::<AttributeMetadata>(what, body),
        _ if path.ends_with("detailed-status") => tally.check::<DetailedBulkStatus>(what, body),
        _ if path.starts_with("bulk/") => tally.check::<BulkStatus>(what, body),
        _ => tally.wrong.push(format!("no model for {what}")),
    }
}

#[test]
fn what_a_store_says_of_itself() {
    let mut tally = Tally::default();
    let read = |name: &str| json::parse(&std::fs::read(vectors().join("store").join(name)).unwrap()).unwrap();
    tally.check::<Vec<Website>>("websites", &read("websites.json"));
    tally.check::<Vec<StoreView>>("store views", &read("storeViews.json"));
    tally.check::<Vec<StoreGroup>>("store groups", &read("storeGroups.json"));
    tally.check::<Vec<StoreConfig>>("store configs", &read("storeConfigs.json"));
    tally.check::<GroupSearchResults>("groups", &read("customerGroups.json"));
    tally.check::<Group>("default group", &read("customerGroups-default.json"));
    tally.check::<Vec<Country>>("countries", &read("countries.json"));
    tally.check::<Currency>("currency", &read("currency.json"));
    for file in read("index.json").as_array().unwrap() {
        let name = file.get("file").and_then(Value::as_str).unwrap();
        if name.starts_with("attributeMetadata") {
            tally.check::<Vec<AttributeMetadata>>(name, &read(name));
        }
    }
    tally.finish(18);
}

#[test]
fn replies_shaped_by_the_fields_parameter() {
    let mut tally = Tally::default();
    for case in lines("fields.jsonl") {
        let path = case.get("path").and_then(Value::as_str).unwrap();
        let name = format!("GET {path}");
        let status = case.get("status").and_then(Value::as_i64).unwrap();
        for key in ["input", "output"] {
            match case.get(key) {
                Some(body @ Value::Object(_)) => check_reply(&mut tally, &name, status, body),
                Some(body @ Value::Array(items)) if !items.is_empty() => {
                    check_reply(&mut tally, &name, status, body);
                }
                _ => {}
            }
        }
    }
    tally.finish(100);
}

mod laws {
    use super::*;
    use proptest::prelude::*;

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            "[ -~é]{0,8}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
                prop::collection::vec(("[a-z_]{1,6}", inner), 0..4)
                    .prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn unknown_members_survive_anywhere(
            top in any_json(), address in any_json(), extension in any_json(), attribute in any_json(),
        ) {
            let mut customer = json::parse(br#"{"id":1,"x":0,"addresses":[{"x":0,"city":null}],
                "extension_attributes":{"x":0},"custom_attributes":[{"attribute_code":"a","value":0}]}"#).unwrap();
            let slots = [("", top), ("/addresses/0", address), ("/extension_attributes", extension)];
            for (place, value) in slots {
                insert(&mut customer, place, "x", value);
            }
            insert(&mut customer, "/custom_attributes/0", "value", attribute);
            let model: Customer = models::from_value(&customer).unwrap();
            prop_assert_eq!(models::to_value(&model), customer);
        }

        #[test]
        fn any_text_is_a_model_or_an_error(value in any_json(), cut in 0_usize..40) {
            let text = format!(r#"{{"addresses":{value},"region":{value},"id":{value}}}"#);
            let _ = models::read::<Customer>(text.as_bytes());
            let _ = models::read::<Customer>(&text.as_bytes()[..text.len().saturating_sub(cut)]);
            let _ = models::from_value::<ErrorResponse>(&value);
        }
    }

    fn insert(document: &mut Value, place: &str, key: &str, value: Value) {
        let mut node = document;
        for segment in place.split('/').filter(|segment| !segment.is_empty()) {
            node = match node {
                Value::Array(items) => &mut items[segment.parse::<usize>().unwrap()],
                other => other.as_object_mut().unwrap().get_mut(segment).unwrap(),
            };
        }
        node.as_object_mut().unwrap().insert(key, value);
    }
}

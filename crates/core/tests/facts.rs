//! What the overlay says holds in every recorded reply.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]

use std::path::{Path, PathBuf};

use magewright::contract::{self, Beyond, Contract, Field, Format, Kind, Limit, TypeId, Unit, Values, Way};
use magewright::json::{self, Object, Value};

fn vectors() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schema/vectors")
}

fn lines(name: &str) -> Vec<Value> {
    let text = std::fs::read(vectors().join(name)).unwrap();
    text.split(|&b| b == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| json::parse(line).unwrap())
        .collect()
}

fn stored(name: &str) -> Value {
    json::parse(&std::fs::read(vectors().join("store").join(name)).unwrap()).unwrap()
}

/// Every recorded reply of a known kind.
fn replies() -> Vec<(Kind, Value)> {
    let mut found = Vec::new();
    for (file, keys) in
        [("update.jsonl", &["before", "after", "other_after", "created"][..]), ("create.jsonl", &["saved"])]
    {
        for case in lines(file) {
            let values = keys.iter().filter_map(|key| case.get(key)).filter(|value| !value.is_null());
            found.extend(values.map(|value| (Kind::Object(contract::CUSTOMER), value.clone())));
        }
    }
    found.extend(lines("search-data.ndjson").into_iter().map(|c| (Kind::Object(contract::CUSTOMER), c)));
    for case in lines("bulk.jsonl") {
        let reply = |key: &str, id| case.get(key).map(|value| (Kind::Object(id), value.clone()));
        found.extend(reply("final_status", contract::BULK_STATUS));
        found.extend(reply("open_status", contract::BULK_STATUS));
        found.extend(reply("detailed_status", contract::DETAILED_BULK_STATUS));
    }
    for (file, kind) in [
        ("websites.json", Kind::Objects(contract::WEBSITE)),
        ("storeViews.json", Kind::Objects(contract::STORE_VIEW)),
        ("storeGroups.json", Kind::Objects(contract::STORE_GROUP)),
        ("storeConfigs.json", Kind::Objects(contract::STORE_CONFIG)),
        ("customerGroups.json", Kind::Object(contract::GROUP_SEARCH_RESULTS)),
        ("countries.json", Kind::Objects(contract::COUNTRY)),
        ("currency.json", Kind::Object(contract::CURRENCY)),
        ("attributeMetadata-customer.json", Kind::Objects(contract::ATTRIBUTE_METADATA)),
        ("attributeMetadata-customerAddress.json", Kind::Objects(contract::ATTRIBUTE_METADATA)),
    ] {
        found.push((kind, stored(file)));
    }
    found
}

/// Visits every object of a known type in a reply.
fn visit(kind: Kind, value: &Value, see: &mut impl FnMut(TypeId, &Object)) {
    let (Kind::Object(id) | Kind::Objects(id)) = kind else { return };
    match value {
        Value::Array(items) => items.iter().for_each(|item| visit(Kind::Object(id), item, see)),
        Value::Object(object) => {
            see(id, object);
            for (key, member) in object.iter() {
                if let Some((_, field)) = Contract::built_in().field(id, 0, key) {
                    visit(field.kind, member, see);
                }
            }
        }
        _ => {}
    }
}

fn known(id: TypeId, key: &str) -> (usize, &'static Field) {
    let of = &Contract::built_in().get(id).unwrap().name;
    Contract::built_in().field(id, 0, key).unwrap_or_else(|| panic!("{of} has an unknown field {key}"))
}

#[test]
fn replies_keep_the_order_of_the_tables() {
    let mut objects = 0;
    for (kind, reply) in replies() {
        visit(kind, &reply, &mut |id, object| {
            let places: Vec<usize> = object.iter().map(|(key, _)| known(id, key).0).collect();
            assert!(places.is_sorted(), "{object:?}");
            objects += 1;
        });
    }
    assert!(objects > 10_000, "{objects}");
}

#[test]
fn null_stands_only_where_the_overlay_says() {
    for (kind, reply) in replies() {
        visit(kind, &reply, &mut |id, object| {
            for (key, _) in object.iter().filter(|(_, value)| value.is_null()) {
                assert!(known(id, key).1.rules.null_in_replies, "null in {key} of {object:?}");
            }
        });
    }
}

#[test]
fn no_reply_shows_what_is_only_written() {
    for (kind, reply) in replies() {
        visit(kind, &reply, &mut |id, object| {
            for (key, _) in object.iter() {
                assert_ne!(known(id, key).1.rules.way, Way::WriteOnly, "{key}");
            }
        });
    }
}

#[test]
fn replies_have_the_stated_values_and_formats() {
    for (kind, reply) in replies() {
        visit(kind, &reply, &mut |id, object| {
            for (key, value) in object.iter().filter(|(_, value)| !value.is_null()) {
                let rules = known(id, key).1.rules;
                match rules.values {
                    Values::Integers(known) => {
                        assert!(value.as_i64().is_some_and(|v| known.contains(&v)), "{key}: {value}");
                    }
                    Values::Strings(known) => {
                        assert!(known.contains(&value.as_str().unwrap()), "{key}: {value}")
                    }
                    Values::Any => {}
                }
                let text = value.as_str().unwrap_or_default();
                if let Some(format) = rules.format.filter(|_| !text.starts_with('<')) {
                    assert!(is_of(format, text), "{key}: {value} is not {format:?}");
                }
            }
        });
    }
}

fn is_of(format: Format, text: &str) -> bool {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
    match format {
        Format::Email => text.contains('@'),
        Format::Date => shape == "9999-99-99",
        Format::DateTime => shape == "9999-99-99 99:99:99",
        Format::Country => text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase()),
        Format::Digits => shape.bytes().all(|b| b == b'9'),
        Format::Uuid => text.len() == 36,
        Format::Json => json::parse(text.as_bytes()).is_ok(),
        Format::Url => text.starts_with("http"),
    }
}

#[test]
fn long_texts_are_cut_where_the_overlay_says() {
    let mut cut = 0;
    for case in lines("create.jsonl") {
        let customer = case.pointer("/body/customer").and_then(Value::as_object);
        let (Some(sent), Some(saved)) = (customer, case.get("saved").and_then(Value::as_object)) else {
            continue;
        };
        cut += compare(contract::CUSTOMER, sent, saved);
        let list = |object: &Object| object.get("addresses").and_then(Value::as_array).map(<[Value]>::to_vec);
        let pairs = list(sent).unwrap_or_default().into_iter().zip(list(saved).unwrap_or_default());
        for (sent, saved) in pairs {
            if let (Some(sent), Some(saved)) = (sent.as_object(), saved.as_object()) {
                cut += compare(contract::ADDRESS, sent, saved);
            }
        }
    }
    assert!(cut > 10, "{cut}");
}

/// How many texts were cut, each at its limit.
fn compare(id: TypeId, sent: &Object, saved: &Object) -> usize {
    let texts = sent.iter().filter_map(|(key, value)| Some((key, value.as_str()?)));
    let limited = texts.filter_map(|(key, text)| {
        let limit = Contract::built_in().field(id, 0, key)?.1.rules.limit?;
        let kept = saved.get(key).and_then(Value::as_str)?;
        Some((key, text, kept, limit))
    });
    let mut cut = 0;
    for (key, text, kept, Limit { size, unit, beyond }) in limited {
        assert_eq!(unit, Unit::Characters);
        let size = usize::try_from(size).unwrap();
        if text.chars().count() > size {
            assert_eq!(beyond, Beyond::Cut, "{key}");
            assert_eq!(kept, text.chars().take(size).collect::<String>(), "{key}");
            cut += 1;
        }
    }
    cut
}

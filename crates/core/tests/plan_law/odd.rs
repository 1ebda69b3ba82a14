//! Values that stand where others should.

use magewright::json::{Value, parse};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

const ODD: &[&str] = &[
    r#""""#,
    r#"" ""#,
    r#"" x""#,
    r#""x ""#,
    r#""  ""#,
    r#""a\nb""#,
    r#""a\tb""#,
    r#""0""#,
    r#""00""#,
    r#""5""#,
    r#""11""#,
    r#""1.5""#,
    r#""12.5""#,
    r#""12.5000""#,
    r#""-1""#,
    r#""<b>""#,
    r#""<script>x</script>""#,
    r#""A(B)""#,
    r#""é""#,
    r#""e\u0301""#,
    r#""\u00e9""#,
    r#""😀""#,
    r#""2024-02-30""#,
    r#""2024-02-29""#,
    r#""2024-02-29 00:00:00""#,
    r#""0000-00-00""#,
    r#""9999-12-31 23:59:59""#,
    r#""2040-01-01 00:00:00""#,
    r#""five@example.com""#,
    r#""FIVE@example.test""#,
    r#""Texas""#,
    r#""33""#,
    r#""US""#,
    r#""DE""#,
    r#""XX""#,
    r#""null""#,
    r#""true""#,
    "null",
    "true",
    "false",
    "0",
    "1",
    "2",
    "3",
    "5",
    "11",
    "33",
    "99",
    "70000",
    "4294967296",
    "-1",
    "1.0",
    "1e2",
    "[]",
    "{}",
    r#"[""]"#,
    r#"["a","b"]"#,
    r#"["a","b","c"]"#,
    r#"["a\nb"]"#,
    r#"[" a"]"#,
    r#"{"is_subscribed":true}"#,
    r#"{"is_subscribed":1}"#,
    r#"{"assistance_allowed":1}"#,
    r#"{"region_code":"TX","region":"Texas","region_id":57}"#,
    r#"{"region_code":null,"region":"Texas","region_id":0}"#,
    r#"{"region_code":"7","region":"7","region_id":0}"#,
    r#"{"region_code":"MI","region":"Michigan","region_id":33}"#,
];

const LONG: [usize; 5] = [41, 51, 65, 256, 70_000];

/// Documents in half of which one or two odd values stand at random places, or what stands there is gone.
pub(crate) fn oddly(documents: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    (documents, changes()).prop_map(|(document, changes)| changed(document, &changes))
}

fn changes() -> impl Strategy<Value = Vec<(usize, Option<Value>)>> {
    let odd = prop_oneof![
        20 => select(ODD).prop_map(|text| Some(parse(text.as_bytes()).unwrap())),
        1 => select(&LONG[..]).prop_map(|length| Some("x".repeat(length).into())),
        2 => Just(None),
    ];
    prop_oneof![2 => Just(Vec::new()), 2 => vec((0..120_usize, odd), 1..3)]
}

fn changed(mut document: Value, changes: &[(usize, Option<Value>)]) -> Value {
    for (place, value) in changes {
        let mut left = place % places(&document).max(1);
        change(&mut document, &mut left, value.as_ref());
    }
    document
}

/// How many members and items there are.
fn places(value: &Value) -> usize {
    match value {
        Value::Object(object) => object.iter().map(|(_, value)| 1 + places(value)).sum(),
        Value::Array(items) => items.iter().map(|value| 1 + places(value)).sum(),
        _ => 0,
    }
}

/// Changes the member or item that comes after so many others; whether it was found.
fn change(document: &mut Value, left: &mut usize, value: Option<&Value>) -> bool {
    match document {
        Value::Object(object) => {
            let keys: Vec<String> = object.iter().map(|(key, _)| key.to_owned()).collect();
            keys.iter().any(|key| match (std::mem::replace(left, left.saturating_sub(1)), value) {
                (0, Some(value)) => {
                    object.insert(key.as_str(), value.clone());
                    true
                }
                (0, None) => object.remove(key).is_some(),
                _ => object.get_mut(key).is_some_and(|member| change(member, left, value)),
            })
        }
        Value::Array(items) => {
            let found = items.iter_mut().enumerate().find_map(|(at, item)| {
                match (std::mem::replace(left, left.saturating_sub(1)), value) {
                    (0, Some(value)) => {
                        *item = value.clone();
                        Some(None)
                    }
                    (0, None) => Some(Some(at)),
                    _ => change(item, left, value).then_some(None),
                }
            });
            if let Some(Some(gone)) = found {
                items.remove(gone);
            }
            found.is_some()
        }
        _ => false,
    }
}

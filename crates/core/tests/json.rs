//! JSON as a store reads it: what is taken, what is refused and where, and the
//! laws against serde_json.

use magewright::json::{self, MAX_DEPTH, Number, SyntaxErrorKind, Value};
use proptest::prelude::*;

fn kind(text: &[u8]) -> Result<(), SyntaxErrorKind> {
    json::parse(text).map(drop).map_err(|error| error.kind())
}

#[test]
fn text_without_needless_space_comes_back_as_it_was() {
    for text in [
        "null",
        "true",
        "-0",
        "0.0",
        "1e5",
        "12345678901234567890123456789",
        "1.50",
        r#""""#,
        r#""é 😀 \" \\ \n""#,
        "[]",
        "{}",
        r#"[1,[2,[3,{}]],"x"]"#,
        r#"{"z":1,"a":{"":null},"m":[]}"#,
    ] {
        assert_eq!(json::parse(text.as_bytes()).unwrap().to_string(), text);
    }
}

#[test]
fn escapes_and_space_are_read_as_php_reads_them() {
    let value = json::parse(b" \t\r\n{ \"a\\u002fb\" : \"\\/ \\b\\f\\t \\ud83d\\ude00\" } \n").unwrap();
    assert_eq!(value.to_string(), "{\"a/b\":\"/ \\u0008\\u000c\\t 😀\"}");
}

#[test]
fn what_is_not_json_is_refused_at_its_place() {
    use SyntaxErrorKind as Kind;
    let cases: &[(&[u8], Kind, usize)] = &[
        (b"", Kind::UnexpectedEnd, 0),
        (b"  ", Kind::UnexpectedEnd, 2),
        (b"{", Kind::UnexpectedEnd, 1),
        (b"[1", Kind::UnexpectedEnd, 2),
        (br#"{"a""#, Kind::UnexpectedEnd, 4),
        (br#"{"a":"#, Kind::UnexpectedEnd, 5),
        (br#""abc"#, Kind::UnexpectedEnd, 4),
        (b"tru", Kind::UnexpectedByte, 0),
        (b"[True]", Kind::UnexpectedByte, 1),
        (b"<html>", Kind::UnexpectedByte, 0),
        (b"\xef\xbb\xbf{}", Kind::UnexpectedByte, 0),
        (b"[1,]", Kind::UnexpectedByte, 3),
        (br#"{"a":1,}"#, Kind::UnexpectedByte, 7),
        (b"{a:1}", Kind::UnexpectedByte, 1),
        (b"{'a':1}", Kind::UnexpectedByte, 1),
        (b"[1 // one\n]", Kind::UnexpectedByte, 3),
        (b"[NaN]", Kind::UnexpectedByte, 1),
        (b"{} {}", Kind::TrailingText, 3),
        (b"nullx", Kind::TrailingText, 4),
        (b"[01]", Kind::InvalidNumber, 1),
        (b"[1.]", Kind::InvalidNumber, 1),
        (b"[-]", Kind::InvalidNumber, 1),
        (b"[1e+]", Kind::InvalidNumber, 1),
        (b"[+1]", Kind::UnexpectedByte, 1),
        (b"[.5]", Kind::UnexpectedByte, 1),
        (b"[\"a\nb\"]", Kind::InvalidString, 3),
        (b"[\"a\0b\"]", Kind::InvalidString, 3),
        (br#"["\x41"]"#, Kind::InvalidString, 2),
        (br#"["\u12"]"#, Kind::InvalidString, 2),
        (br#"["ab\ud800"]"#, Kind::LoneSurrogate, 4),
        (br#"["\udc00"]"#, Kind::LoneSurrogate, 2),
        (br#"{"\ud800\u0041":1}"#, Kind::LoneSurrogate, 2),
        (b"[\"\xff\"]", Kind::InvalidUtf8, 2),
        (b"[\"\xed\xa0\x80\"]", Kind::InvalidUtf8, 2),
        (b"[\"\xc3", Kind::InvalidUtf8, 2),
    ];
    for &(text, kind, offset) in cases {
        let error = json::parse(text).unwrap_err();
        assert_eq!((error.kind(), error.offset()), (kind, offset), "{}", text.escape_ascii());
        assert!(error.to_string().contains(&format!("at byte {offset}")));
    }
}

#[test]
fn nesting_ends_where_php_ends_it() {
    for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
        let nested = |depth| [open.repeat(depth).as_str(), "1", &close.repeat(depth)].concat();
        assert_eq!(kind(nested(MAX_DEPTH).as_bytes()), Ok(()));
        assert_eq!(kind(nested(MAX_DEPTH + 1).as_bytes()), Err(SyntaxErrorKind::TooDeep));
        assert_eq!(kind(open.repeat(1_000_000).as_bytes()), Err(SyntaxErrorKind::TooDeep));
    }
    let side_by_side = format!("[{}1]", "[[]],".repeat(MAX_DEPTH));
    assert_eq!(kind(side_by_side.as_bytes()), Ok(()));
}

#[test]
fn of_two_equal_keys_the_last_value_counts_at_the_first_place() {
    let text = br#"{"a":1,"b":{"x":1,"x":2,"x":3},"\u0061":4,"c/d":[{"e":0,"e":1}]}"#;
    let (value, repeated) = json::parse_noting_duplicates(text).unwrap();
    assert_eq!(value.to_string(), r#"{"a":4,"b":{"x":3},"c/d":[{"e":1}]}"#);
    assert_eq!(repeated, ["/b/x", "/b/x", "/c~1d/0/e", "/a"]);
}

#[test]
fn many_keys_are_not_compared_one_by_one() {
    let members: Vec<String> = (0..100_000).map(|i| format!(r#""k{i}":{i}"#)).collect();
    let text = format!("{{{},\"k7\":0}}", members.join(","));
    let (value, repeated) = json::parse_noting_duplicates(text.as_bytes()).unwrap();
    assert_eq!(value.as_object().map(|object| object.len()), Some(100_000));
    assert_eq!(repeated, ["/k7"]);
}

#[test]
fn numbers_are_equal_by_value_and_kept_by_spelling() {
    let number = |text: &str| text.parse::<Number>().unwrap();
    assert_eq!(number("1.50"), number("15e-1"));
    assert_eq!(number("9007199254740993"), number("9007199254740993"));
    assert_ne!(number("9007199254740993"), number("9007199254740992"));
    assert_eq!(number("1e999").as_f64(), f64::INFINITY);
    assert_eq!(number("18446744073709551616").as_i64(), None);
    for text in ["", "x", "\"1\"", "[1]", "1 2"] {
        assert!(text.parse::<Number>().is_err(), "{text}");
    }
}

fn any_json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        // serde_json does not read every double back to the last bit; it does these.
        any::<i32>().prop_map(|eighths| (f64::from(eighths) / 8.0).into()),
        any::<String>().prop_map(Into::into),
    ];
    leaf.prop_recursive(5, 64, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Into::into),
            prop::collection::btree_map(any::<String>(), inner, 0..8)
                .prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Text that is nearly JSON: one byte of a document replaced, added or cut.
fn nearly_json() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![any::<u8>(), prop::sample::select(b"{}[],:\"\\u0-. ".to_vec())];
    (any_json(), any::<prop::sample::Index>(), byte, 0..3).prop_map(|(value, at, byte, change)| {
        let mut text = value.to_string().into_bytes();
        let at = at.index(text.len());
        match change {
            0 => drop(text.splice(at..=at, [byte])),
            1 => text.insert(at, byte),
            _ => drop(text.remove(at)),
        }
        text
    })
}

/// Whether text holds what serde_json reads otherwise on purpose: numbers beyond a double.
fn differs_by_design(text: &[u8]) -> bool {
    let number = |pair: &[u8]| {
        matches!(pair, [b'0'..=b'9' | b'.', b'e' | b'E'] | [b'e' | b'E', b'0'..=b'9' | b'+' | b'-'])
    };
    text.windows(2).any(number)
}

proptest! {
    #[test]
    fn documents_read_and_written_are_equal_to_serde_json_s(document in any_json()) {
        let ours = json::parse(document.to_string().as_bytes()).unwrap();
        prop_assert_eq!(&ours, &Value::from(document.clone()));
        let again: serde_json::Value = serde_json::from_str(&ours.to_string()).unwrap();
        prop_assert_eq!(Value::from(again), ours);
    }

    #[test]
    fn pretty_documents_read_the_same(document in any_json()) {
        let pretty = serde_json::to_string_pretty(&document).unwrap();
        let compact = document.to_string();
        prop_assert_eq!(json::parse(pretty.as_bytes()).unwrap(), json::parse(compact.as_bytes()).unwrap());
    }

    #[test]
    fn what_serde_json_refuses_is_refused_and_no_more(text in nearly_json()) {
        if !differs_by_design(&text) {
            let theirs = serde_json::from_slice::<serde_json::Value>(&text).is_ok();
            prop_assert_eq!(json::parse(&text).is_ok(), theirs, "{}", text.escape_ascii());
        }
    }

    #[test]
    fn nothing_panics(bytes: Vec<u8>) {
        let _ = json::parse(&bytes);
    }
}

//! Records by the line: numbers, threads, chunks, and lines that do not end.

use magewright::predict::AdminUserChecks;
use magewright::validate::{Operation, Tally, Validator, validate};

const CLEAN: &str = r#"{"email":"ada@example.com","firstname":"Ada","lastname":"Lovelace"}"#;

fn stock() -> Validator<'static> {
    Validator::stock(Operation::Record)
}

/// A thousand lines: most clean, some bad, some blank, ends of both kinds, none at the end.
fn lines() -> (String, Vec<(u64, &'static str)>) {
    let (mut text, mut expected) = (String::new(), Vec::new());
    for line in 1..=1000 {
        match line % 100 {
            7 => expected.push((line, "not_json")),
            50 => expected.push((line, "missing_value")),
            _ => {}
        }
        text += match line % 100 {
            7 => "{\"email\":",
            50 => "{\"email\":\"a@example.com\",\"firstname\":\"A\"}\r",
            60 => "",
            61 => " \t\r",
            _ => CLEAN,
        };
        text += if line < 1000 { "\n" } else { "" };
    }
    (text, expected)
}

#[test]
fn lines_are_numbered_in_order_whatever_the_threads_and_chunks() {
    let (text, expected) = lines();
    let tally = Tally { records: 980, clean: 960, refused: 20, blank: 20 };
    for threads in [0, 1, 2, 5] {
        let mut seen = Vec::new();
        let counted = stock()
            .ndjson(text.as_bytes(), threads, |line, report| seen.push((line, report.violations[0].code)));
        assert_eq!((&seen, counted), (&expected, tally), "{threads} threads");
    }
    for size in [1, 7, 1000, 100_000, text.len()] {
        let validator = stock();
        let (mut stream, mut seen) = (validator.stream(2), Vec::new());
        for chunk in text.as_bytes().chunks(size) {
            stream.push(chunk, |line, report| seen.push((line, report.violations[0].code)));
        }
        let counted = stream.finish(|line, report| seen.push((line, report.violations[0].code)));
        assert_eq!((&seen, counted), (&expected, tally), "chunks of {size}");
    }
}

#[test]
fn an_endless_line_is_passed_over_in_bounded_memory() {
    let validator = stock();
    let (mut stream, mut seen) = (validator.stream(1), Vec::new());
    let chunk = vec![b'['; 1 << 20];
    for _ in 0..40 {
        stream.push(&chunk, |line, report| seen.push((line, report.violations[0].code)));
    }
    stream.push(format!("\n{CLEAN}\n[]").as_bytes(), |line, report| {
        seen.push((line, report.violations[0].code))
    });
    let tally = stream.finish(|line, report| seen.push((line, report.violations[0].code)));
    assert_eq!(seen, [(1, "record_too_large"), (3, "wrong_root")]);
    assert_eq!(tally, Tally { records: 3, clean: 1, refused: 2, blank: 0 });
}

#[test]
fn administrators_are_read_by_the_line_too() {
    let operation = Operation::AdminUser { checks: AdminUserChecks::default() };
    let validator = Validator::stock(operation);
    let user =
        r#"{"username":"ada","firstname":"Ada","lastname":"L","email":"ada@b.test","password":"abcdef1"}"#;
    let text = format!("{user}\n{{\"user\":{user}}}\n{}\n[]", user.replace("abcdef1", "abcdefg"));
    let mut seen = Vec::new();
    let tally =
        validator.ndjson(text.as_bytes(), 1, |line, report| seen.push((line, report.violations[0].code)));
    assert_eq!(seen, [(3, "password_classes"), (4, "wrong_type")]);
    assert_eq!(tally, Tally { records: 4, clean: 2, refused: 2, blank: 0 });
    assert!(validator.unchecked().contains(&"not_in_core"));
    assert_eq!(validate(user.as_bytes(), operation, validator.store()).unchecked, validator.unchecked());
}

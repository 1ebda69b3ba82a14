//! Bytes as a record, as a create and as NDJSON: nothing panics, and what the
//! quick way accepts the explaining walk finds nothing in.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use magewright::json;
use magewright::store::Caller;
use magewright::validate::{Operation, Validator, validate};

const OPERATIONS: [Operation; 3] = [
    Operation::Record,
    Operation::Create { caller: Caller::Admin },
    Operation::Create { caller: Caller::Guest },
];

static VALIDATORS: LazyLock<[Validator<'static>; 3]> = LazyLock::new(|| OPERATIONS.map(Validator::stock));

fuzz_target!(|bytes: &[u8]| {
    let parsed = json::parse(bytes);
    for (validator, operation) in VALIDATORS.iter().zip(OPERATIONS) {
        let accepted = validator.accepts(bytes);
        let report = validate(bytes, operation, validator.store());
        assert!(!accepted || report.is_clean(), "accepted, and {:?}", report.violations);
        assert!(parsed.is_ok() || bytes.is_empty() || !report.is_accepted());
    }
    let [records, ..] = &*VALIDATORS;
    let mut lines = Vec::new();
    let tally = records.ndjson(bytes, 1, |line, report| lines.push((line, report.is_accepted())));
    let mut stream = records.stream(1);
    let mut streamed = Vec::new();
    for chunk in bytes.chunks(7) {
        stream.push(chunk, |line, report| streamed.push((line, report.is_accepted())));
    }
    let counted = stream.finish(|line, report| streamed.push((line, report.is_accepted())));
    assert_eq!((tally, lines), (counted, streamed));
});

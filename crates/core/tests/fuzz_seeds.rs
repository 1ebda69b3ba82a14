//! The seeds of the fuzz targets, changed at every byte: what fuzzing holds, in short.
#![allow(clippy::unwrap_used, reason = "what a test builds upon")]

use std::path::Path;

use magewright::store::Caller;
use magewright::validate::{Operation, Validator, validate};

const INSTEAD: &[u8] = b"\0\n \"\\/{}[]:,-.019eEu\x7f\xc3\xf0";

#[test]
fn the_seeds_of_validate_and_their_neighbours_are_judged_alike_both_ways() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds/validate");
    let operations = [Operation::Record, Operation::Create { caller: Caller::Admin }];
    let validators = operations.map(Validator::stock);
    let mut accepted = 0;
    let mut judge = |bytes: &[u8]| {
        for (validator, operation) in validators.iter().zip(operations) {
            if validator.accepts(bytes) {
                accepted += 1;
                let report = validate(bytes, operation, validator.store());
                assert!(report.is_clean(), "{:?} in {}", report.violations, bytes.escape_ascii());
            }
        }
        validators[0].ndjson(bytes, 1, |_, _| {});
    };
    for seed in std::fs::read_dir(folder).unwrap() {
        let seed = std::fs::read(seed.unwrap().path()).unwrap();
        judge(&seed);
        for at in 0..seed.len() {
            judge(&seed[..at]);
            for byte in INSTEAD {
                let mut changed = seed.clone();
                changed[at] = *byte;
                judge(&changed);
            }
        }
    }
    assert!(accepted > 1000, "{accepted}");
}

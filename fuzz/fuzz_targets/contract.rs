//! Bytes as a schema: the import and the core give a contract or a refusal with its place, what is
//! imported is imported again the same, and the core reads what the import writes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use magewright::contract::Contract;
use magewright::json;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(contract) = Contract::from_json(bytes) {
        // The document has no endpoints.
        let document = contract.to_document();
        let again = Contract::from_document(&document);
        assert_eq!(again.as_ref().map(Contract::types), Ok(contract.types()), "{document}");
    }
    for skip_broken in [false, true] {
        if let Ok(written) = xtask::import(bytes, skip_broken) {
            assert_eq!(xtask::import(bytes, skip_broken).as_ref(), Ok(&written));
            assert!(json::parse(written.as_bytes()).is_ok());
            assert!(Contract::from_json(written.as_bytes()).is_ok(), "{written}");
        }
    }
});

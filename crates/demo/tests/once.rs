//! The demo runs to its end by itself, and says what it promises.

#![allow(clippy::unwrap_used, reason = "a test")]

use std::process::Command;

fn run(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_magewright-demo")).args(arguments).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
    text
}

#[test]
fn it_brings_the_changes_and_loses_nothing() {
    let text = run(&["--once"]);
    for part in [
        "on the recorded traffic of a Magento 2.4.7-p3 store",
        "holds 1000 customers",
        "Rejected before anything was sent",
        "an address deleted because the row does not name it",
        "0 others",
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    assert!(!text.contains(" failed") && !text.contains("in conflict"), "{text}");
}

#[test]
fn the_recordings_alone_need_no_store() {
    assert!(!run(&["--recorded"]).contains("A store of its own"));
}

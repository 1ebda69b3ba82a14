use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use serde_json::Value;

use super::{hold, output};

/// Which of our crates each of our crates may build on.
const ARROWS: &[(&str, &[&str])] = &[
    ("magewright", &[]),
    ("magewright-client", &["magewright"]),
    ("magewright-sandbox", &["magewright"]),
    // The wheel brings the sandbox along: a newcomer has no other store to try the package on.
    ("magewright-python", &["magewright", "magewright-client", "magewright-sandbox"]),
    ("magewright-wasm", &["magewright"]),
    ("magewright-conformance", &["magewright", "magewright-sandbox"]),
    ("magewright-demo", &["magewright", "magewright-client", "magewright-conformance", "magewright-sandbox"]),
    ("magewright-bench", &["magewright", "magewright-client"]),
    ("xtask", &[]),
    ("xtask-bindgen", &[]),
];

/// What the core may build on besides itself: no IO, no clock, no async.
const CORE: &[&str] = &["serde", "serde_json", "sha2", "wide", "zeroize"];

#[test]
fn our_crates_build_on_each_other_only_along_the_arrows() -> Result<()> {
    let crates = dependencies()?;
    let mut broken = Vec::new();
    for (name, built_on) in &crates {
        let Some((_, allowed)) = ARROWS.iter().find(|(known, _)| known == name) else {
            broken.push(format!("{name} has no entry in the table of arrows"));
            continue;
        };
        let ours = built_on.iter().filter(|other| crates.contains_key(*other));
        let wrong = ours.filter(|other| !allowed.contains(&other.as_str()));
        broken.extend(wrong.map(|other| format!("{name} -> {other}")));
    }
    hold("arrows that do not exist", &broken)
}

#[test]
fn the_core_builds_on_little() -> Result<()> {
    let crates = dependencies()?;
    let core = crates.get("magewright").context("there is no core")?;
    let broken: Vec<_> = core.iter().filter(|name| !CORE.contains(&name.as_str())).cloned().collect();
    hold("dependencies the core does not take", &broken)
}

/// For each crate of the workspace, what it is built on; tests may use more.
fn dependencies() -> Result<BTreeMap<String, BTreeSet<String>>> {
    let metadata = output(env!("CARGO"), &["metadata", "--format-version=1", "--no-deps", "--offline"])?;
    let metadata: Value = serde_json::from_str(&metadata)?;
    let packages = metadata.get("packages").and_then(Value::as_array).context("no packages")?;
    let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let read = |package: &Value| {
        let dependencies = package.get("dependencies")?.as_array()?.iter();
        let built_on = dependencies.filter(|one| text(one, "kind").as_deref() != Some("dev"));
        Some((text(package, "name")?, built_on.filter_map(|one| text(one, "name")).collect()))
    };
    packages.iter().map(read).collect::<Option<_>>().context("a package without name or dependencies")
}

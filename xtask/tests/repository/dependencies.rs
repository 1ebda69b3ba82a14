use std::collections::BTreeSet;
use std::fs;

use anyhow::Result;

use super::{hold, output, root};

#[test]
fn every_crate_in_the_core_has_its_reason() -> Result<()> {
    let tree = ["tree", "--package", "magewright", "--edges", "normal", "--prefix", "none", "--offline"];
    let tree = output(env!("CARGO"), &tree)?;
    let name = |line: &str| line.split(' ').next().unwrap_or_default().to_owned();
    let built_on: BTreeSet<String> =
        tree.lines().map(name).filter(|name| !name.is_empty() && name != "magewright").collect();
    let page = fs::read_to_string(root().join("docs/dependencies.md"))?;
    let row = |line: &str| line.strip_prefix("| `")?.split_once('`').map(|(name, _)| name.to_owned());
    let told: BTreeSet<String> = page.lines().filter_map(row).collect();
    let missing: Vec<String> = built_on.difference(&told).cloned().collect();
    hold("crates without a line in docs/dependencies.md", &missing)?;
    // What only other systems or processors need is not in the tree of this one.
    let gone: Vec<String> = told
        .difference(&built_on)
        .filter(|name| !matches!(name.as_str(), "cpufeatures" | "safe_arch"))
        .cloned()
        .collect();
    hold("crates in docs/dependencies.md that the core is not built on", &gone)
}

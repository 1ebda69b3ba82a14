//! `cargo xtask builder`: builds the payload builder page and runs its tests.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::run::{cargo, require, root, target};
use crate::wasm;

fn folder() -> PathBuf {
    root().join("bindings/wasm/builder")
}

/// Builds `bindings/wasm/builder/dist`, and the npm package before it when that is not there.
pub(crate) fn build() -> Result<()> {
    if !root().join("bindings/wasm/dist/magewright_bg.wasm").exists() {
        wasm::build()?;
    }
    wasm::has_node()?;
    wasm::install(&folder())?;
    npm("build", &[])
}

/// Runs the tests of what the page is made of, in Node.
pub(crate) fn test() -> Result<()> {
    npm("test", &[])
}

/// Runs the tests of the built page, in Chromium and against a sandbox.
pub(crate) fn test_page() -> Result<()> {
    let build = ["build", "--quiet", "--locked", "--package", "magewright-sandbox"];
    require(cargo().args(build).current_dir(root()))?;
    npm("test:page", &[("MAGEWRIGHT_SANDBOX", target().join("debug/magewright-sandbox"))])
}

fn npm(script: &str, environment: &[(&str, PathBuf)]) -> Result<()> {
    let mut npm = Command::new("npm");
    npm.args(["run", "--silent", script]).envs(environment.iter().map(|(name, value)| (name, value)));
    require(npm.current_dir(folder()))
}

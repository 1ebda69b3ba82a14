//! `cargo xtask builder`: builds the payload builder page and runs its tests.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::run::{require, root, sandbox};
use crate::{python, wasm};

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

/// What the snippets in Python are run with, beside the wheel when one was built.
const SNIPPET_TOOLS: &[&str] = &["requests==2.34.2"];

/// Runs the tests of the built page, in Chromium and against a sandbox.
pub(crate) fn test_page() -> Result<()> {
    let sandbox = sandbox()?;
    let tools = python::environment("snippets", SNIPPET_TOOLS)?;
    if let Ok(wheel) = python::wheel() {
        require(python::pip(&tools).args(["install", "--no-deps", "--force-reinstall"]).arg(wheel))?;
    }
    npm("test:page", &[("MAGEWRIGHT_SANDBOX", sandbox), ("PYTHON", tools.join("bin/python"))])
}

fn npm(script: &str, environment: &[(&str, PathBuf)]) -> Result<()> {
    let mut npm = Command::new("npm");
    npm.args(["run", "--silent", script]).envs(environment.iter().map(|(name, value)| (name, value)));
    require(npm.current_dir(folder()))
}

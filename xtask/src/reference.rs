//! Checks of docs/reference with other people's validators.

use std::process::Command;

use anyhow::Result;

use crate::run::{require, root};
use crate::{python, wasm};

const VALIDATORS: &[&str] =
    &["jsonschema==4.26.0", "jsonschema-rs==0.60.3", "mypy==2.4.1", "openapi-spec-validator==0.9.0"];

/// Ajv and Redocly's linter.
pub(crate) fn in_node() -> Result<()> {
    wasm::has_node()?;
    let folder = root().join("xtask/reference");
    wasm::install(&folder)?;
    require(Command::new("npm").args(["test", "--silent"]).current_dir(folder))
}

/// jsonschema, jsonschema-rs, openapi-spec-validator and mypy.
pub(crate) fn in_python() -> Result<()> {
    let tools = python::environment("reference", VALIDATORS)?;
    let mut check = Command::new(tools.join("bin/python"));
    require(check.arg("xtask/reference/check.py").current_dir(root()))
}

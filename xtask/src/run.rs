//! Starting other programs, with errors that say what to do.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

/// The folder of the workspace.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// Builds and runs a binary of the workspace in release mode, with its output passed through.
pub(crate) fn package(package: &str, binary: &str, arguments: &[String]) -> Result<()> {
    let mut cargo = cargo();
    cargo.args(["run", "--quiet", "--release", "--package", package, "--bin", binary, "--"]).args(arguments);
    exit_like(&mut cargo)
}

/// The cargo that runs this program.
pub(crate) fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs a command and ends this program with its exit code unless that is 0.
pub(crate) fn exit_like(command: &mut Command) -> Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    let status = command.status().with_context(|| format!("`{program}` could not be started"))?;
    match status.code() {
        Some(0) => Ok(()),
        Some(code) => std::process::exit(code),
        None => bail!("`{program}` was ended by a signal"),
    }
}

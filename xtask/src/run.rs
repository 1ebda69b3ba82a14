//! Starting other programs, with errors that say what to do.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

/// The folder of the workspace; tests work on a copy and name it in `XTASK_ROOT`.
pub(crate) fn root() -> PathBuf {
    if let Some(copy) = std::env::var_os("XTASK_ROOT") {
        return PathBuf::from(copy);
    }
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// The folder that builds go to.
pub(crate) fn target() -> PathBuf {
    root().join(std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
}

/// Builds and runs a binary of the workspace in release mode, with its output passed through.
pub(crate) fn package(package: &str, binary: &str, arguments: &[String]) -> Result<()> {
    let mut cargo = cargo();
    cargo.args(["run", "--quiet", "--release", "--package", package, "--bin", binary, "--"]).args(arguments);
    exit_like(&mut cargo)
}

/// Builds a package's binary of the same name in release mode. Returns where it is.
pub(crate) fn build(package: &str) -> Result<PathBuf> {
    require(cargo().args(["build", "--quiet", "--release", "--package", package, "--bin", package]))?;
    Ok(target().join("release").join(package).with_extension(std::env::consts::EXE_EXTENSION))
}

/// Builds the sandbox store as tests start it, in debug mode. Returns where it is.
pub(crate) fn sandbox() -> Result<PathBuf> {
    let build = ["build", "--quiet", "--locked", "--package", "magewright-sandbox"];
    require(cargo().args(build).current_dir(root()))?;
    Ok(target().join("debug/magewright-sandbox").with_extension(std::env::consts::EXE_EXTENSION))
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

/// Runs a command with its output passed through; an exit code other than 0 is an error.
pub(crate) fn require(command: &mut Command) -> Result<()> {
    let line = line(command);
    let status = command.status().with_context(|| format!("`{line}` could not be started"))?;
    if status.success() { Ok(()) } else { bail!("`{line}` failed ({status})") }
}

/// What a command prints; an exit code other than 0 is an error.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let line = line(command);
    let output = command.output().with_context(|| format!("`{line}` could not be started"))?;
    if !output.status.success() {
        bail!("`{line}` failed ({}): {}", output.status, String::from_utf8_lossy(&output.stderr).trim());
    }
    String::from_utf8(output.stdout).with_context(|| format!("`{line}` printed other than UTF-8"))
}

fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

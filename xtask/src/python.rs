//! `cargo xtask python`: builds the wheel and runs the tests in a clean environment.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::run::{output, require, root, target};

const BUILD_TOOLS: &[&str] = &["maturin==1.16.0"];
const TEST_TOOLS: &[&str] = &["pytest==9.2.0"];

/// Builds the wheel into `target/python/wheels`.
pub(crate) fn build() -> Result<()> {
    let tools = environment("build", BUILD_TOOLS)?;
    let wheels = wheels();
    if wheels.exists() {
        std::fs::remove_dir_all(&wheels)?;
    }
    let mut maturin = Command::new(tools.join("bin/maturin"));
    maturin.args(["build", "--quiet", "--release", "--locked", "--out"]).arg(&wheels);
    require(maturin.current_dir(root().join("bindings/python")))?;
    println!("wheel: {}", wheel()?.file_name().unwrap_or_default().to_string_lossy());
    Ok(())
}

/// Installs the wheel into an environment that has nothing but pytest, and runs the tests there.
pub(crate) fn test() -> Result<()> {
    let clean = environment("test", TEST_TOOLS)?;
    let mut pip = pip(&clean);
    require(pip.args(["install", "--no-deps", "--force-reinstall"]).arg(wheel()?))?;
    let mut pytest = Command::new(clean.join("bin/python"));
    require(pytest.args(["-m", "pytest", "--quiet"]).current_dir(root().join("bindings/python")))
}

/// A virtual environment under `target/python` with these packages.
pub(crate) fn environment(name: &str, packages: &[&str]) -> Result<PathBuf> {
    let folder = target().join("python").join(name);
    if !folder.join("bin/pip").exists() {
        let mut venv = Command::new(interpreter()?);
        require(venv.args(["-m", "venv", "--clear"]).arg(&folder))
            .context("the `venv` module is missing: on Debian `apt-get install python3-venv`")?;
    }
    require(pip(&folder).arg("install").args(packages))?;
    Ok(folder)
}

/// The `python3` of the path, when it is 3.11 or newer.
fn interpreter() -> Result<&'static str> {
    let check = "import sys; print(sys.version_info >= (3, 11))";
    match output(Command::new("python3").args(["-c", check])) {
        Ok(answer) if answer.trim() == "True" => Ok("python3"),
        _ => bail!("Python 3.11 or newer is missing: no such `python3` on the path"),
    }
}

fn pip(environment: &Path) -> Command {
    let mut pip = Command::new(environment.join("bin/pip"));
    pip.args(["--quiet", "--disable-pip-version-check"]);
    pip
}

fn wheels() -> PathBuf {
    target().join("python/wheels")
}

fn wheel() -> Result<PathBuf> {
    let found = std::fs::read_dir(wheels())?.filter_map(Result::ok).map(|entry| entry.path());
    let mut found = found.filter(|path| path.extension().is_some_and(|extension| extension == "whl"));
    found.next().context("no wheel was built: run `cargo xtask python`")
}

//! `cargo xtask python`: builds the wheel and runs the tests in a clean environment.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::run::{output, require, root, target};

const BUILD_TOOLS: &[&str] = &["maturin==1.16.0", "twine==7.0.0", "abi3audit==0.0.26"];
const TEST_TOOLS: &[&str] = &["pytest==9.2.0"];
const TYPE_TOOLS: &[&str] = &["mypy==2.4.1", "pyright==1.1.414"];

/// Builds the sdist, and of it the wheel, into `target/python/wheels`; so a wheel proves the sdist whole.
pub(crate) fn build() -> Result<()> {
    let tools = environment("build", BUILD_TOOLS)?;
    let wheels = wheels();
    if wheels.exists() {
        std::fs::remove_dir_all(&wheels)?;
    }
    let maturin = || Command::new(tools.join("bin/maturin"));
    require(maturin().args(["sdist", "--out"]).arg(&wheels).current_dir(sources()))?;
    let folder = unpacked(&tools, &built("gz")?)?;
    // Not --locked: the sdist has fewer crates than its lock file, which is trimmed; versions stay.
    let mut build = maturin();
    build.args(["build", "--quiet", "--release", "--out"]).arg(&wheels);
    require(build.env("CARGO_TARGET_DIR", target().join("python/cargo")).current_dir(folder))?;
    audit(&tools)
}

/// Unpacks an archive with the time of now, so that cargo sees what changed: the files of an sdist are all of 2006.
const UNPACK: &str = "
import sys, tarfile, time
with tarfile.open(sys.argv[1]) as sdist:
    for member in sdist:
        member.mtime = time.time()
    sdist.extractall(sys.argv[2])
";

/// The folder with what is in the sdist; one that holds the same already is left as it is, and so what was built of it.
fn unpacked(tools: &Path, sdist: &Path) -> Result<PathBuf> {
    let (folder, holds) = (target().join("python/sdist"), target().join("python/sdist.tar.gz"));
    let archive = std::fs::read(sdist)?;
    if !std::fs::read(&holds).is_ok_and(|held| held == archive) {
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        let mut unpack = Command::new(tools.join("bin/python"));
        require(unpack.args(["-c", UNPACK]).arg(sdist).arg(&folder))?;
        std::fs::write(&holds, archive)?;
    }
    only(&folder)
}

/// Whether the wheel keeps to the stable ABI, and both files to what an index takes.
fn audit(tools: &Path) -> Result<()> {
    let (wheel, sdist) = (wheel()?, built("gz")?);
    require(Command::new(tools.join("bin/abi3audit")).arg("--strict").arg(&wheel))?;
    require(Command::new(tools.join("bin/twine")).args(["check", "--strict"]).args([&wheel, &sdist]))
}

/// Installs the wheel into an environment that has nothing but pytest, and runs the tests there.
pub(crate) fn test() -> Result<()> {
    pytest("test", TEST_TOOLS)
}

/// Runs the tests that need the packages of others (pyarrow, pandas, …), and checks the types.
pub(crate) fn extras() -> Result<()> {
    let listed = std::fs::read_to_string(sources().join("tests/requirements.txt"))?;
    let packages: Vec<&str> = listed.lines().chain(TEST_TOOLS.iter().chain(TYPE_TOOLS).copied()).collect();
    pytest("extras", &packages)?;
    types(&target().join("python/extras/bin"))
}

/// Runs a folder of recorded cases against the package as it was built last, and prints `NAME passed/total`.
pub(crate) fn recorded(folder: &Path) -> Result<()> {
    let folder = std::path::absolute(folder)?;
    let environment = installed("test", TEST_TOOLS)?;
    let mut pytest = Command::new(environment.join("bin/python"));
    pytest.args(["-m", "pytest", "--quiet", "--capture=no", "tests/test_conformance.py", "--cases"]);
    require(pytest.arg(folder).current_dir(sources()))
}

fn pytest(name: &str, packages: &[&str]) -> Result<()> {
    let environment = installed(name, packages)?;
    let mut pytest = Command::new(environment.join("bin/python"));
    require(pytest.args(["-m", "pytest", "--quiet"]).current_dir(sources()))
}

/// mypy, pyright and stubtest over the package as it is installed.
fn types(programs: &Path) -> Result<()> {
    let program = |name: &str| Command::new(programs.join(name));
    let folder = sources().join("tests/typing");
    require(program("mypy").args(["--strict", "--package", "magewright"]).current_dir(&folder))?;
    require(program("mypy").args(["--strict", "."]).current_dir(&folder))?;
    require(program("stubtest").arg("magewright._native").current_dir(&folder))?;
    require(program("pyright").arg("--pythonpath").arg(programs.join("python")).arg(".").current_dir(&folder))
}

/// A virtual environment with these packages and the wheel that was built last.
pub(crate) fn installed(name: &str, packages: &[&str]) -> Result<PathBuf> {
    let environment = environment(name, packages)?;
    let mut pip = pip(&environment);
    require(pip.args(["install", "--no-deps", "--force-reinstall"]).arg(wheel()?))?;
    Ok(environment)
}

fn sources() -> PathBuf {
    root().join("bindings/python")
}

/// A virtual environment under `target/python` with these packages.
pub(crate) fn environment(name: &str, packages: &[&str]) -> Result<PathBuf> {
    let folder = target().join("python").join(name);
    if !works(&folder) {
        let mut venv = Command::new(interpreter()?);
        require(venv.args(["-m", "venv", "--clear"]).arg(&folder))
            .context("the `venv` module is missing: on Debian `apt-get install python3-venv`")?;
    }
    require(pip(&folder).arg("install").args(packages))?;
    Ok(folder)
}

/// Whether an environment is there, and was made at this place.
fn works(environment: &Path) -> bool {
    output(pip(environment).arg("--version")).is_ok_and(|told| told.contains(&*environment.to_string_lossy()))
}

/// The `python3` of the path, when it is 3.11 or newer.
fn interpreter() -> Result<&'static str> {
    let check = "import sys; print(sys.version_info >= (3, 11))";
    match output(Command::new("python3").args(["-c", check])) {
        Ok(answer) if answer.trim() == "True" => Ok("python3"),
        _ => bail!("Python 3.11 or newer is missing: no such `python3` on the path"),
    }
}

pub(crate) fn pip(environment: &Path) -> Command {
    let mut pip = Command::new(environment.join("bin/python"));
    pip.args(["-m", "pip", "--quiet", "--disable-pip-version-check"]);
    pip
}

fn wheels() -> PathBuf {
    target().join("python/wheels")
}

/// The wheel last built.
pub(crate) fn wheel() -> Result<PathBuf> {
    built("whl")
}

/// The file with that extension among those that were built.
fn built(extension: &str) -> Result<PathBuf> {
    let found = std::fs::read_dir(wheels())?.filter_map(Result::ok).map(|entry| entry.path());
    let mut found = found.filter(|path| path.extension().is_some_and(|other| other == extension));
    found.next().context("nothing was built: run `cargo xtask python`")
}

/// The one thing in a folder.
fn only(folder: &Path) -> Result<PathBuf> {
    let entry = std::fs::read_dir(folder)?.next().context("the sdist is empty")??;
    Ok(entry.path())
}

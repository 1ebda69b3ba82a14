//! `cargo xtask wasm`: builds the npm package and runs its tests in Node; `--sizes` says where its bytes are.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::run::{cargo, output, require, root, sandbox, target};

const TARGET: &str = "wasm32-unknown-unknown";
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_SOURCES: &str = "/usr/lib/rustlib/src/rust/library/Cargo.lock";

/// Builds `bindings/wasm/dist` and prints the module's size.
pub(crate) fn build() -> Result<()> {
    has_node()?;
    let package = root().join("bindings/wasm");
    let dist = package.join("dist");
    let module = Toolchain::find()?.compile()?;
    bind(&module, &dist)?;
    install(&package)?;
    let module = dist.join("magewright_bg.wasm");
    optimise(&package, &module)?;
    arrange(&package, &module)?;
    let (raw, gzip) = sizes(&module)?;
    println!("magewright_bg.wasm: {raw} bytes, {gzip} bytes gzip");
    Ok(())
}

/// Prints where the module's bytes are: by room, the largest functions, the largest data.
pub(crate) fn weigh() -> Result<()> {
    has_node()?;
    let (package, scratch) = (root().join("bindings/wasm"), target().join("wasm/weighed"));
    bind(&Toolchain::find()?.compile()?, &scratch)?;
    install(&package)?;
    let module = scratch.join("magewright_bg.wasm");
    optimise(&package, &module)?;
    require(tool("weigh").arg(module).current_dir(root()))
}

/// Says which of Node and npm is missing.
pub(crate) fn has_node() -> Result<()> {
    let (node, npm) = ("node --version", "npm --version");
    for (program, probe) in [("Node 20 or newer", node), ("npm", npm)] {
        succeeds(probe).with_context(|| format!("{program} is missing: `{probe}` does not run"))?;
    }
    Ok(())
}

/// Runs the tests of the built package; cases that need a store over time are put to the sandbox.
pub(crate) fn test() -> Result<()> {
    let mut npm = Command::new("npm");
    npm.args(["test", "--silent"]).env("MAGEWRIGHT_SANDBOX", sandbox()?);
    require(npm.current_dir(root().join("bindings/wasm")))
}

/// What can compile Rust to WebAssembly here.
enum Toolchain {
    /// The toolchain that runs this program has the target's standard library.
    Own,
    /// Debian's compiler, which builds the standard library from its sources.
    Debian,
}

impl Toolchain {
    fn find() -> Result<Self> {
        let sysroot = output(Command::new("rustc").args(["--print", "sysroot"]))?;
        if Path::new(sysroot.trim()).join("lib/rustlib").join(TARGET).join("lib").is_dir() {
            return Ok(Toolchain::Own);
        }
        let sources = Path::new(DEBIAN_SOURCES).exists() && Path::new(DEBIAN_CARGO).exists();
        if sources && succeeds("/usr/bin/wasm-ld --version").is_ok() {
            return Ok(Toolchain::Debian);
        }
        bail!(
            "no compiler for {TARGET}: run `rustup target add {TARGET}`, or on Debian \
             `apt-get install rustc-web cargo-web rust-web-src lld`"
        )
    }

    /// Every engine of the last years has SIMD. A compiler that builds the standard library too makes a bare
    /// trap of a panic, and `Debug`, which nothing the module says is written with, writes nothing there:
    /// that saves an eighth of the module.
    fn flags(&self) -> &'static str {
        match self {
            Toolchain::Own => "-Ctarget-feature=+simd128",
            Toolchain::Debian => {
                "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none \
                 --cfg sha2_backend_soft=\"compact\" -Ctarget-feature=+simd128"
            }
        }
    }

    /// Compiles the binding and returns the module's file.
    fn compile(&self) -> Result<PathBuf> {
        let target = target().join("wasm");
        let mut cargo = match self {
            Toolchain::Own => cargo(),
            Toolchain::Debian => debian_cargo(),
        };
        cargo.env("RUSTFLAGS", self.flags());
        cargo.args(["build", "--package", "magewright-wasm", "--profile", "wasm", "--target", TARGET]);
        if matches!(self, Toolchain::Debian) {
            cargo.args(["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"]);
        }
        require(cargo.current_dir(root()).env("CARGO_TARGET_DIR", &target))?;
        Ok(target.join(TARGET).join("wasm/magewright_wasm.wasm"))
    }
}

/// Debian's cargo, kept apart from the toolchain that runs this program.
fn debian_cargo() -> Command {
    let mut path = std::ffi::OsString::from("/usr/bin:");
    path.push(std::env::var_os("PATH").unwrap_or_default());
    let mut cargo = Command::new(DEBIAN_CARGO);
    cargo.env("PATH", path).env("RUSTC", DEBIAN_RUSTC).env("RUSTC_BOOTSTRAP", "1");
    cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "wasm-ld");
    for inherited in ["CARGO", "LD_LIBRARY_PATH", "RUSTUP_TOOLCHAIN", "RUSTDOC"] {
        cargo.env_remove(inherited);
    }
    cargo
}

fn bind(module: &Path, dist: &Path) -> Result<()> {
    if dist.exists() {
        std::fs::remove_dir_all(dist)?;
    }
    require(tool("bind").arg(module).arg(dist).current_dir(root()))
}

/// A task of the program that knows modules.
fn tool(task: &str) -> Command {
    let mut cargo = cargo();
    cargo.args(["run", "--quiet", "--package", "xtask-bindgen", "--", task]);
    cargo
}

/// Installs what `package-lock.json` names, unless it is there.
///
/// `npm ci` would refuse a lock without the other platforms' builds of a package, which a registry may lack.
pub(crate) fn install(package: &Path) -> Result<()> {
    let made = |file: &str| std::fs::metadata(package.join(file)).and_then(|file| file.modified());
    match (made("package-lock.json"), made("node_modules/.package-lock.json")) {
        (Ok(wanted), Ok(installed)) if wanted <= installed => Ok(()),
        _ => require(Command::new("npm").args(["install", "--no-save", "--silent"]).current_dir(package)),
    }
}

/// What every engine of the last years has: wasm-opt's `--all-features` writes what none reads yet.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-sign-ext",
    "--enable-simd",
];

/// What makes a module small, and, since what is repeated costs gzip nothing, no more than that: functions stay
/// apart unless they are short, equal expressions stay, and the data stays one piece, zeros and all. Rust's
/// stack lies below its data, so the lowest addresses are free.
const PASSES: [&str; 6] = [
    "--one-caller-inline-max-function-size=20",
    "--low-memory-unused",
    "-Oz",
    "--converge",
    "--skip-pass=local-cse",
    "--skip-pass=memory-packing",
];

/// Makes a module small, and keeps its names.
fn optimise(package: &Path, module: &Path) -> Result<()> {
    let mut optimiser = optimiser(package, module);
    require(optimiser.args(PASSES).arg("--debuginfo"))
}

/// Puts functions that are alike together, and leaves out the names.
fn arrange(package: &Path, module: &Path) -> Result<()> {
    require(tool("arrange").arg(module).current_dir(root()))?;
    require(optimiser(package, module).arg("--reorder-functions-by-name"))
}

fn optimiser(package: &Path, module: &Path) -> Command {
    let mut optimiser = Command::new(package.join("node_modules/.bin/wasm-opt"));
    optimiser.args(FEATURES).arg("-o").arg(module).arg(module);
    optimiser
}

fn sizes(module: &Path) -> Result<(u64, u64)> {
    let script = "process.stdout.write(String(require('zlib').gzipSync(require('fs').readFileSync(process.argv[1]), { level: 9 }).length))";
    let gzip = output(Command::new("node").args(["--eval", script]).arg(module))?;
    Ok((std::fs::metadata(module)?.len(), gzip.trim().parse()?))
}

fn succeeds(line: &str) -> Result<()> {
    let mut words = line.split(' ');
    let program = words.next().unwrap_or_default();
    output(Command::new(program).args(words)).map(drop)
}

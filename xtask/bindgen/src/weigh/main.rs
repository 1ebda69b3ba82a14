//! `xtask-weigh MODULE.wasm`: where the bytes of a module are, by room, by function and by data.
//!
//! The module must have its names. Sizes compressed are those of a part by itself: gzip finds less in
//! a part than in the whole, so they add up to somewhat more than the module.

mod module;
mod names;
mod parts;

use std::path::PathBuf;

use anyhow::{Context, Result};

use module::Module;

/// How many of the largest functions and data are shown.
const SHOWN: usize = 60;

fn main() -> Result<()> {
    let path = PathBuf::from(std::env::args_os().nth(1).context("usage: xtask-weigh MODULE.wasm")?);
    let bytes = std::fs::read(&path).with_context(|| format!("{} could not be read", path.display()))?;
    print!("{}", parts::table(&Module::read(&bytes)?, SHOWN));
    Ok(())
}

//! `xtask-bindgen MODULE.wasm FOLDER`: what the wasm-bindgen command does, at the
//! version that the lock file gives to the library.
//!
//! A program of its own, so that the other tasks need not wait for its build.

use std::path::PathBuf;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<()> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let usage = "usage: xtask-bindgen MODULE.wasm FOLDER";
    let module = arguments.next().context(usage)?;
    let folder = arguments.next().context(usage)?;
    Bindgen::new()
        .input_path(&module)
        .out_name("magewright")
        .web(true)?
        .typescript(false)
        // wasm-opt orders the functions by their names, and leaves them out.
        .remove_name_section(false)
        .remove_producers_section(true)
        .generate(&folder)
        .with_context(|| format!("{} could not be bound", module.display()))
}

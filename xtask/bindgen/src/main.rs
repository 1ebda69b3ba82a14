//! What the workshop does with a WASM module:
//!
//! - `xtask-bindgen bind MODULE.wasm FOLDER`: what the wasm-bindgen command does, at the version that the
//!   lock file gives to the library.
//! - `xtask-bindgen arrange MODULE.wasm`: names the functions by their places in the order in which gzip
//!   makes the module smallest, for wasm-opt to order them by.
//! - `xtask-bindgen weigh MODULE.wasm`: where the bytes are, by room, by function and by data.
//!
//! A program of its own, so that the other tasks need not wait for its build.

mod arrange;
mod module;
mod names;
mod weigh;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

use module::Module;

/// How many of the largest functions and data are shown.
const SHOWN: usize = 60;

fn main() -> Result<()> {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    match &*arguments {
        [task, module, folder] if task.as_os_str() == "bind" => bind(module, folder),
        [task, module] if task.as_os_str() == "arrange" => {
            let arranged = arrange::arranged(&read(module)?)?;
            std::fs::write(module, arranged)
                .with_context(|| format!("{} could not be written", module.display()))
        }
        [task, module] if task.as_os_str() == "weigh" => {
            print!("{}", weigh::table(&Module::read(&read(module)?)?, SHOWN));
            Ok(())
        }
        _ => bail!("usage: xtask-bindgen bind MODULE.wasm FOLDER | arrange MODULE.wasm | weigh MODULE.wasm"),
    }
}

fn read(module: &Path) -> Result<Vec<u8>> {
    std::fs::read(module).with_context(|| format!("{} could not be read", module.display()))
}

fn bind(module: &Path, folder: &Path) -> Result<()> {
    Bindgen::new()
        .input_path(module)
        .out_name("magewright")
        .web(true)?
        .typescript(false)
        // The functions are weighed by their names; wasm-opt leaves the names out.
        .remove_name_section(false)
        .remove_producers_section(true)
        .generate(folder)
        .with_context(|| format!("{} could not be bound", module.display()))
}

//! The workshop: the one task runner, and the only writer of generated files.
//!
//! It never depends on the core, so that it runs when the core does not compile.

mod bench;
mod builder;
mod codegen;
mod profile;
mod python;
mod reference;
mod regenerate;
mod run;
mod schema;
mod soak;
mod test;
mod wasm;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about = "The workshop of magewright")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Contracts: import or pull a schema, compare, show what came when.
    #[command(subcommand)]
    Schema(schema::Task),
    /// What a store says of itself.
    #[command(subcommand)]
    Profile(profile::Task),
    /// Writes the generated code from schema/contracts and schema/overlay.json.
    Codegen {
        /// Only says whether the generated code is fresh.
        #[arg(long)]
        check: bool,
    },
    /// Takes in a release: import, diff, generated code, recorded cases, and a summary to review.
    Regenerate(regenerate::Options),
    /// Runs a folder of recorded store traffic against the core.
    #[command(disable_help_flag = true)]
    Conformance {
        /// The folder, and options; `--help` lists them.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        rest: Vec<String>,
    },
    /// Builds the npm package and runs its tests in Node.
    Wasm {
        /// Only say where the module's bytes are: by room, the largest functions, the largest data.
        #[arg(long)]
        sizes: bool,
    },
    /// Builds the payload builder page and runs its tests in Node and Chromium.
    Builder,
    /// Builds the Python package and runs its tests in a clean environment.
    Python {
        /// Run a folder of recorded store traffic against the package, and nothing else.
        #[arg(long, value_name = "DIR")]
        cases: Option<PathBuf>,
    },
    /// Runs every check: this is what CI runs.
    Test(test::Options),
    /// Times the core against named peers.
    #[command(subcommand)]
    Bench(bench::Task),
    /// Runs the long form of a test.
    #[command(subcommand)]
    Soak(soak::Task),
    /// The main job, end to end, on recorded cases and a store of its own.
    #[command(disable_help_flag = true)]
    Demo {
        /// Options; `--help` lists them.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        rest: Vec<String>,
    },
}

/// Does what the command line says, and tells whether it could.
pub fn run_command_line() -> ExitCode {
    match run(Arguments::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The contract in the bytes of a schema document, as the text of the file that an import would
/// write: the door for fuzzing. `skip_broken` leaves out what a module got wrong.
///
/// # Errors
/// Why there is none, with the place.
///
/// ```
/// let refusal = xtask::import(br#"{"swagger": "3.0"}"#, false).unwrap_err();
/// assert!(refusal.contains("at /swagger: only Swagger 2.0 is known, which Magento writes"), "{refusal}");
/// ```
pub fn import(bytes: &[u8], skip_broken: bool) -> Result<String, String> {
    schema::contract_text(bytes, skip_broken).map_err(|error| format!("{error:#}"))
}

fn run(task: Task) -> anyhow::Result<()> {
    match task {
        Task::Schema(task) => schema::perform(task),
        Task::Profile(task) => profile::perform(task),
        Task::Codegen { check } => codegen::generate(check),
        Task::Regenerate(options) => regenerate::run(&options),
        Task::Conformance { rest } => run::package("magewright-conformance", "conformance", &rest),
        Task::Wasm { sizes: true } => wasm::weigh(),
        Task::Wasm { sizes: false } => wasm::build().and_then(|()| wasm::test()),
        Task::Builder => wasm::build()
            .and_then(|()| builder::build())
            .and_then(|()| builder::test())
            .and_then(|()| builder::test_page()),
        Task::Python { cases: Some(folder) } => python::build().and_then(|()| python::recorded(&folder)),
        Task::Python { cases: None } => {
            python::build().and_then(|()| python::test()).and_then(|()| python::extras())
        }
        Task::Test(options) => test::run(&options),
        Task::Bench(task) => bench::run(&task),
        Task::Soak(task) => soak::run(&task),
        Task::Demo { rest } => run::package("magewright-demo", "magewright-demo", &rest),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn every_command_line_is_well_formed() {
        super::Arguments::command().debug_assert();
    }
}

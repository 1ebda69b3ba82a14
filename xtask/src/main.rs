//! The workshop: the one task runner, and the only writer of generated files.
//!
//! It never depends on the core, so that it runs when the core does not compile.

mod run;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about = "The workshop of magewright")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Runs a folder of recorded store traffic against the core.
    #[command(disable_help_flag = true)]
    Conformance {
        /// The folder, and options; `--help` lists them.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        rest: Vec<String>,
    },
    /// The main job, end to end, on recorded cases.
    #[command(disable_help_flag = true)]
    Demo {
        /// Options; `--help` lists them.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        rest: Vec<String>,
    },
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().task {
        Task::Conformance { rest } => run::package("magewright-conformance", "conformance", &rest),
        Task::Demo { rest } => run::package("magewright-demo", "magewright-demo", &rest),
    }
}

//! `cargo xtask soak`: the long forms of tests that are short by default.

use anyhow::Result;
use clap::Subcommand;

use crate::run::{cargo, require, root};

/// What to run for long.
#[derive(Subcommand)]
pub(crate) enum Task {
    /// A sync against a store with faults, killed again and again and taken up again.
    Sync {
        /// How many rows.
        #[arg(long, default_value_t = 10_000)]
        rows: u32,
        /// How often it is killed.
        #[arg(long, default_value_t = 20)]
        kills: u32,
        /// The longest time, in milliseconds, that it is let run before it is killed.
        #[arg(long, default_value_t = 4_000)]
        span: u32,
    },
}

/// Does one task.
pub(crate) fn run(task: &Task) -> Result<()> {
    let Task::Sync { rows, kills, span } = task;
    let mut test = cargo();
    test.args(["test", "--quiet", "--locked", "--package", "magewright-client", "--test", "resume"]);
    test.args(["--", "--exact", "--nocapture", "a_killed_sync_is_taken_up_without_losing_or_doubling_a_row"]);
    for (name, value) in [("ROWS", rows), ("KILLS", kills), ("SPAN", span)] {
        test.env(format!("MAGEWRIGHT_{name}"), value.to_string());
    }
    require(test.current_dir(root()))
}

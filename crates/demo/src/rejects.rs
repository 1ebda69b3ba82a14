//! The rows that were not done, and why.

use std::collections::BTreeMap;
use std::io::{BufWriter, Write};

use magewright_client::{Outcome, RowOutcome};

pub(crate) fn print(outcomes: &[RowOutcome]) -> std::io::Result<()> {
    let file = std::env::temp_dir().join("magewright-demo-rejects.ndjson");
    let mut out = BufWriter::new(std::fs::File::create(&file)?);
    for line in outcomes.iter().filter_map(RowOutcome::reject) {
        writeln!(out, "{line}")?;
    }
    out.flush()?;
    println!("\nRejected before anything was sent, with the way out; to be mended and run again:");
    println!("  {}", file.display());
    for (code, (lines, message)) in kinds(outcomes) {
        let first: Vec<_> = lines.iter().take(3).map(u64::to_string).collect();
        let more = if lines.len() > 3 { ", …" } else { "" };
        println!("  {:>3} × {code}: {message} (line {}{more})", lines.len(), first.join(", "));
    }
    Ok(())
}

/// For each first problem's code the lines, and a message.
fn kinds(outcomes: &[RowOutcome]) -> BTreeMap<&str, (Vec<u64>, &str)> {
    let mut kinds: BTreeMap<&str, (Vec<u64>, &str)> = BTreeMap::new();
    for row in outcomes {
        let Outcome::Rejected(problems) = &row.outcome else { continue };
        let Some(problem) = problems.first() else { continue };
        kinds.entry(&problem.code).or_insert((Vec::new(), &problem.message)).0.push(row.line);
    }
    kinds
}

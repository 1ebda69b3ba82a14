//! `conformance DIR`: runs a folder of recorded cases and prints what passed.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use magewright::release::Release;
use magewright_conformance::Verdict;
use magewright_conformance::folder::{Folder, FolderError};
use magewright_conformance::suites::SUITES;

/// Runs a folder of recorded store traffic against the core.
#[derive(Parser)]
#[command(name = "conformance")]
struct Arguments {
    /// The folder with `<suite>.jsonl`, `store/` and `state/`.
    folder: PathBuf,
    /// Run these suites only (may be repeated).
    #[arg(long, value_name = "NAME")]
    only: Vec<String>,
    /// How many failing cases to print per suite.
    #[arg(long, value_name = "N", default_value_t = 10)]
    failures: usize,
    /// Run for this release, with its recorded differences laid over the base.
    #[arg(long, value_name = "R", default_value_t = Release::DEFAULT)]
    release: Release,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("conformance: {message}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> Result<bool, String> {
    if let Some(unknown) = arguments.only.iter().find(|only| !SUITES.iter().any(|(name, _)| name == only)) {
        let names: Vec<_> = SUITES.iter().map(|(name, _)| *name).collect();
        return Err(format!("no suite is named `{unknown}`: choose from {}", names.join(", ")));
    }
    let folder = Folder::new(&arguments.folder, arguments.release);
    let wanted = |name: &str| arguments.only.is_empty() || arguments.only.iter().any(|only| only == name);
    let mut ran = 0;
    let mut clean = true;
    for (name, suite) in SUITES.iter().filter(|(name, _)| wanted(name)) {
        let Some(cases) = folder.cases(name).map_err(|e: FolderError| e.to_string())? else { continue };
        ran += 1;
        let Some(suite) = suite else {
            println!("{name} 0/{} (the core has no model for these yet)", cases.len());
            clean = false;
            continue;
        };
        let verdicts = suite(&folder, &cases).map_err(|e| e.to_string())?;
        clean &= print(name, &verdicts, arguments.failures);
    }
    if ran == 0 {
        return Err(format!("{} holds none of the wanted files", arguments.folder.display()));
    }
    Ok(clean)
}

fn print(name: &str, verdicts: &[Verdict], most: usize) -> bool {
    let failed: Vec<_> = verdicts.iter().filter(|verdict| !verdict.passed()).collect();
    println!("{name} {}/{}", verdicts.len() - failed.len(), verdicts.len());
    for verdict in failed.iter().take(most) {
        println!("  {}", verdict.id);
        for difference in &verdict.differences {
            println!("    {difference}");
        }
    }
    if failed.len() > most {
        println!("  and {} more (--failures {})", failed.len() - most, failed.len());
    }
    failed.is_empty()
}

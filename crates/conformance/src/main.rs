//! `conformance DIR`: runs a folder of recorded cases and prints what passed.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use magewright::release::Release;
use magewright_conformance::Verdict;
use magewright_conformance::folder::{Folder, FolderError};
use magewright_conformance::stage::Stage;
use magewright_conformance::suites::{ON_STAGE, SUITES};

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
    /// Put the cases to a sandbox store on loopback, every request over real HTTP.
    #[arg(long)]
    via_http: bool,
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
    let names: Vec<&str> = match arguments.via_http {
        true => ON_STAGE.iter().map(|(name, _)| *name).collect(),
        false => SUITES.iter().map(|(name, _)| *name).collect(),
    };
    if arguments.via_http && arguments.release != Release::DEFAULT {
        return Err(format!("over HTTP the cases of {} are run only", Release::DEFAULT));
    }
    if arguments.release.is_saas() {
        return Err("nobody has recorded the SaaS edition: there are no cases to run".to_owned());
    }
    if let Some(unknown) = arguments.only.iter().find(|only| !names.contains(&only.as_str())) {
        return Err(format!("no suite is named `{unknown}`: choose from {}", names.join(", ")));
    }
    let results = if arguments.via_http {
        over_http(arguments)?
    } else {
        direct(arguments).map_err(|e| e.to_string())?
    };
    if results.is_empty() {
        return Err(format!("{} holds none of the wanted files", arguments.folder.display()));
    }
    for result in &results {
        println!("{result}");
    }
    for result in &results {
        result.print_failures(arguments.failures);
    }
    Ok(results.iter().all(|result| result.passed() == result.cases))
}

/// The suites whose cases were recorded on other releases too.
const ON_EVERY_RELEASE: [&str; 3] = ["create", "update", "oauth"];

fn over_http(arguments: &Arguments) -> Result<Vec<SuiteResult>, String> {
    let folder = Folder::new(&arguments.folder, arguments.release);
    let mut stage = Stage::over_http().map_err(|e| e.to_string())?;
    let mut results = Vec::new();
    for &(name, suite) in ON_STAGE {
        let wanted = arguments.only.is_empty() || arguments.only.iter().any(|only| only == name);
        let Some(cases) = folder.cases(name).map_err(|e| e.to_string())?.filter(|_| wanted) else { continue };
        let verdicts = suite(&folder, &cases, &mut stage).map_err(|e| e.to_string())?;
        results.push(SuiteResult { name, cases: cases.len(), verdicts: Some(verdicts) });
    }
    Ok(results)
}

fn direct(arguments: &Arguments) -> Result<Vec<SuiteResult>, FolderError> {
    let folder = Folder::new(&arguments.folder, arguments.release);
    let wanted = |name: &str| match arguments.only.as_slice() {
        [] => arguments.release == Release::DEFAULT || ON_EVERY_RELEASE.contains(&name),
        only => only.iter().any(|only| only == name),
    };
    let mut results = Vec::new();
    for &(name, suite) in SUITES.iter().filter(|(name, _)| wanted(name)) {
        let Some(cases) = folder.cases(name)? else { continue };
        let verdicts = suite.map(|suite| suite(&folder, &cases)).transpose()?;
        results.push(SuiteResult { name, cases: cases.len(), verdicts });
    }
    Ok(results)
}

struct SuiteResult {
    name: &'static str,
    cases: usize,
    /// `None` where the core has no model for the suite yet.
    verdicts: Option<Vec<Verdict>>,
}

impl SuiteResult {
    fn passed(&self) -> usize {
        self.verdicts.iter().flatten().filter(|verdict| verdict.passed()).count()
    }

    fn print_failures(&self, most: usize) {
        let failed: Vec<_> = self.verdicts.iter().flatten().filter(|verdict| !verdict.passed()).collect();
        for verdict in failed.iter().take(most) {
            println!("\n{} {}", self.name, verdict.id);
            for difference in &verdict.differences {
                println!("    {difference}");
            }
        }
        if failed.len() > most {
            println!("\n{}: {} more (--failures {})", self.name, failed.len() - most, failed.len());
        }
    }
}

impl std::fmt::Display for SuiteResult {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}/{}", self.name, self.passed(), self.cases)?;
        if self.verdicts.is_none() {
            f.write_str(" (the core has no model for these yet)")?;
        }
        Ok(())
    }
}

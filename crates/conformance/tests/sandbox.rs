//! Puts the recorded cases to the sandbox store, in this process and over HTTP.

use magewright::json::Value;
use magewright::release::Release;
use magewright_conformance::folder::{Folder, kept};
use magewright_conformance::stage::Stage;
use magewright_conformance::suites::ON_STAGE;

type Failure = Box<dyn std::error::Error>;

/// Of every suite, so many of the cases go over HTTP: the whole run is `conformance DIR --via-http`.
const EVERY: usize = 5;

/// The suites that are otherwise put to the core alone.
const OF_THE_CORE: [&str; 3] = ["create", "update", "search"];

/// Runs the cases that `wanted` picks by suite and number; all of them must pass. Returns how many there were.
fn run(
    stage: &mut Stage,
    wanted: impl Fn(&str, usize) -> bool,
) -> Result<Vec<(&'static str, usize)>, Failure> {
    let folder = Folder::new(kept(), Release::DEFAULT);
    let mut counts = Vec::new();
    for &(name, suite) in ON_STAGE {
        let all = folder.cases(name)?.unwrap_or_default().into_iter().enumerate();
        let cases: Vec<Value> = all.filter(|(at, _)| wanted(name, *at)).map(|(_, case)| case).collect();
        let verdicts = suite(&folder, &cases, stage)?;
        let failed: Vec<_> = verdicts.iter().filter(|verdict| !verdict.passed()).collect();
        assert!(failed.is_empty(), "{name}: {failed:#?}");
        counts.push((name, verdicts.len()));
    }
    Ok(counts)
}

#[test]
fn every_case_is_answered_and_kept_as_recorded() -> Result<(), Failure> {
    let counts = run(&mut Stage::direct(), |suite, _| OF_THE_CORE.contains(&suite))?;
    assert!(counts.iter().all(|(suite, count)| *count > 0 || !OF_THE_CORE.contains(suite)), "{counts:?}");
    Ok(())
}

#[test]
fn http_changes_nothing() -> Result<(), Failure> {
    let counts = run(&mut Stage::over_http()?, |_, at| at % EVERY == 0)?;
    assert!(counts.iter().all(|(_, count)| *count > 0), "{counts:?}");
    Ok(())
}

//! Holds the kept cases against `figures.txt`: nothing may get worse.

use std::path::Path;

use magewright::release::Release;
use magewright_conformance::folder::Folder;
use magewright_conformance::suites::SUITES;

/// The releases whose differences were recorded, and what was recorded of them.
const OTHERS: &[&str] = &["2.4.6-p2", "2.4.7-p1", "2.4.8-p1"];
const OF_OTHERS: &[&str] = &["create", "update", "oauth"];

type Failure = Box<dyn std::error::Error>;

#[test]
fn no_figure_gets_worse() -> Result<(), Failure> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let bar = std::fs::read_to_string(here.join("figures.txt"))?;
    let vectors = here.join("../../schema/vectors");
    let mut now = figures(&vectors, Release::DEFAULT, &|_| true)?;
    for release in OTHERS {
        now.extend(figures(&vectors, release.parse()?, &|suite| OF_OTHERS.contains(&suite))?);
    }
    let now = now.join("\n");
    let worse: Vec<_> = bar.lines().filter(|line| !reached(line, &now)).collect();
    assert!(worse.is_empty(), "worse than before: {worse:#?}\nnow:\n{now}");
    if now.trim() != bar.trim() {
        println!("better than before; raise crates/conformance/figures.txt to\n{now}");
    }
    Ok(())
}

/// `RELEASE SUITE PASSED/TOTAL` for each suite that the core has a model for.
fn figures(folder: &Path, release: Release, wanted: &dyn Fn(&str) -> bool) -> Result<Vec<String>, Failure> {
    let folder = Folder::new(folder, release);
    let mut lines = Vec::new();
    for (name, suite) in SUITES.iter().filter(|(name, _)| wanted(name)) {
        let (Some(suite), Some(cases)) = (suite, folder.cases(name)?) else { continue };
        let verdicts = suite(&folder, &cases)?;
        let passed = verdicts.iter().filter(|verdict| verdict.passed()).count();
        lines.push(format!("{release} {name} {passed}/{}", verdicts.len()));
    }
    Ok(lines)
}

/// Whether the figures of now reach that line of the bar, on no fewer cases.
fn reached(line: &str, now: &str) -> bool {
    let read = |line: &str| {
        let (name, figure) = line.rsplit_once(' ')?;
        let (passed, total) = figure.split_once('/')?;
        Some((name.to_owned(), passed.parse::<usize>().ok()?, total.parse::<usize>().ok()?))
    };
    let Some((name, passed, total)) = read(line) else { return false };
    now.lines().filter_map(read).any(|(other, p, t)| other == name && p >= passed && t >= total)
}

use std::fs;

use anyhow::Result;

use super::{committed, hold, root, written_by_hand};

const MOST_LINES: usize = 400;
const CODE: &[&str] = &[".rs", ".js", ".mjs", ".ts", ".py", ".pyi", ".sh"];

/// Folders of one machine; written so that this file does not hold them itself.
const MACHINE_PATHS: &[&str] = &[concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/ho", "me/")];

#[test]
fn files_stay_readable_in_one_sitting() -> Result<()> {
    let mut broken = Vec::new();
    for file in written_by_hand()?.iter().filter(|file| CODE.iter().any(|end| file.ends_with(end))) {
        let lines = fs::read_to_string(root().join(file))?.lines().count();
        if lines > MOST_LINES {
            broken.push(format!("{file}: {lines} lines"));
        }
    }
    hold("files to be split", &broken)
}

#[test]
fn nothing_points_into_one_machine() -> Result<()> {
    let mut broken = Vec::new();
    for file in committed()? {
        let Ok(text) = fs::read_to_string(root().join(&file)) else { continue };
        let found = text.lines().enumerate().filter(|(_, line)| points_into_a_machine(line));
        broken.extend(found.map(|(at, _)| format!("{file}:{}", at + 1)));
    }
    hold("lines that name a folder of one machine", &broken)
}

fn points_into_a_machine(line: &str) -> bool {
    MACHINE_PATHS.iter().any(|path| line.match_indices(path).any(|(at, _)| starts_a_path(line, at)))
}

/// Whether a path starts at that byte, rather than going on: `net/home/` names no machine's folder.
fn starts_a_path(line: &str, at: usize) -> bool {
    let before = line.get(..at).and_then(|before| before.chars().next_back());
    before.is_none_or(|before| !before.is_alphanumeric() && !".-_/".contains(before))
}

#[test]
fn paths_of_the_api_are_written_in_the_call_module_only() -> Result<()> {
    let core = |file: &&String| file.starts_with("crates/core/src/") && file.ends_with(".rs");
    let elsewhere = |file: &&String| !["call", "generated"].iter().any(|home| in_module(file, home));
    let mut broken = Vec::new();
    for file in committed()?.iter().filter(core).filter(elsewhere) {
        let text = fs::read_to_string(root().join(file))?;
        let found = outside_tests(&text).filter(|(_, line)| line.contains("V1/"));
        broken.extend(found.map(|(at, _)| format!("{file}:{at}")));
    }
    hold("paths of the API outside crates/core/src/call", &broken)
}

fn in_module(file: &str, module: &str) -> bool {
    let inside = file.strip_prefix("crates/core/src/").and_then(|file| file.strip_prefix(module));
    inside.is_some_and(|rest| rest.starts_with('/') || rest == ".rs")
}

/// The lines of code before a file's tests, counted from 1, without comments.
fn outside_tests(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let code = text.lines().take_while(|line| line.trim() != "#[cfg(test)]").enumerate();
    code.map(|(at, line)| (at + 1, line)).filter(|(_, line)| !line.trim_start().starts_with("//"))
}

#[test]
fn every_example_of_a_readme_says_its_language() -> Result<()> {
    let mut broken = Vec::new();
    for file in committed()?.iter().filter(|file| file.ends_with("README.md")) {
        let text = fs::read_to_string(root().join(file))?;
        let fences = text.lines().enumerate().filter(|(_, line)| line.starts_with("```"));
        let bare = fences.step_by(2).filter(|(_, line)| *line == "```");
        broken.extend(bare.map(|(at, _)| format!("{file}:{}", at + 1)));
    }
    hold("code blocks without a language (`text` when it is none)", &broken)
}

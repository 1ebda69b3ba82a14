//! The rules of the repository.

mod arrows;
mod dependencies;
mod files;
mod generated;
mod manifests;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// The folder of the workspace.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// What a command prints, run in the folder of the workspace.
fn output(program: &str, arguments: &[&str]) -> Result<String> {
    let output = Command::new(program).args(arguments).current_dir(root()).output();
    let output = output.with_context(|| format!("`{program}` could not be started"))?;
    ensure!(output.status.success(), "`{program}` failed: {}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?)
}

/// The files that are committed, or would be, with their places in the repository.
fn committed() -> Result<Vec<String>> {
    let listed = output("git", &["ls-files", "--cached", "--others", "--exclude-standard"])?;
    let there = |file: &&str| root().join(file).is_file();
    Ok(listed.lines().filter(there).map(str::to_owned).collect())
}

/// The committed files that `.gitattributes` does not mark as generated.
fn written_by_hand() -> Result<Vec<String>> {
    let made = made_by_command()?;
    Ok(committed()?.into_iter().filter(|file| !made.contains(file)).collect())
}

/// The committed files that `.gitattributes` marks as generated.
fn made_by_command() -> Result<Vec<String>> {
    let files = committed()?;
    let mut arguments = vec!["check-attr", "linguist-generated", "--"];
    arguments.extend(files.iter().map(String::as_str));
    let answers = output("git", &arguments)?;
    let made = answers.lines().filter_map(|line| line.strip_suffix(": linguist-generated: true"));
    Ok(made.map(str::to_owned).collect())
}

/// Fails with every place that breaks a rule, and the rule's way out.
fn hold(rule: &str, broken: &[String]) -> Result<()> {
    ensure!(broken.is_empty(), "{rule}:\n  {}", broken.join("\n  "));
    Ok(())
}

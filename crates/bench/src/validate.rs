//! Validation of records against the validators of other languages.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use magewright::models::{self, Customer};
use magewright::validate::{Operation, Validator};
use serde::de::IgnoredAny;

use crate::Options;
use crate::contender::Contender;
use crate::table::{measure, print, promise};

const VERDICT: &str = "verdict";
const OBJECTS: &str = "verdict and objects";
const SYNTAX: &str = "syntax only";

pub(crate) fn run(options: &Options) -> Result<()> {
    let plain = Records::read(&options.data, "plain")?;
    println!(
        "{} records of {} bytes on average",
        plain.labels.len(),
        plain.text.len() / plain.labels.len().max(1)
    );
    println!("one thread, {} rounds by turns, medians; × is the time in ours", options.rounds);

    let rows = options.table("compact UTF-8, keys in a store's order", &plain, true)?;
    promise(&rows, "msgspec", 8.0);
    promise(&rows, "pydantic v2 validate_json", 17.0);
    promise(&rows, "Ajv standalone, strings", 12.0);
    promise(&rows, "serde_json IgnoredAny", 1.0);
    let shuffled = Records::read(&options.data, "shuffled")?;
    let rows = options.table("the same with shuffled keys", &shuffled, false)?;
    promise(&rows, "msgspec", 6.0);
    let php = Records::read(&options.data, "php")?;
    options.table("the same as PHP escapes it", &php, false)?;

    println!("\npeak memory and bad input");
    for times in ["1", "4"] {
        alone(&["memory", &plain.file, times])?;
    }
    alone(&["long-line", "100"])
}

impl Options {
    fn table(&self, title: &str, records: &Records, all: bool) -> Result<Vec<crate::table::Row>> {
        let validator = Validator::stock(Operation::Record);
        records.agree(&validator)?;
        let lines = records.lines();
        let mut contenders = vec![
            Contender::here("magewright, batch", VERDICT, || {
                black_box(validator.ndjson(records.bytes(), 1, |_, report| drop(black_box(report))));
            }),
            Contender::here("magewright, record by record", VERDICT, || {
                lines.iter().for_each(|line| drop(black_box(validator.check(line))));
            }),
            Contender::here("magewright, and a model of the clean", OBJECTS, || {
                for line in lines.iter().filter(|line| validator.check(line).is_clean()) {
                    drop(black_box(models::read::<Customer>(line)));
                }
            }),
            Contender::here("serde_json IgnoredAny", SYNTAX, || {
                lines.iter().for_each(|line| drop(black_box(serde_json::from_slice::<IgnoredAny>(line))));
            }),
            self.python("msgspec", "msgspec", OBJECTS, records)?,
        ];
        if all {
            contenders.extend([
                self.python("pydantic v2 validate_json", "pydantic", OBJECTS, records)?,
                self.python("orjson + jsonschema-rs", "jsonschema-rs", OBJECTS, records)?,
                self.node("Ajv standalone, strings", "text", records)?,
                self.node("Ajv standalone, bytes", "bytes", records)?,
            ]);
        }
        let rows = measure(&mut contenders, self.rounds, records.labels.len())?;
        print(title, &rows);
        Ok(rows)
    }

    fn python<'a>(
        &self,
        name: &'static str,
        peer: &str,
        does: &'static str,
        records: &Records,
    ) -> Result<Contender<'a>> {
        let mut command = Command::new(&self.python);
        command.arg(self.peers.join("peer.py")).args([peer, &records.file, &records.labels_file]);
        Contender::child(name, does, &mut command)
    }

    fn node<'a>(&self, name: &'static str, form: &str, records: &Records) -> Result<Contender<'a>> {
        let mut command = Command::new("node");
        command.arg(self.peers.join("peer.mjs")).args([form, &records.file, &records.labels_file]);
        Contender::child(name, OBJECTS, &mut command)
    }
}

/// Runs a part of this program in a process of its own.
fn alone(arguments: &[&str]) -> Result<()> {
    let status = Command::new(std::env::current_exe()?).args(arguments).status()?;
    if status.success() { Ok(()) } else { bail!("`{}` failed", arguments.join(" ")) }
}

struct Records {
    file: String,
    labels_file: String,
    text: String,
    /// Whether each record is valid.
    labels: Vec<bool>,
}

impl Records {
    fn read(folder: &Path, name: &str) -> Result<Self> {
        let file = folder.join(format!("{name}.ndjson"));
        let labels_file = folder.join("labels.ndjson");
        let text = std::fs::read_to_string(&file).with_context(|| format!("no {}", file.display()))?;
        let labels = std::fs::read_to_string(&labels_file)?.lines().map(|label| label == "null").collect();
        let name = |path: PathBuf| path.to_string_lossy().into_owned();
        Ok(Records { file: name(file), labels_file: name(labels_file), text, labels })
    }

    fn bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }

    fn lines(&self) -> Vec<&[u8]> {
        self.text.lines().map(str::as_bytes).collect()
    }

    /// Holds our own verdicts against the labels, and says how many went the quick way.
    fn agree(&self, validator: &Validator<'_>) -> Result<()> {
        let (mut wrong, mut slow) = (0, 0);
        for (line, valid) in self.lines().iter().zip(&self.labels) {
            wrong += usize::from(validator.check(line).is_clean() != *valid);
            slow += usize::from(*valid && !validator.accepts(line));
        }
        if wrong > 0 {
            bail!("magewright judges {wrong} records otherwise than the labels");
        }
        if slow > 0 {
            println!("\n{slow} clean records did not go the quick way");
        }
        Ok(())
    }
}

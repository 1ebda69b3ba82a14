//! What is timed: code of this process, or a child process that times itself.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};

/// One row of a table: a name, and something that takes time for each round.
pub(crate) struct Contender<'a> {
    pub(crate) name: &'static str,
    /// What it does that others may not.
    pub(crate) does: &'static str,
    kind: Kind<'a>,
}

enum Kind<'a> {
    Here(Box<dyn FnMut() + 'a>),
    Child { child: Child, input: ChildStdin, output: BufReader<ChildStdout> },
}

impl<'a> Contender<'a> {
    /// A contender in this process.
    pub(crate) fn here(name: &'static str, does: &'static str, round: impl FnMut() + 'a) -> Self {
        Contender { name, does, kind: Kind::Here(Box::new(round)) }
    }

    /// A contender that runs in a process of its own: one that first says how
    /// many records it judges otherwise than the labels, and then answers each
    /// line with the seconds a round took.
    pub(crate) fn child(name: &'static str, does: &'static str, command: &mut Command) -> Result<Self> {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let input = child.stdin.take().context("a child has an input")?;
        let mut output = BufReader::new(child.stdout.take().context("a child has an output")?);
        let mut line = String::new();
        output.read_line(&mut line)?;
        match line.trim() {
            "0" => Ok(Contender { name, does, kind: Kind::Child { child, input, output } }),
            "" => bail!("{name} did not start"),
            wrong => bail!("{name} judges {wrong} records otherwise than the labels"),
        }
    }

    /// The process that it runs in.
    pub(crate) fn process(&self) -> u32 {
        match &self.kind {
            Kind::Here(_) => std::process::id(),
            Kind::Child { child, .. } => child.id(),
        }
    }

    /// The seconds that one round over all records takes.
    pub(crate) fn round(&mut self) -> Result<f64> {
        match &mut self.kind {
            Kind::Here(round) => {
                let begun = Instant::now();
                round();
                Ok(begun.elapsed().as_secs_f64())
            }
            Kind::Child { input, output, .. } => {
                writeln!(input, "round")?;
                input.flush()?;
                let mut line = String::new();
                output.read_line(&mut line)?;
                line.trim().parse().with_context(|| format!("{} ended", self.name))
            }
        }
    }
}

impl Drop for Contender<'_> {
    fn drop(&mut self) {
        if let Kind::Child { child, .. } = &mut self.kind {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

//! A batch of rows, round after round.

use std::collections::HashSet;
use std::time::Duration;

use super::decide::{Job, Step};
use super::journal::{Entry, Journal, State};
use super::look::{Found, look};
use super::row::{Hash, Row};
use super::send::{Sent, send};
use super::{Outcome, Problem, Report, RowOutcome, SyncOptions};
use crate::{Client, Error};

/// How often nothing can be done about a row, each time after the attempts of the client's own policy.
const FAILURES: u32 = 3;

/// A sync under way.
pub(super) struct Syncing {
    client: Client,
    options: SyncOptions,
    journal: Option<Journal>,
    report: Report,
}

impl Syncing {
    pub(super) fn new(client: Client, options: SyncOptions, journal: Option<Journal>) -> Self {
        Syncing { client, options, journal, report: Report::default() }
    }

    /// What becomes of some rows, in order.
    pub(super) async fn batch(&mut self, rows: Vec<Row>) -> Result<Vec<RowOutcome>, Error> {
        let (mut jobs, mut done) = (Vec::new(), Vec::new());
        for row in rows {
            self.begin(row, &mut jobs, &mut done)?;
        }
        while !jobs.is_empty() {
            let (wave, later) = unique(jobs, |job| Some(job.wish.key.clone()));
            jobs = self.rounds(wave, &mut done).await?;
            jobs.extend(later);
            jobs.sort_by_key(|job| job.line);
        }
        done.sort_by_key(|row: &RowOutcome| row.line);
        done.iter().for_each(|row| self.report.count(row));
        if let Some(progress) = &self.options.progress {
            (progress.0)(&self.report);
        }
        Ok(done)
    }

    /// Takes a row up, unless it is done.
    fn begin(&self, row: Row, jobs: &mut Vec<Job>, done: &mut Vec<RowOutcome>) -> Result<(), Error> {
        let entry = self.journal.as_ref().map(|journal| journal.entry((row.line, row.hash)));
        let entry = entry.transpose()?.flatten();
        let (line, text) = (row.line, row.text.clone());
        let (outcome, earlier) = match entry.as_ref().and_then(finished) {
            Some(outcome) => (outcome, true),
            None => match Job::new(row, entry.as_ref()) {
                Ok(job) => {
                    jobs.push(job);
                    return Ok(());
                }
                Err(problem) => (Outcome::Rejected(vec![problem]), false),
            },
        };
        done.push(RowOutcome { line, id: entry.and_then(|entry| entry.id), outcome, earlier, row: text });
        Ok(())
    }

    /// Takes jobs of different keys to their ends. Gives back those that turned out to be about a customer
    /// of another one's: they come after it.
    async fn rounds(&self, mut open: Vec<Job>, done: &mut Vec<RowOutcome>) -> Result<Vec<Job>, Error> {
        let mut later = Vec::new();
        while !open.is_empty() {
            let found = match look(&self.client, &open).await {
                Ok(found) => found,
                Err(error) => {
                    let failed = |job| (job, Outcome::Failed(error.to_string()));
                    return self.settle(open.into_iter().map(failed).collect(), done).map(|()| later);
                }
            };
            let (decided, same) = self.decide(open, &found);
            later.extend(same);
            let (settled, steps): (Vec<_>, Vec<_>) =
                decided.into_iter().partition(|(_, step)| matches!(step, Step::Done(_)));
            self.settle(settled.into_iter().filter_map(ended).collect(), done)?;
            let steps = self.intend(steps)?;
            let sent = send(&self.client, &self.options, steps).await;
            let wait;
            (open, wait) = self.received(sent, done)?;
            if !open.is_empty() {
                tokio::time::sleep(wait).await;
            }
        }
        Ok(later)
    }

    fn decide(&self, open: Vec<Job>, found: &Found) -> (Vec<(Job, Step)>, Vec<Job>) {
        let of = |job: &Job| found.of(&self.client, job);
        let (open, same) = unique(open, |job| of(job).and_then(|customer| customer.get("id")?.as_i64()));
        let decided = open.into_iter().map(|mut job| {
            let step = job.decide(&self.client, &self.options, of(&job));
            (job, step)
        });
        (decided.collect(), same)
    }

    /// Notes what is about to be sent.
    fn intend(&self, mut steps: Vec<(Job, Step)>) -> Result<Vec<(Job, Step)>, Error> {
        let intents = steps.iter_mut().filter_map(|(job, step)| Some((key(job), job.intend(step)?)));
        let intents: Vec<_> = intents.collect();
        self.journal.as_ref().map_or(Ok(()), |journal| journal.note(&intents))?;
        Ok(steps)
    }

    /// Settles what is done; gives back what is still open, and how long to wait before looking again.
    fn received(
        &self,
        sent: Vec<(Job, Sent)>,
        done: &mut Vec<RowOutcome>,
    ) -> Result<(Vec<Job>, Duration), Error> {
        let (mut open, mut settled, mut wait) = (Vec::new(), Vec::new(), Duration::ZERO);
        for (mut job, sent) in sent {
            match sent {
                Sent::Created(id) => {
                    job.id = id;
                    settled.push((job, Outcome::Created));
                }
                Sent::MayHold(settling) => {
                    job.sent += 1;
                    wait = wait.max(settling);
                    open.push(job);
                }
                Sent::Refused(outcome) => settled.push((job, outcome)),
                Sent::Later(message) => {
                    job.failures += 1;
                    wait = wait.max(self.client.settings().retry.first);
                    match job.failures < FAILURES {
                        true => open.push(job),
                        false => settled.push((job, Outcome::Failed(message))),
                    }
                }
                Sent::Queued => {
                    let message = "the store's queue has it and has not worked it in time";
                    settled.push((job, Outcome::Failed(message.to_owned())));
                }
            }
        }
        self.settle(settled, done)?;
        open.sort_by_key(|job| job.line);
        Ok((open, wait))
    }

    /// Notes the ends of rows.
    fn settle(&self, settled: Vec<(Job, Outcome)>, done: &mut Vec<RowOutcome>) -> Result<(), Error> {
        if let Some(journal) = &self.journal {
            let noted = settled.iter().filter_map(|(job, outcome)| Some((key(job), entry(job, outcome)?)));
            journal.note(&noted.collect::<Vec<_>>())?;
        }
        done.extend(settled.into_iter().map(|(job, outcome)| {
            let Job { line, id, text, .. } = job;
            RowOutcome { line, id, outcome, earlier: false, row: text }
        }));
        Ok(())
    }
}

fn key(job: &Job) -> (u64, Hash) {
    (job.line, job.hash)
}

fn ended((job, step): (Job, Step)) -> Option<(Job, Outcome)> {
    match step {
        Step::Done(outcome) => Some((job, outcome)),
        _ => None,
    }
}

/// What is to be noted of an end; nothing of one that another run may change.
fn entry(job: &Job, outcome: &Outcome) -> Option<Entry> {
    let (state, note) = match outcome {
        Outcome::Created => (State::Created, String::new()),
        Outcome::Updated(_) => (State::Updated, String::new()),
        Outcome::Unchanged => (State::Unchanged, String::new()),
        Outcome::Rejected(problems) => (State::Rejected, Problem::write(problems).to_string()),
        Outcome::Conflict(_) | Outcome::Failed(_) => return None,
    };
    Some(Entry { state, id: job.id, note })
}

/// The outcome of a row that an earlier run has done.
fn finished(entry: &Entry) -> Option<Outcome> {
    Some(match entry.state {
        State::Creating | State::Updating => return None,
        State::Created => Outcome::Created,
        State::Updated => Outcome::Updated(Vec::new()),
        State::Unchanged => Outcome::Unchanged,
        State::Rejected => Outcome::Rejected(Problem::read(&entry.note)),
    })
}

/// The jobs whose key is the first of its kind, and the others; a job without one is the only one of its kind.
fn unique<K: std::hash::Hash + Eq>(jobs: Vec<Job>, key: impl Fn(&Job) -> Option<K>) -> (Vec<Job>, Vec<Job>) {
    let mut seen = HashSet::new();
    jobs.into_iter().partition(|job| key(job).is_none_or(|key| seen.insert(key)))
}

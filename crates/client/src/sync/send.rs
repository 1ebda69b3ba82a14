//! Sending what was decided.

use std::time::{Duration, Instant};

use futures_util::stream::{self, StreamExt};
use magewright::bulk::Settled;
use magewright::json::{Object, Value};
use magewright::plan::Plan;

use super::decide::{Job, Step};
use super::{Outcome, SyncOptions, Via};
use crate::write::adds_address;
use crate::{Client, Error};

/// What came of sending.
pub(super) enum Sent {
    /// The store answered that it is done, and whom it created.
    Created(Option<i64>),
    /// Sent; whether it holds is seen when the customer is read again, which is so long from now.
    MayHold(Duration),
    /// The store refused for good.
    Refused(Outcome),
    /// Not done, and why; it may be done later.
    Later(String),
    /// The queue has it and has not worked it in time.
    Queued,
}

/// Sends all steps, and gives each job back with what came of it.
pub(super) async fn send(
    client: &Client,
    options: &SyncOptions,
    steps: Vec<(Job, Step)>,
) -> Vec<(Job, Sent)> {
    let queued = |step: &Step| match step {
        Step::Done(_) => false,
        Step::Create(_) => options.via == Via::Bulk,
        Step::Update(_, plan) => options.via == Via::Bulk && !adds_address(plan),
    };
    let (queued, single): (Vec<_>, Vec<_>) = steps.into_iter().partition(|(_, step)| queued(step));
    let side_by_side = usize::try_from(client.settings().concurrency).unwrap_or(1).max(1);
    let single = stream::iter(single).map(|(job, step)| async move {
        let sent = send_one(client, step).await;
        (job, sent)
    });
    let mut sent: Vec<_> = single.buffer_unordered(side_by_side).collect().await;
    sent.extend(send_queued(client, options, queued).await);
    sent
}

async fn send_one(client: &Client, step: Step) -> Sent {
    let begun = Instant::now();
    match step {
        Step::Done(_) => Sent::MayHold(Duration::ZERO),
        Step::Create(customer) => match client.create(customer, None).await {
            Ok(created) => Sent::Created(created.customer.get("id").and_then(Value::as_i64)),
            // An attempt before may have created it: the next round sees whom it meets.
            Err(error) if error.causes().iter().any(|cause| cause.code == "duplicate_email") => {
                Sent::Later(error.to_string())
            }
            Err(error) => failed(&error),
        },
        Step::Update(id, plan) => match client.put(id, &plan).await {
            Ok(_) => Sent::MayHold(client.settling(begun.elapsed())),
            Err(error) => failed(&error),
        },
    }
}

/// What a failure means for the row: what the store said of its content is for good, all else may pass.
fn failed(error: &Error) -> Sent {
    let of_content = match error {
        Error::LeftBehind(_) => true,
        Error::Refused(refused) => {
            !matches!(refused.error.status(), 401 | 403 | 404) && error.setback().is_none()
        }
        _ => false,
    };
    if of_content { Sent::Refused(Outcome::refused(error)) } else { Sent::Later(error.to_string()) }
}

async fn send_queued(client: &Client, options: &SyncOptions, steps: Vec<(Job, Step)>) -> Vec<(Job, Sent)> {
    let (mut creating, mut updating) = (Vec::new(), Vec::new());
    for (job, step) in steps {
        match step {
            Step::Create(customer) => creating.push((job, enveloped(customer))),
            Step::Update(_, plan) => updating.push((job, body(*plan))),
            Step::Done(_) => {}
        }
    }
    let (creating, created) = creating.into_iter().unzip::<_, _, Vec<_>, Vec<_>>();
    let (updating, updated) = updating.into_iter().unzip::<_, _, Vec<_>, Vec<_>>();
    let created = client.bulk_create(created, &options.bulk).await;
    let updated = client.bulk_update(updated, &options.bulk).await;
    let mut sent = ends(creating, created);
    sent.extend(ends(updating, updated));
    sent
}

fn ends(jobs: Vec<Job>, ends: Result<Vec<Settled>, Error>) -> Vec<(Job, Sent)> {
    match ends {
        Ok(ends) => jobs.into_iter().zip(ends.into_iter().map(end)).collect(),
        Err(error) => jobs.into_iter().map(|job| (job, Sent::Later(error.to_string()))).collect(),
    }
}

fn end(settled: Settled) -> Sent {
    match settled {
        Settled::Failed { message, .. } | Settled::Rejected { message } => {
            Sent::Refused(Outcome::rejected("refused", "", message))
        }
        Settled::Retriable { message } => Sent::Later(message),
        Settled::Open => Sent::Queued,
        _ => Sent::MayHold(Duration::ZERO),
    }
}

fn enveloped(customer: Value) -> Value {
    Value::Object([("customer", customer)].into_iter().collect::<Object>())
}

fn body(plan: Plan) -> Value {
    plan.body
}

use magewright::bulk::{Limits, Settled, chunks};
use magewright::json::Value;

use super::{Submit, settle};
use crate::error::Failed;
use crate::{Client, Error};

/// A submission that the store has taken.
pub(super) struct Submission {
    pub(super) uuid: String,
    /// The places of its items among all.
    pub(super) items: Vec<usize>,
}

/// What a failed submission means for its items.
enum Verdict {
    /// One of them is to blame.
    Divide,
    /// Nobody knows whether the store took them.
    Lost,
    /// The store did not take them, and may later.
    Later,
}

impl Client {
    /// Submits, in order, the items that are not settled; notes the ends of those that cannot be.
    pub(super) async fn submit(
        &self,
        items: Vec<Value>,
        settled: &mut [Option<Settled>],
        call: Submit,
        limits: Limits,
    ) -> Result<Vec<Submission>, Error> {
        let open: Vec<(usize, Value)> = items
            .into_iter()
            .enumerate()
            .filter(|(at, _)| settled.get(*at).is_some_and(Option::is_none))
            .collect();
        let (places, items): (Vec<usize>, Vec<Value>) = open.into_iter().unzip();
        // The first comes last, to be taken first.
        let mut left: Vec<_> = chunks(&items, limits).into_iter().rev().collect();
        let mut submissions = Vec::new();
        while let Some(range) = left.pop() {
            let places = places.get(range.clone()).unwrap_or_default().to_vec();
            let error = match self.submit_one(call, items.get(range.clone()).unwrap_or_default()).await {
                Ok(uuid) => {
                    submissions.push(Submission { uuid, items: places });
                    continue;
                }
                Err(error) => error,
            };
            match verdict(&error) {
                Verdict::Divide if range.len() > 1 => {
                    let middle = range.start + range.len() / 2;
                    left.extend([middle..range.end, range.start..middle]);
                }
                Verdict::Later if submissions.is_empty() => return Err(error),
                verdict => {
                    let end = end(&verdict, &error);
                    places.iter().for_each(|place| settle(settled, *place, end.clone()));
                }
            }
        }
        Ok(submissions)
    }

    async fn submit_one(&self, call: Submit, items: &[Value]) -> Result<String, Error> {
        let call = call(items.to_vec());
        let reply = self.send(&call).await?;
        reply.bulk_uuid.into_value().filter(|uuid| !uuid.is_empty()).ok_or_else(|| {
            let reply = magewright::call::UnexpectedReply { status: 202, problem: "no bulk_uuid".to_owned() };
            Error::Reply(Box::new(Failed::of(&call.request, reply)))
        })
    }
}

fn verdict(error: &Error) -> Verdict {
    match (error.status(), error.setback()) {
        (Some(400 | 413), _) => Verdict::Divide,
        (_, Some(setback)) if setback.may_be_done => Verdict::Lost,
        _ => Verdict::Later,
    }
}

fn end(verdict: &Verdict, error: &Error) -> Settled {
    let message = error.store().map_or_else(|| error.to_string(), |error| error.message());
    match verdict {
        Verdict::Divide => Settled::Rejected { message },
        Verdict::Lost => Settled::Lost,
        Verdict::Later => Settled::Retriable { message },
    }
}

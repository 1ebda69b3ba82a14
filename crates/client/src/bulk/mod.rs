//! Many operations in one request, worked by the store's queue later.

mod poll;
mod submit;

use std::time::Duration;

use futures_util::future::join_all;
use magewright::bulk::{Limits, Passwords, Settled, check};
use magewright::call::Call;
use magewright::call::bulk::{create_customers, delete_customers, update_customers};
use magewright::json::Value;
use magewright::models::AsyncResponse;
use magewright::predict::update::{Route, Target, update_in_bulk};
use magewright::predict::{Queued, create_queued};
use magewright::store::Accounts;

use crate::read::number;
use crate::{Client, Error};
use submit::Submission;

/// How a bulk is sent and waited for.
///
/// ```
/// use magewright::bulk::Passwords;
/// use magewright_client::BulkOptions;
/// assert_eq!(BulkOptions::default().passwords, Passwords::Refuse);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BulkOptions {
    /// How large one submission may be.
    pub limits: Limits,
    /// Whether creates may carry passwords, which the store keeps in clear text.
    pub passwords: Passwords,
    /// How long to wait for the queue; what is not worked by then is [`Settled::Open`].
    pub patience: Duration,
}

impl Default for BulkOptions {
    /// 500 items or 2 MiB at once, no passwords, ten minutes.
    fn default() -> Self {
        BulkOptions {
            limits: Limits::default(),
            passwords: Passwords::default(),
            patience: Duration::from_secs(600),
        }
    }
}

/// What is submitted, as a call.
type Submit = fn(Vec<Value>) -> Call<AsyncResponse>;

impl Client {
    /// Creates customers through the queue; each item is `{"customer":{…}}`. Gives what became of each, in order.
    ///
    /// Items that would make the store refuse the whole submission are rejected without being sent; one
    /// that does so all the same is found by halving. A submission whose reply is lost is not sent again:
    /// its items are [`Settled::Lost`], and may be worked or not.
    ///
    /// # Errors
    /// As [`Client::send`], where nothing was submitted at all.
    pub async fn bulk_create(&self, items: Vec<Value>, options: &BulkOptions) -> Result<Vec<Settled>, Error> {
        let (nobody, caller) = (Accounts::new(), self.caller());
        let store = self.store(&nobody);
        let refused = |item: &Value| match create_queued(item, caller, &store) {
            Queued::NotAccepted(refusal) => Some(refusal.rendered()),
            Queued::Ran(_) => None,
        };
        let checked = checked(&items, options, refused);
        self.bulk(items, checked, create_customers, options).await
    }

    /// Changes customers through the queue; each item is `{"customer":{"id":…,…}}`, as [`plan`](magewright::plan::plan())
    /// gives it for [`Route::Queue`]. Gives what became of each, in order.
    ///
    /// The queue merges nothing with what is stored. Otherwise as [`Client::bulk_create`].
    ///
    /// # Errors
    /// As [`Client::bulk_create`].
    pub async fn bulk_update(&self, items: Vec<Value>, options: &BulkOptions) -> Result<Vec<Settled>, Error> {
        let nobody = Accounts::new();
        let target = Target { store: self.store(&nobody), caller: self.caller(), route: Route::Queue };
        let refused = |item: &Value| {
            let alone = Value::Array(vec![item.clone()]);
            update_in_bulk(&alone, &target).err().map(|refusal| refusal.rendered())
        };
        let checked = checked(&items, options, refused);
        self.bulk(items, checked, update_customers, options).await
    }

    /// Deletes customers through the queue. Gives what became of each, in order.
    ///
    /// # Errors
    /// As [`Client::bulk_create`].
    pub async fn bulk_delete(&self, ids: &[i64], options: &BulkOptions) -> Result<Vec<Settled>, Error> {
        let ids: Vec<u64> = ids.iter().copied().map(number).collect();
        let items = delete_customers(&ids).request.body;
        let items = items.as_ref().and_then(Value::as_array).unwrap_or_default().to_vec();
        let checked = vec![None; items.len()];
        self.bulk(items, checked, delete_items, options).await
    }

    /// Submits what is not settled yet, and waits for the queue.
    async fn bulk(
        &self,
        items: Vec<Value>,
        mut settled: Vec<Option<Settled>>,
        call: Submit,
        options: &BulkOptions,
    ) -> Result<Vec<Settled>, Error> {
        let submissions = self.submit(items, &mut settled, call, options.limits).await?;
        let polls = submissions
            .iter()
            .map(|Submission { uuid, items }| self.poll(uuid, items.len(), options.patience));
        for (submission, ends) in submissions.iter().zip(join_all(polls).await) {
            for (&item, end) in submission.items.iter().zip(ends) {
                settle(&mut settled, item, end);
            }
        }
        Ok(settled.into_iter().map(|end| end.unwrap_or(Settled::Lost)).collect())
    }
}

fn delete_items(items: Vec<Value>) -> Call<AsyncResponse> {
    let id = |item: &Value| item.get("customerId").and_then(Value::as_i64).map(number);
    delete_customers(&items.iter().filter_map(id).collect::<Vec<_>>())
}

/// The items that must not be submitted, with the reason.
fn checked(
    items: &[Value],
    options: &BulkOptions,
    refused: impl Fn(&Value) -> Option<String>,
) -> Vec<Option<Settled>> {
    let mut settled = vec![None; items.len()];
    for problem in check(items, options.passwords) {
        settle(&mut settled, problem.item, Settled::Rejected { message: problem.to_string() });
    }
    for (item, end) in items.iter().zip(&mut settled).filter(|(_, end)| end.is_none()) {
        *end = refused(item).map(|message| Settled::Rejected { message });
    }
    settled
}

/// Notes the end of an item.
fn settle(settled: &mut [Option<Settled>], item: usize, end: Settled) {
    if let Some(slot) = settled.get_mut(item) {
        *slot = Some(end);
    }
}

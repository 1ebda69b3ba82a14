use std::collections::HashMap;

use super::failure::Failure;
use super::request::{authorize, carry_out, read};
use super::target::{Route, Target};
use crate::bulk;
use crate::json::Value;
use crate::outcome::Refusal;
use crate::store::Store;

/// What the queue's consumer makes of a list of updates.
#[derive(Debug, Clone, PartialEq)]
pub struct BulkPrediction {
    /// One operation an item, in the order they were sent.
    pub operations: Vec<Operation>,
    /// The customers that are not as they were, or new, each as GET without a store code returns it.
    pub customers: Vec<Value>,
}

/// One operation when the consumer is done with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// 1 complete, 3 failed and not to be retried.
    pub status: u8,
    /// The code of the failure; `None` on success.
    pub error_code: Option<i64>,
    /// The message, placeholders filled, cut to 255 characters as its column is.
    pub message: String,
}

/// What the consumer notes of a save.
const DONE: &str = "Service execution success Magento\\Customer\\Model\\ResourceModel\\CustomerRepository\\Interceptor::save";

/// Predicts a bulk update: `PUT /async/bulk/V1/customers/byCustomerId` with the list in the body.
///
/// The items run in order, each meeting what those before it left.
///
/// # Errors
/// The reply when the whole submission is refused, because of rights or because
/// one item cannot be read; nothing then runs. A body that is no list, or an item that is no object,
/// is PHP's own failure, a 500 in plain text.
///
/// ```
/// use magewright::json::parse;
/// use magewright::predict::update::{Route, Target, update_in_bulk};
/// use magewright::{profile::Profile, release::Release, store::{Accounts, Caller, Store}};
///
/// let (profile, accounts) = (Profile::stock(), Accounts::new());
/// let store = Store { release: Release::DEFAULT, profile: &profile, accounts: &accounts, scope: None, now: None };
/// let target = Target { store, caller: Caller::Admin, route: Route::Queue };
/// let run = update_in_bulk(&parse(br#"[{"customer":{"id":5,"firstname":"A"}}]"#)?, &target).unwrap();
/// assert_eq!(run.operations[0].message, "No such entity with customerId = 5");
/// # Ok::<(), magewright::json::SyntaxError>(())
/// ```
pub fn update_in_bulk(items: &Value, target: &Target<'_>) -> Result<BulkPrediction, Box<Refusal>> {
    let target = Target { route: Route::Queue, ..*target };
    authorize(&target).map_err(|failure| failure.refusal)?;
    let mut requests = Vec::new();
    for (_, item) in bulk::items(items)? {
        requests.push(read(&Value::Null, item, &target).map_err(|failure| failure.refusal)?);
    }
    let mut accounts = target.store.accounts.clone();
    let mut operations = Vec::with_capacity(requests.len());
    let mut saved = SavedCustomers::default();
    for request in requests {
        let store = Store { accounts: &accounts, ..target.store };
        let done = carry_out(request, &Target { store, ..target });
        operations.push(operation(&done));
        if let Ok(done) = done {
            // A created customer has no id that later items could name.
            let _ = accounts.insert(done.customer.clone());
            saved.push(done.customer);
        }
    }
    Ok(BulkPrediction { operations, customers: saved.customers.into_iter().flatten().collect() })
}

/// The customers a run saved, each once, as it was left last.
#[derive(Default)]
struct SavedCustomers {
    customers: Vec<Option<Value>>,
    places: HashMap<i64, usize>,
}

impl SavedCustomers {
    fn push(&mut self, customer: Value) {
        if let Some(id) = customer.get("id").and_then(Value::as_i64)
            && let Some(before) = self.places.insert(id, self.customers.len())
            && let Some(place) = self.customers.get_mut(before)
        {
            *place = None;
        }
        self.customers.push(Some(customer));
    }
}

fn operation(done: &Result<super::save::Saved, Failure>) -> Operation {
    match done {
        Ok(_) => Operation { status: 1, error_code: None, message: DONE.to_owned() },
        Err(failure) => {
            let (code, message) = failure.noted();
            Operation { status: 3, error_code: Some(code), message }
        }
    }
}

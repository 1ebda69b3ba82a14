//! Working the queue.

use magewright::call::route;
use magewright::json::Value;
use magewright::predict::update::Route;

use super::{State, Submission, service};
use crate::ask::Ask;
use crate::model;
use crate::routes::{self, customers};
use crate::shop::Shop;

/// Works the operation that waits longest. Returns whether there was one.
pub(crate) fn consume(shop: &mut Shop) -> bool {
    let Some((bulk, submission, operation)) = shop.queue.take() else { return false };
    let state = match run(shop, &submission, operation.body) {
        Ok(reply) => State::Complete { reply, note: note(&submission) },
        Err(failure) => failure,
    };
    shop.queue.note(bulk, operation.key, &state);
    shop.touched.operation(bulk, operation.key);
    true
}

fn note(submission: &Submission) -> String {
    service::of(submission.route).map(|service| service.success()).unwrap_or_default()
}

fn run(shop: &mut Shop, submission: &Submission, body: Value) -> Result<Value, State> {
    let ask = Ask {
        route: submission.route,
        // The consumer works in the default store view, whatever the path was.
        scope: None,
        identity: submission.submitter.clone(),
        path: "",
        query: "",
        origin: "",
        body,
        queued: true,
    };
    match submission.route {
        route::CUSTOMER_UPDATE => customers::keep_changed(shop, &ask, Route::Queue).map_err(|refusal| {
            let (code, message) = model::noted(shop, &ask, &refusal);
            State::failed(&message, code)
        }),
        // The store keeps the message with its placeholders filled, and the number of the exception, mostly 0.
        _ => routes::answer(shop, &ask).map_err(|refusal| State::failed(&refusal.rendered(), 0)),
    }
}

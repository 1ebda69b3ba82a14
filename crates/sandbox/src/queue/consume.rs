//! Working the queue.

use magewright::call::route;
use magewright::json::Value;
use magewright::outcome::Refusal;

use super::{Bulk, State, service};
use crate::ask::Ask;
use crate::model;
use crate::routes;
use crate::shop::Shop;

/// Works the operation that waits longest. Returns whether there was one.
pub(crate) fn consume(shop: &mut Shop) -> bool {
    let Some((bulk_at, at)) = shop.queue.first_open() else { return false };
    let Some(bulk) = shop.queue.bulks.get(bulk_at) else { return false };
    let Some(body) = bulk.operations.get(at).map(|operation| operation.body.clone()) else { return false };
    let bulk = Bulk { operations: Vec::new(), ..bulk.clone() };
    let state = match run(shop, &bulk, body) {
        Ok(reply) => State::Complete { reply, note: note(&bulk) },
        Err(failure) => failure,
    };
    let slot = shop.queue.bulks.get_mut(bulk_at).and_then(|bulk| bulk.operations.get_mut(at));
    if let Some(operation) = slot {
        operation.state = state;
    }
    true
}

fn note(bulk: &Bulk) -> String {
    service::of(bulk.route).map(|service| service.success()).unwrap_or_default()
}

fn run(shop: &mut Shop, bulk: &Bulk, body: Value) -> Result<Value, State> {
    let ask = Ask {
        route: bulk.route,
        scope: bulk.scope.as_deref(),
        identity: bulk.submitter.clone(),
        path: "",
        query: "",
        body,
        queued: true,
    };
    match bulk.route {
        route::CUSTOMER_CREATE | route::CUSTOMER_UPDATE => {
            let id = model::save_queued(shop, &ask)?;
            shop.customer(id, None).map_err(failed)
        }
        _ => routes::answer(shop, &ask).map_err(failed),
    }
}

/// The store keeps the message with its placeholders filled, and the number of the exception, mostly 0.
fn failed(refusal: Refusal) -> State {
    State::failed(&refusal.rendered(), 0)
}

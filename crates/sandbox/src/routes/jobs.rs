//! What became of queued operations.

use magewright::call::route;

use super::Reply;
use crate::ask::Ask;
use crate::refusal::no_route;
use crate::shop::Shop;

pub(super) fn answer(shop: &Shop, ask: &Ask<'_>) -> Reply {
    let uuid = ask.segment("bulkUuid");
    match ask.route {
        route::BULK_STATUS => Ok(shop.queue.bulk(&uuid)?.status()),
        route::BULK_DETAILED_STATUS => Ok(shop.queue.bulk(&uuid)?.detailed_status()),
        // The store counts rows, and an unknown bulk has none.
        route::BULK_OPERATION_COUNT => {
            let status = ask.id("status")?;
            Ok(shop.queue.bulk(&uuid).map_or(0, |bulk| bulk.count(status)).into())
        }
        _ => Err(no_route()),
    }
}

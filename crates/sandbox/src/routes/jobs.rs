//! What became of queued operations.

use magewright::call::route;

use super::Reply;
use super::table_search::{self, Column};
use crate::ask::Ask;
use crate::refusal::no_route;
use crate::shop::Shop;

const COLUMNS: &[Column] = &[
    Column { names: &["id", "operation_key"], like: "website_id" },
    Column { names: &["bulk_uuid"], like: "lastname" },
    Column { names: &["topic_name"], like: "firstname" },
    Column { names: &["status"], like: "group_id" },
    Column { names: &["result_message"], like: "taxvat" },
    Column { names: &["error_code"], like: "store_id" },
];

pub(super) fn answer(shop: &Shop, ask: &Ask<'_>) -> Reply {
    let uuid = ask.segment("bulkUuid");
    match ask.route {
        route::BULK_OPERATIONS => table_search::search(shop, ask, COLUMNS, &shop.queue.operations()),
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

use magewright::call::{Request, UnexpectedReply};
use magewright::json::Value;

use crate::Error;
use crate::error::Failed;

/// A page of a search.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// The customers of the page.
    pub items: Vec<Value>,
    /// How many match in all.
    pub total_count: u64,
}

impl Page {
    pub(crate) fn read(request: &Request, mut reply: Value) -> Result<Self, Error> {
        let total_count = reply.get("total_count").and_then(Value::as_i64);
        let items = reply.as_object_mut().and_then(|reply| reply.remove("items"));
        match (items, total_count.and_then(|count| u64::try_from(count).ok())) {
            (Some(Value::Array(items)), Some(total_count)) => Ok(Page { items, total_count }),
            // Of an empty list, `fields` leaves `null`.
            (None | Some(Value::Null), Some(0)) => Ok(Page { items: Vec::new(), total_count: 0 }),
            _ => {
                let problem = "no list of items with a total_count: name both in fields".to_owned();
                let reply = UnexpectedReply { status: 200, problem };
                Err(Error::Reply(Box::new(Failed::of(request, reply))))
            }
        }
    }
}

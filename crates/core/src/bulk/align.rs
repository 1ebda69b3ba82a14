//! From the operations of a bulk back to the items of its submission.

use super::{OperationState, Settled};
use crate::json::Value;
use crate::models::BulkStatus;

/// How far a bulk is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Operations that are done.
    pub done: usize,
    /// Operations that failed, may be tried again, were rejected or are lost.
    pub failed: usize,
    /// Operations that are not settled yet.
    pub open: usize,
}

/// What became of each of `items` submitted items, in their order.
///
/// `status` is what [`status`](crate::call::bulk::status) answered. The store lists
/// operations in any order and numbers them by the item's place in the submission,
/// provided that was a list.
///
/// ```
/// use magewright::bulk::{Settled, align};
/// let status = magewright::models::read(br#"{"operations_list":[
///     {"id":1,"status":3,"result_message":"no such entity","error_code":0},
///     {"id":0,"status":1,"result_message":null,"error_code":null}]}"#)?;
/// let settled = align(3, &status);
/// assert_eq!(settled[0], Settled::Done);
/// assert_eq!(settled[1], Settled::Failed { message: "no such entity".into(), code: 0 });
/// assert_eq!(settled[2], Settled::Lost);
/// # Ok::<(), magewright::models::Unreadable>(())
/// ```
#[must_use]
pub fn align(items: usize, status: &BulkStatus) -> Vec<Settled> {
    let operations = status.operations_list.value().into_iter().flatten();
    settle(
        items,
        operations.map(|operation| Noted {
            id: operation.id.value().copied(),
            status: operation.status.value().copied(),
            message: operation.result_message.value().cloned(),
            code: operation.error_code.value().copied(),
        }),
    )
}

/// As [`align`], of the reply as it came.
///
/// ```
/// use magewright::bulk::{Settled, align_reply};
/// let reply = magewright::json::parse(br#"{"operations_list":[{"id":1,"status":1}]}"#)?;
/// assert_eq!(align_reply(2, &reply), [Settled::Lost, Settled::Done]);
/// # Ok::<(), magewright::json::SyntaxError>(())
/// ```
#[must_use]
pub fn align_reply(items: usize, reply: &Value) -> Vec<Settled> {
    let operations = reply.get("operations_list").and_then(Value::as_array).unwrap_or_default();
    settle(
        items,
        operations.iter().map(|operation| Noted {
            id: operation.get("id").and_then(Value::as_i64),
            status: operation.get("status").and_then(Value::as_i64),
            message: operation.get("result_message").and_then(Value::as_str).map(str::to_owned),
            code: operation.get("error_code").and_then(Value::as_i64),
        }),
    )
}

/// What a store notes of one operation.
struct Noted {
    id: Option<i64>,
    status: Option<i64>,
    message: Option<String>,
    code: Option<i64>,
}

fn settle(items: usize, operations: impl Iterator<Item = Noted>) -> Vec<Settled> {
    let mut found: Vec<Vec<Settled>> = vec![Vec::new(); items];
    for operation in operations {
        let place = operation.id.and_then(|id| usize::try_from(id).ok());
        if let Some(slot) = place.and_then(|place| found.get_mut(place)) {
            slot.push(settled(operation));
        }
    }
    let single = |mut of: Vec<Settled>| if of.len() == 1 { of.pop() } else { None };
    found.into_iter().map(|of| single(of).unwrap_or(Settled::Lost)).collect()
}

/// How far a bulk is, of what [`align`] gave.
///
/// ```
/// use magewright::bulk::{Progress, Settled, progress};
/// let settled = [Settled::Done, Settled::Open, Settled::Lost];
/// assert_eq!(progress(&settled), Progress { done: 1, failed: 1, open: 1 });
/// ```
#[must_use]
pub fn progress(settled: &[Settled]) -> Progress {
    settled.iter().fold(Progress::default(), |mut sum, settled| {
        match settled {
            Settled::Done => sum.done += 1,
            Settled::Open => sum.open += 1,
            _ => sum.failed += 1,
        }
        sum
    })
}

fn settled(Noted { status, message, code, .. }: Noted) -> Settled {
    let message = message.unwrap_or_default();
    match status.and_then(OperationState::from_number) {
        Some(OperationState::Complete) => Settled::Done,
        Some(OperationState::Retriable) => Settled::Retriable { message },
        Some(OperationState::Failed) => Settled::Failed { message, code: code.unwrap_or(0) },
        Some(OperationState::Open) => Settled::Open,
        Some(OperationState::Rejected) => Settled::Rejected { message },
        None => Settled::Lost,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;
    use crate::models::{from_value, read};

    #[test]
    fn operations_with_the_same_number_are_lost() {
        let text = br#"{"operations_list":[{"id":0,"status":1},{"id":0,"status":3},{"id":9,"status":1}]}"#;
        assert_eq!(align(2, &read(text).unwrap()), [Settled::Lost, Settled::Lost]);
    }

    #[test]
    fn other_replies_lose_everything() {
        for text in ["{}", r#"{"operations_list":null}"#, r#"{"operations_list":[[],{"id":0,"status":7}]}"#] {
            assert_eq!(align(1, &read(text.as_bytes()).unwrap()), [Settled::Lost], "{text}");
        }
        assert!(align(0, &BulkStatus::default()).is_empty());
    }

    #[test]
    fn recorded_bulks_are_aligned() {
        let lines = include_bytes!("../../../../schema/vectors/bulk.jsonl").split(|&byte| byte == b'\n');
        let mut aligned = 0;
        for case in lines.filter(|line| !line.is_empty()).map(|line| parse(line).unwrap()) {
            let (Some(Value::Array(items)), Some(status)) = (case.get("body"), case.get("final_status"))
            else {
                continue;
            };
            let settled = align(items.len(), &from_value(status).unwrap());
            assert!(!settled.contains(&Settled::Lost), "{:?}", case.get("id"));
            assert_eq!(align_reply(items.len(), status), settled);
            assert_eq!(progress(&settled).open, 0);
            aligned += 1;
        }
        assert!(aligned > 20, "{aligned}");
    }
}

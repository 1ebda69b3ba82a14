//! From the operations of a bulk back to the items of its submission.

use super::{OperationStatus, Settled};
use crate::json::Value;

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
/// `reply` is what [`status`](crate::call::bulk::status) or
/// [`detailed_status`](crate::call::bulk::detailed_status) answered. The store lists
/// operations in any order and numbers them by the item's place in the submission,
/// provided that was a list.
///
/// ```
/// use magewright::bulk::{Settled, align};
/// let reply = magewright::json::parse(br#"{"operations_list":[
///     {"id":1,"status":3,"result_message":"no such entity","error_code":0},
///     {"id":0,"status":1,"result_message":null,"error_code":null}]}"#)?;
/// let settled = align(3, &reply);
/// assert_eq!(settled[0], Settled::Done);
/// assert_eq!(settled[1], Settled::Failed { message: "no such entity".into(), code: 0 });
/// assert_eq!(settled[2], Settled::Lost);
/// # Ok::<(), magewright::json::SyntaxError>(())
/// ```
#[must_use]
pub fn align(items: usize, reply: &Value) -> Vec<Settled> {
    let mut found: Vec<Vec<Settled>> = vec![Vec::new(); items];
    for operation in reply.get("operations_list").and_then(Value::as_array).unwrap_or_default() {
        let place = operation.get("id").and_then(Value::as_i64).and_then(|id| usize::try_from(id).ok());
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

fn settled(operation: &Value) -> Settled {
    let message = || operation.get("result_message").and_then(Value::as_str).unwrap_or_default().to_owned();
    let number = operation.get("status").and_then(Value::as_i64);
    match number.and_then(OperationStatus::from_number) {
        Some(OperationStatus::Complete) => Settled::Done,
        Some(OperationStatus::Retriable) => Settled::Retriable { message: message() },
        Some(OperationStatus::Failed) => {
            let code = operation.get("error_code").and_then(Value::as_i64).unwrap_or(0);
            Settled::Failed { message: message(), code }
        }
        Some(OperationStatus::Open) => Settled::Open,
        Some(OperationStatus::Rejected) => Settled::Rejected { message: message() },
        None => Settled::Lost,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    #[test]
    fn operations_with_the_same_number_are_lost() {
        let reply =
            parse(br#"{"operations_list":[{"id":0,"status":1},{"id":0,"status":3},{"id":9,"status":1}]}"#);
        assert_eq!(align(2, &reply.unwrap()), [Settled::Lost, Settled::Lost]);
    }

    #[test]
    fn other_replies_lose_everything() {
        for text in
            ["null", "[]", "{}", r#"{"operations_list":5}"#, r#"{"operations_list":[{"id":"0","status":7}]}"#]
        {
            assert_eq!(align(1, &parse(text.as_bytes()).unwrap()), [Settled::Lost], "{text}");
        }
        assert!(align(0, &Value::Null).is_empty());
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
            let settled = align(items.len(), status);
            assert!(!settled.contains(&Settled::Lost), "{:?}", case.get("id"));
            assert_eq!(progress(&settled).open, 0);
            aligned += 1;
        }
        assert!(aligned > 20, "{aligned}");
    }
}

//! A patch on its way to a customer, over as many attempts as it takes.

use magewright::json::Value;
use magewright::plan::{Patch, Plan, Strategy, Unplannable, adopt, plan};
use magewright::predict::update::Target;

/// A patch, and what a first attempt has to remember for a second one.
#[derive(Debug, Clone)]
pub(crate) struct Laying {
    patch: Patch,
    /// The ids of the addresses from before the first attempt, when the patch adds some.
    before: Option<Vec<i64>>,
}

/// Where a patch stands against a customer as it is now.
pub(crate) enum Laid {
    /// The customer is as the patch wants it.
    Holds,
    /// This is to be sent.
    Send(Box<Plan>),
}

impl Laying {
    /// A patch that is taken up again: with the addresses from before an attempt of an earlier run.
    pub(crate) fn new(patch: Patch, before: Option<Vec<i64>>) -> Self {
        Laying { patch, before }
    }

    /// The ids of the addresses from before the first attempt; `None` where no attempt needs them.
    pub(crate) fn before(&self) -> Option<&[i64]> {
        self.before.as_deref()
    }

    /// Says that there was no address before, since there was no customer.
    pub(crate) fn begin_empty(&mut self) {
        self.before = Some(Vec::new());
    }

    /// Plans what is still to be done.
    ///
    /// # Errors
    /// No body does what the patch asks.
    pub(crate) fn lay(&mut self, stored: &Value, target: &Target<'_>) -> Result<Laid, Unplannable> {
        let planned = plan(stored, &self.patch, target, Strategy::Auto)?;
        if planned.is_empty() {
            return Ok(Laid::Holds);
        }
        if !adds_address(&planned) {
            return Ok(Laid::Send(Box::new(planned)));
        }
        let Some(before) = &self.before else {
            self.before = Some(ids(stored));
            return Ok(Laid::Send(Box::new(planned)));
        };
        let patch = adopt(&self.patch, stored, &planned.expected, before);
        let planned = plan(stored, &patch, target, Strategy::Auto)?;
        Ok(if planned.is_empty() { Laid::Holds } else { Laid::Send(Box::new(planned)) })
    }
}

/// Whether a plan brings a new address, which sent twice would be there twice.
pub(crate) fn adds_address(plan: &Plan) -> bool {
    let addresses = plan.expected.get("addresses").and_then(Value::as_array).unwrap_or_default();
    addresses.iter().any(|address| address.get("id").is_some_and(|id| id.as_str().is_some()))
}

fn ids(stored: &Value) -> Vec<i64> {
    let addresses = stored.get("addresses").and_then(Value::as_array).unwrap_or_default();
    addresses.iter().filter_map(|address| address.get("id")?.as_i64()).collect()
}

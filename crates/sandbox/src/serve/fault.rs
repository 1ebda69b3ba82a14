//! Faults on purpose: what a client must be able to live with.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// What goes wrong, and how often. The choice follows the seed, not chance, so that a
/// test that fails can be run again.
///
/// ```
/// use magewright_sandbox::{Fault, Faults};
/// let faults = Faults { every: 3, kinds: vec![Fault::Status(503)], ..Faults::default() };
/// assert_eq!(faults.kinds.len(), 1);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Faults {
    /// Every how many requests one goes wrong; 0 for none.
    pub every: u64,
    /// What may go wrong, in turn.
    pub kinds: Vec<Fault>,
    /// How long every request waits before it is answered.
    pub latency: Duration,
}

/// One thing that goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The connection ends without a reply, and the request has had no effect.
    LostBefore,
    /// The connection ends without a reply, but the request has had its effect.
    LostAfter,
    /// A proxy answers with this status and a page of HTML; the request has had no effect.
    Status(u16),
    /// The reply breaks off half way, after the effect.
    Truncated,
    /// The caller's token is taken for an expired one.
    TokenExpired,
}

/// Which requests go wrong, counted as they come.
#[derive(Debug)]
pub(super) struct Schedule {
    faults: Faults,
    count: AtomicU64,
}

impl Schedule {
    pub(super) fn new(faults: Faults) -> Self {
        Schedule { faults, count: AtomicU64::new(0) }
    }

    /// How long the request waits.
    pub(super) fn latency(&self) -> Duration {
        self.faults.latency
    }

    /// What goes wrong with the next request.
    pub(super) fn next(&self) -> Option<Fault> {
        let Faults { every, kinds, .. } = &self.faults;
        let number = self.count.fetch_add(1, Ordering::Relaxed) + 1;
        let turn = number.checked_div(*every).filter(|_| number.is_multiple_of(*every))?;
        let at = turn.saturating_sub(1).checked_rem(kinds.len() as u64)?;
        kinds.get(usize::try_from(at).ok()?).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_come_in_turn() {
        let kinds = vec![Fault::LostBefore, Fault::Status(503)];
        let schedule = Schedule::new(Faults { every: 2, kinds, ..Faults::default() });
        let drawn: Vec<_> = (0..6).map(|_| schedule.next()).collect();
        let (lost, status) = (Some(Fault::LostBefore), Some(Fault::Status(503)));
        assert_eq!(drawn, [None, lost, None, status, None, lost]);
    }

    #[test]
    fn no_kinds_and_no_turn_are_no_faults() {
        let none = Schedule::new(Faults::default());
        assert_eq!((none.next(), none.next()), (None, None));
        let kindless = Schedule::new(Faults { every: 1, ..Faults::default() });
        assert_eq!(kindless.next(), None);
    }
}

//! Faults on purpose: what a client must be able to live with.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::clock::Chance;

/// What goes wrong, and how often. The choice follows the count of requests or the
/// seed, never chance, so that a test that fails can be run again.
///
/// Also read from text, as `--faults` takes it: see [`Faults::from_str`](#impl-FromStr-for-Faults).
///
/// ```
/// use magewright_sandbox::{Fault, Faults};
/// let faults = Faults { every: 3, kinds: vec![Fault::Status(503)], ..Faults::default() };
/// assert_eq!(faults, "every=3,503".parse()?);
/// # Ok::<(), magewright_sandbox::NotAFault>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Faults {
    /// Every how many requests one goes wrong; 0 for none.
    pub every: u64,
    /// What may go wrong.
    pub kinds: Vec<Fault>,
    /// How long every request waits before it is answered.
    pub latency: Duration,
    /// `None`: exactly every n-th request goes wrong, and the kinds come in turn. A seed:
    /// one of n on average, which one and how is drawn from the seed and the request's number.
    pub seed: Option<u64>,
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
    /// As `Status`, with a `Retry-After` of so many seconds.
    RetryAfter(u16, u32),
    /// The reply breaks off half way, after the effect.
    Truncated,
    /// The caller's token is taken for an expired one.
    TokenExpired,
    /// The request waits so long before it has its effect.
    Latency(Duration),
    /// The body of the reply comes in pieces over so long a time, after the effect.
    SlowBody(Duration),
    /// The request is delivered twice, as by a proxy that tries again; the second reply is sent.
    Duplicate,
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
        if self.faults.every == 0 || self.faults.kinds.is_empty() {
            return None;
        }
        let number = self.count.fetch_add(1, Ordering::Relaxed) + 1;
        let turn = match self.faults.seed {
            Some(seed) => self.drawn(seed, number)?,
            None => number.checked_div(self.faults.every).filter(|_| self.is_turn(number))? - 1,
        };
        let at = turn.checked_rem(self.faults.kinds.len() as u64)?;
        self.faults.kinds.get(usize::try_from(at).ok()?).copied()
    }

    fn is_turn(&self, number: u64) -> bool {
        number.is_multiple_of(self.faults.every)
    }

    /// The number of a kind, if this request is one of those that go wrong.
    fn drawn(&self, seed: u64, number: u64) -> Option<u64> {
        let mut chance = Chance::new(Some(seed.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ number));
        (chance.below(self.faults.every) == 0).then(|| chance.next())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(faults: Faults, count: usize) -> Vec<Option<Fault>> {
        let schedule = Schedule::new(faults);
        (0..count).map(|_| schedule.next()).collect()
    }

    #[test]
    fn faults_come_in_turn() {
        let kinds = vec![Fault::LostBefore, Fault::Status(503)];
        let (lost, status) = (Some(Fault::LostBefore), Some(Fault::Status(503)));
        let faults = Faults { every: 2, kinds, ..Faults::default() };
        assert_eq!(drawn(faults, 6), [None, lost, None, status, None, lost]);
    }

    #[test]
    fn no_kinds_and_no_turn_are_no_faults() {
        assert_eq!(drawn(Faults::default(), 2), [None, None]);
        assert_eq!(drawn(Faults { every: 1, ..Faults::default() }, 1), [None]);
    }

    #[test]
    fn a_seed_draws_the_same_again() {
        let faults = |seed| Faults {
            every: 4,
            kinds: vec![Fault::LostBefore, Fault::Truncated],
            seed: Some(seed),
            ..Faults::default()
        };
        let first = drawn(faults(7), 1000);
        assert_eq!(first, drawn(faults(7), 1000));
        assert_ne!(first, drawn(faults(8), 1000));
        let count = |fault| first.iter().filter(|drawn| **drawn == Some(fault)).count();
        for fault in [Fault::LostBefore, Fault::Truncated] {
            assert!((80..170).contains(&count(fault)), "{}", count(fault));
        }
    }
}

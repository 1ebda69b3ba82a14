//! When a request is sent again, and how many are sent at once.
//!
//! Nothing here waits, counts time or draws by chance: whoever sends says what
//! happened and is told how long to wait.
//!
//! ```
//! use std::time::Duration;
//! use magewright::call::customers;
//! use magewright::json::Value;
//! use magewright::retry::{Repeat, Retry, Setback};
//!
//! let (policy, broken) = (Retry::default(), Setback::unclear());
//! assert!(policy.wait(1, &broken, Repeat::of(&customers::get(5)), 0.5).is_some());
//! assert!(policy.wait(1, &broken, Repeat::of(&customers::create(Value::Null, None)), 0.5).is_none());
//! ```

mod after;
mod repeat;
mod window;

pub use after::retry_after;
pub use repeat::Repeat;
pub use window::Window;

use std::time::Duration;

/// How often and how patiently a request is sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retry {
    /// How often a request is sent in all; 1 for never again.
    pub attempts: u32,
    /// The wait before the second attempt; each further one doubles it.
    pub first: Duration,
    /// The longest wait. A store that asks for a longer one is not asked again.
    pub longest: Duration,
}

impl Default for Retry {
    /// Five attempts, about 0.2, 0.4, 0.8 and 1.6 seconds apart, and never more than 30.
    fn default() -> Self {
        Retry { attempts: 5, first: Duration::from_millis(200), longest: Duration::from_secs(30) }
    }
}

/// A failure that may pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setback {
    /// Whether the store may have done what was asked.
    pub may_be_done: bool,
    /// How long the store asks to wait.
    pub retry_after: Option<Duration>,
}

impl Setback {
    /// A failure before the store saw the request.
    ///
    /// ```
    /// assert!(!magewright::retry::Setback::undone().may_be_done);
    /// ```
    #[must_use]
    pub const fn undone() -> Self {
        Setback { may_be_done: false, retry_after: None }
    }

    /// A failure after which nobody knows whether the store has acted: no reply, or half of one.
    ///
    /// ```
    /// assert!(magewright::retry::Setback::unclear().may_be_done);
    /// ```
    #[must_use]
    pub const fn unclear() -> Self {
        Setback { may_be_done: true, retry_after: None }
    }

    /// What a status means for another attempt; `None` for a status that another attempt would not change.
    ///
    /// Of the statuses of a proxy only 408, 425 and 429 say that the store has not acted: a
    /// cache such as Varnish answers 503 also when the store did not answer it in time.
    ///
    /// ```
    /// use magewright::retry::Setback;
    /// assert!(Setback::of_status(503, None).is_some_and(|setback| setback.may_be_done));
    /// assert!(Setback::of_status(429, None).is_some_and(|setback| !setback.may_be_done));
    /// assert_eq!(Setback::of_status(400, None), None);
    /// ```
    #[must_use]
    pub const fn of_status(status: u16, retry_after: Option<Duration>) -> Option<Self> {
        match status {
            408 | 425 | 429 => Some(Setback { may_be_done: false, retry_after }),
            500 | 502 | 503 | 504 => Some(Setback { may_be_done: true, retry_after }),
            _ => None,
        }
    }
}

impl Retry {
    /// No second attempt.
    ///
    /// ```
    /// use magewright::retry::{Repeat, Retry, Setback};
    /// assert!(Retry::never().wait(1, &Setback::undone(), Repeat::Always, 0.0).is_none());
    /// ```
    #[must_use]
    pub fn never() -> Self {
        Retry { attempts: 1, ..Retry::default() }
    }

    /// How long to wait before the next attempt after `tried` of them; `None` to give up.
    ///
    /// The wait doubles with each attempt. `chance`, from 0 to 1, takes up to half of it away, so that
    /// those who failed together do not come back together; what the store asks for is waited in full.
    ///
    /// ```
    /// use std::time::Duration;
    /// use magewright::retry::{Repeat, Retry, Setback};
    /// let policy = Retry::default();
    /// let wait = |tried, chance| policy.wait(tried, &Setback::undone(), Repeat::Always, chance);
    /// assert_eq!(wait(1, 0.0), Some(Duration::from_millis(200)));
    /// assert_eq!(wait(3, 1.0), Some(Duration::from_millis(400)));
    /// assert_eq!(wait(5, 0.0), None);
    /// ```
    #[must_use]
    pub fn wait(&self, tried: u32, setback: &Setback, repeat: Repeat, chance: f64) -> Option<Duration> {
        if tried >= self.attempts || (setback.may_be_done && repeat == Repeat::IfUndone) {
            return None;
        }
        let doubled = self.first.saturating_mul(2_u32.saturating_pow(tried.saturating_sub(1)));
        let wait = doubled.min(self.longest).mul_f64(1.0 - chance.clamp(0.0, 1.0) / 2.0);
        let asked = setback.retry_after.unwrap_or_default();
        (asked <= self.longest).then(|| wait.max(asked))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_may_be_done_is_repeated_only_where_that_does_no_harm() {
        let policy = Retry::default();
        let unclear = Setback::unclear();
        assert!(policy.wait(1, &unclear, Repeat::Always, 0.0).is_some());
        assert!(policy.wait(1, &unclear, Repeat::IfUndone, 0.0).is_none());
        assert!(policy.wait(1, &Setback::undone(), Repeat::IfUndone, 0.0).is_some());
    }

    #[test]
    fn the_store_is_waited_for_as_long_as_it_asks_and_no_longer_than_allowed() {
        let policy = Retry { longest: Duration::from_secs(3), ..Retry::default() };
        let asking =
            |seconds| Setback { may_be_done: false, retry_after: Some(Duration::from_secs(seconds)) };
        assert_eq!(policy.wait(1, &asking(2), Repeat::Always, 0.0), Some(Duration::from_secs(2)));
        assert_eq!(policy.wait(1, &asking(4), Repeat::Always, 0.0), None);
    }

    proptest! {
        #[test]
        fn a_wait_is_bounded_whatever_is_asked(
            attempts: u32, tried: u32, first: u32, longest: u32, chance: f64, asked: Option<u64>, unclear: bool,
        ) {
            let of = |millis| Duration::from_millis(u64::from(millis));
            let policy = Retry { attempts, first: of(first), longest: of(longest) };
            let setback =
                Setback { may_be_done: unclear, retry_after: asked.map(Duration::from_millis) };
            let wait = policy.wait(tried, &setback, Repeat::Always, if chance.is_nan() { 0.0 } else { chance });
            prop_assert!(wait.is_none_or(|wait| wait <= policy.longest));
            prop_assert_eq!(wait.is_some(), tried < attempts && setback.retry_after.is_none_or(|a| a <= policy.longest));
        }
    }
}

//! Time, chance and numbers: from the machine, or told for a run that can be repeated.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::{SystemTime, UNIX_EPOCH};

/// Where the store takes the time from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// The machine.
    System,
    /// A time told, in seconds since 1970 UTC; it stands still until told otherwise.
    Fixed(i64),
}

impl Clock {
    /// The time in seconds since 1970 UTC.
    ///
    /// ```
    /// assert_eq!(magewright_sandbox::Clock::Fixed(7).now(), 7);
    /// ```
    #[must_use]
    pub fn now(self) -> i64 {
        match self {
            Clock::Fixed(now) => now,
            Clock::System => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
            }
        }
    }
}

/// Chance that can be repeated from its seed (SplitMix64). Not for real secrets.
#[derive(Debug, Clone)]
pub(crate) struct Chance(u64);

impl Chance {
    /// From a seed, or from the machine's own chance.
    pub(crate) fn new(seed: Option<u64>) -> Self {
        Chance(seed.unwrap_or_else(|| RandomState::new().build_hasher().finish()))
    }

    /// The seed from which the chance goes on as it stands.
    pub(crate) fn state(&self) -> u64 {
        self.0
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to, not including, `limit`; 0 when `limit` is 0.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.next().checked_rem(limit).unwrap_or(0)
    }

    /// 32 hexadecimal digits.
    pub(crate) fn hex(&mut self) -> String {
        format!("{:016x}{:016x}", self.next(), self.next())
    }

    /// A UUID of version 4.
    pub(crate) fn uuid(&mut self) -> String {
        let (high, low) = (self.next(), self.next());
        let variant = low & 0x3fff_ffff_ffff_ffff | 0x8000_0000_0000_0000;
        format!(
            "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
            high >> 32,
            high >> 16 & 0xffff,
            high & 0xfff,
            variant >> 48,
            variant & 0xffff_ffff_ffff
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chance_is_repeated_from_its_seed() {
        let draw = || {
            let mut chance = Chance::new(Some(5));
            (chance.uuid(), chance.hex(), chance.below(10))
        };
        assert_eq!(draw(), draw());
        let uuid = draw().0;
        assert_eq!((uuid.len(), uuid.chars().nth(14)), (36, Some('4')));
        assert_eq!(Chance::new(Some(1)).below(0), 0);
    }
}

//! The members of an object that have been read.

use super::passing::Passing;

/// The members of an object so far: those passed, and those looked at by their fields' places, one bit each.
#[derive(Debug)]
pub(super) struct Held<'k, 't> {
    pub(super) passing: Option<Passing<'k, 't>>,
    /// Where the next member's field is looked for first.
    pub(super) expected: usize,
    seen: u64,
    /// Those looked at that hold something.
    present: u64,
}

impl<'k, 't> Held<'k, 't> {
    /// No member yet.
    pub(super) fn new(passing: Option<Passing<'k, 't>>) -> Self {
        Held { passing, expected: 0, seen: 0, present: 0 }
    }

    /// Takes note of a member that is looked at, and says whether it was there before.
    pub(super) fn is_repeated(&mut self, at: usize, name: &str) -> bool {
        let passed = self.passing.as_mut().is_some_and(|passing| passing.is_repeated(name));
        let repeated = passed || self.seen & bit(at) != 0;
        self.seen |= bit(at);
        self.present &= !bit(at);
        self.expected = at + 1;
        repeated
    }

    /// Takes note that the member in that place holds something.
    pub(super) fn fill(&mut self, at: usize) {
        self.present |= bit(at);
    }

    /// Whether the member in that place, of that name, holds something.
    pub(super) fn has(&self, at: usize, name: &str) -> bool {
        self.present & bit(at) != 0 || self.passing.as_ref().is_some_and(|passing| passing.has(name))
    }
}

/// The bit of a place; of a shop's type with more fields than bits the last share none.
fn bit(at: usize) -> u64 {
    u32::try_from(at).ok().and_then(|at| 1u64.checked_shl(at)).unwrap_or(0)
}

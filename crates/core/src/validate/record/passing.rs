//! Members that are passed, since they are certainly right.

use super::super::accept::{Progress, Shape};
use crate::contract::{ADDRESS, TypeId};

/// The members of an object that the quick way reads, up to those it leaves in doubt.
#[derive(Debug)]
pub(super) struct Passing<'k, 't> {
    shape: &'k Shape,
    at: Progress<'t>,
    look_at: u32,
    /// The members passed and not repeated, one bit each.
    passed: u32,
}

impl<'k, 't> Passing<'k, 't> {
    /// At the opening brace of an object.
    ///
    /// On an address's country hangs what else it needs, so that is always looked at.
    pub(super) fn new(id: TypeId, shape: &'k Shape, rest: &'t [u8]) -> Self {
        let look_at = if id == ADDRESS { shape.bit("country_id") } else { 0 };
        Passing { shape, at: Progress { rest, opening: true, seen: 0 }, look_at, passed: 0 }
    }

    /// Passes members, and gives what follows the last one, when any was passed.
    pub(super) fn pass(&mut self) -> Option<&'t [u8]> {
        let before = self.at;
        // The object's end is left to who reads it.
        let _end = self.shape.read_on(&mut self.at, self.look_at);
        self.passed |= self.at.seen & !before.seen;
        (self.at.rest.len() < before.rest.len()).then_some(self.at.rest)
    }

    /// Goes on after a member that was looked at.
    pub(super) fn go_on(&mut self, rest: &'t [u8]) {
        (self.at.rest, self.at.opening) = (rest, false);
    }

    /// Takes note of a member that is looked at, and says whether it was there before.
    pub(super) fn is_repeated(&mut self, name: &str) -> bool {
        let bit = self.shape.bit(name);
        let repeated = self.at.seen & bit != 0;
        self.at.seen |= bit;
        self.passed &= !bit;
        repeated
    }

    /// Whether the member of that name was passed.
    pub(super) fn has(&self, name: &str) -> bool {
        self.passed & self.shape.bit(name) != 0
    }
}

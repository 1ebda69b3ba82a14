//! A count of the members looked up, by which tests hold that work grows with its input and no faster.

use std::cell::Cell;

thread_local!(static LOOKED_UP: Cell<u64> = const { Cell::new(0) });

pub(super) fn looked_up() {
    LOOKED_UP.set(LOOKED_UP.get() + 1);
}

/// How many members of objects are looked up while this runs.
pub(crate) fn lookups(run: impl FnOnce()) -> u64 {
    let before = LOOKED_UP.get();
    run();
    LOOKED_UP.get() - before
}

//! How many requests are under way at once.

use std::sync::{Mutex, MutexGuard, PoisonError};

use magewright::retry::Window;
use tokio::sync::{Semaphore, SemaphorePermit};

/// Lets as many requests through at once as the store seems to bear.
pub(crate) struct Pace {
    state: Mutex<State>,
    slots: Semaphore,
}

struct State {
    window: Window,
    /// Slots to be taken away when they are given back.
    debt: u32,
    /// Counts overloads, so that requests that were under way together shrink the window once.
    overloads: u64,
}

/// Leave to send one request; given back when dropped.
pub(crate) struct Slot<'p> {
    pace: &'p Pace,
    permit: Option<SemaphorePermit<'p>>,
    overloads: u64,
}

impl Pace {
    pub(crate) fn new(most: u32) -> Self {
        let window = Window::new(most);
        let slots = Semaphore::new(usize::try_from(window.size()).unwrap_or(1));
        Pace { state: Mutex::new(State { window, debt: 0, overloads: 0 }), slots }
    }

    /// Waits for leave to send.
    pub(crate) async fn slot(&self) -> Slot<'_> {
        // The semaphore is never closed.
        let permit = self.slots.acquire().await.ok();
        Slot { pace: self, permit, overloads: self.state().overloads }
    }

    /// A panic elsewhere leaves the numbers as they are.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Fits the number of slots to the window, which has just changed from `before`.
    fn resize(&self, state: &mut State, before: u32) {
        let after = state.window.size();
        state.debt += before.saturating_sub(after);
        let more = after.saturating_sub(before);
        let forgiven = more.min(state.debt);
        state.debt -= forgiven;
        self.slots.add_permits(usize::try_from(more - forgiven).unwrap_or(0));
    }
}

impl Slot<'_> {
    /// Takes note of how the request ended, and gives the slot back.
    pub(crate) fn ended(self, overloaded: bool) {
        let mut state = self.pace.state();
        let before = state.window.size();
        if !overloaded {
            state.window.succeeded();
        } else if state.overloads == self.overloads {
            state.overloads += 1;
            state.window.overloaded();
        }
        self.pace.resize(&mut state, before);
    }
}

impl Drop for Slot<'_> {
    fn drop(&mut self) {
        let mut state = self.pace.state();
        if state.debt > 0 {
            state.debt -= 1;
            if let Some(permit) = self.permit.take() {
                permit.forget();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn free(pace: &Pace) -> usize {
        pace.slots.available_permits()
    }

    #[tokio::test]
    async fn an_overload_takes_slots_away_once() {
        let pace = Pace::new(8);
        let slots = [pace.slot().await, pace.slot().await, pace.slot().await];
        for slot in slots {
            slot.ended(true);
        }
        assert_eq!((free(&pace), pace.state().debt), (5, 1));
        pace.slot().await.ended(true);
        assert_eq!((free(&pace), pace.state().window.size()), (4, 2));
    }

    #[tokio::test]
    async fn successes_bring_them_back() {
        let pace = Pace::new(4);
        pace.slot().await.ended(true);
        for _ in 0..50 {
            pace.slot().await.ended(false);
        }
        assert_eq!((free(&pace), pace.state().debt), (4, 0));
    }

    #[tokio::test]
    async fn a_slot_that_is_dropped_is_free_again() {
        let pace = Pace::new(1);
        drop(pace.slot().await);
        drop(pace.slot().await);
        assert_eq!(free(&pace), 1);
    }
}

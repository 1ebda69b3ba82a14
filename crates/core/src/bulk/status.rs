//! The states of an operation.

/// The state of an operation, as the store numbers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OperationState {
    /// 1: done.
    Complete,
    /// 2: failed for a reason that may pass, such as a lock; the store itself does not try again.
    Retriable,
    /// 3: failed for good.
    Failed,
    /// 4: not done yet.
    Open,
    /// 5: refused at submission.
    Rejected,
}

impl OperationState {
    /// The store's number.
    ///
    /// ```
    /// assert_eq!(magewright::bulk::OperationState::Open.number(), 4);
    /// ```
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            OperationState::Complete => 1,
            OperationState::Retriable => 2,
            OperationState::Failed => 3,
            OperationState::Open => 4,
            OperationState::Rejected => 5,
        }
    }

    /// The state of that number; `None` for one that no store gives.
    ///
    /// ```
    /// use magewright::bulk::OperationState;
    /// assert_eq!(OperationState::from_number(2), Some(OperationState::Retriable));
    /// assert_eq!(OperationState::from_number(6), None);
    /// ```
    #[must_use]
    pub const fn from_number(number: i64) -> Option<Self> {
        Some(match number {
            1 => OperationState::Complete,
            2 => OperationState::Retriable,
            3 => OperationState::Failed,
            4 => OperationState::Open,
            5 => OperationState::Rejected,
            _ => return None,
        })
    }
}

/// What became of one item of a submission.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Settled {
    /// The store did it.
    Done,
    /// The store did not do it, and may when asked again.
    Retriable {
        /// The store's message, placeholders filled by the store.
        message: String,
    },
    /// The store did not do it, and will not.
    Failed {
        /// The store's message; cut at 255 characters by the store.
        message: String,
        /// The number of the PHP exception; mostly 0.
        code: i64,
    },
    /// Not yet.
    Open,
    /// The store did not take it at submission.
    Rejected {
        /// The store's message.
        message: String,
    },
    /// The store lists no operation for it, or several with its number.
    Lost,
}

impl Settled {
    /// Whether the store did it.
    ///
    /// ```
    /// use magewright::bulk::Settled;
    /// assert!(Settled::Done.is_done() && !Settled::Open.is_done());
    /// ```
    #[must_use]
    pub fn is_done(&self) -> bool {
        *self == Settled::Done
    }
}

//! Runs folders of recorded store traffic against the core.
//!
//! A folder holds one JSON Lines file per suite (`errors.jsonl`,
//! `create.jsonl`, …), what a store said of itself (`store/`) and the state the
//! requests met (`state/`). Whole outcomes are compared: status, message and
//! parameters, the saved customer, ids in order.

pub mod compare;
pub mod folder;
pub mod placeholders;
pub mod stage;
pub mod suites;
pub mod surroundings;

/// One recorded case held against the core.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The id of the case.
    pub id: String,
    /// What differed, one difference a line; empty when nothing did.
    pub differences: Vec<String>,
}

impl Verdict {
    /// Whether recording and core agree.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.differences.is_empty()
    }
}

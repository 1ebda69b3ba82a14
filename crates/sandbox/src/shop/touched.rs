//! What has changed since it was last written to the file of the store.

use std::collections::BTreeSet;

/// What has changed; nothing is noted for a store that is kept in no file.
#[derive(Debug, Clone, Default)]
pub(crate) struct Touched {
    noting: bool,
    /// Customers by id, with their passwords and subscriptions.
    pub customers: BTreeSet<i64>,
    /// Submissions by place.
    pub bulks: BTreeSet<usize>,
    /// Operations by the place of their submission and their key.
    pub operations: BTreeSet<(usize, i64)>,
    /// Groups, administrators, revoked tokens: small tables, written whole.
    pub others: bool,
}

impl Touched {
    /// Notes changes from now on; all that came before counts as written.
    pub(crate) fn noting() -> Self {
        Touched { noting: true, ..Touched::default() }
    }

    pub(crate) fn is_empty(&self) -> bool {
        !self.others && self.customers.is_empty() && self.bulks.is_empty() && self.operations.is_empty()
    }

    pub(crate) fn customer(&mut self, id: i64) {
        if self.noting {
            self.customers.insert(id);
        }
    }

    pub(crate) fn bulk(&mut self, at: usize) {
        if self.noting {
            self.bulks.insert(at);
        }
    }

    pub(crate) fn operation(&mut self, bulk: usize, key: i64) {
        if self.noting {
            self.operations.insert((bulk, key));
        }
    }

    pub(crate) fn other(&mut self) {
        self.others = self.noting;
    }
}

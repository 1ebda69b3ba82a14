//! What a store knows of its integrations, for verifying.

use std::collections::HashSet;

use crate::search::collation::{self, storable, weight};
use crate::secret::Secret;

/// An integration of a store.
///
/// ```
/// use magewright::oauth::Integration;
/// use magewright::secret::Secret;
/// let integration = Integration {
///     consumer_id: 3,
///     consumer_key: "k".repeat(32),
///     consumer_secret: Secret::new("s"),
///     token: "t".repeat(32),
///     token_secret: Secret::new("u"),
///     active: true,
///     revoked: false,
/// };
/// assert!(!format!("{integration:?}").contains("kkk"));
/// ```
#[derive(Clone)]
pub struct Integration {
    /// The number of its consumer; a refusal of a used nonce names it.
    pub consumer_id: u64,
    /// The consumer key, 32 characters.
    pub consumer_key: String,
    /// The consumer secret.
    pub consumer_secret: Secret,
    /// The access token, 32 characters.
    pub token: String,
    /// The access token secret.
    pub token_secret: Secret,
    /// Whether it is active; the signature of an inactive one is verified, and its caller then counts as a guest.
    pub active: bool,
    /// Whether its access token is revoked.
    pub revoked: bool,
}

impl std::fmt::Debug for Integration {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Integration").field("consumer_id", &self.consumer_id).finish_non_exhaustive()
    }
}

/// Finds by a column of the database, which compares without case and accents.
pub(super) fn find<'a>(
    integrations: &'a [Integration],
    column: impl Fn(&Integration) -> &str,
    value: &str,
) -> Option<&'a Integration> {
    integrations.iter().find(|integration| collation::compare(column(integration), value).is_eq())
}

/// The nonces that a store has seen, by consumer.
///
/// The database compares them as it compares all texts, without case, accents and trailing spaces, and keeps
/// 32 characters of each.
///
/// ```
/// use magewright::oauth::Nonces;
/// let mut nonces = Nonces::default();
/// assert!(nonces.is_free(1, "abc"));
/// nonces.insert(1, "abc");
/// assert!(!nonces.is_free(1, "ABC"));
/// assert!(nonces.is_free(2, "abc"));
/// ```
#[derive(Debug, Clone, Default)]
pub struct Nonces(HashSet<(u64, Vec<u16>)>);

impl Nonces {
    /// Whether the consumer has not used the nonce yet.
    #[must_use]
    pub fn is_free(&self, consumer_id: u64, nonce: &str) -> bool {
        !self.0.contains(&(consumer_id, compared(nonce, usize::MAX)))
    }

    /// How many nonces are remembered.
    ///
    /// ```
    /// use magewright::oauth::Nonces;
    /// let mut nonces = Nonces::default();
    /// assert!(nonces.is_empty());
    /// nonces.insert(1, "abc");
    /// assert_eq!(nonces.len(), 1);
    /// ```
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether none is remembered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Notes a nonce; `false` when what is kept of it is there already.
    pub fn insert(&mut self, consumer_id: u64, nonce: &str) -> bool {
        self.0.insert((consumer_id, compared(nonce, KEPT)))
    }
}

/// The characters that the database keeps of a nonce.
const KEPT: usize = 32;

/// What the database compares of the first characters of a nonce.
fn compared(nonce: &str, most: usize) -> Vec<u16> {
    let mut weights: Vec<_> = storable(nonce).chars().take(most).map(weight).collect();
    while weights.last() == Some(&weight(' ')) {
        weights.pop();
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nonces_are_compared_as_texts_are() {
        let mut nonces = Nonces::default();
        assert!(nonces.insert(1, "Zoë 1"));
        for taken in ["zoe 1", "ZOË 1  "] {
            assert!(!nonces.is_free(1, taken), "{taken}");
        }
        assert!(nonces.is_free(1, " zoe 1"));
    }
}

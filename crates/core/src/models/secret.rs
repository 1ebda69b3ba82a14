use super::Maybe;
use crate::secret::Secret;

impl From<&str> for Maybe<Secret> {
    fn from(text: &str) -> Self {
        Maybe::Value(text.into())
    }
}

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Maybe;

/// A text that must not be shown: a password, a token, what may hold one.
///
/// It is sent and read like any text; only `Debug` keeps it back.
///
/// ```
/// use magewright::models::{AdminUser, Secret, to_value};
/// let user = AdminUser { password: Secret::from("hunter2x").into(), ..Default::default() };
/// assert!(!format!("{user:?}").contains("hunter2x"));
/// assert_eq!(to_value(&user).to_string(), r#"{"password":"hunter2x"}"#);
/// assert_eq!(user.password.value().map(Secret::reveal), Some("hunter2x"));
/// ```
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// The text itself.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Secret(text.to_owned())
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Secret(text)
    }
}

impl From<&str> for Maybe<Secret> {
    fn from(text: &str) -> Self {
        Maybe::Value(text.into())
    }
}

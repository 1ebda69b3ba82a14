use std::fmt;

use magewright::oauth;
use magewright::release::Release;
use magewright::secret::Secret;

use crate::Error;

/// Who makes the calls.
///
/// ```
/// use magewright_client::Credentials;
/// let credentials = Credentials::admin("admin", "hunter2");
/// assert_eq!(format!("{credentials:?}"), "Admin(…)");
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub enum Credentials {
    /// Nobody: for the calls that everybody may make.
    Guest,
    /// An administrator, logged in by name and password.
    Admin {
        /// The user name.
        username: String,
        /// The password.
        password: Secret,
    },
    /// A customer, logged in by e-mail and password in the website of the settings' scope.
    Customer {
        /// The e-mail.
        email: String,
        /// The password.
        password: Secret,
    },
    /// An integration; every request is signed.
    Integration(oauth::Credentials),
    /// A ready-made token, sent as `Bearer`. Stores take an integration's access token
    /// so only where they are set to; the SaaS edition takes IMS access tokens, and nothing else.
    Bearer(Secret),
}

impl Credentials {
    /// An administrator's login.
    #[must_use]
    pub fn admin(username: impl Into<String>, password: impl Into<Secret>) -> Self {
        Credentials::Admin { username: username.into(), password: password.into() }
    }

    /// A customer's login.
    #[must_use]
    pub fn customer(email: impl Into<String>, password: impl Into<Secret>) -> Self {
        Credentials::Customer { email: email.into(), password: password.into() }
    }

    /// A ready-made token.
    #[must_use]
    pub fn bearer(token: impl Into<Secret>) -> Self {
        Credentials::Bearer(token.into())
    }

    /// Whether a store of that release takes such credentials.
    pub(crate) fn check(&self, release: Release) -> Result<(), Error> {
        if !release.is_saas() || matches!(self, Credentials::Bearer(_)) {
            return Ok(());
        }
        Err(Error::Settings("the SaaS edition takes IMS access tokens only: give one as bearer".to_owned()))
    }
}

impl From<oauth::Credentials> for Credentials {
    fn from(credentials: oauth::Credentials) -> Self {
        Credentials::Integration(credentials)
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Credentials::Guest => "Guest",
            Credentials::Admin { .. } => "Admin(…)",
            Credentials::Customer { .. } => "Customer(…)",
            Credentials::Integration(_) => "Integration(…)",
            Credentials::Bearer(_) => "Bearer(…)",
        })
    }
}

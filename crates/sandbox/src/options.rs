//! How a sandbox store is set up.

use magewright::oauth::Integration;
use magewright::secret::Secret;

use crate::clock::{Chance, Clock};
use crate::identity::Rights;

/// How a sandbox store is set up.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where the time comes from.
    pub clock: Clock,
    /// Makes tokens, UUIDs and keys repeat from run to run; `None` draws them.
    pub seed: Option<u64>,
    /// Who may sign in as administrator, with ids from 1 on.
    pub administrators: Vec<Administrator>,
    /// The integrations, and what each may do.
    pub integrations: Vec<(Integration, Rights)>,
    /// Adds the routes of admin users and roles, which no Magento has.
    pub admin_users: bool,
}

/// An administrator of the store.
#[derive(Clone, PartialEq, Eq)]
pub struct Administrator {
    /// The user name.
    pub username: String,
    /// The password.
    pub password: String,
    /// The first name.
    pub firstname: String,
    /// The last name.
    pub lastname: String,
    /// The e-mail address.
    pub email: String,
    /// What the administrator may do.
    pub rights: Rights,
}

impl Administrator {
    /// An administrator with all rights, under a name made up from the user name.
    ///
    /// ```
    /// use magewright_sandbox::{Administrator, Rights};
    /// let ada = Administrator::new("ada", "secret1");
    /// assert_eq!((ada.email.as_str(), ada.rights), ("ada@example.test", Rights::All));
    /// ```
    #[must_use]
    pub fn new(username: &str, password: &str) -> Self {
        Administrator {
            username: username.to_owned(),
            password: password.to_owned(),
            firstname: username.to_owned(),
            lastname: "Administrator".to_owned(),
            email: format!("{username}@example.test"),
            rights: Rights::All,
        }
    }
}

/// An integration that is active, with keys drawn from a seed, the same for the same seed.
///
/// ```
/// use magewright_sandbox::integration;
/// assert_eq!(integration(1).consumer_key, integration(1).consumer_key);
/// assert_ne!(integration(1).consumer_key, integration(2).consumer_key);
/// ```
#[must_use]
pub fn integration(seed: u64) -> Integration {
    // Other draws than those of the store with the same seed.
    let mut chance = Chance::new(Some(!seed));
    Integration {
        consumer_id: 1,
        consumer_key: chance.hex(),
        consumer_secret: Secret::new(chance.hex()),
        token: chance.hex(),
        token_secret: Secret::new(chance.hex()),
        active: true,
        revoked: false,
    }
}

impl std::fmt::Debug for Administrator {
    /// Leaves the password out.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Administrator({}, {:?})", self.username, self.rights)
    }
}

impl Default for Options {
    /// The machine's clock and chance, and one administrator `admin` with the password `admin123`.
    fn default() -> Self {
        Options {
            clock: Clock::System,
            seed: None,
            administrators: vec![Administrator::new("admin", "admin123")],
            integrations: Vec::new(),
            admin_users: false,
        }
    }
}

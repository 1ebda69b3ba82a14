use std::time::Duration;

use magewright::call::Scope;
use magewright::release::Release;
use magewright::retry::Retry;
use magewright::store::Caller;

use crate::Roots;

/// How a client behaves.
///
/// ```
/// use std::time::Duration;
/// use magewright_client::Settings;
/// let settings = Settings { timeout: Duration::from_secs(120), ..Settings::default() };
/// assert_eq!(settings.connect_timeout, Duration::from_secs(10));
/// ```
#[derive(Debug, Clone)]
pub struct Settings {
    /// The store view of calls that name none; also where customers log in.
    pub scope: Scope,
    /// The store's release, on which signatures, addresses and what an update keeps depend.
    pub release: Release,
    /// How long to wait for a connection.
    pub connect_timeout: Duration,
    /// How long one attempt of a call may take, from connecting to the reply's last byte.
    pub timeout: Duration,
    /// How often and how patiently a call is repeated, where that does no harm.
    pub retry: Retry,
    /// How many requests may be under way at once; fewer after 429, 503 and replies that do not come in time.
    pub concurrency: u32,
    /// How often an update is sent until it holds, when other writers are in the way.
    pub updates: u32,
    /// How long after an update the customer is read again, to see whether it holds; two to four times
    /// what the update took when `None`. Longer than the slowest update of any other writer is safe.
    pub settle: Option<Duration>,
    /// Whose token a ready-made one is: what an update keeps depends on who sends it.
    pub bearer: Caller,
    /// The largest reply in bytes, decompressed.
    pub reply_limit: usize,
    /// Authorities whose certificates are trusted beside those that the operating system trusts.
    pub roots: Roots,
    /// Whether credentials may go over plain HTTP to a machine other than this one.
    pub plain_http: bool,
}

impl Default for Settings {
    /// The default store view, 10 seconds to connect, 60 in all, eight requests at once, five attempts,
    /// twelve for an update that others are in the way of, bearers taken for administrators, replies up to 64 MiB, no plain HTTP.
    fn default() -> Self {
        Settings {
            scope: Scope::Default,
            release: Release::DEFAULT,
            connect_timeout: Duration::from_secs(10),
            timeout: Duration::from_secs(60),
            retry: Retry::default(),
            concurrency: 8,
            updates: 12,
            settle: None,
            bearer: Caller::Admin,
            reply_limit: 64 * 1024 * 1024,
            roots: Roots::default(),
            plain_http: false,
        }
    }
}

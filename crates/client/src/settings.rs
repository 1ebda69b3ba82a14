use std::time::Duration;

use magewright::call::Scope;
use magewright::release::Release;

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
    /// The store's release: signatures depend on it.
    pub release: Release,
    /// How long to wait for a connection.
    pub connect_timeout: Duration,
    /// How long a whole call may take, from connecting to the reply's last byte.
    pub timeout: Duration,
    /// The largest reply in bytes, decompressed.
    pub reply_limit: usize,
    /// Whether credentials may go over plain HTTP to a machine other than this one.
    pub plain_http: bool,
}

impl Default for Settings {
    /// The default store view, 10 seconds to connect, 60 in all, replies up to 64 MiB, no plain HTTP.
    fn default() -> Self {
        Settings {
            scope: Scope::Default,
            release: Release::DEFAULT,
            connect_timeout: Duration::from_secs(10),
            timeout: Duration::from_secs(60),
            reply_limit: 64 * 1024 * 1024,
            plain_http: false,
        }
    }
}

//! What can go wrong between a client and a store.

use std::error::Error;
use std::{fmt, io};

use magewright::retry::Setback;
use rustls::CertificateError;

/// Why no whole reply came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NetworkFailure {
    /// No connection: name, port, TLS. The store has not seen the request.
    Connect,
    /// The certificate is not to be trusted, and why. The store has not seen the request.
    Certificate(Distrust),
    /// The time was up. The store may have done what was asked.
    Timeout,
    /// The connection broke or the reply is no HTTP. The store may have done what was asked.
    Interrupted,
    /// The reply is larger than the settings allow. The store has done what was asked.
    TooLarge,
    /// The store redirects, to its own host or another; redirects are not followed.
    Redirect {
        /// The status.
        status: u16,
        /// Whether it points to another scheme, host or port.
        elsewhere: bool,
    },
    /// The operating system gave no random bytes for a nonce.
    Randomness,
}

/// Why a certificate is not trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Distrust {
    /// No authority that is trusted has signed it.
    Issuer,
    /// It is for another host.
    Host,
    /// It has expired, or is not valid yet.
    Time,
    /// It is malformed, revoked, or for another purpose.
    Unfit,
}

impl NetworkFailure {
    /// Whether the store has surely not seen the request.
    ///
    /// ```
    /// use magewright_client::NetworkFailure;
    /// assert!(NetworkFailure::Connect.is_unsent() && !NetworkFailure::Timeout.is_unsent());
    /// ```
    #[must_use]
    pub const fn is_unsent(self) -> bool {
        matches!(self, NetworkFailure::Connect | NetworkFailure::Certificate(_) | NetworkFailure::Randomness)
    }

    pub(crate) const fn setback(self) -> Option<Setback> {
        match self {
            NetworkFailure::Connect => Some(Setback::undone()),
            NetworkFailure::Timeout | NetworkFailure::Interrupted => Some(Setback::unclear()),
            _ => None,
        }
    }
}

/// What an error of the HTTP library is.
pub(crate) fn classify(error: &reqwest::Error) -> NetworkFailure {
    match (error, distrust(error)) {
        (_, Some(distrust)) => NetworkFailure::Certificate(distrust),
        (error, None) if error.is_connect() => NetworkFailure::Connect,
        (error, None) if error.is_timeout() => NetworkFailure::Timeout,
        _ => NetworkFailure::Interrupted,
    }
}

/// Why the certificate was not trusted, when that is what is behind an error.
fn distrust(error: &(dyn Error + 'static)) -> Option<Distrust> {
    if let Some(rustls::Error::InvalidCertificate(problem)) = error.downcast_ref() {
        return Some(Distrust::of(problem));
    }
    // An `io::Error` gives the source of what it holds, and passes over that itself.
    match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(held) => distrust(held),
        None => distrust(error.source()?),
    }
}

impl Distrust {
    fn of(problem: &CertificateError) -> Self {
        use CertificateError as E;
        match problem {
            E::UnknownIssuer | E::BadSignature => Distrust::Issuer,
            E::NotValidForName | E::NotValidForNameContext { .. } => Distrust::Host,
            E::Expired | E::ExpiredContext { .. } | E::NotValidYet | E::NotValidYetContext { .. } => {
                Distrust::Time
            }
            _ => Distrust::Unfit,
        }
    }
}

impl fmt::Display for NetworkFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NetworkFailure::Connect => "no connection: check the base URL and its port",
            NetworkFailure::Certificate(distrust) => return distrust.fmt(f),
            NetworkFailure::Timeout => "no reply in time: the store may have done what was asked",
            NetworkFailure::Interrupted => "the connection broke: the store may have done what was asked",
            NetworkFailure::TooLarge => "the reply is larger than `reply_limit`: ask for less, or raise it",
            NetworkFailure::Redirect { elsewhere: true, .. } => {
                "the store redirects to another scheme, host or port, which gets no credentials: use that base URL"
            }
            NetworkFailure::Redirect { elsewhere: false, .. } => {
                "the store redirects to another path, which is not followed: use that base URL"
            }
            NetworkFailure::Randomness => "the operating system gave no random bytes",
        })
    }
}

impl fmt::Display for Distrust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Distrust::Issuer => {
                "no authority that is trusted has signed the store's certificate: where it is your own, give it as `roots`"
            }
            Distrust::Host => "the store's certificate is for another host: use a base URL that it names",
            Distrust::Time => {
                "the store's certificate has expired or is not valid yet: have it renewed, and check this machine's clock"
            }
            Distrust::Unfit => {
                "the store's certificate is malformed, revoked or for another purpose: have it replaced"
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_attempt_follows_only_what_may_pass() {
        for distrust in [Distrust::Issuer, Distrust::Host, Distrust::Time, Distrust::Unfit] {
            let failure = NetworkFailure::Certificate(distrust);
            assert!(failure.is_unsent() && failure.setback().is_none());
            assert!(failure.to_string().contains("certificate"));
        }
        assert!(NetworkFailure::Connect.setback().is_some_and(|setback| !setback.may_be_done));
        assert!(NetworkFailure::Interrupted.setback().is_some_and(|setback| setback.may_be_done));
        assert!(NetworkFailure::TooLarge.setback().is_none());
    }

    #[test]
    fn every_refusal_of_a_certificate_has_its_reason() {
        let cases = [
            (CertificateError::UnknownIssuer, Distrust::Issuer),
            (CertificateError::NotValidForName, Distrust::Host),
            (CertificateError::NotValidYet, Distrust::Time),
            (CertificateError::Revoked, Distrust::Unfit),
        ];
        for (problem, distrust) in cases {
            assert_eq!(Distrust::of(&problem), distrust);
            let held = io::Error::other(io::Error::other(rustls::Error::InvalidCertificate(problem)));
            assert_eq!(super::distrust(&held), Some(distrust));
        }
        assert_eq!(super::distrust(&io::Error::other("no TLS")), None);
    }
}

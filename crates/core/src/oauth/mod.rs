//! OAuth 1.0a as a Magento store verifies it.
//!
//! A store departs from RFC 5849 in the order of parameters, in what it makes of
//! the query and in what it lets through, and differently from release to
//! release. Signing and verifying share one base string, so that what
//! [`sign`] writes is what [`verify`] takes, for the same release.
//!
//! - To 2.4.7 parameters are sorted by their encoded names in natural order
//!   (`filters][2]` before `filters][10]`); from 2.4.8 by their decoded names in byte order.
//! - To 2.4.7 the query is read with `rawurldecode`: a raw `+` is a plus sign, and a
//!   parameter without exactly one `=` is left out. From 2.4.8 names and values that PHP
//!   itself reads from the query are signed too, in PHP's spelling.
//! - The body is never signed. Form bodies are not modelled, since the REST API takes none.
//! - Only HMAC-SHA256 is written and taken; HMAC-SHA1, which stores took to 2.4.3, is refused.
//!
//! Nonce and time are arguments: the core has neither clock nor randomness.

mod base;
mod encode;
mod handshake;
mod header;
mod integrations;
mod mac;
mod natural;
mod pairs;
mod php;
mod url;
mod verify;

use std::fmt;

pub use handshake::{
    ACCESS_TOKEN_PATH, HandshakeError, REQUEST_TOKEN_PATH, Token, access_token_header, request_token_header,
};
pub use integrations::{Integration, Nonces};
pub use natural::natural_order;
pub use verify::{Identity, verify};

use crate::release::Release;
use crate::secret::Secret;

/// The four values that a store gives an integration when it is activated.
#[derive(Clone)]
pub struct Credentials {
    /// The consumer key.
    pub consumer_key: String,
    /// The consumer secret.
    pub consumer_secret: Secret,
    /// The access token.
    pub token: String,
    /// The access token secret.
    pub token_secret: Secret,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").finish_non_exhaustive()
    }
}

/// What of a request is signed.
#[derive(Clone, Copy)]
pub struct Target<'a> {
    /// The method, in upper case.
    pub method: &'a str,
    /// The whole URL exactly as it is sent: scheme, host, path and query, byte for byte.
    pub url: &'a str,
}

/// The value of the `Authorization` header for a request.
///
/// From 2.4.8 on a store fails (500) at a query parameter whose name is an integer,
/// however it is signed.
///
/// `nonce` must not have been used with this consumer key before; `timestamp` is
/// Unix time in seconds, and may be at most ten minutes ahead of the store's clock.
///
/// ```
/// use magewright::oauth::{Credentials, Target, sign};
/// use magewright::secret::Secret;
/// use magewright::release::Release;
/// let credentials = Credentials {
///     consumer_key: "k".repeat(32),
///     consumer_secret: Secret::new("consumer secret"),
///     token: "t".repeat(32),
///     token_secret: Secret::new("token secret"),
/// };
/// let target = Target { method: "GET", url: "https://shop.example/rest/V1/customers/1?fields=id" };
/// let header = sign(target, &credentials, "n0nce", 1_700_000_000, Release::DEFAULT);
/// assert!(header.starts_with("OAuth oauth_consumer_key="));
/// ```
#[must_use]
pub fn sign(
    target: Target<'_>,
    credentials: &Credentials,
    nonce: &str,
    timestamp: u64,
    release: Release,
) -> String {
    let mut parameters = header::protocol(&credentials.consumer_key, nonce, timestamp);
    parameters.set("oauth_token", credentials.token.as_str());
    header::signed(parameters, target, &credentials.consumer_secret, &credentials.token_secret, release)
}

/// The text whose HMAC is the signature, for looking into a refused one.
///
/// `authorization` is the header with or without its signature; its other
/// parameters and the URL's are in the text, no secret is. `None` for a header that
/// is not OAuth.
///
/// ```
/// use magewright::oauth::{Target, base_string};
/// use magewright::release::Release;
/// let target = Target { method: "GET", url: "http://shop.example/rest/V1/customers/1?b=2&a=%31" };
/// let text = base_string(target, r#"OAuth oauth_nonce="x""#, Release::DEFAULT);
/// assert_eq!(
///     text.as_deref(),
///     Some("GET&http%3A%2F%2Fshop.example%2Frest%2FV1%2Fcustomers%2F1&a%3D1%26b%3D2%26oauth_nonce%3Dx")
/// );
/// ```
#[must_use]
pub fn base_string(target: Target<'_>, authorization: &str, release: Release) -> Option<String> {
    let mut parameters = header::parse(authorization)?;
    parameters.add_query(url::Parts::of(target.url).query);
    Some(base::base_string(target, &parameters, release))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FULL: [&str; 4] = [
        "fakeconsumerkeyfull0000000000000",
        "fakeconsumersecretfull0000000000",
        "faketokenfull0000000000000000000",
        "faketokensecretfull0000000000000",
    ];

    fn credentials() -> Credentials {
        let [key, secret, token, token_secret] = FULL;
        Credentials {
            consumer_key: key.into(),
            consumer_secret: Secret::new(secret),
            token: token.into(),
            token_secret: Secret::new(token_secret),
        }
    }

    #[test]
    fn a_recorded_header_comes_out_whole() {
        let target = Target { method: "GET", url: "http://127.0.0.1:8070/rest/V1/customers/1?fields=id" };
        let header =
            sign(target, &credentials(), "a7ce7e85eeae9cc383ee099d139cf8f5", 1_700_000_001, Release::DEFAULT);
        let expected = "OAuth oauth_consumer_key=\"fakeconsumerkeyfull0000000000000\", \
                        oauth_nonce=\"a7ce7e85eeae9cc383ee099d139cf8f5\", oauth_signature_method=\"HMAC-SHA256\", \
                        oauth_timestamp=\"1700000001\", oauth_version=\"1.0\", \
                        oauth_token=\"faketokenfull0000000000000000000\", oauth_signature=\"";
        assert!(header.starts_with(expected), "{header}");
        assert!(header.ends_with("%3D\""), "{header}");
    }

    #[test]
    fn debug_tells_no_secret() {
        let shown = format!("{:?}", credentials());
        assert!(FULL.iter().all(|value| !shown.contains(value)), "{shown}");
    }

    #[test]
    fn a_header_that_is_not_oauth_has_no_base_string() {
        let target = Target { method: "GET", url: "http://shop.example/" };
        assert_eq!(base_string(target, "Bearer x", Release::DEFAULT), None);
    }
}

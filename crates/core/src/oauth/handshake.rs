//! The handshake that gives a new integration its access token.
//!
//! When an administrator activates an integration with a callback, the store posts
//! consumer key, consumer secret and a verifier there. Two signed POSTs follow, both
//! outside the REST API: one for a request token, one that turns it into the access token.

use std::fmt;

use super::encode::decode_form;
use super::{Target, header};
use crate::release::Release;
use crate::secret::Secret;

/// Where a request token is asked for, from the store's base URL.
pub const REQUEST_TOKEN_PATH: &str = "/oauth/token/request";

/// Where a request token is turned into an access token.
pub const ACCESS_TOKEN_PATH: &str = "/oauth/token/access";

/// A token with its secret, as both steps answer.
#[derive(Clone)]
pub struct Token {
    /// The token.
    pub token: String,
    /// Its secret.
    pub secret: Secret,
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token").finish_non_exhaustive()
    }
}

/// A step of the handshake that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum HandshakeError {
    /// The store names the problem.
    Refused(String),
    /// The reply holds no token and names no problem.
    NoToken,
}

impl fmt::Display for HandshakeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            HandshakeError::Refused(problem) => write!(f, "the store refused the handshake: {problem}"),
            HandshakeError::NoToken => {
                f.write_str("the reply to the handshake holds no token: check the base URL")
            }
        }
    }
}

impl std::error::Error for HandshakeError {}

/// The header of the POST for a request token; `url` is the whole URL.
///
/// ```
/// use magewright::oauth::request_token_header;
/// use magewright::secret::Secret;
/// use magewright::release::Release;
/// let url = "https://shop.example/oauth/token/request";
/// let header = request_token_header(url, "key", &Secret::new("secret"), "n0nce", 1_700_000_000, Release::DEFAULT);
/// assert!(!header.contains("oauth_token="));
/// ```
#[must_use]
pub fn request_token_header(
    url: &str,
    consumer_key: &str,
    consumer_secret: &Secret,
    nonce: &str,
    timestamp: u64,
    release: Release,
) -> String {
    let parameters = header::protocol(consumer_key, nonce, timestamp);
    header::signed(parameters, Target { method: "POST", url }, consumer_secret, &Secret::new(""), release)
}

/// The header of the POST for the access token; `verifier` is what the store posted to the callback.
///
/// ```
/// use magewright::oauth::{Token, access_token_header};
/// use magewright::secret::Secret;
/// use magewright::release::Release;
/// let url = "https://shop.example/oauth/token/access";
/// let consumer = ("key", &Secret::new("secret"));
/// let request = Token { token: "r".repeat(32), secret: Secret::new("request secret") };
/// let header = access_token_header(url, consumer, &request, "verifier", ("n0nce", 1_700_000_000), Release::DEFAULT);
/// assert!(header.contains("oauth_verifier=\"verifier\""));
/// ```
#[must_use]
pub fn access_token_header(
    url: &str,
    (consumer_key, consumer_secret): (&str, &Secret),
    request: &Token,
    verifier: &str,
    (nonce, timestamp): (&str, u64),
    release: Release,
) -> String {
    let mut parameters = header::protocol(consumer_key, nonce, timestamp);
    parameters.set("oauth_token", request.token.as_str());
    parameters.set("oauth_verifier", verifier);
    header::signed(parameters, Target { method: "POST", url }, consumer_secret, &request.secret, release)
}

impl Token {
    /// The token in the reply to either step.
    ///
    /// # Errors
    /// [`HandshakeError::Refused`] with what the store calls the problem,
    /// [`HandshakeError::NoToken`] for a reply of another kind.
    ///
    /// ```
    /// use magewright::oauth::{HandshakeError, Token};
    /// let token = Token::parse("oauth_token=abc&oauth_token_secret=d%2Bf")?;
    /// assert_eq!((token.token.as_str(), token.secret.reveal()), ("abc", "d+f"));
    /// let refused = Token::parse("oauth_problem=Consumer+key+has+expired").unwrap_err();
    /// assert_eq!(refused, HandshakeError::Refused("Consumer key has expired".into()));
    /// # Ok::<(), HandshakeError>(())
    /// ```
    pub fn parse(reply: &str) -> Result<Self, HandshakeError> {
        let value = |wanted: &str| {
            let mut fields = reply.trim().split('&').filter_map(|field| field.split_once('='));
            let (_, value) = fields.find(|(name, _)| *name == wanted)?;
            String::from_utf8(decode_form(value)).ok()
        };
        match (value("oauth_token"), value("oauth_token_secret"), value("oauth_problem")) {
            (Some(token), Some(secret), _) => Ok(Token { token, secret: secret.into() }),
            (.., Some(problem)) => Err(HandshakeError::Refused(problem)),
            _ => Err(HandshakeError::NoToken),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_without_a_token_is_an_error() {
        for reply in
            ["", "oauth_token=a", "<html>", "oauth_token_secret=a&x", "oauth_token=a&oauth_token_secret=%ff"]
        {
            assert_eq!(Token::parse(reply).unwrap_err(), HandshakeError::NoToken, "{reply}");
        }
    }

    #[test]
    fn a_token_is_not_shown() {
        let token = Token::parse("oauth_token=abcabc&oauth_token_secret=defdef").unwrap();
        assert_eq!(format!("{token:?}"), "Token { .. }");
    }
}

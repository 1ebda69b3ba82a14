//! The `Authorization` header, both ways.

use super::Target;
use super::base::{base_string, signature};
use super::encode::{decode, encode};
use super::pairs::{Pairs, is_protocol};
use super::url::Parts;
use crate::release::Release;
use crate::secret::Secret;

/// The parameters of a signed request, the token aside.
pub(super) fn protocol(consumer_key: &str, nonce: &str, timestamp: u64) -> Pairs {
    let mut parameters = Pairs::default();
    parameters.set("oauth_consumer_key", consumer_key);
    parameters.set("oauth_nonce", nonce);
    parameters.set("oauth_signature_method", "HMAC-SHA256");
    parameters.set("oauth_timestamp", timestamp.to_string());
    parameters.set("oauth_version", "1.0");
    parameters
}

/// The header with its signature.
pub(super) fn signed(
    mut parameters: Pairs,
    target: Target<'_>,
    consumer_secret: &Secret,
    token_secret: &Secret,
    release: Release,
) -> String {
    let mut with_query = parameters.clone();
    with_query.add_query(Parts::of(target.url).query);
    let text = base_string(target, &with_query, release);
    parameters.set("oauth_signature", signature(&text, consumer_secret, token_secret));
    let written = parameters.iter().map(|(name, value)| format!("{}=\"{}\"", encode(name), encode(value)));
    format!("OAuth {}", written.collect::<Vec<_>>().join(", "))
}

/// The parameters of a header as a store reads it; `None` when it is not OAuth's.
///
/// `oauth ` may stand anywhere, in any case; what stands before it is not looked at.
pub(super) fn parse(authorization: &str) -> Option<Pairs> {
    let authorization = authorization.trim();
    let start = authorization.to_ascii_lowercase().find("oauth ")? + "oauth ".len();
    let mut parameters = Pairs::default();
    for part in authorization.get(start..)?.split(',') {
        let part = part.trim_matches([' ', '\t', '\n', '\r', '\0', '\x0b']);
        if let Some((name, value)) = part.split_once('=')
            && is_protocol(name)
        {
            parameters.set(decode(name), decode(value.trim_matches('"')));
        }
    }
    Some(parameters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_read_leniently() {
        let read =
            parse("Basic x oauth  oauth_nonce=\"a%2Cb\",\toauth_token=t,realm=\"r\",foo=1,oauth_x").unwrap();
        let names: Vec<_> = read.iter().map(|(name, _)| String::from_utf8_lossy(name).into_owned()).collect();
        assert_eq!(names, ["oauth_nonce", "oauth_token"]);
        assert_eq!(read.get("oauth_nonce").as_deref(), Some("a,b"));
    }

    #[test]
    fn other_headers_are_not_oauth() {
        for header in ["", "OAuth", "OAuth ", "Bearer abc", "oauth\tx=1"] {
            assert!(parse(header).is_none(), "{header}");
        }
    }
}

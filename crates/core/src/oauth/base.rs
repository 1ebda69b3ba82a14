//! The base string: the text that is signed.

use super::Target;
use super::encode::{decode_form, encode};
use super::mac::{base64, hmac_sha256};
use super::natural::natural_order;
use super::pairs::Pairs;
use super::url::Parts;
use crate::release::{Band, Release};
use crate::secret::Secret;

/// Names are sorted decoded, and what PHP reads from the query is signed too.
const DECODED: Band = Band::since(&[(8, 0)]);

/// Whether a store of that release fails instead of verifying: its typed code meets a name that PHP
/// keeps as an integer.
pub(super) fn is_fatal(target: Target<'_>, parameters: &Pairs, release: Release) -> bool {
    let merged = || merged(parameters, Parts::of(target.url).query);
    DECODED.holds(release) && merged().names().any(is_array_index)
}

/// `METHOD&url&parameters`, each encoded once more.
///
/// `parameters` are those of header and query, the signature among them or not.
pub(super) fn base_string(target: Target<'_>, parameters: &Pairs, release: Release) -> String {
    let parts = Parts::of(target.url);
    let sorted = match DECODED.holds(release) {
        true => by_decoded_name(parameters, parts.query),
        false => by_natural_order(parameters),
    };
    let joined: Vec<_> = sorted.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let url = encode(parts.signed(release).as_bytes());
    format!("{}&{url}&{}", target.method.to_ascii_uppercase(), encode(joined.join("&").as_bytes()))
}

/// The base64 of the HMAC-SHA256 over a base string.
pub(super) fn signature(base_string: &str, consumer_secret: &Secret, token_secret: &Secret) -> String {
    let key = [consumer_secret, token_secret].map(|secret| encode(secret.reveal().as_bytes())).join("&");
    base64(&hmac_sha256(key.as_bytes(), base_string.as_bytes()))
}

fn by_natural_order(parameters: &Pairs) -> Vec<(String, String)> {
    let mut encoded: Vec<_> = signed(parameters).map(|(name, value)| (encode(name), encode(value))).collect();
    encoded.sort_by(|(a, _), (b, _)| natural_order(a, b));
    encoded
}

fn by_decoded_name(parameters: &Pairs, query: &str) -> Vec<(String, String)> {
    let merged = merged(parameters, query);
    let scalars = merged.sorted().filter(|(name, _)| *name != SIGNATURE);
    scalars.map(|(name, value)| (encode(name), encode(value))).collect()
}

/// The parameters, and over them the top-level variables that PHP's `parse_str` makes of the query.
fn merged(parameters: &Pairs, query: &str) -> Pairs {
    let mut merged = parameters.clone();
    for part in query.split('&').filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        if let Some((name, is_array)) = php_variable(&decode_form(name)) {
            merged.put(name, (!is_array).then(|| decode_form(value)));
        }
    }
    merged
}

const SIGNATURE: &[u8] = b"oauth_signature";

fn signed(parameters: &Pairs) -> impl Iterator<Item = (&[u8], &[u8])> {
    parameters.iter().filter(|(name, _)| *name != SIGNATURE)
}

/// The variable that PHP makes of a parameter's name, and whether it is an array.
fn php_variable(name: &[u8]) -> Option<(Vec<u8>, bool)> {
    let name = name.split(|&byte| byte == 0).next()?;
    let start = name.iter().position(|&byte| byte != b' ')?;
    let name = name.get(start..)?;
    let bracket = name.iter().position(|&byte| byte == b'[');
    let is_array = bracket.is_some_and(|at| name.get(at..).is_some_and(|tail| tail.contains(&b']')));
    let base = match bracket {
        Some(0) => return None,
        Some(at) if is_array => name.get(..at)?,
        _ => name,
    };
    let spelled = |&byte: &u8| if matches!(byte, b' ' | b'.' | b'[') { b'_' } else { byte };
    Some((base.iter().map(spelled).collect(), is_array))
}

/// Whether PHP keeps a name as an integer, which the store's typed code then refuses.
fn is_array_index(name: &[u8]) -> bool {
    let text = std::str::from_utf8(name).unwrap_or_default();
    text.parse::<i64>().is_ok_and(|number| number.to_string() == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parameters(url: &str) -> Pairs {
        let mut parameters = Pairs::default();
        parameters.add_query(Parts::of(url).query);
        parameters
    }

    fn base(url: &str, release: &str) -> String {
        let text = base_string(Target { method: "get", url }, &parameters(url), release.parse().unwrap());
        String::from_utf8(super::super::encode::decode(text.rsplit('&').next().unwrap())).unwrap()
    }

    #[test]
    fn order_depends_on_the_release() {
        let url = "http://a/?f[10]=a&f[9]=b&f[1]=c";
        assert_eq!(base(url, "2.4.7-p3"), "f%5B1%5D=c&f%5B9%5D=b&f%5B10%5D=a");
        assert_eq!(base(url, "2.4.8"), "f%5B10%5D=a&f%5B1%5D=c&f%5B9%5D=b");
    }

    #[test]
    fn from_2_4_8_the_query_is_read_as_php_reads_it() {
        assert_eq!(base("http://a/?b&x.y=1+2&c=a=b", "2.4.8"), "b=&c=a%3Db&x.y=1%2B2&x_y=1%202");
        assert_eq!(base("http://a/?b&x.y=1+2&c=a=b", "2.4.7"), "x.y=1%2B2");
        assert_eq!(base("http://a/?s=1&s[a]=2", "2.4.8"), "s%5Ba%5D=2");
        assert_eq!(base("http://a/?s[a]=2&s=1", "2.4.8"), "s=1&s%5Ba%5D=2");
    }

    #[test]
    fn an_integer_name_is_fatal_from_2_4_8() {
        let fatal = |url, release: &str| {
            is_fatal(Target { method: "GET", url }, &parameters(url), release.parse().unwrap())
        };
        assert!(fatal("http://a/?10=x", "2.4.8"));
        assert!(!fatal("http://a/?10=x", "2.4.7"));
        assert!(!fatal("http://a/?010=x&-=y", "2.4.8"));
        assert_eq!(base("http://a/?10=x&9=y", "2.4.7"), "9=y&10=x");
    }

    #[test]
    fn php_names_its_variables() {
        let table: [(&str, Option<(&str, bool)>); 8] = [
            ("a b.c", Some(("a_b_c", false))),
            ("  a", Some(("a", false))),
            ("a[b]c", Some(("a", true))),
            ("a[b", Some(("a_b", false))),
            ("[a]", None),
            ("   ", None),
            ("", None),
            ("a\0b", Some(("a", false))),
        ];
        for (name, expected) in table {
            let expected = expected.map(|(base, is_array)| (base.as_bytes().to_vec(), is_array));
            assert_eq!(php_variable(name.as_bytes()), expected, "{name:?}");
        }
    }
}

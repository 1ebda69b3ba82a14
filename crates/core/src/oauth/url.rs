//! The parts of a URL, and what a store puts into the base string for it.

use super::encode::{escape, is_unreserved, push_encoded};
use crate::release::{Band, Release};

/// Scheme, host and path are taken as they are sent.
const RAW: Band = Band::since(&[(8, 0)]);

/// The path is normalised with the rest.
const PATH_NORMALISED: Band = Band::since(&[(6, 0)]).until(&[(8, 0)]);

/// A URL taken apart, byte for byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Parts<'a> {
    scheme: &'a str,
    authority: &'a str,
    path: &'a str,
    /// What stands between `?` and `#`; empty when there is none.
    pub(super) query: &'a str,
}

impl<'a> Parts<'a> {
    pub(super) fn of(url: &'a str) -> Self {
        let url = url.split_once('#').map_or(url, |(url, _)| url);
        let (base, query) = url.split_once('?').unwrap_or((url, ""));
        let (scheme, rest) = base.split_once("://").unwrap_or(("", base));
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        Parts { scheme, authority, path, query }
    }

    /// The URL without its query, as a store of that release signs it.
    pub(super) fn signed(&self, release: Release) -> String {
        if RAW.holds(release) {
            return format!("{}://{}{}", self.scheme, self.authority, self.path);
        }
        let scheme = self.scheme.to_ascii_lowercase();
        let host = self.authority.to_ascii_lowercase();
        let default_port = if scheme == "https" { ":443" } else { ":80" };
        let host = host.strip_suffix(default_port).unwrap_or(&host);
        match PATH_NORMALISED.holds(release) {
            true => format!("{scheme}://{host}{}", normalised(&without_dots(self.path))),
            false => format!("{scheme}://{host}{}", self.path),
        }
    }
}

/// Takes `.` and `..` segments out (RFC 3986, section 5.2.4).
fn without_dots(path: &str) -> String {
    if !path.contains("/.") {
        return path.to_owned();
    }
    let mut kept: Vec<&str> = Vec::new();
    let ends_in_dots = path.ends_with("/.") || path.ends_with("/..");
    for segment in path.split('/').skip(1) {
        match segment {
            "." => {}
            ".." => {
                kept.pop();
            }
            _ => kept.push(segment),
        }
    }
    if ends_in_dots {
        kept.push("");
    }
    format!("/{}", kept.join("/"))
}

/// Decodes escapes of characters that may stand in a path, writes the other escapes
/// in upper case and encodes what may not stand there.
fn normalised(path: &str) -> String {
    let mut decoded = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        rest = match escape(rest) {
            Some((value, after)) if is_unreserved(value) || b":@&=+$,/;%".contains(&value) => {
                decoded.push(value);
                after
            }
            Some((_, after)) => {
                decoded.extend(rest.iter().take(3).map(u8::to_ascii_uppercase));
                after
            }
            None => {
                decoded.push(byte);
                tail
            }
        };
    }
    encoded(&decoded)
}

fn encoded(path: &[u8]) -> String {
    let mut encoded = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((&byte, tail)) = rest.split_first() {
        let stays = match byte {
            b'%' => escape(rest).is_some(),
            _ => b")(:@&=+$,/;".contains(&byte),
        };
        if stays {
            encoded.push(char::from(byte))
        } else {
            push_encoded(&mut encoded, byte)
        }
        rest = tail;
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed(url: &str, release: &str) -> String {
        Parts::of(url).signed(release.parse().unwrap())
    }

    #[test]
    fn host_and_port_are_normalised_until_2_4_8() {
        let url = "HTTP://WWW.Example.com:80/rest/V1/customers/1?x=1#f";
        assert_eq!(signed(url, "2.4.7"), "http://www.example.com/rest/V1/customers/1");
        assert_eq!(signed(url, "2.4.5"), "http://www.example.com/rest/V1/customers/1");
        assert_eq!(signed(url, "2.4.8"), "HTTP://WWW.Example.com:80/rest/V1/customers/1");
        assert_eq!(signed("https://a:443/x", "2.4.7"), "https://a/x");
        assert_eq!(signed("https://a:80/x", "2.4.7"), "https://a:80/x");
    }

    #[test]
    fn escapes_in_a_path_are_normalised_in_2_4_6_and_2_4_7() {
        let url = "http://a/V1/x%2b%40%c3%ab%2f|%zz/./b/../c";
        assert_eq!(signed(url, "2.4.7"), "http://a/V1/x+@%C3%AB/%7C%25zz/c");
        assert_eq!(signed(url, "2.4.5"), url);
        assert_eq!(signed(url, "2.4.8"), url);
    }

    #[test]
    fn anything_has_parts() {
        for url in ["", "?", "#", "x", "http://", "http://a", "://", "a?b?c"] {
            let _ = signed(url, "2.4.7");
        }
        assert_eq!(Parts::of("http://a/b?c?d#e?f").query, "c?d");
    }
}

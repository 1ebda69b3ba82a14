//! Parameters as a store collects them from header and query.

use std::collections::BTreeMap;

use super::encode::decode;

/// Names and values in order of their first appearance; of equal names the last value counts.
/// An array has no value that is signed.
#[derive(Debug, Clone, Default)]
pub(super) struct Pairs {
    entries: Vec<(Vec<u8>, Option<Vec<u8>>)>,
    places: BTreeMap<Vec<u8>, usize>,
}

impl Pairs {
    pub(super) fn set(&mut self, name: impl Into<Vec<u8>>, value: impl Into<Vec<u8>>) {
        self.put(name.into(), Some(value.into()));
    }

    /// Sets a parameter; nothing for an array.
    pub(super) fn put(&mut self, name: Vec<u8>, value: Option<Vec<u8>>) {
        match self.places.get(&name).and_then(|&place| self.entries.get_mut(place)) {
            Some((_, slot)) => *slot = value,
            None => {
                self.places.insert(name.clone(), self.entries.len());
                self.entries.push((name, value));
            }
        }
    }

    /// The value of a name; text, since what is asked for is compared with text.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let (_, value) = self.entries.get(*self.places.get(name.as_bytes())?)?;
        Some(String::from_utf8_lossy(value.as_deref()?).into_owned())
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        self.entries.iter().filter_map(|(name, value)| Some((name.as_slice(), value.as_deref()?)))
    }

    /// The names in the order of their bytes.
    pub(super) fn names(&self) -> impl Iterator<Item = &[u8]> {
        self.places.keys().map(Vec::as_slice)
    }

    /// The same as [`iter`](Pairs::iter), in the order of the names' bytes.
    pub(super) fn sorted(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        let entries = self.places.values().filter_map(|place| self.entries.get(*place));
        entries.filter_map(|(name, value)| Some((name.as_slice(), value.as_deref()?)))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Adds the parameters of a query that have exactly one `=` and no OAuth name.
    pub(super) fn add_query(&mut self, query: &str) {
        for part in query.split('&') {
            let mut pieces = part.split('=');
            if let (Some(name), Some(value), None) = (pieces.next(), pieces.next(), pieces.next())
                && !is_protocol(name)
            {
                self.set(decode(name), decode(value));
            }
        }
    }
}

/// Whether `oauth_` and a letter, `_` or `-` stand anywhere in a name: PHP's `/oauth_[a-z_-]+/`.
pub(super) fn is_protocol(name: &str) -> bool {
    let follows = |(at, mark): (usize, &str)| {
        let next = name.as_bytes().get(at + mark.len());
        next.is_some_and(|byte| byte.is_ascii_lowercase() || matches!(byte, b'_' | b'-'))
    };
    name.match_indices("oauth_").any(follows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_gives_what_has_one_equals_sign() {
        let mut pairs = Pairs::default();
        pairs.add_query("a=1&b&c=2=3&=4&a=5&&oauth_nonce=6&x%20y=%2B+");
        let found: Vec<_> = pairs.iter().map(|(n, v)| (n.to_vec(), v.to_vec())).collect();
        let expected: [(&[u8], &[u8]); 3] = [(b"a", b"5"), (b"", b"4"), (b"x y", b"++")];
        assert_eq!(found, expected.map(|(n, v)| (n.to_vec(), v.to_vec())));
    }

    #[test]
    fn oauth_names_are_recognised_anywhere() {
        assert!(is_protocol("oauth_nonce") && is_protocol("xoauth_y") && is_protocol("oauth_1oauth_a"));
        assert!(
            !is_protocol("oauth")
                && !is_protocol("oauth_")
                && !is_protocol("oauth_1")
                && !is_protocol("OAUTH_a")
        );
    }
}

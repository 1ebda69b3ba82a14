//! The region of a stored address: whether the store shows it as it stands once it is saved again.

use super::super::bytes::{expect, integer};
use super::super::text;
use crate::profile::{Country, Profile, Region};

/// What is known of the regions of each country, by the letters of its code.
#[derive(Debug)]
pub(super) struct Regions(Box<[Listed]>);

#[derive(Debug, Clone)]
enum Listed {
    /// The store does not sell to the country.
    NotAllowed,
    /// Nobody told its regions.
    Unknown,
    /// Its regions.
    These(Box<[Region]>),
}

impl Regions {
    pub(super) fn of(profile: &Profile) -> Self {
        let mut table = vec![Listed::NotAllowed; 26 * 26];
        let allowed = |country: &&Country| profile.allowed_country(&country.id).is_some();
        for country in profile.countries.iter().filter(allowed) {
            if let Some(place) = index(country.id.as_bytes()).and_then(|index| table.get_mut(index)) {
                *place = listed(country);
            }
        }
        Regions(table.into())
    }

    /// Whether country, region and region id are kept as they stand; an id is empty where there is none.
    pub(super) fn keep(&self, country: &[u8], region: &Written<'_>, id: &[u8]) -> bool {
        let country = country.get(1..3).and_then(index).and_then(|index| self.0.get(index));
        let &Written { code, name, id: inner, number } = region;
        let agrees = id.is_empty() || id == inner;
        agrees
            && match country {
                Some(Listed::NotAllowed) | None => false,
                _ if number == 0 => code == name && is_name(name),
                Some(Listed::Unknown) => is_text(code) && is_text(name),
                Some(Listed::These(regions)) => {
                    let known = regions.iter().find(|known| known.id == i64::from(number));
                    known.is_some_and(|known| writes(code, &known.code) && writes(name, &known.name))
                }
            }
    }
}

fn listed(country: &Country) -> Listed {
    country.regions.as_ref().map_or(Listed::Unknown, |regions| Listed::These(regions.as_slice().into()))
}

/// Whether a JSON text stands for these words.
fn writes(text: &[u8], words: &str) -> bool {
    let mut words = words.chars();
    let same =
        text.strip_prefix(b"\"").and_then(|text| text::characters(text, |char| words.next() == Some(char)));
    same.is_some() && words.next().is_none()
}

fn index(code: &[u8]) -> Option<usize> {
    let &[first @ b'A'..=b'Z', second @ b'A'..=b'Z'] = code else { return None };
    Some(usize::from(first - b'A') * 26 + usize::from(second - b'A'))
}

/// `null`, or a text that is empty or no number, which might be the id of a region.
fn is_name(value: &[u8]) -> bool {
    match value {
        [b'"', first, _, ..] => !(first.is_ascii_digit() || b" +-.\\\"".contains(first)) && is_text(value),
        value => matches!(value, b"null" | b"\"\""),
    }
}

fn is_text(value: &[u8]) -> bool {
    value.first() == Some(&b'"') && (3..=255).contains(&value.len())
}

/// A region as a store writes it: the texts of code, name and id, and the id.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Written<'t> {
    code: &'t [u8],
    name: &'t [u8],
    id: &'t [u8],
    number: u32,
}

impl<'t> Written<'t> {
    /// Reads a region.
    pub(super) fn read(&mut self, rest: &'t [u8]) -> Option<&'t [u8]> {
        let mut rest = rest;
        (self.code, rest) = text_or_null(rest.strip_prefix(b"{\"region_code\":")?)?;
        (self.name, rest) = text_or_null(rest.strip_prefix(b",\"region\":")?)?;
        let from = rest.strip_prefix(b",\"region_id\":")?;
        (self.number, rest) = integer(from)?;
        self.id = from.get(..from.len() - rest.len())?;
        expect(rest, b'}')
    }
}

/// A text or `null`, and what follows.
fn text_or_null(from: &[u8]) -> Option<(&[u8], &[u8])> {
    let rest = match from.strip_prefix(b"null") {
        Some(rest) => rest,
        None => text::skip(from)?,
    };
    Some((from.get(..from.len() - rest.len())?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;
    use crate::profile::Replies;

    fn keeps(country: &str, region: &str, id: &str) -> bool {
        let countries = json::parse(
            br#"[{"id":"FR","available_regions":[{"id":"257","code":"75","name":"\u00cele"}]},{"id":"GB"}]"#,
        );
        let replies = Replies { countries: countries.as_ref().ok(), ..Replies::default() };
        let profile = Profile::from_replies(&replies).unwrap();
        let mut written = Written::default();
        written.read(region.as_bytes()).is_some()
            && Regions::of(&profile).keep(country.as_bytes(), &written, id.as_bytes())
    }

    #[test]
    fn a_region_is_kept_as_the_store_would_write_it() {
        assert!(keeps("\"FR\"", r#"{"region_code":"75","region":"\u00cele","region_id":257}"#, "257"));
        assert!(keeps("\"FR\"", r#"{"region_code":"75","region":"Île","region_id":257}"#, ""));
        assert!(keeps("\"GB\"", r#"{"region_code":null,"region":null,"region_id":0}"#, ""));
        assert!(keeps("\"GB\"", r#"{"region_code":"Kent","region":"Kent","region_id":0}"#, "0"));
    }

    #[test]
    fn what_the_store_would_write_otherwise_is_not() {
        for (country, region, id) in [
            ("\"FR\"", r#"{"region_code":"75","region":"Ile","region_id":257}"#, "257"),
            ("\"FR\"", r#"{"region_code":"75","region":"Île","region_id":257}"#, "258"),
            ("\"FR\"", r#"{"region_code":"75","region":"Île","region_id":258}"#, "258"),
            ("\"FR\"", r#"{"region_code":"257","region":"257","region_id":0}"#, "0"),
            ("\"GB\"", r#"{"region_code":null,"region":"Kent","region_id":0}"#, "0"),
            ("\"XX\"", r#"{"region_code":null,"region":null,"region_id":0}"#, "0"),
            ("\"GB\"", r#"{"region":null,"region_id":0}"#, "0"),
            ("\"GB\"", "", ""),
        ] {
            assert!(!keeps(country, region, id), "{country} {region} {id}");
        }
    }
}

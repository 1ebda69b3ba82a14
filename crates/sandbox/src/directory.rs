//! The countries and regions of a stock store, for a profile that does not tell its own.

use std::sync::LazyLock;

use magewright::profile::{Profile, Region};

/// A line a country (two letters, three letters, name), then its regions (id, code, name), indented.
const TABLE: &str = include_str!("directory.txt");

/// A country of the directory.
#[derive(Debug)]
pub(crate) struct Entry {
    pub id: &'static str,
    pub three_letters: &'static str,
    pub name: &'static str,
    regions: Vec<Region>,
}

static DIRECTORY: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let mut entries: Vec<Entry> = Vec::new();
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let mut parts = line.splitn(4, '\t');
        match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some(""), Some(id), Some(code), Some(name)) => {
                let region = id.parse().map(|id| Region { id, code: code.to_owned(), name: name.to_owned() });
                if let (Some(country), Ok(region)) = (entries.last_mut(), region) {
                    country.regions.push(region);
                }
            }
            (Some(id), Some(three_letters), Some(name), None) => {
                entries.push(Entry { id, three_letters, name, regions: Vec::new() });
            }
            _ => {}
        }
    }
    entries
});

/// The country with that code; `None` for one that no stock store knows.
pub(crate) fn entry(id: &str) -> Option<&'static Entry> {
    DIRECTORY.iter().find(|entry| entry.id == id)
}

/// Gives the countries of a profile the regions of a stock store where the profile does not know them. A
/// real store always knows its own, and says so to whoever pulls its profile.
///
/// ```
/// use magewright::profile::Profile;
/// let mut profile = Profile::stock();
/// magewright_sandbox::fill_regions(&mut profile);
/// assert!(profile.allowed_country("US").is_some_and(|us| us.region(33).is_some()));
/// ```
pub fn fill_regions(profile: &mut Profile) {
    for country in profile.countries.iter_mut().filter(|country| country.regions.is_none()) {
        country.regions = entry(&country.id).map(|entry| entry.regions.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_have_their_regions() {
        let michigan = Region { id: 33, code: "MI".to_owned(), name: "Michigan".to_owned() };
        assert!(entry("US").unwrap().regions.contains(&michigan));
        assert_eq!((entry("GB").unwrap().three_letters, entry("GB").unwrap().regions.len()), ("GBR", 0));
        assert!(entry("XX").is_none());
    }

    #[test]
    fn only_what_is_unknown_is_filled() {
        let mut profile = Profile::stock();
        let own = Region { id: 1, code: "A".to_owned(), name: "Own".to_owned() };
        let us = |profile: &Profile| profile.countries.iter().position(|country| country.id == "US").unwrap();
        let at = us(&profile);
        profile.countries[at].regions = Some(vec![own.clone()]);
        fill_regions(&mut profile);
        assert_eq!(profile.countries[at].regions, Some(vec![own]));
        assert!(profile.countries.iter().all(|country| country.regions.is_some()));
    }
}

//! The releases that have a field or an endpoint.

use anyhow::{Context, Result, bail};

/// (line, patch level) pairs, as the core's `release::Band` takes them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Band {
    pub(crate) since: Vec<(u8, u8)>,
    pub(crate) until: Vec<(u8, u8)>,
}

impl Band {
    /// The band the overlay states, else what the contracts show: `present` says
    /// which of `releases` have it. The first contract stands for all before it.
    pub(crate) fn of(
        since: &[String],
        until: &[String],
        present: &[bool],
        releases: &[&str],
    ) -> Result<Band> {
        let pairs = |texts: &[String]| texts.iter().map(|text| release(text)).collect::<Result<Vec<_>>>();
        let mut stated = Band { since: pairs(since)?, until: pairs(until)? };
        let shown = Band::shown(present, releases)?;
        if stated == Band::default() {
            return Ok(shown);
        }
        // What a release after those the overlay knows of takes away is gone, whatever it says.
        if stated.until.is_empty() {
            stated.until = shown.until;
        }
        for (release_text, has) in releases.iter().zip(present) {
            if stated.holds(release(release_text)?) != *has {
                bail!("the overlay's since and until disagree with the contract of {release_text}");
            }
        }
        Ok(stated)
    }

    fn shown(present: &[bool], releases: &[&str]) -> Result<Band> {
        let first = present.iter().position(|has| *has);
        let last = present.iter().rposition(|has| *has);
        let (Some(first), Some(last)) = (first, last) else { return Ok(Band::default()) };
        if present.iter().skip(first).take(last - first).any(|has| !has) {
            bail!(
                "it comes, goes and comes again between releases; state `since` and `until` in the overlay"
            );
        }
        let at = |place: usize| releases.get(place).map(|text| release(text)).transpose();
        let since = if first == 0 { None } else { at(first)? };
        Ok(Band { since: since.into_iter().collect(), until: at(last + 1)?.into_iter().collect() })
    }

    fn holds(&self, (line, patch): (u8, u8)) -> bool {
        let reached = |firsts: &[(u8, u8)]| match firsts.iter().find(|(l, _)| *l == line) {
            Some((_, first)) => patch >= *first,
            None => firsts.last().is_some_and(|(l, _)| line > *l),
        };
        (self.since.is_empty() || reached(&self.since)) && (self.until.is_empty() || !reached(&self.until))
    }
}

/// `2.4.6-p9` as (6, 9).
pub(crate) fn release(text: &str) -> Result<(u8, u8)> {
    let parse = || {
        let rest = text.strip_prefix("2.4.")?;
        let (line, patch) = rest.split_once("-p").unwrap_or((rest, "0"));
        Some((line.parse().ok()?, patch.parse().ok()?))
    };
    parse().with_context(|| format!("`{text}` is no release; write it as 2.4.6 or 2.4.6-p9"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const RELEASES: [&str; 3] = ["2.4.7", "2.4.8", "2.4.9"];

    #[test]
    fn contracts_show_when_a_field_came_and_went() {
        let band = |present: [bool; 3]| Band::of(&[], &[], &present, &RELEASES);
        assert_eq!(band([true; 3]).unwrap(), Band::default());
        assert_eq!(band([false, false, true]).unwrap(), Band { since: vec![(9, 0)], until: vec![] });
        assert_eq!(band([true, false, false]).unwrap(), Band { since: vec![], until: vec![(8, 0)] });
        assert!(band([true, false, true]).is_err());
    }

    #[test]
    fn the_overlay_may_say_more_but_not_otherwise() {
        let since = ["2.4.6-p9".to_owned()];
        let band = Band::of(&since, &[], &[true; 3], &RELEASES).unwrap();
        assert_eq!(band.since, [(6, 9)]);
        let gone = Band::of(&since, &[], &[true, true, false], &RELEASES).unwrap();
        assert_eq!(gone, Band { since: vec![(6, 9)], until: vec![(9, 0)] });
        let error = Band::of(&since, &[], &[false, true, true], &RELEASES).unwrap_err().to_string();
        assert!(error.contains("contract of 2.4.7"), "{error}");
        assert!(Band::of(&["2.4".to_owned()], &[], &[], &[]).is_err());
    }
}

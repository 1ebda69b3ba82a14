//! The releases that have a field or an endpoint.

use anyhow::{Context, Result, bail};

/// A release that contracts are named by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Release {
    /// `2.4.<line>-p<patch>`.
    Numbered(u8, u8),
    /// The SaaS edition, which stands beside the releases and after them.
    Saas,
}

/// How the SaaS edition is written.
pub(crate) const SAAS: &str = "saas";

/// (line, patch level) pairs and the SaaS edition, as the core's `release::Band` takes them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Band {
    pub(crate) since: Vec<(u8, u8)>,
    pub(crate) until: Vec<(u8, u8)>,
    /// Whether the SaaS edition has it, where that differs from the newest release.
    pub(crate) saas: Option<bool>,
}

impl Band {
    /// The SaaS edition, and no release.
    pub(crate) fn only_saas() -> Band {
        Band { since: vec![(u8::MAX, 0)], until: Vec::new(), saas: Some(true) }
    }

    /// The band the overlay states, else what the contracts show: `present` says
    /// which of `releases` have it, the SaaS edition last. The first contract stands for all before it.
    pub(crate) fn of(
        since: &[String],
        until: &[String],
        present: &[bool],
        releases: &[&str],
    ) -> Result<Band> {
        match (releases.split_last(), present.split_last()) {
            (Some((&SAAS, releases)), Some((saas, present))) if *saas && present.iter().all(|has| !has) => {
                refuse_stated(since, until, releases)
            }
            (Some((&SAAS, releases)), Some((saas, present))) => {
                Ok(Band::numbered(since, until, present, releases)?.with_saas(*saas))
            }
            _ => Band::numbered(since, until, present, releases),
        }
    }

    /// The same band, with the SaaS edition or without.
    pub(crate) fn with_saas(self, has: bool) -> Band {
        let goes_with_newest = self.until.is_empty();
        Band { saas: (has != goes_with_newest).then_some(has), ..self }
    }

    fn numbered(since: &[String], until: &[String], present: &[bool], releases: &[&str]) -> Result<Band> {
        let pairs = |texts: &[String]| texts.iter().map(|text| numbers(text)).collect::<Result<Vec<_>>>();
        let mut stated = Band { since: pairs(since)?, until: pairs(until)?, saas: None };
        let shown = Band::shown(present, releases)?;
        if stated == Band::default() {
            return Ok(shown);
        }
        // What a release after those the overlay knows of takes away is gone, whatever it says.
        if stated.until.is_empty() {
            stated.until = shown.until;
        }
        for (release_text, has) in releases.iter().zip(present) {
            if stated.holds(numbers(release_text)?) != *has {
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
        let at = |place: usize| releases.get(place).map(|text| numbers(text)).transpose();
        let since = if first == 0 { None } else { at(first)? };
        let (since, until) = (since.into_iter().collect(), at(last + 1)?.into_iter().collect());
        Ok(Band { since, until, saas: None })
    }

    fn holds(&self, (line, patch): (u8, u8)) -> bool {
        let reached = |firsts: &[(u8, u8)]| match firsts.iter().find(|(l, _)| *l == line) {
            Some((_, first)) => patch >= *first,
            None => firsts.last().is_some_and(|(l, _)| line > *l),
        };
        (self.since.is_empty() || reached(&self.since)) && (self.until.is_empty() || !reached(&self.until))
    }
}

/// What only the SaaS edition has cannot be said to be in releases that there are contracts of.
fn refuse_stated(since: &[String], until: &[String], releases: &[&str]) -> Result<Band> {
    match since.is_empty() && until.is_empty() {
        true => Ok(Band::only_saas()),
        false => {
            bail!("the overlay's since and until disagree with the contracts of {}", releases.join(", "))
        }
    }
}

/// `2.4.6-p9` or `saas`.
pub(crate) fn release(text: &str) -> Result<Release> {
    match text {
        SAAS => Ok(Release::Saas),
        _ => numbers(text).map(|(line, patch)| Release::Numbered(line, patch)),
    }
}

/// `2.4.6-p9` as (6, 9).
pub(crate) fn numbers(text: &str) -> Result<(u8, u8)> {
    let number = |text: &str| {
        let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
        text.parse::<u8>().ok().filter(|number| plain && *number < u8::MAX)
    };
    let parse = || match text.strip_prefix("2.4.")?.split_once("-p") {
        Some((line, patch)) => Some((number(line)?, number(patch).filter(|patch| *patch > 0)?)),
        None => Some((number(text.strip_prefix("2.4.")?)?, 0)),
    };
    parse().with_context(|| format!("`{text}` is no release; write it as 2.4.6, 2.4.6-p9 or {SAAS}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const RELEASES: [&str; 3] = ["2.4.7", "2.4.8", "2.4.9"];

    #[test]
    fn contracts_show_when_a_field_came_and_went() {
        let band = |present: [bool; 3]| Band::of(&[], &[], &present, &RELEASES);
        assert_eq!(band([true; 3]).unwrap(), Band::default());
        assert_eq!(band([false, false, true]).unwrap(), Band { since: vec![(9, 0)], ..Band::default() });
        assert_eq!(band([true, false, false]).unwrap(), Band { until: vec![(8, 0)], ..Band::default() });
        assert!(band([true, false, true]).is_err());
    }

    #[test]
    fn the_overlay_may_say_more_but_not_otherwise() {
        let since = ["2.4.6-p9".to_owned()];
        let band = Band::of(&since, &[], &[true; 3], &RELEASES).unwrap();
        assert_eq!(band.since, [(6, 9)]);
        let gone = Band::of(&since, &[], &[true, true, false], &RELEASES).unwrap();
        assert_eq!(gone, Band { since: vec![(6, 9)], until: vec![(9, 0)], saas: None });
        let error = Band::of(&since, &[], &[false, true, true], &RELEASES).unwrap_err().to_string();
        assert!(error.contains("contract of 2.4.7"), "{error}");
        assert!(Band::of(&["2.4".to_owned()], &[], &[], &[]).is_err());
    }

    #[test]
    fn the_saas_edition_is_named_where_it_differs_from_the_newest_release() {
        let releases = ["2.4.8", "2.4.9", SAAS];
        let band = |present: [bool; 3]| Band::of(&[], &[], &present, &releases).unwrap();
        assert_eq!(band([true; 3]), Band::default());
        assert_eq!(band([true, true, false]), Band { saas: Some(false), ..Band::default() });
        assert_eq!(band([false, true, true]), Band { since: vec![(9, 0)], ..Band::default() });
        assert_eq!(band([true, false, false]), Band { until: vec![(9, 0)], ..Band::default() });
        let kept = Band { until: vec![(9, 0)], saas: Some(true), ..Band::default() };
        assert_eq!(band([true, false, true]), kept);
        assert_eq!(band([false, false, true]), Band::only_saas());
        let since = ["2.4.6".to_owned()];
        let error = Band::of(&since, &[], &[false, false, true], &releases).unwrap_err().to_string();
        assert!(error.contains("contracts of 2.4.8, 2.4.9"), "{error}");
    }

    #[test]
    fn releases_are_written_in_one_way() {
        assert!(release("2.4.10-p1").unwrap() < release("saas").unwrap());
        for text in ["", "2.4", "2.4.x", "2.4.07", "2.4.7-p0", "2.4.7-", "2.4.255", "2.5.0", "2.4.+7", "SaaS"]
        {
            assert!(release(text).is_err(), "{text}");
        }
    }
}

//! Magento releases, the SaaS edition beside them, and the bands of releases a rule holds for.

use std::fmt;
use std::str::FromStr;

use crate::generated::tables::NEWEST_LINE;

/// A Magento 2.4 release with its patch level, such as `2.4.7-p3`.
///
/// Releases order by line first (2.4.6-p9 is before 2.4.7), which is not the
/// order they were published in: a fix may be in 2.4.6-p9 and not in 2.4.7.
/// Ask a [`Band`] whether a rule holds, not `<`.
///
/// The [SaaS edition](Release::SAAS) is a target like the others. It has no
/// number, comes after all of them, and is written `saas`.
///
/// ```
/// use magewright::release::Release;
/// let release: Release = "2.4.7-p3".parse()?;
/// assert_eq!(release.to_string(), "2.4.7-p3");
/// assert!(release > Release::new(4, 7, 0).unwrap());
/// assert!("2.3.7".parse::<Release>().is_err());
/// assert_eq!("saas".parse(), Ok(Release::SAAS));
/// # Ok::<(), magewright::release::UnknownRelease>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Release {
    line: u8,
    patch: u8,
}

/// The first and the last line of 2.4 that can be asked about: those that rules are known for, and
/// what came later and has a contract, for which the newest rules go on holding.
const LINES: std::ops::RangeInclusive<u8> = 0..=if NEWEST_LINE > 9 { NEWEST_LINE } else { 9 };

/// How the SaaS edition is written.
const SAAS: &str = "saas";

impl Release {
    /// Release 2.4.7-p3, the one whose behaviour was recorded in full and the default target.
    pub const DEFAULT: Release = Release { line: 7, patch: 3 };

    /// Adobe Commerce as a Cloud Service: Adobe runs the store, and brings it up to date as it sees fit.
    ///
    /// Its contract is published, and so are its paths and credentials (see
    /// [`Request::addressed`](crate::call::Request::addressed)). How it saves
    /// nobody has recorded: the rules of the newest release stand in, and reports
    /// and plans say so with [`Release::UNRECORDED`].
    pub const SAAS: Release = Release { line: u8::MAX, patch: 0 };

    /// The code under which reports and plans list, as unchecked, that the rules of another
    /// release stand in for those of the [SaaS edition](Release::SAAS).
    pub const UNRECORDED: &str = "saas_edition";

    /// Whether this is the [SaaS edition](Release::SAAS).
    ///
    /// ```
    /// use magewright::release::Release;
    /// assert!(Release::SAAS.is_saas() && !Release::DEFAULT.is_saas());
    /// ```
    #[must_use]
    pub const fn is_saas(self) -> bool {
        self.line == Release::SAAS.line
    }

    /// Release `2.<minor>.<line>-p<patch>`; `None` outside 2.4.0 to 2.4.9.
    #[must_use]
    pub const fn new(minor: u8, line: u8, patch: u8) -> Option<Self> {
        if minor == 4 && line <= *LINES.end() { Some(Release { line, patch }) } else { None }
    }

    /// The first release of every line that can be asked about, `2.4.0` to `2.4.9`; of a line any patch level can.
    ///
    /// ```
    /// use magewright::release::Release;
    /// assert!(Release::lines().any(|release| release.to_string() == "2.4.7"));
    /// ```
    pub fn lines() -> impl Iterator<Item = Release> {
        LINES.map(|line| Release { line, patch: 0 })
    }

    /// The third number: 7 for every 2.4.7 release; 255 for the SaaS edition, which has none.
    #[must_use]
    pub const fn line(self) -> u8 {
        self.line
    }

    /// The patch level: 3 for 2.4.7-p3, 0 for 2.4.7 and the SaaS edition.
    #[must_use]
    pub const fn patch(self) -> u8 {
        self.patch
    }
}

impl Default for Release {
    fn default() -> Self {
        Release::DEFAULT
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_saas() {
            return f.write_str(SAAS);
        }
        write!(f, "2.4.{}", self.line)?;
        if self.patch > 0 {
            write!(f, "-p{}", self.patch)?;
        }
        Ok(())
    }
}

/// A text that names no release whose rules are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownRelease(String);

impl fmt::Display for UnknownRelease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "unknown release `{}`: give one from 2.4.0 to 2.4.{}, with its patch level as in 2.4.7-p3, or \
             {SAAS}",
            self.0,
            LINES.end()
        )
    }
}

impl std::error::Error for UnknownRelease {}

impl FromStr for Release {
    type Err = UnknownRelease;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == SAAS {
            return Ok(Release::SAAS);
        }
        let parse = || {
            let (line, patch) = match text.strip_prefix("2.4.")?.split_once("-p") {
                Some((line, patch)) => (line, patch.parse().ok().filter(|&p| p > 0)?),
                None => (text.strip_prefix("2.4.")?, 0),
            };
            Release::new(4, line.parse().ok()?, patch)
        };
        parse().ok_or_else(|| UnknownRelease(text.chars().take(40).collect()))
    }
}

/// The releases a rule holds for: on each line from one patch level on, up to
/// but not including another.
///
/// A backported change starts at a different patch level on every line
/// ("2.4.6-p9, 2.4.7-p4, 2.4.8"). Lines after the last named one have the
/// change; lines before the first do not. The SaaS edition goes with the
/// newest line, unless [said otherwise](Band::saas).
///
/// ```
/// use magewright::release::{Band, Release};
/// const BAND: Band = Band::since(&[(6, 9), (7, 4), (8, 0)]);
/// assert!(!BAND.holds("2.4.6-p8".parse()?));
/// assert!(BAND.holds("2.4.6-p9".parse()?));
/// assert!(!BAND.holds("2.4.7-p3".parse()?));
/// assert!(BAND.holds("2.4.9".parse()?));
/// assert_eq!(BAND.to_string(), "2.4.6-p9+, 2.4.7-p4+, 2.4.8+");
/// # Ok::<(), magewright::release::UnknownRelease>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Band {
    since: &'static [(u8, u8)],
    until: &'static [(u8, u8)],
    /// Whether the SaaS edition has it, where that is known for itself.
    saas: Option<bool>,
}

impl Band {
    /// Every release.
    pub const ALL: Band = Band { since: &[], until: &[], saas: None };

    /// The SaaS edition, and no release.
    pub const SAAS: Band = Band { since: &[(Release::SAAS.line, 0)], until: &[], saas: Some(true) };

    /// From these (line, patch) pairs on, in ascending order of lines.
    #[must_use]
    pub const fn since(since: &'static [(u8, u8)]) -> Self {
        Band { since, until: &[], saas: None }
    }

    /// The same band, ending before these (line, patch) pairs.
    #[must_use]
    pub const fn until(self, until: &'static [(u8, u8)]) -> Self {
        Band { until, ..self }
    }

    /// The same releases, with the SaaS edition or without.
    ///
    /// ```
    /// use magewright::release::{Band, Release};
    /// const BAND: Band = Band::since(&[(9, 0)]).saas(false);
    /// assert!(BAND.holds("2.4.9".parse()?) && !BAND.holds(Release::SAAS));
    /// assert_eq!(BAND.to_string(), "2.4.9+; not saas");
    /// # Ok::<(), magewright::release::UnknownRelease>(())
    /// ```
    #[must_use]
    pub const fn saas(self, has: bool) -> Self {
        Band { saas: Some(has), ..self }
    }

    /// Whether the rule holds in that release.
    #[must_use]
    pub fn holds(&self, release: Release) -> bool {
        if let (Some(has), true) = (self.saas, release.is_saas()) {
            return has;
        }
        (self.since.is_empty() || reached(self.since, release))
            && (self.until.is_empty() || !reached(self.until, release))
    }
}

fn reached(firsts: &[(u8, u8)], release: Release) -> bool {
    match firsts.iter().find(|(line, _)| *line == release.line) {
        Some((_, patch)) => release.patch >= *patch,
        None => firsts.last().is_some_and(|(line, _)| release.line > *line),
    }
}

impl fmt::Display for Band {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |pairs: &[(u8, u8)], mark: &str| {
            let names = pairs.iter().map(|&(line, patch)| format!("{}{mark}", Release { line, patch }));
            names.collect::<Vec<_>>().join(", ")
        };
        if *self == Band::SAAS {
            return f.write_str(SAAS);
        }
        match (self.since, self.until) {
            ([], []) => f.write_str("all releases")?,
            (since, []) => f.write_str(&list(since, "+"))?,
            ([], until) => write!(f, "before {}", list(until, ""))?,
            (since, until) => write!(f, "{}; not from {}", list(since, "+"), list(until, "+"))?,
        }
        match self.saas {
            None => Ok(()),
            Some(true) => write!(f, "; and {SAAS}"),
            Some(false) => write!(f, "; not {SAAS}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn release_text_round_trips() {
        for text in ["2.4.0", "2.4.4-p13", "2.4.9", "saas"] {
            assert_eq!(text.parse::<Release>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn other_text_is_refused_with_the_way_out() {
        for text in
            ["", "2.4", "2.4.99", "2.4.255", "2.4.7-p0", "2.4.7-3", "2.4.7p3", "v2.4.7", "2.4.-1", "SaaS"]
        {
            let error = text.parse::<Release>().unwrap_err().to_string();
            assert!(error.contains("2.4.0 to 2.4."), "{error}");
        }
    }

    #[test]
    fn a_band_ends_before_its_until() {
        const REGRESSION: Band = Band::since(&[(4, 9), (5, 8)]).until(&[(4, 10), (5, 9), (6, 0)]);
        let holds = |text: &str| REGRESSION.holds(text.parse().unwrap());
        assert_eq!(
            ["2.4.4-p8", "2.4.4-p9", "2.4.4-p10", "2.4.5-p8", "2.4.5-p9", "2.4.6"].map(holds),
            [false, true, false, true, false, false]
        );
    }

    #[test]
    fn the_saas_edition_goes_with_the_newest_line_unless_said_otherwise() {
        const GONE: Band = Band::ALL.until(&[(9, 0)]);
        let holds = |band: Band| band.holds(Release::SAAS);
        assert_eq!(
            [Band::ALL, Band::since(&[(8, 0)]), GONE, GONE.saas(true), Band::ALL.saas(false)].map(holds),
            [true, true, false, true, false]
        );
        let newest = Release::new(4, *LINES.end(), 9).unwrap();
        assert!(newest < Release::SAAS && holds(Band::SAAS) && !Band::SAAS.holds(newest));
        assert_eq!(
            [Band::SAAS, GONE.saas(true), Band::ALL.saas(false)].map(|band| band.to_string()),
            ["saas", "before 2.4.9; and saas", "all releases; not saas"]
        );
    }
}

//! Taking the numbers and words out of an element.

/// What is left of an element.
pub(super) struct Reader<'t> {
    rest: &'t [u8],
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t [u8]) -> Self {
        Reader { rest: text }
    }

    /// The next number of at most so many digits, and how many it has; whatever stands before it is passed over.
    pub(super) fn counted(&mut self, most: usize) -> Option<(i64, usize)> {
        self.pass(|byte| !byte.is_ascii_digit());
        let digits: Vec<u8> =
            self.rest.iter().take(most).take_while(|byte| byte.is_ascii_digit()).copied().collect();
        self.rest = self.rest.get(digits.len()..)?;
        let number = digits
            .iter()
            .fold(0i64, |number, digit| number.saturating_mul(10).saturating_add(i64::from(digit - b'0')));
        (!digits.is_empty()).then_some((number, digits.len()))
    }

    pub(super) fn number(&mut self, most: usize) -> Option<i64> {
        self.counted(most).map(|(number, _)| number)
    }

    /// A year; one of fewer than four digits below 100 lies between 1970 and 2069.
    pub(super) fn year(&mut self, most: usize) -> Option<i64> {
        self.counted(most).map(|(year, digits)| match year {
            0..70 if digits < 4 => year + 2000,
            70..100 if digits < 4 => year + 1900,
            _ => year,
        })
    }

    /// A number with signs before it; every minus turns it round.
    pub(super) fn signed(&mut self) -> Option<i64> {
        self.pass(|byte| !byte.is_ascii_digit() && !matches!(byte, b'+' | b'-'));
        let signs = self.pass(|byte| matches!(byte, b'+' | b'-'));
        let turns = signs.iter().filter(|sign| **sign == b'-').count();
        // Beyond any date, and small enough to be counted with.
        const FAR: i64 = 100_000_000_000;
        let number = self.number(24)?.min(FAR);
        Some(if turns % 2 == 1 { -number } else { number })
    }

    /// A year of at most so many digits, below 0 after a minus.
    pub(super) fn signed_year(&mut self, most: usize) -> Option<i64> {
        let before = self.is_next(b"-");
        self.number(most).map(|year| if before { -year } else { year })
    }

    pub(super) fn pass_ordinal(&mut self) {
        let is_ordinal =
            |two: &[u8]| [b"st", b"nd", b"rd", b"th"].iter().any(|known| two.eq_ignore_ascii_case(*known));
        if self.rest.get(..2).is_some_and(is_ordinal) {
            self.rest = self.rest.get(2..).unwrap_or_default();
        }
    }

    pub(super) fn is_next(&self, set: &[u8]) -> bool {
        self.rest.first().is_some_and(|byte| set.contains(byte))
    }

    /// The next word, after separators.
    pub(super) fn word(&mut self) -> String {
        self.pass(|byte| matches!(byte, b' ' | b'\t' | b'-' | b'.' | b'/'));
        String::from_utf8_lossy(self.pass(|byte| byte.is_ascii_alphabetic())).to_ascii_lowercase()
    }

    /// The month that the next word names, 0 when none.
    pub(super) fn month(&mut self) -> i64 {
        const NAMES: [&str; 12] =
            ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
        const ROMAN: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
        let word = self.word();
        let at = ROMAN.iter().position(|roman| *roman == word);
        let at = at.or_else(|| NAMES.iter().position(|name| word.starts_with(name)));
        at.map_or(0, |at| i64::try_from(at).unwrap_or(0) + 1)
    }

    /// Hours to add for `am` or `pm`.
    pub(super) fn meridian(&mut self, hour: i64) -> i64 {
        self.pass(|byte| !matches!(byte, b'a' | b'A' | b'p' | b'P'));
        match self.is_next(b"aA") {
            true if hour == 12 => -12,
            false if hour != 12 && !self.rest.is_empty() => 12,
            _ => 0,
        }
    }

    pub(super) fn rest(&self) -> &'t [u8] {
        self.rest
    }

    fn pass(&mut self, takes: impl Fn(u8) -> bool) -> &'t [u8] {
        let count = self.rest.iter().take_while(|byte| takes(**byte)).count();
        let (passed, rest) = self.rest.split_at_checked(count).unwrap_or((self.rest, &[]));
        self.rest = rest;
        passed
    }
}

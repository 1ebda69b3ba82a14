//! Dates and times as MariaDB reads them from a text.

/// A point in time to compare by: year to microsecond, most significant first.
/// A text that is no date is the zero date, before every other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Moment([u32; 7]);

impl Moment {
    /// Reads a text: `2023-06-01`, `2023-06-01T10:00:00Z`, `20230601100000`, `23-6-1 9:5`.
    ///
    /// Any punctuation separates; what follows the date and does not fit is cut
    /// off, an offset included; 31 days are taken in every month.
    pub(super) fn read(text: &str) -> Self {
        read(text.trim_start_matches(|c: char| c.is_ascii_whitespace())).unwrap_or_default()
    }
}

fn read(text: &str) -> Option<Moment> {
    let digits = text.bytes().take_while(|b| b.is_ascii_digit() || *b == b'T').count();
    let compact = text.as_bytes().get(digits).is_none_or(|b| *b == b'.');
    let mut scan = Scan { rest: text };
    let mut fields = if compact { scan.compact(digits) } else { scan.separated() }?;
    if scan.rest.starts_with('.') {
        let fraction: String = scan.rest.chars().skip(1).take_while(char::is_ascii_digit).take(6).collect();
        *fields.0.last_mut()? = format!("{fraction:0<6}").parse().unwrap_or(0);
    }
    let [year, month, day, hour, minute, second, _] = fields.0;
    let fits = year <= 9999 && month <= 12 && day <= 31 && hour <= 23 && minute <= 59 && second <= 59;
    fits.then_some(fields)
}

struct Scan<'t> {
    rest: &'t str,
}

impl Scan<'_> {
    /// Only digits: `YYYYMMDD`, `YYMMDD`, `YYYYMMDDHHMMSS`, `YYMMDDHHMMSS`.
    fn compact(&mut self, digits: usize) -> Option<Moment> {
        let year_digits = if matches!(digits, 4 | 8) || digits >= 14 { 4 } else { 2 };
        let year = self.number(year_digits)?;
        let mut fields = [full_year(year, year_digits), self.number(2)?, self.number(2)?, 0, 0, 0, 0];
        self.rest = self.rest.strip_prefix('T').unwrap_or(self.rest);
        for slot in fields.iter_mut().skip(3).take(3) {
            *slot = self.number(2).unwrap_or(0);
        }
        Some(Moment(fields))
    }

    fn separated(&mut self) -> Option<Moment> {
        let before = self.rest.len();
        let year = self.number(usize::MAX)?;
        let year = full_year(year, before - self.rest.len());
        self.punctuation()?;
        let month = self.number(2)?;
        self.punctuation()?;
        let mut fields = [year, month, self.number(2)?, 0, 0, 0, 0];
        // What follows a whole date may be cut off.
        let _ = self.time(&mut fields);
        Some(Moment(fields))
    }

    fn time(&mut self, fields: &mut [u32; 7]) -> Option<()> {
        let after = self.rest.trim_start_matches(|c: char| c.is_ascii_whitespace());
        if after.len() < self.rest.len() {
            self.rest = after;
        } else if self.rest.starts_with('T') {
            self.rest = self.rest.get(1..)?;
        } else {
            self.punctuation()?;
        }
        for (at, slot) in fields.iter_mut().skip(3).take(3).enumerate() {
            if at > 0 {
                self.punctuation()?;
            }
            *slot = self.number(2)?;
        }
        Some(())
    }

    fn number(&mut self, most: usize) -> Option<u32> {
        let length = self.rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
        let (digits, rest) = self.rest.split_at(length);
        self.rest = rest;
        digits.parse().ok()
    }

    fn punctuation(&mut self) -> Option<()> {
        self.rest = self.rest.strip_prefix(|c: char| c.is_ascii_punctuation())?;
        Some(())
    }
}

/// Two digits mean 1970 to 2069.
fn full_year(year: u32, digits: usize) -> u32 {
    match (digits, year) {
        (2, 0..70) => year + 2000,
        (2, _) => year + 1900,
        _ => year,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_spellings_name_one_moment() {
        let expected = Moment([2023, 6, 1, 10, 5, 0, 0]);
        for text in [
            "2023-06-01 10:05:00",
            " 2023-06-01T10:05:00Z",
            "2023-06-01 10:05:00+02:00",
            "2023/6/1 10.5",
            "20230601100500",
            "230601100500",
            "20230601T100500",
            "23-6-1 10:05",
            "2023-06-01 10:05:00.0",
        ] {
            assert_eq!(Moment::read(text), expected, "{text}");
        }
    }

    #[test]
    fn days_that_do_not_exist_lie_between_the_others() {
        assert!(Moment::read("2023-06-31") > Moment::read("2023-06-30 23:59:59"));
        assert!(Moment::read("2023-06-31") < Moment::read("2023-07-01"));
    }

    #[test]
    fn what_is_no_date_is_before_all() {
        for text in ["", "x", "2023", "2023-06", "1 June 2023", "1685577600", "2023-13-01", "created_at"] {
            assert_eq!(Moment::read(text), Moment::default(), "{text}");
        }
    }
}

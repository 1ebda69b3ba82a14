//! Dates and times as MariaDB reads them from a text.

/// A point in time to compare by: year to microsecond, most significant first.
/// A text that is no date is the zero date, before every other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Moment([u32; 7]);

impl Moment {
    /// Reads a text: `2023-06-01`, `2023-06-01T10:00:00Z`, `20230601100000`, `23-6-1 9:5`.
    ///
    /// Any punctuation separates; what follows the date and does not fit is cut
    /// off, an offset included; 31 days are taken in every month. A number that
    /// fits no part (day 123, hour 2024) makes the whole text no date.
    pub(super) fn read(text: &str) -> Self {
        let text = text.trim_start_matches(is_space);
        read(text.strip_prefix('+').unwrap_or(text)).unwrap_or_default()
    }
}

fn read(text: &str) -> Option<Moment> {
    let mut scan = Scan { rest: text };
    let mut fields = match year_of_digits(text) {
        Some(year_digits) => scan.compact(year_digits),
        None => scan.separated(),
    }?;
    if let Some(fraction) = scan.rest.strip_prefix('.') {
        let fraction: String = fraction.chars().take_while(char::is_ascii_digit).take(6).collect();
        *fields.0.last_mut()? = format!("{fraction:0<6}").parse().unwrap_or(0);
    }
    let [year, month, day, hour, minute, second, _] = fields.0;
    let fits = year <= 9999 && month <= 12 && day <= 31 && hour <= 23 && minute <= 59 && second <= 59;
    fits.then_some(fields)
}

/// How many digits the year has in a text of digits only, but for a `T` and, after a time, a fraction.
fn year_of_digits(text: &str) -> Option<usize> {
    let (mut count, mut rest) = leading_digits(text);
    if let Some(time) = rest.strip_prefix('T') {
        let (more, after) = leading_digits(time);
        (count, rest) = (count + more, after);
    }
    if let Some(fraction) = rest.strip_prefix('.').filter(|_| count >= 12) {
        (_, rest) = leading_digits(fraction);
    }
    rest.is_empty().then_some(if matches!(count, 4 | 8) || count >= 14 { 4 } else { 2 })
}

fn leading_digits(text: &str) -> (usize, &str) {
    let count = text.bytes().take_while(u8::is_ascii_digit).count();
    (count, text.get(count..).unwrap_or_default())
}

fn is_space(c: char) -> bool {
    c.is_ascii_whitespace() || c == '\u{b}'
}

struct Scan<'t> {
    rest: &'t str,
}

impl Scan<'_> {
    /// Only digits: `YYYYMMDD`, `YYMMDD`, `YYYYMMDDHHMMSS`, `YYMMDDHHMMSS`.
    fn compact(&mut self, year_digits: usize) -> Option<Moment> {
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
        let month = self.number(usize::MAX)?;
        self.punctuation()?;
        let mut fields = [year, month, self.number(usize::MAX)?, 0, 0, 0, 0];
        // What follows a whole date may be cut off.
        let _ = self.time(&mut fields);
        Some(Moment(fields))
    }

    fn time(&mut self, fields: &mut [u32; 7]) -> Option<()> {
        let after = self.rest.trim_start_matches(is_space);
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
            *slot = self.number(usize::MAX)?;
        }
        Some(())
    }

    /// A number of at most so many digits; one that is too large for any part is the largest there is.
    fn number(&mut self, most: usize) -> Option<u32> {
        let length = self.rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
        let (digits, rest) = self.rest.split_at(length);
        self.rest = rest;
        (length > 0).then(|| digits.parse().unwrap_or(u32::MAX))
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
            "+2023.06.01 10.05",
            "20230601100500.0",
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
        for text in [
            "",
            "x",
            "2023",
            "2023-06",
            "1 June 2023",
            "1685577600",
            "2023-13-01",
            "created_at",
            "2023-06-01,2023-07-01",
            "2023-06-01 1005",
            "2023-06-123",
            "20230601.5",
        ] {
            assert_eq!(Moment::read(text), Moment::default(), "{text}");
        }
    }
}

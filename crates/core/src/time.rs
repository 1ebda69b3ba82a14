//! Times as a store writes them: `YYYY-MM-DD HH:MM:SS` in UTC, by the calendar of Gregory.

use std::fmt;
use std::str::FromStr;

/// A point in time, to the second, in the years -9999 to 9999.
///
/// ```
/// use magewright::time::Moment;
/// let moment: Moment = "2024-02-29 23:59:59".parse()?;
/// assert_eq!(moment.seconds(), 1_709_251_199);
/// assert_eq!(Moment::at(0).to_string(), "1970-01-01 00:00:00");
/// assert!("2024-02-29T23:59:59".parse::<Moment>().is_err());
/// # Ok::<(), magewright::time::NotAMoment>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    seconds: i64,
}

/// A text that is no time as a store writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAMoment;

impl fmt::Display for NotAMoment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a time as a store writes it: give YYYY-MM-DD HH:MM:SS")
    }
}

impl std::error::Error for NotAMoment {}

const DAY: i64 = 86_400;
/// The last second of the year 9999.
const MOST: i64 = 253_402_300_799;

impl Moment {
    /// So many seconds after the start of 1970 UTC; times beyond the range end at its limits.
    #[must_use]
    pub const fn at(seconds: i64) -> Self {
        let seconds = if seconds > MOST { MOST } else { seconds };
        Moment { seconds: if seconds < -MOST { -MOST } else { seconds } }
    }

    /// The moment of a date and a second of its day, whose parts may run over:
    /// 30 February is 2 March, month 0 is December of the year before.
    ///
    /// ```
    /// use magewright::time::Moment;
    /// assert_eq!(Moment::of(1990, 2, 30, 0).to_string(), "1990-03-02 00:00:00");
    /// ```
    #[must_use]
    pub const fn of(year: i64, month: i64, day: i64, second: i64) -> Self {
        let months = year.saturating_mul(12).saturating_add(month).saturating_sub(1);
        let first = days_before(months.div_euclid(12), months.rem_euclid(12) + 1);
        let days = first.saturating_add(day).saturating_sub(1);
        Moment::at(days.saturating_mul(DAY).saturating_add(second))
    }

    /// Seconds since the start of 1970 UTC.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.seconds
    }

    /// Year, month and day.
    #[must_use]
    pub const fn date(self) -> (i64, i64, i64) {
        civil(self.seconds.div_euclid(DAY))
    }

    /// Seconds since midnight.
    #[must_use]
    pub const fn second_of_day(self) -> i64 {
        self.seconds.rem_euclid(DAY)
    }

    /// 0 for Sunday to 6 for Saturday.
    #[must_use]
    pub const fn weekday(self) -> i64 {
        (self.seconds.div_euclid(DAY) + 4).rem_euclid(7)
    }
}

impl fmt::Display for Moment {
    /// `YYYY-MM-DD HH:MM:SS`, the year with at least four digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.date();
        let second = self.second_of_day();
        let sign = if year < 0 { "-" } else { "" };
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        write!(f, "{sign}{:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}", year.abs())
    }
}

impl FromStr for Moment {
    type Err = NotAMoment;

    fn from_str(text: &str) -> Result<Self, NotAMoment> {
        let read = || {
            let (date, time) = text.split_once(' ')?;
            let [year, month, day] = numbers(date, '-')?;
            let [hour, minute, second] = numbers(time, ':')?;
            let valid = (1..=12).contains(&month)
                && (1..=31).contains(&day)
                && hour < 24
                && minute < 60
                && second < 60;
            valid.then(|| Moment::of(year, month, day, hour * 3600 + minute * 60 + second))
        };
        read().ok_or(NotAMoment)
    }
}

fn numbers(text: &str, separator: char) -> Option<[i64; 3]> {
    let mut parts = text.split(separator).map(|part| part.parse::<u16>().ok().map(i64::from));
    let numbers = [parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some(numbers)
}

/// Days from 1970-01-01 to the first of a month, counted in years that begin in
/// March so that a leap day is a year's last.
const fn days_before(year: i64, month: i64) -> i64 {
    let shifted = if month <= 2 { year - 1 } else { year };
    let era = shifted.div_euclid(400);
    let of_era = shifted.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5;
    era.saturating_mul(146_097).saturating_add(of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

const fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year + era * 400 + (month <= 2) as i64, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_round_trip() {
        for (text, seconds) in [
            ("1970-01-01 00:00:00", 0),
            ("2024-02-29 23:59:59", 1_709_251_199),
            ("2000-03-01 00:00:00", 951_868_800),
            ("1969-12-31 23:59:59", -1),
        ] {
            assert_eq!(text.parse::<Moment>().map(Moment::seconds), Ok(seconds), "{text}");
            assert_eq!(Moment::at(seconds).to_string(), text);
        }
    }

    #[test]
    fn other_texts_are_no_times() {
        for text in [
            "",
            "2024-01-01",
            "2024-01-01T00:00:00",
            "2024-13-01 00:00:00",
            "2024-01-01 24:00:00",
            "a-b-c d:e:f",
        ] {
            assert_eq!(text.parse::<Moment>(), Err(NotAMoment), "{text}");
        }
    }

    #[test]
    fn parts_run_over_and_back() {
        assert_eq!(Moment::of(1990, 0, 10, 3_661).to_string(), "1989-12-10 01:01:01");
        assert_eq!(Moment::of(0, 0, 0, 0).to_string(), "-0001-11-30 00:00:00");
        assert_eq!(Moment::at(0).weekday(), 4);
    }

    #[test]
    fn the_calendar_ends_at_its_limits() {
        assert_eq!(Moment::at(i64::MAX).to_string(), "9999-12-31 23:59:59");
        for extreme in [i64::MIN, i64::MAX] {
            let _ = Moment::of(extreme, extreme, extreme, extreme).to_string();
        }
    }
}

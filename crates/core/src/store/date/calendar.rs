//! Days and seconds of the proleptic Gregorian calendar.

use std::fmt;

/// A point in time with its parts within their bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    seconds: i64,
}

const DAY: i64 = 86_400;

impl Moment {
    pub(super) fn at(seconds: i64) -> Self {
        Moment { seconds }
    }

    /// The moment of a date and time whose parts may run over.
    pub(super) fn of(year: i64, month: i64, day: i64, second: i64) -> Self {
        let months = year * 12 + month - 1;
        let days = days_before(months.div_euclid(12), months.rem_euclid(12) + 1) + day - 1;
        Moment { seconds: days * DAY + second }
    }

    /// Year, month and day.
    pub(super) fn date(self) -> (i64, i64, i64) {
        civil(self.seconds.div_euclid(DAY))
    }

    /// Seconds since midnight.
    pub(super) fn second(self) -> i64 {
        self.seconds.rem_euclid(DAY)
    }

    /// 0 for Sunday to 6 for Saturday.
    pub(super) fn weekday(self) -> i64 {
        (self.seconds.div_euclid(DAY) + 4).rem_euclid(7)
    }
}

impl fmt::Display for Moment {
    /// `YYYY-MM-DD HH:MM:SS`, the year with at least four digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.date();
        let second = self.second();
        let sign = if year < 0 { "-" } else { "" };
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        write!(f, "{sign}{:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}", year.abs())
    }
}

/// Days from 1970-01-01 to the first of a month.
fn days_before(year: i64, month: i64) -> i64 {
    let shifted = if month <= 2 { year - 1 } else { year };
    let era = shifted.div_euclid(400);
    let of_era = shifted.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

/// A Unix time as text; times beyond what a calendar of 64 bits counts end at its limits.
pub(super) fn text_of(seconds: i64) -> String {
    const MOST: i64 = 253_402_300_799;
    Moment::at(seconds.clamp(-MOST, MOST)).to_string()
}

pub(super) fn midnight_of(normalized: &str) -> Option<i64> {
    let mut parts = normalized.get(..10)?.splitn(3, '-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    Some(Moment::of(year, month, day, 0).seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_run_over_and_back() {
        assert_eq!(Moment::of(1990, 2, 30, 0).to_string(), "1990-03-02 00:00:00");
        assert_eq!(Moment::of(1990, 0, 10, 3_661).to_string(), "1989-12-10 01:01:01");
        assert_eq!(Moment::of(0, 0, 0, 0).to_string(), "-0001-11-30 00:00:00");
        assert_eq!(text_of(19_900_131), "1970-08-19 07:48:51");
        assert_eq!(midnight_of("1970-01-02 00:00:00"), Some(86_400));
    }
}

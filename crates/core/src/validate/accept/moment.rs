//! Days and times that exist, as a store writes them.

use super::block::near;
use super::held::{Held, Look};
use super::rule::Rule;

/// A day that exists, written `YYYY-MM-DD`, in a year before another.
#[derive(Debug)]
pub(super) struct Date {
    pub(super) before: [u8; 4],
}

/// A time that exists, written `YYYY-MM-DD HH:MM:SS`.
#[derive(Debug)]
pub(super) struct DateTime;

/// The same of the years 1971 to 2037, which a column of type `timestamp` keeps.
#[derive(Debug)]
pub(super) struct Timestamp;

impl Rule for Date {
    fn read<'t>(&self, rest: &'t [u8]) -> Option<&'t [u8]> {
        let (date, rest) = rest.split_first_chunk::<12>()?;
        let &[b'"', ref start @ .., tens, ones, b'"'] = date else { return None };
        (day(*start, [tens, ones]) && *start.first_chunk()? < self.before).then_some(rest)
    }

    fn held(&self) -> Held<'_> {
        Held::Value(Look::Day(self.before))
    }
}

impl Rule for DateTime {
    fn read<'t>(&self, rest: &'t [u8]) -> Option<&'t [u8]> {
        let (&[b'"', ref text @ .., b'"'], rest) = rest.split_first_chunk::<21>()? else { return None };
        is_time(text).then_some(rest)
    }

    fn held(&self) -> Held<'_> {
        Held::Value(Look::Time)
    }
}

impl Rule for Timestamp {
    fn read<'t>(&self, rest: &'t [u8]) -> Option<&'t [u8]> {
        let year = rest.get(1..5)?;
        (b"1971".as_slice()..=b"2037").contains(&year).then(|| DateTime.read(rest))?
    }
}

/// Whether this is a time that exists, written `YYYY-MM-DD HH:MM:SS`.
#[inline(always)]
pub(super) fn is_time(bytes: &[u8]) -> bool {
    let Some((start, [tens, ones, b' ', time @ ..])) = bytes.split_first_chunk() else { return false };
    let Ok(time) = time.try_into() else { return false };
    let Some(time) = near(time, *b"00:00:00", [2, 9, 0, 5, 9, 0, 5, 9]) else { return false };
    pair(time, 0) < 24 && day(*start, [*tens, *ones])
}

/// Whether this is a day that exists, written `YYYY-MM-DD`.
pub(super) fn is_day(bytes: &[u8]) -> bool {
    let Some((start, rest)) = bytes.split_first_chunk() else { return false };
    rest.try_into().is_ok_and(|rest| day(*start, rest))
}

/// Whether `YYYY-MM-` and `DD` make a day that exists.
#[inline(always)]
fn day(start: [u8; 8], [tens, ones]: [u8; 2]) -> bool {
    let Some(start) = near(start, *b"0000-00-", [9, 9, 9, 9, 0, 1, 9, 0]) else { return false };
    let (tens, ones) = (tens ^ b'0', ones ^ b'0');
    let (year, month, day) = (start as u32, pair(start, 5), tens.wrapping_mul(10).wrapping_add(ones));
    let right = tens < 4 && ones < 10 && year != 0 && month.wrapping_sub(1) < 12;
    right && (day.wrapping_sub(1) < 28 || is_late_day(start, month, day))
}

/// Whether a month has a day beyond its 28th.
fn is_late_day(start: u64, month: u8, day: u8) -> bool {
    let (century, year) = (pair(start, 0), pair(start, 2));
    let leap = year % 4 == 0 && (year > 0 || century % 4 == 0);
    let last = match month {
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u8::from(leap),
        _ => 31,
    };
    (29..=last).contains(&day)
}

/// The number that the digits at a place and after it make.
#[inline(always)]
const fn pair(digits: u64, at: u32) -> u8 {
    let (tens, ones) = ((digits >> (8 * at)) as u8, (digits >> (8 * at + 8)) as u8);
    tens.wrapping_mul(10).wrapping_add(ones)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(rule: &impl Rule, text: &str) -> bool {
        rule.read(format!("\"{text}\",").as_bytes()).is_some_and(|rest| rest == b",")
    }

    #[test]
    fn days_and_times_that_exist_pass() {
        for text in ["2024-02-29", "2000-02-29", "1999-12-31", "0001-01-01", "9999-04-30"] {
            assert!(reads(&Date { before: [0xFF; 4] }, text) && is_day(text.as_bytes()), "{text}");
        }
        for text in [
            "2023-02-29",
            "1900-02-29",
            "2024-04-31",
            "2024-13-01",
            "2024-00-10",
            "2024-01-00",
            "2024-01-32",
            "2024-1-01",
            "2024-01-1x",
            "2024-01-x1",
            "2024/01-01",
            "0000-00-00",
            "0000-01-01",
            "",
        ] {
            assert!(!reads(&Date { before: [0xFF; 4] }, text) && !is_day(text.as_bytes()), "{text}");
        }
        assert!(reads(&DateTime, "2024-02-29 23:59:59") && reads(&DateTime, "0019-02-28 23:59:59"));
        assert!(reads(&Timestamp, "1971-01-01 00:00:00") && !reads(&Timestamp, "2038-01-01 00:00:00"));
        assert!(!reads(&Timestamp, "0019-02-28 23:59:59") && !reads(&Timestamp, "1999-02-29 23:59:59"));
        for text in [
            "2024-02-29",
            "2024-02-29T00:00:00",
            "2024-02-29 24:00:00",
            "2024-02-29 00:60:00",
            "2024-02-29 00:00:60",
        ] {
            assert!(!reads(&DateTime, text) && !is_time(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn every_day_of_a_century_is_told_from_what_is_none() {
        for year in 1896..=2001u32 {
            for month in 0..=13 {
                for day in 0..=32 {
                    let text = format!("{year:04}-{month:02}-{day:02}");
                    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
                    let last = match month {
                        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
                        4 | 6 | 9 | 11 => 30,
                        2 => 28 + u32::from(leap),
                        _ => 0,
                    };
                    assert_eq!(is_day(text.as_bytes()), (1..=last).contains(&day), "{text}");
                }
            }
        }
    }

    #[test]
    fn a_date_may_have_to_lie_before_a_year() {
        let before_2026 = |text: &str| reads(&Date { before: *b"2026" }, text);
        assert!(before_2026("2025-12-31") && !before_2026("2026-01-01"));
    }
}

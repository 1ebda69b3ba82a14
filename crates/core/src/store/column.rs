//! What the database makes of a value: MySQL without strict mode, `utf8` columns.

use std::borrow::Cow;

use super::{date, php};
use crate::double;

/// The range of a signed `int`.
pub(crate) const INT: (i64, i64) = (-2_147_483_648, 2_147_483_647);

/// The range of an unsigned `int`.
pub(crate) const UNSIGNED: (i64, i64) = (0, 4_294_967_295);

/// The range of an unsigned `smallint`.
pub(crate) const SMALL: (i64, i64) = (0, 65_535);

/// Text as a column of that many characters keeps it.
///
/// A character beyond the Basic Multilingual Plane, such as an emoji, becomes
/// four question marks; what does not fit is cut.
///
/// Source: columns of `customer_entity` and `customer_address_entity`
/// (`module-customer/etc/db_schema.xml`), recorded.
pub(crate) fn text(value: &str, width: usize) -> String {
    question_marks(value).chars().take(width).collect()
}

/// Text as a column of type `text` keeps it: 65,535 bytes.
pub(crate) fn long_text(value: &str) -> String {
    const MOST: usize = 65_535;
    let text = question_marks(value);
    let end = text.len().min(MOST);
    let end = (0..=end).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    text.get(..end).unwrap_or_default().to_owned()
}

fn question_marks(value: &str) -> Cow<'_, str> {
    if value.chars().all(|c| c.len_utf8() < 4) {
        return value.into();
    }
    let marked = value.chars().map(|c| if c.len_utf8() < 4 { c.to_string() } else { "????".to_owned() });
    marked.collect::<String>().into()
}

/// An integer within the range of its column.
pub(crate) fn integer(value: i64, (least, most): (i64, i64)) -> i64 {
    value.clamp(least, most)
}

/// A number as `decimal(12,4)` keeps it: rounded from the digits that PHP sends, a half away from zero.
pub(crate) fn decimal(value: f64) -> String {
    const PLACES: i32 = 4;
    const MOST: u64 = 999_999_999_999;
    if value == 0.0 || value.is_nan() {
        return "0.0000".to_owned();
    }
    let (digits, exponent) = double::significant(value.clamp(-1e12, 1e12), php::PRECISION);
    let kept = exponent + 1 + PLACES;
    let digit =
        |at: i32| usize::try_from(at).ok().and_then(|at| digits.as_bytes().get(at)).map_or(0, |d| d - b'0');
    let whole = (0..kept).fold(0u64, |number, at| number * 10 + u64::from(digit(at)));
    let number = (whole + u64::from(kept >= 0 && digit(kept) >= 5)).min(MOST);
    let sign = if value < 0.0 && number > 0 { "-" } else { "" };
    format!("{sign}{}.{:04}", number / 10_000, number % 10_000)
}

/// A time written `YYYY-MM-DD HH:MM:SS`, or nothing when the column cannot hold it.
pub(crate) fn time(value: &str) -> Option<String> {
    let zero = value.is_empty() || value == "0";
    (!zero).then(|| if value.starts_with('-') { ZERO_TIME.to_owned() } else { value.to_owned() })
}

/// What a column keeps in place of a time it cannot hold.
pub(crate) const ZERO_TIME: &str = "0000-00-00 00:00:00";

/// A Unix time as a `timestamp` column keeps it: from 1970 to January 2038.
pub(crate) fn timestamp(seconds: i64) -> String {
    let fits = (1..=i64::from(i32::MAX)).contains(&seconds);
    if fits { date::text_of(seconds) } else { ZERO_TIME.to_owned() }
}

/// Whether a `timestamp` column holds the time; the server's own always does.
pub(crate) fn fits_timestamp(time: &str) -> bool {
    time == date::SERVER_TIME || ("1970-01-01 00:00:01".."2038-01-19 03:14:08").contains(&time)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_by_characters_after_emoji_grew() {
        assert_eq!(text("é😀x", 4), "é???");
        assert_eq!(text("abc", 2), "ab");
        assert_eq!(long_text(&"é".repeat(40_000)).len(), 65_534);
        assert_eq!(long_text("😀"), "????");
    }

    #[test]
    fn timestamps_end_in_2038() {
        assert_eq!(timestamp(0), ZERO_TIME);
        assert_eq!(timestamp(5), "1970-01-01 00:00:05");
        assert!(fits_timestamp("2001-01-01 00:00:00") && !fits_timestamp("2999-01-01 00:00:00"));
    }

    #[test]
    fn decimals_have_four_places() {
        assert_eq!(decimal(12.5), "12.5000");
        assert_eq!(decimal(-0.000_01), "0.0000");
        for (value, kept) in [
            (1e12, "99999999.9999"),
            (-1e300, "-99999999.9999"),
            (99_999_999.999_95, "99999999.9999"),
            (1.000_05, "1.0001"),
            (-1.000_05, "-1.0001"),
            (0.000_05, "0.0001"),
            (1.000_049_99, "1.0000"),
            (123_456.789_05, "123456.7891"),
            (9.999_96, "10.0000"),
            (0.0, "0.0000"),
            (-7.0, "-7.0000"),
        ] {
            assert_eq!(decimal(value), kept);
        }
    }
}

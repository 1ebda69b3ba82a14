//! What the database makes of a value: MySQL without strict mode, `utf8` columns.

use std::borrow::Cow;

use super::date;
use crate::double;

/// The longest `text`, in bytes; the limit hardly ever met.
pub(crate) const TEXT: usize = 65_535;

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

/// A number as `decimal(12,4)` keeps it.
pub(crate) fn decimal(value: f64) -> String {
    const MOST: f64 = 99_999_999.999_9;
    let value = value.clamp(-MOST, MOST);
    let rounded = double::fixed(value, 4);
    if rounded == "-0.0000" { "0.0000".to_owned() } else { rounded }
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
        assert_eq!(decimal(1e12), "99999999.9999");
    }
}

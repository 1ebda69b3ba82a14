//! The header by which a store asks for patience.

use std::time::Duration;

use crate::time::Moment;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// How long a `Retry-After` header asks to wait: seconds, or a date (RFC 9110, 10.2.3).
///
/// `now` is the time in seconds since 1970 UTC; a date that has passed asks for no wait. The
/// two obsolete forms of dates are not read.
///
/// ```
/// use std::time::Duration;
/// use magewright::retry::retry_after;
/// assert_eq!(retry_after("120", 0), Some(Duration::from_secs(120)));
/// let date = "Sun, 06 Nov 1994 08:49:37 GMT";
/// assert_eq!(retry_after(date, 784_111_770), Some(Duration::from_secs(7)));
/// assert_eq!(retry_after("soon", 0), None);
/// ```
#[must_use]
pub fn retry_after(header: &str, now: i64) -> Option<Duration> {
    let header = header.trim();
    let seconds = header.parse::<u64>().ok().or_else(|| {
        let left = date(header)?.seconds().saturating_sub(now);
        Some(u64::try_from(left).unwrap_or(0))
    });
    seconds.map(Duration::from_secs)
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`
fn date(text: &str) -> Option<Moment> {
    let (_, text) = text.split_once(", ")?;
    let mut words = text.strip_suffix(" GMT")?.split(' ');
    let (day, month, year, time) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    format!("{year}-{month:02}-{day} {time}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_that_has_passed_asks_for_no_wait() {
        assert_eq!(retry_after("Sun, 06 Nov 1994 08:49:37 GMT", 2_000_000_000), Some(Duration::ZERO));
    }

    #[test]
    fn what_is_neither_seconds_nor_a_date_asks_for_nothing() {
        for header in [
            "",
            "-1",
            "1.5",
            "Sun, 06 Nov 1994 08:49:37",
            "Sun, 06 Foo 1994 08:49:37 GMT",
            "Sun, 06 Nov GMT",
            "Sun, 99 Nov 1994 08:49:37 GMT",
        ] {
            assert_eq!(retry_after(header, 0), None, "{header}");
        }
    }
}

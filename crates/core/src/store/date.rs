//! Dates as PHP reads them: `new DateTime(…)` over what people write.
//!
//! Days and months run over into the next (30 February is 2 March), a bare
//! number is a Unix time, and what PHP cannot read is refused. A text is a row
//! of elements (`forms`, and `sieve` for those worth trying), each the longest that
//! fits (`grammar`), which say something each (`parse`, `read`); from that follows a moment (`resolve`).
//! Dates beyond the year 9999 end there.

mod forms;
mod grammar;
mod parse;
mod read;
mod resolve;
mod sieve;
mod zone;

use crate::time::Moment;

/// The text is no date to PHP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotADate;

/// The marker for a time that only the server knows.
pub(crate) const SERVER_TIME: &str = "<time>";

/// The text as `YYYY-MM-DD HH:MM:SS`; `None` for text that PHP calls empty.
///
/// `now` is needed for relative dates only; without it they give [`SERVER_TIME`].
///
/// Source: `module-eav/Model/Entity/Attribute/Backend/Datetime.php`, recorded.
pub(crate) fn normalized(sent: &str, now: Option<i64>) -> Result<Option<String>, NotADate> {
    if super::php::is_empty_text(sent) {
        return Ok(None);
    }
    if sent.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(Some(Moment::at(super::php::integer_of_text(sent)).to_string()));
    }
    if let Some(written) = as_written(sent) {
        return Ok(Some(written));
    }
    let parsed = parse::parse(sent)?;
    Ok(Some(parsed.resolve(now).map_or_else(|| SERVER_TIME.to_owned(), |seconds| seconds.to_string())))
}

/// A day or time as a store writes them, which means itself; nearly all are, and the grammar takes
/// a hundred times as long.
fn as_written(sent: &str) -> Option<String> {
    let written = if sent.len() == 10 { format!("{sent} 00:00:00") } else { sent.to_owned() };
    let moment: Moment = written.parse().ok()?;
    (written.as_str() > "1000" && moment.to_string() == written).then_some(written)
}

/// The Unix time of midnight UTC of a normalized date.
pub(crate) fn midnight(normalized: &str) -> Option<i64> {
    let mut parts = normalized.get(..10)?.splitn(3, '-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    Some(Moment::of(year, month, day, 0).seconds())
}

/// A Unix time as `YYYY-MM-DD HH:MM:SS` in UTC.
pub(crate) fn text_of(seconds: i64) -> String {
    Moment::at(seconds).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Result<String, NotADate> {
        normalized(text, Some(86_400 * 365)).map(|date| date.unwrap_or_default().chars().take(10).collect())
    }

    #[test]
    fn recorded_forms_are_read() {
        let cases = [
            ("01/31/1990", "1990-01-31"),
            ("1990-02-30", "1990-03-02"),
            ("1990-1-5", "1990-01-05"),
            ("Jan 5 1990", "1990-01-05"),
            ("05.01.1990", "1990-01-05"),
            ("1990-00-10", "1989-12-10"),
            ("1990-01-31 ", "1990-01-31"),
            ("1990-01-31T10:11:12Z", "1990-01-31"),
            ("12/31/99", "1999-12-31"),
            ("0001-01-01", "0001-01-01"),
            ("19900131", "1970-08-19"),
            ("1", "1970-01-01"),
            ("5 January 1990", "1990-01-05"),
            ("5-Jan-1990", "1990-01-05"),
            ("January 5, 1990", "1990-01-05"),
            ("2022-02-28 13:14:15+02:00", "2022-02-28"),
            ("tomorrow", "1971-01-02"),
            ("+1 day", "1971-01-02"),
        ];
        for (text, expected) in cases {
            assert_eq!(day(text).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_is_written_as_a_store_writes_it_means_what_the_grammar_says() {
        let (mut plain, mut other) = (0, 0);
        for year in [999, 1000, 1900, 1970, 2024, 2038, 9999] {
            for (month, day) in [(1, 1), (2, 28), (2, 29), (2, 30), (12, 31), (13, 1), (0, 0), (1, 32)] {
                for time in ["", " 00:00:00", " 23:59:59", " 24:00:00", " 10:60:00", " 1:02:03", "T10:11:12"]
                {
                    let text = format!("{year:04}-{month:02}-{day:02}{time}");
                    let Some(written) = as_written(&text) else {
                        other += 1;
                        continue;
                    };
                    plain += 1;
                    let read = parse::parse(&text).ok().and_then(|parsed| parsed.resolve(None));
                    assert_eq!(read.map(|moment| moment.to_string()), Some(written), "{text}");
                }
            }
        }
        assert!(plain > 50 && other > 200, "{plain} {other}");
    }

    #[test]
    fn every_form_of_php_is_read() {
        let cases = [
            ("90-01-31", "1990-01-31"),
            ("13-1-2", "2013-01-02"),
            ("31-12-1990", "1990-12-31"),
            ("1990-W05-3", "1990-01-31"),
            ("1990W05", "1990-01-29"),
            ("1990.031", "1990-01-31"),
            ("1990-Jan-31", "1990-01-31"),
            ("31 I 1990", "1990-01-31"),
            ("Jan", "1971-01-01"),
            ("31/Jan/1990:10:11:12 -0700", "1990-01-31"),
            ("19900131T101112", "1990-01-31"),
            ("Wed, 31 Jan 1990 10:11:12 GMT", "1990-01-31"),
            ("1990-01-31 24:00", "1990-02-01"),
            ("1990-01-31 10:11 +1 month", "1990-03-03"),
            ("last day of february 2020", "2020-02-29"),
            ("third friday of january 2020", "2020-01-17"),
            ("1990-01-31 +3 weekdays", "1990-02-05"),
            ("2 fridays ago", "1970-12-18"),
            ("@86400", "1970-01-02"),
            ("1990-01-31 Europe/Berlin", "1990-01-31"),
        ];
        for (text, expected) in cases {
            assert_eq!(day(text).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_php_cannot_read_is_refused() {
        for text in [
            "31/01/1990",
            "garbage",
            "1990-13-01",
            "\"1990\"",
            "13/01/1990",
            "1990-01-32",
            "null",
            "x y z",
            "2024-01-01 Foo/Bar",
            "10:00 11:00",
            "1990-01-31 1991-01-31",
        ] {
            assert_eq!(day(text), Err(NotADate), "{text}");
        }
    }

    #[test]
    fn zero_dates_lie_before_the_year_zero() {
        assert_eq!(normalized("0000-00-00", None).unwrap().unwrap(), "-0001-11-30 00:00:00");
        assert_eq!(normalized("", None), Ok(None));
    }

    #[test]
    fn texts_are_read_as_php_reads_them() {
        for line in crate::php_answers::lines("dates") {
            let (text, php) = (line[0].as_str().unwrap(), line[1].as_str());
            let ours = normalized(text, None).map(Option::unwrap_or_default);
            assert_eq!(ours.as_deref().ok(), php, "{text:?}");
        }
    }
}

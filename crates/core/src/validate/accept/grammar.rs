//! Texts that are certainly right: each test is narrower than the store's rule.

use super::block;
use super::bytes::{self, Body};

/// Reads a name of `least` to 255 characters that every release takes.
#[inline(always)]
pub(super) fn name(rest: &[u8], least: usize) -> Option<&[u8]> {
    let inside = bytes::expect(rest, b'"')?;
    let letters = block::letters(block::block(inside));
    match inside.get(letters..)? {
        [b'"', rest @ ..] if letters >= least => Some(rest),
        _ => marked_name(rest, least),
    }
}

/// Reads a name that is not letters only.
#[inline(never)]
fn marked_name(rest: &[u8], least: usize) -> Option<&[u8]> {
    let (body, rest) = bytes::string(rest)?;
    let right = match body {
        Body::Ascii(bytes) => (least..=255).contains(&bytes.len()) && bytes.iter().all(|&b| is_in_name(b)),
        body => foreign_name(body, least),
    };
    right.then_some(rest)
}

fn foreign_name(body: Body<'_>, least: usize) -> bool {
    let mut count = 0;
    body.chars().all(|char| {
        count += 1;
        letter(char)
    }) && (least..=255).contains(&count)
}

/// ASCII that every release takes in names.
const fn is_in_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b',' | b'-' | b'_' | b'.' | b'\'')
}

/// ASCII that names may have, and letters of scripts that were in Unicode long ago.
fn letter(char: char) -> bool {
    match u8::try_from(char) {
        Ok(byte) if byte < 0x80 => return is_in_name(byte),
        _ => {}
    }
    matches!(char,
        '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{24F}'
        | '\u{391}'..='\u{3A1}' | '\u{3A3}'..='\u{3CE}' | '\u{386}' | '\u{388}'..='\u{38A}' | '\u{38C}'
        | '\u{400}'..='\u{481}' | '\u{5D0}'..='\u{5EA}' | '\u{620}'..='\u{65F}' | '\u{1E00}'..='\u{1EFF}'
        | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | '\u{4E00}'..='\u{9FD5}' | '\u{AC00}'..='\u{D7A3}')
}

/// Whether there are at most so many characters.
#[inline(always)]
pub(super) fn fits(body: Body<'_>, most: usize) -> bool {
    body.at_most() <= most || !matches!(body, Body::Ascii(_)) && body.chars().count() <= most
}

/// Reads a password of plain ASCII without `@`, of `least` to 256 characters and so many classes.
pub(super) fn password(rest: &[u8], least: usize, classes: u32) -> Option<&[u8]> {
    let (body, rest) = bytes::string(rest)?;
    let Body::Ascii(bytes) = body else { return None };
    let has = |class: fn(&u8) -> bool| u32::from(bytes.iter().any(class));
    let found = has(u8::is_ascii_lowercase)
        + has(u8::is_ascii_uppercase)
        + has(u8::is_ascii_digit)
        + has(u8::is_ascii_punctuation);
    let plain = bytes.iter().all(|b| b.is_ascii_graphic() && *b != b'@');
    (plain && (least..=256).contains(&bytes.len()) && found >= classes).then_some(rest)
}

/// Reads a string of one to 15 ASCII letters.
pub(super) fn letters(rest: &[u8]) -> Option<&[u8]> {
    let inside = bytes::expect(rest, b'"')?;
    let count = block::letters(block::block(inside));
    bytes::expect(inside.get(count..).filter(|_| count > 0)?, b'"')
}

/// Reads a telephone number of one to 20 characters.
pub(super) fn telephone(rest: &[u8]) -> Option<&[u8]> {
    let (body, rest) = bytes::string(rest)?;
    let Body::Ascii(bytes) = body else { return None };
    let right = |b: &u8| b.is_ascii_digit() || b" +-()".contains(b);
    (bytes.len() <= 20 && !body.starts_blank() && bytes.iter().all(right)).then_some(rest)
}

/// Reads a string of up to ten digits.
pub(super) fn digits(rest: &[u8]) -> Option<&[u8]> {
    let inside = bytes::expect(rest, b'"')?;
    let count = block::digits(block::block(inside));
    bytes::expect(inside.get(count..).filter(|_| count <= 10)?, b'"')
}

/// Reads a day that exists, written `YYYY-MM-DD`, in a year before another.
pub(super) fn date<'t>(rest: &'t [u8], before: &[u8; 4]) -> Option<&'t [u8]> {
    let (&[b'"', ref date @ .., b'"'], rest) = rest.split_first_chunk::<12>()? else { return None };
    (is_day(date) && date.first_chunk()? < before).then_some(rest)
}

/// Reads a time, written `YYYY-MM-DD HH:MM:SS`.
pub(super) fn date_time(rest: &[u8]) -> Option<&[u8]> {
    let (&[b'"', ref time @ .., b'"'], rest) = rest.split_first_chunk::<21>()? else { return None };
    is_time(time).then_some(rest)
}

/// Reads a time of the years 1971 to 2037, which a column of type `timestamp` keeps.
pub(super) fn timestamp(rest: &[u8]) -> Option<&[u8]> {
    let year = rest.get(1..5)?;
    (b"1971".as_slice()..=b"2037").contains(&year).then(|| date_time(rest))?
}

/// Whether this is a time that exists, written `YYYY-MM-DD HH:MM:SS`.
pub(super) fn is_time(bytes: &[u8]) -> bool {
    let Some((date, [b' ', h, g, b':', m, n, b':', s, t])) = bytes.split_at_checked(10) else { return false };
    let (Some(hour), Some(minute), Some(second)) = (pair(*h, *g), pair(*m, *n), pair(*s, *t)) else {
        return false;
    };
    is_day(date) && hour < 24 && minute < 60 && second < 60
}

/// Whether this is a day that exists, written `YYYY-MM-DD`.
pub(super) fn is_day(bytes: &[u8]) -> bool {
    let &[c, d, y, z, b'-', m, n, b'-', t, u] = bytes else { return false };
    let (Some(century), Some(year), Some(month), Some(day)) =
        (pair(c, d), pair(y, z), pair(m, n), pair(t, u))
    else {
        return false;
    };
    let leap = year % 4 == 0 && (year > 0 || century % 4 == 0);
    let last = match month {
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u8::from(leap),
        _ => 31,
    };
    (century, year) != (0, 0) && (1..=12).contains(&month) && (1..=last).contains(&day)
}

/// The number two digits make.
#[inline(always)]
const fn pair(tens: u8, ones: u8) -> Option<u8> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    if tens < 10 && ones < 10 { Some(tens * 10 + ones) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> String {
        format!("\"{text}\",")
    }

    fn reads(read: impl Fn(&[u8]) -> Option<&[u8]>, text: &str) -> bool {
        read(quoted(text).as_bytes()).is_some_and(|rest| rest == b",")
    }

    #[test]
    fn names_of_many_scripts_pass() {
        let name = |text: &str| reads(|rest| name(rest, 1), text);
        for text in [
            "Anna",
            "O'Brien",
            "Mary Ann",
            "Christopherson-Montgomery",
            "Zoë",
            "Đặng",
            "Ελένη",
            "Łukasz",
            "Анна",
            "محمد",
            "王",
            "김",
            "やまだ",
            r"\u00c7elik",
        ] {
            assert!(name(text), "{text}");
        }
        for text in ["", "A(B)", "<b>", "a×b", "😀", "٣", "a\u{2028}b", "½", r"a\nb", r"\"] {
            assert!(!name(text), "{text}");
        }
        assert!(name(&"é".repeat(255)) && !name(&"é".repeat(256)));
        assert!(name(&"e".repeat(255)) && !name(&"e".repeat(256)));
    }

    #[test]
    fn days_and_times_that_exist_pass() {
        for text in ["2024-02-29", "2000-02-29", "1999-12-31", "0001-01-01", "9999-04-30"] {
            assert!(reads(|rest| date(rest, &[0xFF; 4]), text), "{text}");
        }
        for text in [
            "2023-02-29",
            "1900-02-29",
            "2024-04-31",
            "2024-13-01",
            "2024-00-10",
            "2024-1-01",
            "0000-00-00",
            "",
        ] {
            assert!(!reads(|rest| date(rest, &[0xFF; 4]), text), "{text}");
        }
        assert!(reads(date_time, "2024-02-29 23:59:59") && reads(date_time, "0019-02-28 23:59:59"));
        assert!(reads(timestamp, "1971-01-01 00:00:00") && !reads(timestamp, "2038-01-01 00:00:00"));
        assert!(!reads(timestamp, "0019-02-28 23:59:59") && !reads(timestamp, "1999-02-29 23:59:59"));
        for text in ["2024-02-29", "2024-02-29T00:00:00", "2024-02-29 24:00:00", "2024-02-29 00:60:00"] {
            assert!(!reads(date_time, text), "{text}");
        }
    }

    #[test]
    fn a_date_may_have_to_lie_before_a_year() {
        let before_2026 = |text: &str| reads(|rest| date(rest, b"2026"), text);
        assert!(before_2026("2025-12-31") && !before_2026("2026-01-01"));
    }

    #[test]
    fn letters_and_telephone_numbers() {
        assert!(reads(letters, "Paris") && !reads(letters, "Paris 12") && !reads(letters, ""));
        assert!(
            reads(telephone, "+1 (555) 010-0199") && !reads(telephone, "555x") && !reads(telephone, " 5")
        );
        assert!(!reads(telephone, "123456789012345678901"));
    }

    #[test]
    fn passwords_have_length_and_classes() {
        let strong = |text: &str| reads(|rest| password(rest, 8, 3), text);
        assert!(strong("Passw0rd") && strong("passw0rd!") && !strong("password") && !strong("Passw0r"));
        assert!(!strong("Passw0rd ") && !strong("Passw0rd@x.de") && !strong("Passw0rdé"));
    }

    #[test]
    fn digits_are_counted() {
        assert!(reads(digits, "") && reads(digits, "4028") && reads(digits, "1234567890"));
        assert!(!reads(digits, "12345678901") && !reads(digits, "4 ") && !reads(digits, "-1"));
    }

    #[test]
    fn lengths_count_characters() {
        let plain = Body::Plain("éé");
        assert!(fits(Body::Escaped(r"\u00e9\u00e9"), 2) && !fits(Body::Escaped(r"\u00e9\u00e9"), 1));
        assert!(fits(plain, 2) && !fits(plain, 1) && !fits(Body::Ascii(b"abc"), 2));
    }
}

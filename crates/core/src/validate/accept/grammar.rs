//! Texts that are certainly right: each test is narrower than the store's rule.

use super::bytes::{self, Body};

const LOCAL: u8 = 1;
const NAME: u8 = 2;

/// What an ASCII character may be part of.
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut i = 0;
    while i < 128 {
        let byte = i as u8;
        #[allow(clippy::indexing_slicing, reason = "i is below 128, and this runs when compiled")]
        if byte.is_ascii_alphanumeric() {
            classes[i] = LOCAL | NAME;
        } else {
            classes[i] = match byte {
                b'-' => LOCAL | NAME,
                b'_' | b'\'' => LOCAL | NAME,
                b'!' | b'#' | b'$' | b'%' | b'&' | b'*' | b'+' | b'/' | b'=' | b'?' | b'^' | b'{' | b'|'
                | b'}' | b'~' => LOCAL,
                b' ' | b',' | b'.' => NAME,
                _ => 0,
            };
        }
        i += 1;
    }
    classes
};

#[inline(always)]
fn is(byte: u8, class: u8) -> bool {
    CLASSES.get(usize::from(byte)).is_some_and(|classes| classes & class != 0)
}

/// Whether every release's list has that top-level domain.
const fn top_level(name: &[u8]) -> bool {
    matches!(
        name,
        b"com"
            | b"net"
            | b"org"
            | b"info"
            | b"biz"
            | b"edu"
            | b"gov"
            | b"de"
            | b"uk"
            | b"fr"
            | b"nl"
            | b"it"
            | b"es"
            | b"pl"
            | b"eu"
            | b"us"
            | b"ca"
            | b"au"
            | b"ch"
            | b"at"
            | b"be"
            | b"se"
            | b"no"
            | b"dk"
            | b"fi"
            | b"ie"
            | b"pt"
            | b"cz"
            | b"gr"
            | b"ro"
            | b"hu"
            | b"jp"
            | b"cn"
            | b"in"
            | b"br"
            | b"mx"
            | b"nz"
            | b"ru"
            | b"ua"
            | b"io"
            | b"co"
            | b"me"
            | b"tv"
    )
}

/// Reads `"local@domain"` of letters and digits, single marks between them, and
/// a well-known ending. Only the marks are looked at one by one.
pub(super) fn email(rest: &[u8]) -> Option<&[u8]> {
    let inside = bytes::expect(rest, b'"')?;
    let mut found = Address::default();
    for base in (0..).step_by(16) {
        let mut marks = bytes::marks(bytes::block(inside.get(base..)?));
        while marks != 0 {
            let place = base + bytes::before_mark(marks);
            marks &= marks - 1;
            match *inside.get(place)? {
                b'"' => return if found.ends(inside, place) { inside.get(place + 1..) } else { None },
                mark => found.mark(mark, place)?,
            }
        }
    }
    None
}

/// What the marks of an e-mail address have told; places are counted from 1, 0 is none.
#[derive(Default)]
struct Address {
    last: usize,
    at: usize,
    dot: usize,
}

impl Address {
    /// Takes a mark; `None` when it is not certainly right there.
    fn mark(&mut self, mark: u8, place: usize) -> Option<()> {
        let adjacent = place == self.last;
        let right = match mark {
            b'.' => !adjacent && place - self.at.max(self.dot) <= 63,
            b'@' => !adjacent && self.at == 0 && place <= 64,
            b'-' if self.at > 0 => !adjacent,
            _ => self.at == 0 && is(mark, LOCAL),
        };
        self.last = place + 1;
        match mark {
            b'@' => (self.at, self.dot) = (place + 1, 0),
            b'.' => self.dot = place + 1,
            _ => {}
        }
        right.then_some(())
    }

    fn ends(&self, inside: &[u8], end: usize) -> bool {
        let last_label = inside.get(self.dot..end);
        self.at > 0 && self.dot > 0 && end - self.at <= 180 && last_label.is_some_and(top_level)
    }
}

/// Reads a name of `least` to 255 characters that every release takes.
#[inline(always)]
pub(super) fn name(rest: &[u8], least: usize) -> Option<&[u8]> {
    let inside = bytes::expect(rest, b'"')?;
    let letters = bytes::letters(bytes::block(inside));
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
        Body::Ascii(bytes) => (least..=255).contains(&bytes.len()) && bytes.iter().all(|&b| is(b, NAME)),
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

/// ASCII of [`NAME`], and letters of scripts that were in Unicode long ago.
fn letter(char: char) -> bool {
    match u8::try_from(char) {
        Ok(byte) if byte < 0x80 => return is(byte, NAME),
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

/// Reads a string of one to 15 ASCII letters.
pub(super) fn letters(rest: &[u8]) -> Option<&[u8]> {
    let inside = bytes::expect(rest, b'"')?;
    let count = bytes::letters(bytes::block(inside));
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
    let count = bytes::digits(bytes::block(inside));
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
    fn plain_emails_pass_and_doubtful_ones_do_not() {
        for text in ["a@b.com", "zoe.o'brien+x@a-b.example.co.uk", "A_1@EXAMPLE.org", "{x@b.de", "a@b.1.de"] {
            assert!(reads(email, text), "{text}");
        }
        let long = format!("{}@b.com", "a".repeat(65));
        let long_label = format!("a@{}.com", "b".repeat(64));
        for text in [
            "",
            "@b.com",
            "a@",
            "a@b",
            "a@b.",
            "a@.com",
            "a@b..com",
            ".a@b.com",
            "a.@b.com",
            "a..b@c.com",
            "a b@c.com",
            "a@b@c.com",
            "a@-b.com",
            "a@b-.com",
            "a@b--c.com",
            "a@b.test",
            "a@b_c.com",
            "a@1.2.3.4",
            "é@b.com",
            &long,
            "a@b.com-",
            "a.b",
            "a\\@b.com",
            &long_label,
        ] {
            assert!(!reads(email, text), "{text}");
        }
        assert!(email(b"\"a@b.com").is_none() && email(b"").is_none());
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
        assert!(reads(date_time, "2024-02-29 23:59:59"));
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

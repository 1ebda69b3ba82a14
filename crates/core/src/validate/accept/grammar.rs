//! Texts that are certainly right: each test is narrower than the store's rule.

use super::bytes::Body;

const LOCAL: u8 = 1;
const LABEL: u8 = 2;
const NAME: u8 = 4;

/// What an ASCII character may be part of.
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut i = 0;
    while i < 128 {
        let byte = i as u8;
        #[allow(clippy::indexing_slicing, reason = "i is below 128, and this runs when compiled")]
        if byte.is_ascii_alphanumeric() {
            classes[i] = LOCAL | LABEL | NAME;
        } else {
            classes[i] = match byte {
                b'-' => LOCAL | LABEL | NAME,
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

/// Top-level domains that every release's list has.
const TOP_LEVEL: &[&[u8]] = &[
    b"com", b"net", b"org", b"de", b"uk", b"fr", b"nl", b"it", b"es", b"pl", b"eu", b"us", b"ca", b"au",
    b"ch", b"at", b"be", b"se", b"no", b"dk", b"fi", b"ie", b"pt", b"cz", b"gr", b"ro", b"hu", b"jp", b"cn",
    b"in", b"br", b"mx", b"nz", b"ru", b"ua", b"io", b"co", b"info", b"biz", b"edu", b"gov", b"me", b"tv",
];

/// `local@domain` of plain characters, dots between, and a well-known ending.
pub(super) fn email(body: Body<'_>) -> bool {
    let Body::Ascii(bytes) = body else { return false };
    let Some(at) = bytes.iter().position(|&b| b == b'@') else { return false };
    let Some((local, [_, domain @ ..])) = bytes.split_at_checked(at) else { return false };
    (1..=64).contains(&local.len())
        && domain.len() <= 180
        && dotted(local, LOCAL)
        && dotted(domain, LABEL)
        && labels(domain)
}

/// Whether all characters are of a class or dots, and dots are between them.
fn dotted(bytes: &[u8], class: u8) -> bool {
    let mut dot_allowed = false;
    for &byte in bytes {
        let dot = byte == b'.';
        if !(is(byte, class) || dot && dot_allowed) {
            return false;
        }
        dot_allowed = !dot;
    }
    dot_allowed
}

/// Whether the labels of a domain, two or more, are of a lawful length and have
/// no hyphen at an end nor two in a row, and the last is well known.
fn labels(domain: &[u8]) -> bool {
    let Some(dot) = domain.iter().rposition(|&b| b == b'.') else { return false };
    let Some((front, [_, last @ ..])) = domain.split_at_checked(dot) else { return false };
    let hyphens = |label: &[u8]| match label {
        [b'-', ..] | [.., b'-'] => false,
        _ => !label.windows(2).any(|pair| pair == b"--"),
    };
    TOP_LEVEL.contains(&last) && front.split(|&b| b == b'.').all(|label| label.len() <= 63 && hyphens(label))
}

/// A name of `least` to 255 characters that every release takes.
#[inline(always)]
pub(super) fn name(body: Body<'_>, least: usize) -> bool {
    match body {
        Body::Ascii(bytes) => (least..=255).contains(&bytes.len()) && bytes.iter().all(|&b| is(b, NAME)),
        body => foreign_name(body, least),
    }
}

#[inline(never)]
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

/// Up to ten digits.
pub(super) fn digits(body: Body<'_>) -> bool {
    matches!(body, Body::Ascii(bytes) if bytes.len() <= 10 && bytes.iter().all(u8::is_ascii_digit))
}

/// `YYYY-MM-DD`, a day that exists.
pub(super) fn date(body: Body<'_>) -> bool {
    matches!(body, Body::Ascii(bytes) if bytes.len() == 10 && day(bytes))
}

/// `YYYY-MM-DD HH:MM:SS`.
pub(super) fn date_time(body: Body<'_>) -> bool {
    let Body::Ascii(bytes) = body else { return false };
    let Some((date, [b' ', h, g, b':', m, n, b':', s, t])) = bytes.split_at_checked(10) else { return false };
    let (Some(hour), Some(minute), Some(second)) = (pair(*h, *g), pair(*m, *n), pair(*s, *t)) else {
        return false;
    };
    day(date) && hour < 24 && minute < 60 && second < 60
}

fn day(bytes: &[u8]) -> bool {
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

    fn plain(text: &str) -> Body<'_> {
        if text.is_ascii() { Body::Ascii(text.as_bytes()) } else { Body::Plain(text) }
    }

    #[test]
    fn plain_emails_pass_and_doubtful_ones_do_not() {
        for text in ["a@b.com", "zoe.o'brien+x@a-b.example.co.uk", "A_1@EXAMPLE.org", "{x}@b.de"] {
            assert!(email(plain(text)), "{text}");
        }
        let long = format!("{}@b.com", "a".repeat(65));
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
        ] {
            assert!(!email(plain(text)), "{text}");
        }
    }

    #[test]
    fn names_of_many_scripts_pass() {
        for text in
            ["Anna", "O'Brien", "Zoë", "Đặng", "Ελένη", "Łukasz", "Анна", "محمد", "王", "김", "やまだ"]
        {
            assert!(name(plain(text), 1), "{text}");
        }
        for text in ["", "A(B)", "<b>", "a×b", "😀", "٣", "a\u{2028}b", "½"] {
            assert!(!name(plain(text), 1), "{text}");
        }
        assert!(name(plain(&"é".repeat(255)), 1) && !name(plain(&"é".repeat(256)), 1));
        assert!(name(Body::Escaped(r"\u00c7elik"), 1) && !name(Body::Escaped(r"a\nb"), 1));
    }

    #[test]
    fn days_and_times_that_exist_pass() {
        for text in ["2024-02-29", "2000-02-29", "1999-12-31", "0001-01-01", "9999-04-30"] {
            assert!(date(plain(text)), "{text}");
        }
        for text in
            ["2023-02-29", "1900-02-29", "2024-04-31", "2024-13-01", "2024-00-10", "2024-1-01", "0000-00-00"]
        {
            assert!(!date(plain(text)), "{text}");
        }
        assert!(date_time(plain("2024-02-29 23:59:59")));
        for text in ["2024-02-29", "2024-02-29T00:00:00", "2024-02-29 24:00:00", "2024-02-29 00:60:00"] {
            assert!(!date_time(plain(text)), "{text}");
        }
    }

    #[test]
    fn lengths_count_characters() {
        assert!(fits(Body::Escaped(r"\u00e9\u00e9"), 2) && !fits(Body::Escaped(r"\u00e9\u00e9"), 1));
        assert!(fits(plain("éé"), 2) && !fits(plain("éé"), 1) && !fits(plain("abc"), 2));
    }
}

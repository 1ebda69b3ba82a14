//! E-mail addresses that are certainly right.

use super::block::{self, block};
use super::bytes::expect;
use super::rule::Rule;

/// Marks of the part before the `@`, dots aside.
const fn is_local_mark(byte: u8) -> bool {
    matches!(byte, b'!' | b'#'..=b'\'' | b'*' | b'+' | b'-' | b'/' | b'=' | b'?' | b'^' | b'_' | b'{'..=b'~')
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
            | b"test"
    )
}

/// An e-mail address of at most 63 characters: letters and digits, single marks between
/// them, and a well-known ending.
#[derive(Debug)]
pub(super) struct Email;

impl Rule for Email {
    fn read<'t>(&self, rest: &'t [u8]) -> Option<&'t [u8]> {
        let inside = expect(rest, b'"')?;
        let marks = marks_to_quote(inside)?;
        let (mut left, mut alone, mut at, mut dot) = (marks, 0, 0, 0);
        let end = loop {
            let bit = left & left.wrapping_neg();
            let place = bit.trailing_zeros() as usize;
            left ^= bit;
            match *inside.get(place)? {
                b'.' => (alone, dot) = (alone | bit, place),
                b'@' if at == 0 => (alone, at) = (alone | bit, place),
                b'"' => break place,
                b'-' if at > 0 => alone |= bit,
                mark if at > 0 || !is_local_mark(mark) => return None,
                _ => {}
            }
        };
        let ending = inside.get(dot + 1..end)?;
        // What must stand alone neither stands first nor follows another mark.
        let single = (alone | 1 << end) & (marks << 1 | 1) == 0;
        (single && 0 < at && at < dot && top_level(ending)).then(|| inside.get(end + 1..))?
    }
}

/// The places of all bytes that are neither letters nor digits, a bit for each of 64,
/// when a quote is among them.
#[inline(always)]
fn marks_to_quote(inside: &[u8]) -> Option<u64> {
    let mut marks = 0;
    for base in [0, 16, 32, 48] {
        let block = block(inside.get(base..)?);
        marks |= block::marks(block) << base;
        if block::has(block, b'"') {
            return Some(marks);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passes(text: &str) -> bool {
        Email.read(format!("\"{text}\",").as_bytes()).is_some_and(|rest| rest == b",")
    }

    #[test]
    fn plain_emails_pass_and_doubtful_ones_do_not() {
        for text in ["a@b.com", "zoe.o'brien+x@a-b.example.co.uk", "A_1@EXAMPLE.org", "{x@b.de", "a@b.1.de"] {
            assert!(passes(text), "{text}");
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
            "a@b_c.com",
            "a@1.2.3.4",
            "é@b.com",
            &long,
            "a@b.com-",
            "a.b",
            "a\\@b.com",
            &long_label,
        ] {
            assert!(!passes(text), "{text}");
        }
        assert!(Email.read(b"\"a@b.com").is_none() && Email.read(b"").is_none());
    }
}

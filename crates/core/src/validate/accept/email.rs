//! E-mail addresses that are certainly right.

use super::block::{block, marks};
use super::bytes::expect;

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

/// Reads `"local@domain"` of letters and digits, single marks between them, and
/// a well-known ending. Only the marks are looked at one by one.
#[inline(never)]
pub(super) fn email(rest: &[u8]) -> Option<&[u8]> {
    let inside = expect(rest, b'"')?;
    let mut found = Address::default();
    for base in (0..).step_by(16) {
        let mut left = marks(block(inside.get(base..)?));
        while left != 0 {
            let place = base + left.trailing_zeros() as usize;
            left &= left - 1;
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
            _ => self.at == 0 && is_local_mark(mark),
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

#[cfg(test)]
mod tests {
    use super::*;

    fn passes(text: &str) -> bool {
        email(format!("\"{text}\",").as_bytes()).is_some_and(|rest| rest == b",")
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
        assert!(email(b"\"a@b.com").is_none() && email(b"").is_none());
    }
}

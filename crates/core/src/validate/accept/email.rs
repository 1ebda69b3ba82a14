//! E-mail addresses that are certainly right.

use super::bytes::expect;
use super::lanes::{WIDTH, Window, alphanumeric, places, window};
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
        let Marks { end, dots, ats, dashes, others } = Marks::of(inside)?;
        // Places before the `@`.
        let local = ats.wrapping_sub(1) & !ats;
        let domain_dots = dots & !local;
        if !ats.is_power_of_two() || domain_dots == 0 || !are_local(others, local, inside) {
            return None;
        }
        // What must stand alone neither stands first nor follows another mark.
        let (alone, all) = (dots | ats | dashes & !local | end, dots | ats | dashes | others);
        let ending = inside.get(domain_dots.ilog2() as usize + 1..end.ilog2() as usize)?;
        let right = alone & (all << 1 | 1) == 0 && top_level(ending);
        right.then(|| inside.get(end.ilog2() as usize + 1..))?
    }
}

/// Whether all of these marks may stand before the `@`, and do.
#[inline(always)]
fn are_local(mut marks: u64, local: u64, inside: &[u8]) -> bool {
    while marks != 0 {
        let place = marks.trailing_zeros() as usize;
        if marks & !local != 0 || !inside.get(place).copied().is_some_and(is_local_mark) {
            return false;
        }
        marks &= marks - 1;
    }
    true
}

/// The places of what is neither a letter nor a digit before the closing quote, a bit for each of 64.
#[derive(Debug)]
struct Marks {
    /// The quote.
    end: u64,
    dots: u64,
    ats: u64,
    dashes: u64,
    others: u64,
}

impl Marks {
    /// The marks of the string whose inside starts here, if its end can be seen.
    #[inline(always)]
    fn of(inside: &[u8]) -> Option<Self> {
        let (mut space, mut other_space) = (Window::default(), Window::default());
        let low = window(inside, &mut space);
        let high = window(inside.get(WIDTH..).unwrap_or_default(), &mut other_space);
        let both = |of: &dyn Fn(&Window) -> u32| u64::from(of(low)) | u64::from(of(high)) << WIDTH;
        let quotes = both(&|bytes| places(bytes, b'"'));
        let within = quotes.wrapping_sub(1) & !quotes;
        let [dots, ats, dashes] = [b'.', b'@', b'-'].map(|mark| both(&|bytes| places(bytes, mark)) & within);
        let others = within & !both(&alphanumeric) & !(dots | ats | dashes);
        let end = quotes & quotes.wrapping_neg();
        (end != 0).then_some(Marks { end, dots, ats, dashes, others })
    }
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

//! E-mail addresses that are certainly right.

use super::bytes::expect;
use super::lanes::{WIDTH, Window, alphanumeric, places, window};
use super::rule::Rule;

/// The top-level domains of two letters that every release's list has: for each first letter a bit for each second.
const OF_TWO: [u32; 26] = {
    let mut table = [0; 26];
    let mut names = b"deukfrnlitespleuuscaauchatbesenodkfiieptczgrrohujpcninbrmxnzruuaiocometv".as_slice();
    while let [first, second, others @ ..] = names {
        if let Some((_, [seconds, ..])) = table.split_at_mut_checked((*first - b'a') as usize) {
            *seconds |= 1 << (*second - b'a');
        }
        names = others;
    }
    table
};

/// The longer ones, behind zeros.
const LONGER: [[u8; 4]; 8] =
    [*b"\0com", *b"\0net", *b"\0org", *b"\0biz", *b"\0edu", *b"\0gov", *b"info", *b"test"];

/// Whether every release's list has the top-level domain of so many letters at the end of these bytes.
#[inline(always)]
fn is_top_level(length: u32, bytes: [u8; 4]) -> bool {
    let Some(letters) = u32::MAX.checked_shr(32_u32.wrapping_sub(8 * length)) else { return false };
    let name = (u32::from_be_bytes(bytes) & letters).to_be_bytes();
    let [_, _, first, second] = name;
    let seconds = OF_TWO.get(usize::from(first.wrapping_sub(b'a'))).copied().unwrap_or_default();
    let of_two = seconds.checked_shr(u32::from(second.wrapping_sub(b'a'))).unwrap_or_default() & 1 == 1;
    // No branch could guess which it is.
    LONGER.iter().fold((length == 2) & of_two, |found, longer| found | (*longer == name))
}

/// An e-mail address of at most 63 characters: letters and digits, single marks between
/// them, and a well-known ending.
#[derive(Debug)]
pub(super) struct Email;

impl Rule for Email {
    fn read<'t>(&self, rest: &'t [u8]) -> Option<&'t [u8]> {
        let inside = expect(rest, b'"')?;
        let Marks { end, dots, ats, dashes, locals, others } = Marks::of(inside)?;
        // Places before the `@`.
        let local = ats.wrapping_sub(1) & !ats;
        // What must stand alone neither stands first nor follows another mark.
        let (alone, all) = (dots | ats | dashes & !local | end, dots | ats | dashes | locals);
        let right = ats.is_power_of_two() & (others | locals & !local | alone & (all << 1 | 1) == 0);
        let (dot, end) = ((dots & !local).checked_ilog2()?, end.trailing_zeros());
        let (address, after) = inside.split_at_checked(end as usize)?;
        (right & is_top_level(end.wrapping_sub(dot + 1), *address.last_chunk()?)).then(|| after.get(1..))?
    }
}

/// The places of what is neither a letter nor a digit before the closing quote, a bit for each of 64.
#[derive(Debug)]
struct Marks {
    /// The quote.
    end: u64,
    dots: u64,
    ats: u64,
    dashes: u64,
    /// The usual ones of those that stand before the `@` only.
    locals: u64,
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
        let locals = both(&|bytes| places(bytes, b'+') | places(bytes, b'_') | places(bytes, b'\'')) & within;
        let others = within & !both(&alphanumeric) & !(dots | ats | dashes | locals);
        let end = quotes & quotes.wrapping_neg();
        (end != 0).then_some(Marks { end, dots, ats, dashes, locals, others })
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
        for text in ["a@b.com", "zoe.o'brien+x@a-b.example.co.uk", "A_1@EXAMPLE.org", "a@b.1.de"] {
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
            "{x@b.de",
            "a@b.c",
            "a@b.xx",
            "a@b.DE",
            "a@b.0com",
            "a@b.testx",
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

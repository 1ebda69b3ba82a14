//! The inside of strings: runs of plain bytes, and escapes.

use std::borrow::Cow;

use super::super::SyntaxErrorKind;

/// A string as it stands between its quotes, its escapes known to be sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Text<'t> {
    raw: &'t str,
    escaped: bool,
}

impl<'t> Text<'t> {
    pub(super) const fn new(raw: &'t str, escaped: bool) -> Self {
        Text { raw, escaped }
    }

    /// The text it stands for, when nothing is escaped.
    pub(crate) fn plain(self) -> Option<&'t str> {
        if self.escaped { None } else { Some(self.raw) }
    }

    /// The text it stands for; borrowed when nothing is escaped.
    pub(crate) fn unescape(self) -> Cow<'t, str> {
        if !self.escaped {
            return Cow::Borrowed(self.raw);
        }
        let mut text = String::with_capacity(self.raw.len());
        let mut rest = self.raw;
        while let Some((plain, tail)) = rest.find('\\').and_then(|at| rest.split_at_checked(at)) {
            text.push_str(plain);
            let Ok((char, length)) = escape(tail.as_bytes()) else { break };
            text.push(char);
            rest = tail.get(length..).unwrap_or_default();
        }
        text.push_str(rest);
        Cow::Owned(text)
    }
}

/// How many bytes from the start stand for themselves in a string: all before
/// the first quote, backslash or control character.
pub(crate) fn plain_run(bytes: &[u8]) -> usize {
    let (blocks, rest) = bytes.as_chunks::<16>();
    for (i, block) in blocks.iter().enumerate() {
        let plain = plain_in_block(*block);
        if plain < 16 {
            return i * 16 + plain;
        }
    }
    let tail = rest.iter().position(|&b| b < 0x20 || b == b'"' || b == b'\\');
    blocks.len() * 16 + tail.unwrap_or(rest.len())
}

/// [`plain_run`] of one block: 16 when all of it is plain.
pub(crate) const fn plain_in_block(block: [u8; 16]) -> usize {
    let [a, b, c, d, e, f, g, h, rest @ ..] = block;
    let low = stops(u64::from_le_bytes([a, b, c, d, e, f, g, h]));
    if low != 0 {
        return (low.trailing_zeros() / 8) as usize;
    }
    8 + (stops(u64::from_le_bytes(rest)).trailing_zeros() / 8) as usize
}

/// Marks in eight bytes at a time, lowest first, those that end a plain run.
/// Only the lowest mark is exact: a borrow may mark bytes above it wrongly.
const fn stops(bytes: u64) -> u64 {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const HIGH: u64 = ONES << 7;
    let quote = bytes ^ (ONES * b'"' as u64);
    let backslash = bytes ^ (ONES * b'\\' as u64);
    let below = bytes.wrapping_sub(ONES * 0x20);
    let zero = quote.wrapping_sub(ONES) | backslash.wrapping_sub(ONES) | below;
    zero & !bytes & HIGH
}

/// Reads the escape at the start of `bytes` (a backslash): the character it
/// stands for and its length in bytes, 12 for a surrogate pair.
pub(crate) fn escape(bytes: &[u8]) -> Result<(char, usize), SyntaxErrorKind> {
    let simple = match bytes.get(1) {
        Some(b'u') => return unicode_escape(bytes),
        Some(&byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        _ => return Err(SyntaxErrorKind::InvalidString),
    };
    Ok((simple, 2))
}

fn unicode_escape(bytes: &[u8]) -> Result<(char, usize), SyntaxErrorKind> {
    let first = hex4(bytes.get(2..6))?;
    if let Some(char) = char::from_u32(first) {
        return Ok((char, 6));
    }
    if first >= 0xDC00 || bytes.get(6..8) != Some(b"\\u") {
        return Err(SyntaxErrorKind::LoneSurrogate);
    }
    let second = hex4(bytes.get(8..12))?;
    if !(0xDC00..0xE000).contains(&second) {
        return Err(SyntaxErrorKind::LoneSurrogate);
    }
    let code = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
    char::from_u32(code).map(|char| (char, 12)).ok_or(SyntaxErrorKind::LoneSurrogate)
}

fn hex4(digits: Option<&[u8]>) -> Result<u32, SyntaxErrorKind> {
    let digits = digits.ok_or(SyntaxErrorKind::InvalidString)?;
    digits.iter().try_fold(0, |code, &digit| {
        let digit = char::from(digit).to_digit(16).ok_or(SyntaxErrorKind::InvalidString)?;
        Ok(code << 4 | digit)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn naive(bytes: &[u8]) -> usize {
        bytes.iter().take_while(|&&b| b >= 0x20 && b != b'"' && b != b'\\').count()
    }

    #[test]
    fn a_plain_run_ends_at_each_byte_that_needs_it_and_no_other() {
        for byte in 0..=255u8 {
            for at in 0..40 {
                let mut bytes = [b'x'; 40];
                bytes[at] = byte;
                assert_eq!(plain_run(&bytes), naive(&bytes), "byte {byte:#x} at {at}");
            }
        }
    }

    #[test]
    fn escapes_are_read_or_named() {
        use SyntaxErrorKind::{InvalidString, LoneSurrogate};
        for (text, expected) in [
            (r"\n", Ok(('\n', 2))),
            (r"\/x", Ok(('/', 2))),
            (r"\u00e9", Ok(('é', 6))),
            (r"\u00E9", Ok(('é', 6))),
            (r"\ud83d\ude00", Ok(('😀', 12))),
            (r"\ud83d", Err(LoneSurrogate)),
            (r"\ude00\ud83d", Err(LoneSurrogate)),
            (r"\ud83d\u0041", Err(LoneSurrogate)),
            (r"\ud83d\n....", Err(LoneSurrogate)),
            (r"\x", Err(InvalidString)),
            (r"\", Err(InvalidString)),
            (r"\u12", Err(InvalidString)),
            (r"\u12g4", Err(InvalidString)),
            (r"\u+123", Err(InvalidString)),
        ] {
            assert_eq!(escape(text.as_bytes()), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_plain_run_is_as_long_as_a_naive_count_says(bytes: Vec<u8>) {
            prop_assert_eq!(plain_run(&bytes), naive(&bytes));
        }

        #[test]
        fn escape_never_panics(bytes: Vec<u8>) {
            let _ = escape(&bytes);
        }
    }
}

//! Sixteen bytes looked at together, in plain arithmetic.
//!
//! A mark is the high bit of a byte, set where something holds of that byte.

const ONES: u64 = u64::from_le_bytes([1; 8]);
const HIGH: u64 = ONES << 7;

/// The next 16 bytes as a little-endian number, zeros beyond the end.
#[inline(always)]
pub(super) fn block(rest: &[u8]) -> u128 {
    match rest.first_chunk() {
        Some(block) => u128::from_le_bytes(*block),
        None => last_block(rest),
    }
}

#[cold]
fn last_block(rest: &[u8]) -> u128 {
    let mut block = [0; 16];
    block.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    u128::from_le_bytes(block)
}

/// How many bytes stand before the first mark: 16 without one.
#[inline(always)]
pub(super) const fn before_mark(marks: u128) -> usize {
    (marks.trailing_zeros() / 8) as usize
}

/// Marks bytes of a block, each half by itself.
#[inline(always)]
fn both(block: u128, mark: impl Fn(u64) -> u64) -> u128 {
    u128::from(mark(block as u64)) | u128::from(mark((block >> 64) as u64)) << 64
}

/// How many bytes a block starts with that are ASCII and stand for themselves in a string.
#[inline(always)]
pub(super) fn plain(block: u128) -> usize {
    before_mark(both(block, not_plain))
}

/// Marks the bytes that are not ASCII that stands for itself in a string. Only
/// the first mark is exact.
#[inline(always)]
const fn not_plain(bytes: u64) -> u64 {
    let quote = bytes ^ (ONES * b'"' as u64);
    let backslash = bytes ^ (ONES * b'\\' as u64);
    let below = bytes.wrapping_sub(ONES * 0x20);
    (quote.wrapping_sub(ONES) | backslash.wrapping_sub(ONES) | below | bytes) & HIGH
}

/// Marks the bytes outside a range of ASCII; every mark is exact.
#[inline(always)]
const fn outside(bytes: u64, first: u8, last: u8) -> u64 {
    let low = bytes & !HIGH;
    let (from_first, beyond_last) = (low + ONES * (0x80 - first as u64), low + ONES * (0x7F - last as u64));
    (!from_first | beyond_last | bytes) & HIGH
}

/// How many ASCII letters a block starts with.
#[inline(always)]
pub(super) fn letters(block: u128) -> usize {
    before_mark(both(block, |bytes| outside(bytes | (ONES * 0x20), b'a', b'z')))
}

/// How many ASCII digits a block starts with.
#[inline(always)]
pub(super) fn digits(block: u128) -> usize {
    before_mark(both(block, |bytes| outside(bytes, b'0', b'9')))
}

/// Marks the bytes of a block that are neither ASCII letters nor digits.
#[inline(always)]
pub(super) fn marks(block: u128) -> u128 {
    both(block, |bytes| outside(bytes | (ONES * 0x20), b'a', b'z') & outside(bytes, b'0', b'9'))
}

/// The whole number a block starts with and its digits: at most eight are read.
#[inline(always)]
pub(super) const fn number(block: u128) -> (u32, usize) {
    let bytes = block as u64;
    let count = outside(bytes, b'0', b'9').trailing_zeros() / 8;
    let digits = bytes ^ (ONES * b'0' as u64);
    let value = if count == 0 { 0 } else { decimal(digits << (64 - 8 * count)) };
    (value, count as usize)
}

/// The number that eight digits make, the first in the lowest byte.
#[inline(always)]
const fn decimal(digits: u64) -> u32 {
    const EVEN: u64 = 0x0000_00FF_0000_00FF;
    let pairs = digits.wrapping_mul(10).wrapping_add(digits >> 8);
    let first = (pairs & EVEN).wrapping_mul(100 + (1_000_000 << 32));
    let second = ((pairs >> 16) & EVEN).wrapping_mul(1 + (10_000 << 32));
    (first.wrapping_add(second) >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A block of one byte repeated, with another at a place.
    fn with(byte: u8, at: usize) -> u128 {
        let mut bytes = [b'x'; 16];
        if let Some(place) = bytes.get_mut(at) {
            *place = byte;
        }
        u128::from_le_bytes(bytes)
    }

    #[test]
    fn runs_end_at_the_bytes_that_end_them() {
        for byte in 0..=255u8 {
            for at in 0..16 {
                let ends = |ended: bool| if ended { at } else { 16 };
                let block = with(byte, at);
                let is_plain = matches!(byte, b' '..=b'~' | 0x7F) && byte != b'"' && byte != b'\\';
                assert_eq!(plain(block), ends(!is_plain), "plain {byte:#x} at {at}");
                assert_eq!(letters(block), ends(!byte.is_ascii_alphabetic()), "letter {byte:#x} at {at}");
                assert_eq!(
                    before_mark(marks(block)),
                    ends(!byte.is_ascii_alphanumeric()),
                    "{byte:#x} at {at}"
                );
                assert_eq!(digits(block), if at == 0 && byte.is_ascii_digit() { 1 } else { 0 });
            }
        }
    }

    #[test]
    fn numbers_have_their_value_and_length() {
        for (text, expected) in
            [("x", (0, 0)), ("7,", (7, 1)), ("90210]", (90_210, 5)), ("123456789", (12_345_678, 8))]
        {
            assert_eq!(number(block(text.as_bytes())), expected, "{text}");
        }
    }
}

//! Eight or sixteen bytes looked at together, in plain arithmetic.
//!
//! A mark is the high bit of a byte, set where something holds of that byte.

use std::hint::select_unpredictable;

pub(super) const ONES: u64 = u64::from_le_bytes([1; 8]);
pub(super) const HIGH: u64 = ONES << 7;

/// Sixteen bytes: two little-endian numbers.
pub(super) type Block = [u64; 2];

/// The next 16 bytes, zeros beyond the end.
#[inline(always)]
pub(super) fn block(rest: &[u8]) -> Block {
    match rest.first_chunk() {
        Some(bytes) => full(bytes),
        None => halves(last_block(rest)),
    }
}

/// Sixteen bytes that are there.
#[inline(always)]
pub(super) const fn full(bytes: &[u8; 16]) -> Block {
    halves(u128::from_le_bytes(*bytes))
}

#[inline(always)]
const fn halves(bytes: u128) -> Block {
    [bytes as u64, (bytes >> 64) as u64]
}

#[cold]
#[inline(never)]
fn last_block(rest: &[u8]) -> u128 {
    let number = |bytes: &[u8]| bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte));
    let (low, high) = rest.split_at_checked(8).unwrap_or((rest, &[]));
    u128::from(number(low)) | u128::from(number(high)) << 64
}

/// How many bytes stand before the first mark: 16 without one.
#[inline(always)]
fn before_mark([low, high]: [u64; 2]) -> usize {
    // A branch on which half it is in would go wrong for every other string.
    let bits = select_unpredictable(low != 0, low.trailing_zeros(), 64 + high.trailing_zeros());
    (bits / 8) as usize
}

/// How many bytes a block starts with that are ASCII and stand for themselves in a string.
#[inline(always)]
pub(super) fn plain([low, high]: Block) -> usize {
    // Not `map`: built for size, as for browsers, that is a call for each.
    before_mark([not_plain(low), not_plain(high)])
}

/// Marks the bytes that are not ASCII that stands for itself in a string. Only
/// the first mark is exact.
#[inline(always)]
const fn not_plain(bytes: u64) -> u64 {
    // Swapped so, the quote stands beside the control characters: both are below 0x21.
    let quote_or_control = (bytes ^ (ONES * 0x02)).wrapping_sub(ONES * 0x21);
    let backslash = (bytes ^ (ONES * b'\\' as u64)).wrapping_sub(ONES);
    (quote_or_control | backslash | bytes) & HIGH
}

/// How many ASCII letters a block starts with.
#[inline(always)]
pub(super) fn letters([low, high]: Block) -> usize {
    before_mark([not_letter(low), not_letter(high)])
}

/// How many ASCII digits eight bytes start with.
#[inline(always)]
pub(super) const fn digits(bytes: [u8; 8]) -> usize {
    (not_digit(u64::from_le_bytes(bytes)).trailing_zeros() / 8) as usize
}

/// Marks the bytes that are no ASCII letters. Only the first mark is exact.
#[inline(always)]
pub(super) const fn not_letter(bytes: u64) -> u64 {
    // Small and capital letters are 1 to 26 so, and all others beyond.
    let letters = (bytes | (ONES * 0x20)) ^ (ONES * 0x60);
    (letters.wrapping_sub(ONES) | letters.wrapping_add(ONES * (0x7F - 26)) | letters) & HIGH
}

/// Marks the bytes that are no ASCII digits. Only the first mark is exact.
#[inline(always)]
pub(super) const fn not_digit(bytes: u64) -> u64 {
    let digits = bytes ^ (ONES * b'0' as u64);
    (digits.wrapping_add(ONES * (0x7F - 9)) | digits) & HIGH
}

/// Eight bytes as the distances from a pattern, when each is at most its limit.
///
/// A digit's distance from `'0'` is its value, and nothing else is that near.
#[inline(always)]
pub(super) const fn near(bytes: [u8; 8], pattern: [u8; 8], limits: [u8; 8]) -> Option<u64> {
    let distances = u64::from_le_bytes(bytes) ^ u64::from_le_bytes(pattern);
    let beyond = distances.wrapping_add(ONES * 0x7F - u64::from_le_bytes(limits)) | distances;
    if beyond & HIGH == 0 { Some(distances) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A block of one byte repeated, with another at a place.
    fn with(byte: u8, at: usize) -> Block {
        let mut bytes = [b'x'; 16];
        if let Some(place) = bytes.get_mut(at) {
            *place = byte;
        }
        block(&bytes)
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
                let count = digits(block[0].to_le_bytes());
                assert_eq!(count, usize::from(at == 0 && byte.is_ascii_digit()));
            }
        }
    }

    #[test]
    fn distances_are_held_to_their_limits() {
        let time = |text: &[u8; 8]| near(*text, *b"00:00:00", [2, 9, 0, 5, 9, 0, 5, 9]);
        assert_eq!(time(b"23:59:58").map(u64::to_le_bytes), Some([2, 3, 0, 5, 9, 0, 5, 8]));
        for text in
            [b"33:59:58", b"2x:59:58", b"23;59:58", b"23:69:58", b"23:5/:58", b"23:59:5\xb0", b"23:59\x00:8"]
        {
            assert_eq!(time(text), None, "{}", text.escape_ascii());
        }
    }
}

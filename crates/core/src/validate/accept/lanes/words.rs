//! Plain arithmetic on eight bytes at a time.

use super::super::block::{self, Block, HIGH, ONES, full};
use super::{WIDTH, Window};

/// What a text may start with, ready to be compared.
#[derive(Debug)]
pub(in super::super) struct Start {
    /// Bytes, and which of them count.
    halves: [(Block, Block); 2],
    length: u8,
}

impl Start {
    /// A start of fewer bytes than a window has.
    pub(in super::super) fn new(text: &[u8]) -> Option<Self> {
        let length = u8::try_from(text.len()).ok().filter(|_| text.len() < WIDTH)?;
        let (mut bytes, mut mask) = (Window::default(), Window::default());
        for ((byte, mask), start) in bytes.iter_mut().zip(&mut mask).zip(text) {
            (*byte, *mask) = (*start, u8::MAX);
        }
        let ([low, high], [low_mask, high_mask]) = (blocks(&bytes), blocks(&mask));
        Some(Start { halves: [(low, low_mask), (high, high_mask)], length })
    }

    /// Whether a text starts so.
    #[inline(always)]
    pub(in super::super) fn is(&self, text: &Window) -> bool {
        let [low, high] = blocks(text);
        let differ = |[a, b]: Block, ([c, d], [e, f]): (Block, Block)| (a ^ c) & e | (b ^ d) & f;
        let [first, second] = self.halves;
        differ(low, first) | differ(high, second) == 0
    }

    /// How many bytes it has, fewer than a window.
    #[inline(always)]
    pub(in super::super) const fn len(&self) -> usize {
        self.length as usize % WIDTH
    }
}

#[inline(always)]
fn blocks(window: &Window) -> [Block; 2] {
    let (low, high) = window.split_at(16);
    [low, high].map(|half| full(half.first_chunk().unwrap_or(&[0; 16])))
}

/// How many bytes there are before the first that a look at a block stops at.
#[inline(always)]
fn run([low, high]: [Block; 2], look: impl Fn(Block) -> usize) -> usize {
    match look(low) {
        16 => 16 + look(high),
        run => run,
    }
}

/// The place of the quote that closes the string whose inside starts here, when only plain ASCII is in it.
#[inline(always)]
pub(in super::super) fn plain_quote(inside: &Window) -> Option<usize> {
    quote(inside, run(blocks(inside), block::plain))
}

/// The same: beyond ASCII nothing is told to be sound.
pub(in super::super) fn sound_quote(inside: &Window) -> Option<usize> {
    plain_quote(inside)
}

/// The place of the quote that closes the string whose inside starts here, when only ASCII letters are in it.
#[inline(always)]
pub(in super::super) fn letters_quote(inside: &Window) -> Option<usize> {
    quote(inside, run(blocks(inside), block::letters))
}

#[inline(always)]
fn quote(inside: &Window, end: usize) -> Option<usize> {
    (inside.get(end) == Some(&b'"')).then_some(end)
}

/// The places of a byte, one bit for each.
#[inline(always)]
pub(in super::super) fn places(window: &Window, byte: u8) -> u32 {
    let [low, high] = blocks(window);
    equal(low, byte) | equal(high, byte) << 16
}

/// The places where a run of plain ASCII ends, one bit for each.
#[inline(always)]
pub(in super::super) fn plain_ends(window: &Window) -> u32 {
    let [low, high] = blocks(window);
    let printable = printable(low) | printable(high) << 16;
    !printable | places(window, b'"') | places(window, b'\\')
}

/// The places of ASCII letters and digits, one bit for each.
#[inline(always)]
pub(in super::super) fn alphanumeric(window: &Window) -> u32 {
    let [low, high] = blocks(window);
    !(marks(low) | marks(high) << 16)
}

/// How many bytes there are before the first that is no plain ASCII.
#[inline(always)]
pub(in super::super) fn sound(bytes: &Window) -> usize {
    run(blocks(bytes), block::plain)
}

/// The places of a byte, one bit for each.
#[inline(always)]
const fn equal([low, high]: Block, byte: u8) -> u32 {
    bits(zero(low ^ (ONES * byte as u64))) | bits(zero(high ^ (ONES * byte as u64))) << 8
}

/// Marks the bytes that are zero; every mark is exact.
#[inline(always)]
const fn zero(bytes: u64) -> u64 {
    !(((bytes & !HIGH) + (HIGH - ONES)) | bytes) & HIGH
}

/// The places of bytes that are neither ASCII letters nor digits, one bit for each.
#[inline(always)]
const fn marks([low, high]: Block) -> u32 {
    bits(not_alphanumeric(low)) | bits(not_alphanumeric(high)) << 8
}

/// Marks the bytes that are neither ASCII letters nor digits; every mark is exact.
#[inline(always)]
const fn not_alphanumeric(bytes: u64) -> u64 {
    let letters = inside((bytes | (ONES * 0x20)) & !HIGH, b'a', b'z');
    let digits = inside(bytes & !HIGH, b'0', b'9');
    (!(letters | digits) | bytes) & HIGH
}

/// The places of ASCII that is no control character but DEL, one bit for each.
#[inline(always)]
const fn printable([low, high]: Block) -> u32 {
    bits(ascii(low)) | bits(ascii(high)) << 8
}

/// Marks ASCII that is no control character but DEL; every mark is exact.
#[inline(always)]
const fn ascii(bytes: u64) -> u64 {
    inside(bytes & !HIGH, b' ', 0x7F) & !bytes & HIGH
}

/// Marks the bytes in a range, of which all and both ends are ASCII; every mark is exact.
#[inline(always)]
const fn inside(bytes: u64, first: u8, last: u8) -> u64 {
    (bytes + ONES * (0x80 - first as u64)) & !(bytes + ONES * (0x7F - last as u64))
}

/// The places of marks, one bit for each.
#[inline(always)]
const fn bits(marks: u64) -> u32 {
    // Each mark is carried to a bit of its own in the highest byte.
    ((marks >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_has_its_place() {
        for set in 0..=255u32 {
            let marks = (0..8).map(|at| u64::from(set >> at & 1) << (8 * at + 7)).sum();
            assert_eq!(bits(marks), set);
        }
    }
}

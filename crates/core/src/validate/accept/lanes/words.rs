//! Plain arithmetic on eight bytes at a time.

use super::super::block::{self, Block};

/// How many bytes are looked at.
pub(in super::super) const WIDTH: usize = 16;

/// The place of the quote that closes the string which starts here, when only plain ASCII is in it.
#[inline(always)]
pub(in super::super) fn sound_quote(start: &[u8; WIDTH]) -> Option<usize> {
    quote(start, block::plain(opened(start)))
}

/// The place of the quote that closes the string which starts here, when only ASCII letters are in it.
#[inline(always)]
pub(in super::super) fn letters_quote(start: &[u8; WIDTH]) -> Option<usize> {
    quote(start, block::letters(opened(start)))
}

/// The start of a string with its opening quote turned into a letter, which ends no run.
#[inline(always)]
const fn opened(start: &[u8; WIDTH]) -> Block {
    let [low, high] = block::full(start);
    [low ^ (b'"' ^ b'a') as u64, high]
}

#[inline(always)]
fn quote(start: &[u8; WIDTH], end: usize) -> Option<usize> {
    (start.first() == Some(&b'"') && start.get(end) == Some(&b'"')).then_some(end)
}

/// Whether the byte is there.
#[inline(always)]
pub(in super::super) fn has(start: &[u8; WIDTH], byte: u8) -> bool {
    block::has(block::full(start), byte)
}

/// How many bytes there are before the first that is no plain ASCII.
#[inline(always)]
pub(in super::super) fn sound(bytes: &[u8; WIDTH]) -> usize {
    block::plain(block::full(bytes))
}

//! The instructions of x86-64, ARM and WebAssembly for many bytes.

use wide::{i8x16, u8x16};

use super::{WIDTH, Window};

/// The bytes of a window.
#[derive(Debug, Clone, Copy)]
struct Lanes([i8x16; 2]);

/// What a text may start with, ready to be compared.
#[derive(Debug)]
pub(in super::super) struct Start {
    halves: [i8x16; 2],
    /// The places that count in each half.
    counts: [u16; 2],
    length: u8,
}

impl Start {
    /// A start of fewer bytes than a window has.
    pub(in super::super) fn new(text: &[u8]) -> Option<Self> {
        let length = u8::try_from(text.len()).ok().filter(|_| text.len() < WIDTH)?;
        let mut bytes = Window::default();
        bytes.iter_mut().zip(text).for_each(|(byte, start)| *byte = *start);
        let counts = (1_u32 << length) - 1;
        Some(Start { halves: Lanes::of(&bytes).0, counts: [counts as u16, (counts >> 16) as u16], length })
    }

    /// Whether a text starts so.
    #[inline(always)]
    pub(in super::super) fn is(&self, text: &Window) -> bool {
        let (low, high) = text.split_at(16);
        let ([first, second], [in_first, in_second]) = (&self.halves, self.counts);
        let starts = |bytes: &[u8], half: &i8x16, counts: u16| {
            half.simd_eq(half_of(bytes)).to_bitmask() & u32::from(counts) == u32::from(counts)
        };
        // Most are short: a look at the first half then is enough.
        starts(low, first, in_first) && (in_second == 0 || starts(high, second, in_second))
    }

    /// How many bytes it has, fewer than a window.
    #[inline(always)]
    pub(in super::super) const fn len(&self) -> usize {
        self.length as usize % WIDTH
    }
}

/// A byte everywhere.
#[inline(always)]
const fn all(byte: u8) -> i8x16 {
    i8x16::new([byte.cast_signed(); 16])
}

#[inline(always)]
fn half_of(bytes: &[u8]) -> i8x16 {
    // Not `map` on the bytes: built for size, as for browsers, that is a loop.
    u8x16::new(bytes.first_chunk().copied().unwrap_or_default()).cast_signed()
}

impl Lanes {
    #[inline(always)]
    fn of(bytes: &Window) -> Self {
        let (low, high) = bytes.split_at(16);
        Lanes([half_of(low), half_of(high)])
    }

    /// The bytes with capital ASCII letters made small; what else changes becomes no letter.
    #[inline(always)]
    fn small(self) -> Self {
        let [low, high] = self.0;
        Lanes([low | all(0x20), high | all(0x20)])
    }

    /// The places of a byte.
    #[inline(always)]
    fn equal(self, byte: u8) -> u32 {
        let [low, high] = self.0;
        places_of(low.simd_eq(all(byte)), high.simd_eq(all(byte)))
    }

    /// The places of the bytes in a range of at most 128, both ends included.
    #[inline(always)]
    fn within(self, first: u8, last: u8) -> u32 {
        // Moved so that the range starts at the least signed number, one comparison tells.
        let ([low, high], by, most) = (self.0, all(0x80_u8.wrapping_sub(first)), all(0x80 + (last - first)));
        !places_of((low + by).simd_gt(most), (high + by).simd_gt(most))
    }

    /// The places of bytes that end a run of whole characters that stand for themselves in a
    /// string, quotes aside, as far as can be told at a glance: what follows may be sound too.
    ///
    /// Wrong UTF-8 ends the run at the latest where it starts, but perhaps inside a character before it.
    #[inline(always)]
    fn unsound(self) -> u32 {
        let [low, high] = self.0;
        let beyond_ascii = places_of(low, high);
        // Of signed numbers what follows a lead is least; the leads of three bytes are greater than those of two.
        let following = places_of(all(0xC0).simd_gt(low), all(0xC0).simd_gt(high));
        let three = places_of(low.simd_gt(all(0xDF)), high.simd_gt(all(0xDF))) & beyond_ascii;
        let doubtful = places_of(doubtful_lead(low), doubtful_lead(high)) & beyond_ascii;
        let leads = beyond_ascii & !following;
        let wrong = following ^ (leads << 1 | three << 2);
        let last = 1 << (WIDTH - 1);
        let cut_off = leads & last | three & last >> 1;
        self.not_plain() & !beyond_ascii | doubtful | cut_off | wrong | wrong >> 1 | wrong >> 2
    }

    /// The places of what is no plain ASCII, quotes aside.
    #[inline(always)]
    fn not_plain(self) -> u32 {
        let [low, high] = self.0;
        // Of signed numbers what is not ASCII is below the control characters.
        let not_plain = |bytes: i8x16| all(0x20).simd_gt(bytes) | bytes.simd_eq(all(b'\\'));
        places_of(not_plain(low), not_plain(high))
    }
}

/// Marks what starts no character of up to three bytes, and leads after which some sequences are too long
/// or surrogates. Of ASCII it marks much.
#[inline(always)]
fn doubtful_lead(bytes: i8x16) -> i8x16 {
    let never = (bytes & all(0xFE)).simd_eq(all(0xC0)) | bytes.simd_gt(all(0xEF));
    never | bytes.simd_eq(all(0xE0)) | bytes.simd_eq(all(0xED))
}

/// The place of the quote that closes the string whose inside starts here, when only plain ASCII is in it.
#[inline(always)]
pub(in super::super) fn plain_quote(inside: &Window) -> Option<usize> {
    let lanes = Lanes::of(inside);
    closing(lanes.equal(b'"'), lanes.not_plain())
}

/// The places where a run of plain ASCII ends, one bit for each.
#[inline(always)]
pub(in super::super) fn plain_ends(window: &Window) -> u32 {
    let lanes = Lanes::of(window);
    lanes.equal(b'"') | lanes.not_plain()
}

/// The place of the quote that closes the string whose inside starts here, when nothing in it is escaped and its
/// UTF-8 is plainly sound.
pub(in super::super) fn sound_quote(inside: &Window) -> Option<usize> {
    let lanes = Lanes::of(inside);
    closing(lanes.equal(b'"'), lanes.unsound())
}

/// The place of the quote that closes the string whose inside starts here, when only ASCII letters are in it.
#[inline(always)]
pub(in super::super) fn letters_quote(inside: &Window) -> Option<usize> {
    let lanes = Lanes::of(inside);
    let quotes = lanes.equal(b'"');
    closing(quotes, !(quotes | lanes.small().within(b'a', b'z')))
}

/// The place of the first quote, when none of the others stands before it.
///
/// All that follows waits for the place, so it is made of the quotes alone: the others only decide a branch,
/// which is guessed.
#[inline(always)]
fn closing(quotes: u32, others: u32) -> Option<usize> {
    let before = quotes ^ quotes.wrapping_sub(1);
    (quotes != 0 && others & before == 0).then_some(quotes.trailing_zeros() as usize)
}

/// The places of a byte, one bit for each.
#[inline(always)]
pub(in super::super) fn places(window: &Window, byte: u8) -> u32 {
    Lanes::of(window).equal(byte)
}

/// The places of ASCII letters and digits, one bit for each.
#[inline(always)]
pub(in super::super) fn alphanumeric(window: &Window) -> u32 {
    let lanes = Lanes::of(window);
    lanes.small().within(b'a', b'z') | lanes.within(b'0', b'9')
}

/// How many bytes of whole and sound characters there are before a quote or anything in doubt; a
/// character that is cut off at the end is not among them.
#[inline(always)]
pub(in super::super) fn sound(bytes: &Window) -> usize {
    let lanes = Lanes::of(bytes);
    (lanes.equal(b'"') | lanes.unsound()).trailing_zeros() as usize
}

/// The places of marked bytes, one bit for each.
#[inline(always)]
fn places_of(low: i8x16, high: i8x16) -> u32 {
    low.to_bitmask() | high.to_bitmask() << 16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_of_a_range_is_told() {
        for (first, last) in
            [(0x20, 0x7F), (b'a', b'z'), (b'"', b'"'), (0x80, 0xBF), (0xC2, 0xEF), (0xED, 0xED), (0x80, 0xFF)]
        {
            let inside = |byte| u32::from((first..=last).contains(&byte));
            for byte in 0..=255u8 {
                for at in 0..WIDTH {
                    let mut bytes = [b'x'; WIDTH];
                    bytes[at] = byte;
                    let others = inside(b'x').wrapping_neg() & !(1 << at);
                    assert_eq!(
                        Lanes::of(&bytes).within(first, last),
                        others | inside(byte) << at,
                        "{byte:#x} at {at}"
                    );
                }
            }
        }
    }
}

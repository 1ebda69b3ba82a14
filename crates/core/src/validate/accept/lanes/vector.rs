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

    /// The places of ASCII that is no control character but DEL: as signed numbers, what is above them.
    #[inline(always)]
    fn plain(self) -> u32 {
        let [low, high] = self.0;
        places_of(low.simd_gt(all(0x1F)), high.simd_gt(all(0x1F)))
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
        let (plain, following) = (self.plain(), self.within(0x80, 0xBF));
        let (leads, three) = (self.within(0xC2, 0xEF), self.within(0xE0, 0xEF));
        // After these leads some sequences are too long, or surrogates.
        let doubtful = self.equal(b'\\') | self.equal(0xE0) | self.equal(0xED);
        let wrong = following ^ (leads << 1 | three << 2);
        let last = 1 << (WIDTH - 1);
        let cut_off = leads & last | three & last >> 1;
        !(plain | following | leads) | doubtful | cut_off | wrong | wrong >> 1 | wrong >> 2
    }

    /// The places where a run of plain ASCII ends.
    #[inline(always)]
    fn plain_ends(self) -> u32 {
        let [low, high] = self.0;
        places_of(plain_end(low), plain_end(high))
    }
}

/// What ends a run of plain ASCII.
#[inline(always)]
fn plain_end(bytes: i8x16) -> i8x16 {
    // Swapped so, the quote stands beside the control characters: both are below 0x21, as is, of
    // signed numbers, what is not ASCII.
    all(0x21).simd_gt(bytes ^ all(0x02)) | bytes.simd_eq(all(b'\\'))
}

/// The place of the quote that closes the string which starts here, when only plain ASCII is in it.
#[inline(always)]
pub(in super::super) fn plain_quote(start: &Window) -> Option<usize> {
    quote(start, Lanes::of(start).plain_ends())
}

/// The places where a run of plain ASCII ends, one bit for each.
#[inline(always)]
pub(in super::super) fn plain_ends(window: &Window) -> u32 {
    Lanes::of(window).plain_ends()
}

/// The place of the quote that closes the string which starts here, when nothing in it is escaped and its
/// UTF-8 is plainly sound.
pub(in super::super) fn sound_quote(start: &Window) -> Option<usize> {
    let lanes = Lanes::of(start);
    quote(start, lanes.equal(b'"') | lanes.unsound())
}

/// The place of the quote that closes the string which starts here, when only ASCII letters are in it.
#[inline(always)]
pub(in super::super) fn letters_quote(start: &Window) -> Option<usize> {
    quote(start, !Lanes::of(start).small().within(b'a', b'z'))
}

/// The first of the ends behind the first byte, when a quote stands there and at the first byte.
#[inline(always)]
fn quote(start: &Window, ends: u32) -> Option<usize> {
    let end = (ends & !1).trailing_zeros() as usize;
    (start.get(end) == Some(&b'"') && start.first() == Some(&b'"')).then_some(end)
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

//! The instructions of x86-64 and ARM for many bytes.

use wide::i8x16;

/// How many bytes are looked at.
pub(in super::super) const WIDTH: usize = 32;

/// Thirty-two bytes.
#[derive(Debug, Clone, Copy)]
struct Lanes([i8x16; 2]);

/// A byte everywhere.
#[inline(always)]
const fn all(byte: u8) -> i8x16 {
    i8x16::new([byte.cast_signed(); 16])
}

#[inline(always)]
fn half(bytes: &[u8]) -> i8x16 {
    i8x16::new(bytes.first_chunk().copied().unwrap_or_default().map(u8::cast_signed))
}

impl Lanes {
    #[inline(always)]
    fn of(bytes: &[u8; WIDTH]) -> Self {
        let (low, high) = bytes.split_at(16);
        Lanes([half(low), half(high)])
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
        places(low.simd_eq(all(byte)), high.simd_eq(all(byte)))
    }

    /// The places of ASCII that is no control character but DEL: as signed numbers, what is above them.
    #[inline(always)]
    fn plain(self) -> u32 {
        let [low, high] = self.0;
        places(low.simd_gt(all(0x1F)), high.simd_gt(all(0x1F)))
    }

    /// The places of the bytes in a range of at most 128, both ends included.
    #[inline(always)]
    fn within(self, first: u8, last: u8) -> u32 {
        // Moved so that the range starts at the least signed number, one comparison tells.
        let ([low, high], by, most) = (self.0, all(0x80_u8.wrapping_sub(first)), all(0x80 + (last - first)));
        !places((low + by).simd_gt(most), (high + by).simd_gt(most))
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

    /// The places where a run of sound characters may end, which it does at a quote in any case.
    #[inline(always)]
    fn sound_ends(self, quotes: u32) -> u32 {
        let stops = quotes | !self.plain() | self.equal(b'\\');
        let beyond_ascii = self.within(0x80, 0xFF);
        if stops & stops.wrapping_neg() & beyond_ascii == 0 { stops } else { quotes | self.unsound() }
    }
}

/// The place of the quote that closes the string which starts here, when nothing in it is escaped and its
/// UTF-8 is plainly sound.
#[inline(always)]
pub(in super::super) fn sound_quote(start: &[u8; WIDTH]) -> Option<usize> {
    let lanes = Lanes::of(start);
    let quotes = lanes.equal(b'"');
    quote(quotes, lanes.sound_ends(quotes & !1))
}

/// The place of the quote that closes the string which starts here, when only ASCII letters are in it.
#[inline(always)]
pub(in super::super) fn letters_quote(start: &[u8; WIDTH]) -> Option<usize> {
    let lanes = Lanes::of(start);
    quote(lanes.equal(b'"'), !lanes.small().within(b'a', b'z'))
}

/// The first of the ends behind the first byte, when a quote stands there and at the first byte.
#[inline(always)]
fn quote(quotes: u32, ends: u32) -> Option<usize> {
    let end = (ends & !1).trailing_zeros();
    (quotes & 1 != 0 && u64::from(quotes) >> end & 1 != 0).then_some(end as usize)
}

/// Whether the byte is there.
#[inline(always)]
pub(in super::super) fn has(start: &[u8; WIDTH], byte: u8) -> bool {
    Lanes::of(start).equal(byte) != 0
}

/// How many bytes of whole and sound characters there are before a quote or anything in doubt; a
/// character that is cut off at the end is not among them.
#[inline(always)]
pub(in super::super) fn sound(bytes: &[u8; WIDTH]) -> usize {
    let lanes = Lanes::of(bytes);
    lanes.sound_ends(lanes.equal(b'"')).trailing_zeros() as usize
}

/// The places of marked bytes, one bit for each.
#[inline(always)]
fn places(low: i8x16, high: i8x16) -> u32 {
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

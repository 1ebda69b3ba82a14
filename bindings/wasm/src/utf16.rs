//! Text as JavaScript has it, as UTF-8: an engine hands out its own UTF-16 faster than it encodes it.

use wide::{bytemuck, i16x8, u8x16, u16x8};

/// The bytes of a unit, the lower one first, as in all of WebAssembly.
const UNIT: usize = 2;

/// So many units are looked at together.
const BLOCK: usize = 32;

/// So many bytes have to be there behind a text, whatever they are.
pub(crate) const MARGIN: usize = BLOCK * UNIT;

/// A unit becomes at most so many bytes.
const WIDEST: usize = 3;

/// The first `count` units as UTF-8, in room that is kept from text to text; half a surrogate pair becomes
/// U+FFFD, as `TextEncoder` has it.
pub(crate) fn encode<'r>(units: &[u8], count: usize, room: &'r mut Vec<u8>) -> &'r [u8] {
    let most = count * WIDEST + BLOCK;
    if room.len() < most {
        room.resize(most, 0);
    }
    let text = units.get(..count * UNIT).unwrap_or_default();
    let (mut at, mut length) = (0, 0);
    while at < text.len()
        && let (Some(block), Some(place)) = (place_of(units, at), place(room, length))
    {
        let others = narrow(block, place);
        // Where the next block starts must not wait for a count, or each would take as long as five.
        if others == 0 {
            (at, length) = (at + MARGIN, length + BLOCK);
        } else {
            let ascii = others.trailing_zeros() as usize;
            (at, length) = push_others(text, at + ascii * UNIT, room, length + ascii);
        }
    }
    // Of units behind the text a byte each was written.
    room.get(..length - at.saturating_sub(text.len()) / UNIT).unwrap_or_default()
}

/// Writes what is not ASCII at a place; gives the places behind it.
#[inline(always)]
fn push_others(text: &[u8], mut at: usize, room: &mut [u8], mut length: usize) -> (usize, usize) {
    while let (Some(unit @ 0x80..), Some(place)) = (unit(text, at), place::<4>(room, length)) {
        let character = char::from_u32(u32::from(unit)).unwrap_or_else(|| paired(text, at));
        at += character.len_utf16() * UNIT;
        length += character.encode_utf8(place).len();
    }
    (at, length)
}

/// The character of a surrogate pair.
#[cold]
fn paired(text: &[u8], at: usize) -> char {
    let character = match (unit(text, at), unit(text, at + UNIT)) {
        (Some(high @ 0xD800..0xDC00), Some(low @ 0xDC00..0xE000)) => {
            char::from_u32(0x1_0000 + (u32::from(high & 0x3FF) << 10) + u32::from(low & 0x3FF))
        }
        _ => None,
    };
    character.unwrap_or(char::REPLACEMENT_CHARACTER)
}

#[inline(always)]
fn unit(text: &[u8], at: usize) -> Option<u16> {
    place_of(text, at).copied().map(u16::from_le_bytes)
}

/// Writes each unit as a byte and marks those that are not ASCII, one bit for each.
#[inline(always)]
fn narrow(block: &[u8; MARGIN], place: &mut [u8; BLOCK]) -> u32 {
    let (low, high) = block.split_at(MARGIN / 2);
    let (low, high) = (bytes(low), bytes(high));
    let (first, second) = place.split_at_mut(BLOCK / 2);
    first.copy_from_slice(low.as_array());
    second.copy_from_slice(high.as_array());
    low.to_bitmask() | high.to_bitmask() << (BLOCK / 2)
}

/// Half a block: what is not ASCII is not ASCII afterwards either.
#[inline(always)]
fn bytes(units: &[u8]) -> u8x16 {
    let (low, high) = units.split_at(MARGIN / 4);
    u8x16::narrow_i16x8(small(low), small(high))
}

/// Units above a byte as the largest one: to narrow takes them for signed numbers and would make zero of some.
#[inline(always)]
fn small(units: &[u8]) -> i16x8 {
    const MOST: u16x8 = u16x8::new([0xFF; BLOCK / 4]);
    let units: u16x8 = bytemuck::cast(units.first_chunk::<{ MARGIN / 4 }>().copied().unwrap_or_default());
    units.min(MOST).cast_signed()
}

#[inline(always)]
fn place_of<const LENGTH: usize>(bytes: &[u8], at: usize) -> Option<&[u8; LENGTH]> {
    bytes.get(at..)?.first_chunk()
}

#[inline(always)]
fn place<const LENGTH: usize>(room: &mut [u8], at: usize) -> Option<&mut [u8; LENGTH]> {
    room.get_mut(at..)?.first_chunk_mut()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn encoded(text: &[u16]) -> Vec<u8> {
        // What stands behind a text is left of another one.
        let units =
            [text, &[0xE9; BLOCK]].concat().into_iter().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
        encode(&units, text.len(), &mut vec![b'x'; 7]).to_vec()
    }

    #[test]
    fn every_unit_and_pair_is_encoded_wherever_it_stands() {
        for unit in 0..=u16::MAX {
            let text = [unit, u16::from(b'a'), unit, 0xDC00, unit];
            assert_eq!(encoded(&text), String::from_utf16_lossy(&text).as_bytes(), "{unit:#x}");
        }
        for before in 0..=2 * BLOCK {
            let text: Vec<u16> = format!("{}🎉é", "a".repeat(before)).encode_utf16().collect();
            assert_eq!(encoded(&text), String::from_utf16_lossy(&text).as_bytes());
            assert_eq!(encoded(&text[..before + 1]), format!("{}\u{FFFD}", "a".repeat(before)).as_bytes());
        }
    }

    #[test]
    fn less_is_there_than_is_said() {
        assert_eq!(encode(&[0x61; MARGIN], BLOCK + 1, &mut Vec::new()), b"");
        assert_eq!(encode(&[], 0, &mut Vec::new()), b"");
    }

    proptest! {
        #[test]
        fn any_text_is_encoded(text in prop::collection::vec(prop_oneof![4 => 0_u16..0x80, 1 => any::<u16>(), 1 => 0xD7F0_u16..0xE010], 0..300)) {
            prop_assert_eq!(encoded(&text), String::from_utf16_lossy(&text).into_bytes());
        }
    }
}

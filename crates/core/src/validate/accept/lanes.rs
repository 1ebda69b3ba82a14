//! The next bytes, looked at together.
//!
//! Where a processor has instructions for many bytes, which the crate `wide` knows, strings of
//! up to 31 bytes are judged at a glance; elsewhere those of plain ASCII, in plain arithmetic.

#[cfg(any(target_arch = "x86_64", target_arch = "aarch64", target_feature = "simd128"))]
mod vector;
#[cfg(any(test, not(any(target_arch = "x86_64", target_arch = "aarch64", target_feature = "simd128"))))]
mod words;

#[cfg(any(target_arch = "x86_64", target_arch = "aarch64", target_feature = "simd128"))]
pub(super) use vector::{
    Start, alphanumeric, letters_quote, places, plain_ends, plain_quote, sound, sound_quote,
};
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64", target_feature = "simd128")))]
pub(super) use words::{
    Start, alphanumeric, letters_quote, places, plain_ends, plain_quote, sound, sound_quote,
};

/// How many bytes are looked at.
pub(super) const WIDTH: usize = 32;

/// The bytes that are looked at.
pub(super) type Window = [u8; WIDTH];

/// The next bytes, zeros beyond the end, for which `space` is needed.
#[inline(always)]
pub(super) fn window<'w>(rest: &'w [u8], space: &'w mut Window) -> &'w Window {
    match rest.first_chunk() {
        Some(window) => window,
        None => padded(rest, space),
    }
}

#[cold]
#[inline(never)]
fn padded<'w>(rest: &[u8], space: &'w mut Window) -> &'w Window {
    *space = [0; WIDTH];
    space.iter_mut().zip(rest).for_each(|(place, byte)| *place = *byte);
    space
}

/// The first place of a byte in a text of any length.
pub(in crate::validate) fn place_of(text: &[u8], byte: u8) -> Option<usize> {
    let (windows, tail) = text.as_chunks();
    let mut all = windows.iter().zip((0..).step_by(WIDTH));
    let found = all.find_map(|(window, before)| {
        let places = places(window, byte);
        (places != 0).then(|| before + places.trailing_zeros() as usize)
    });
    found.or_else(|| Some(text.len() - tail.len() + tail.iter().position(|&other| other == byte)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What both ways say of a text, given its first bytes.
    fn both<T: PartialEq + std::fmt::Debug>(
        text: &[u8],
        vector: impl Fn(&Window) -> T,
        words: impl Fn(&Window) -> T,
    ) -> T {
        let text = [text, &[b'~'; WIDTH]].concat();
        let window = text.first_chunk().unwrap();
        let said = vector(window);
        assert_eq!(said, words(window), "{text:?}");
        said
    }

    #[test]
    fn a_window_ends_in_zeros_where_the_text_does() {
        let mut space = [7; WIDTH];
        let text: Vec<u8> = (1..=40).collect();
        assert_eq!(window(&text, &mut space), text.first_chunk().unwrap());
        assert_eq!(window(b"ab", &mut space)[..4], *b"ab\0\0");
    }

    #[test]
    fn a_byte_is_found_wherever_it_first_stands() {
        for length in 0..100 {
            let mut text = vec![b'a'; length];
            assert_eq!(place_of(&text, b'\n'), None);
            for place in (0..length).rev() {
                text[place] = b'\n';
                assert_eq!(place_of(&text, b'\n'), Some(place), "{place} of {length}");
            }
        }
    }

    #[test]
    fn a_closing_quote_is_found_behind_what_a_string_may_hold() {
        for byte in 0..=0x7F {
            for before in [0, 1, 14, 15, 16, 28] {
                let text = [&[b'a'; 28][..before], &[byte, b'b', b'"']].concat();
                let place = before + if byte == b'"' { 0 } else { 2 };
                let plain = matches!(byte, b' '..=0x7F) && byte != b'\\';
                assert_eq!(both(&text, plain_quote, words::plain_quote), plain.then_some(place), "{byte:#x}");
                assert_eq!(both(&text, sound_quote, words::sound_quote), plain.then_some(place), "{byte:#x}");
                let letter = byte == b'"' || byte.is_ascii_alphabetic();
                assert_eq!(
                    both(&text, letters_quote, words::letters_quote),
                    letter.then_some(place),
                    "{byte:#x}"
                );
                let sound_bytes = before + if plain && byte != b'"' { 2 } else { 0 };
                assert_eq!(both(&text, sound, words::sound), sound_bytes, "{byte:#x}");
            }
        }
        assert_eq!(both(&[b'a'; WIDTH], plain_quote, words::plain_quote), None);
        assert_eq!(both(b"\"", letters_quote, words::letters_quote), Some(0));
    }

    #[test]
    fn bytes_have_places() {
        for byte in 0..=0xFF {
            for at in 0..WIDTH {
                let mut text = [b'x'; WIDTH];
                text[at] = byte;
                let places = both(&text, |text| places(text, byte), |text| words::places(text, byte));
                assert_eq!(places, if byte == b'x' { u32::MAX } else { 1 << at }, "{byte:#x} at {at}");
                let ends = both(&text, plain_ends, words::plain_ends);
                let plain = matches!(byte, b' '..=0x7F) && !matches!(byte, b'"' | b'\\');
                assert_eq!(ends, u32::from(!plain) << at, "{byte:#x} at {at}");
                let others = both(&text, alphanumeric, words::alphanumeric);
                assert_eq!(!others, u32::from(!byte.is_ascii_alphanumeric()) << at, "{byte:#x} at {at}");
            }
        }
    }

    #[test]
    fn texts_start_with_themselves() {
        let long = b"thirty-two bytes, no more no less";
        for start in [&b"a"[..], b"\"email\":", b"sixteen bytes ..", b"seventeen bytes .", &long[..WIDTH - 1]]
        {
            let starts = |text: &[u8]| {
                both(
                    text,
                    |text| Start::new(start).is_some_and(|start| start.is(text)),
                    |text| words::Start::new(start).is_some_and(|start| start.is(text)),
                )
            };
            assert!(starts(start));
            for at in 0..start.len() {
                let mut other = start.to_vec();
                other[at] ^= 1;
                assert!(!starts(&other), "{at}");
            }
            let lengths = [Start::new(start).unwrap().len(), words::Start::new(start).unwrap().len()];
            assert_eq!(lengths, [start.len(); 2]);
        }
        assert!(Start::new(long).is_none() && words::Start::new(long).is_none());
    }
}

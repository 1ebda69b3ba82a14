//! The bytes that a string starts with, looked at together.
//!
//! Thirty-two where a processor has instructions for it, which the crate `wide` knows;
//! elsewhere sixteen in plain arithmetic, which tells only ASCII to be sound.

#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
mod vector;
#[cfg(any(test, not(any(target_arch = "x86_64", target_arch = "aarch64"))))]
mod words;

#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
pub(super) use vector::{WIDTH, has, letters_quote, sound, sound_quote};
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
pub(super) use words::{WIDTH, has, letters_quote, sound, sound_quote};

#[cfg(test)]
mod tests {
    use super::*;

    /// What both ways say of a text, given its first bytes.
    fn both<T: PartialEq + std::fmt::Debug>(
        text: &[u8],
        vector: impl Fn(&[u8; WIDTH]) -> T,
        words: impl Fn(&[u8; words::WIDTH]) -> T,
    ) -> T {
        let text = [text, &[b'~'; WIDTH]].concat();
        let said = vector(text.first_chunk().unwrap());
        assert_eq!(said, words(text.first_chunk().unwrap()), "{text:?}");
        said
    }

    #[test]
    fn a_closing_quote_is_found_behind_what_a_string_may_hold() {
        for byte in 0..=0x7F {
            let text = [b'"', b'a', byte, b'b', b'"'];
            let place = if byte == b'"' { 2 } else { 4 };
            let plain = matches!(byte, b' '..=0x7F) && byte != b'\\';
            assert_eq!(both(&text, sound_quote, words::sound_quote), plain.then_some(place), "{byte:#x}");
            let letter = byte == b'"' || byte.is_ascii_alphabetic();
            assert_eq!(
                both(&text, letters_quote, words::letters_quote),
                letter.then_some(place),
                "{byte:#x}"
            );
            assert!(both(&text, |t| has(t, byte), |t| words::has(t, byte)), "{byte:#x}");
            let sound_bytes = if plain && byte != b'"' { 4 } else { 2 };
            let inside = [b'a', b'a', byte, b'b', b'"'];
            assert_eq!(both(&inside, sound, words::sound), sound_bytes, "{byte:#x}");
        }
        assert_eq!(both(b"a\"", sound_quote, words::sound_quote), None);
        assert_eq!(both(b"\"\"", sound_quote, words::sound_quote), Some(1));
        assert_eq!(both(b"\"\"", letters_quote, words::letters_quote), Some(1));
    }
}

//! Percent-encoding as PHP does it, on bytes.

/// `rawurlencode`: everything but letters, digits and `-._~`.
pub(super) fn encode(bytes: &[u8]) -> String {
    let mut encoded = String::with_capacity(bytes.len());
    for &byte in bytes {
        push_encoded(&mut encoded, byte);
    }
    encoded
}

/// Appends one byte, encoded unless it is unreserved.
pub(super) fn push_encoded(out: &mut String, byte: u8) {
    if is_unreserved(byte) {
        out.push(char::from(byte));
    } else {
        out.push('%');
        for digit in [byte >> 4, byte & 15] {
            out.extend(char::from_digit(u32::from(digit), 16).map(|digit| digit.to_ascii_uppercase()));
        }
    }
}

pub(super) fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// `rawurldecode`: escapes only; what is not an escape stays.
pub(super) fn decode(text: &str) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        match escape(rest) {
            Some((value, after)) => {
                decoded.push(value);
                rest = after;
            }
            None => {
                decoded.push(byte);
                rest = tail;
            }
        }
    }
    decoded
}

/// `urldecode`: escapes, and `+` for a space.
pub(super) fn decode_form(text: &str) -> Vec<u8> {
    decode(&text.replace('+', " "))
}

/// The byte that an escape at the start stands for, and what follows it.
pub(super) fn escape(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let [b'%', high, low, rest @ ..] = bytes else { return None };
    let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    Some((digit(high)? << 4 | digit(low)?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_no_escape_stays() {
        assert_eq!(decode("a%2B+%zz%4"), b"a++%zz%4");
        assert_eq!(decode_form("a%2B+b"), b"a+ b");
        assert_eq!(encode("Zoë ~*".as_bytes()), "Zo%C3%AB%20~%2A");
    }

    proptest! {
        #[test]
        fn encoding_is_undone_by_decoding(bytes: Vec<u8>) {
            prop_assert_eq!(decode(&encode(&bytes)), bytes);
        }
    }
}

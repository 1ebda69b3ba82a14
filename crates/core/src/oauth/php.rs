//! What PHP makes of a text that should be a number.

/// `(int) $text`: the number the text begins with, 0 when there is none.
pub(super) fn int(text: &str) -> i64 {
    let (number, _) = leading_number(text);
    match number.parse::<i64>() {
        Ok(integer) => integer,
        // Beyond 64 bits, and with a fraction or exponent, PHP saturates.
        Err(_) => crate::double::parse(number).map_or(0, |float| float as i64),
    }
}

/// `$text == '1.0'`: whether the whole text is a number equal to it, spaces around it allowed.
pub(super) fn equals_one(text: &str) -> bool {
    let (number, rest) = leading_number(text);
    rest.bytes().all(is_space) && crate::double::parse(number) == Some(1.0)
}

/// The number at the start of a text (after white space), and what follows.
fn leading_number(text: &str) -> (&str, &str) {
    let text = text.trim_start_matches(|c: char| c.is_ascii() && is_space(c as u8));
    let bytes = text.as_bytes();
    let digits = |from: usize| {
        let run = bytes.get(from..).unwrap_or_default().iter();
        run.take_while(|byte| byte.is_ascii_digit()).count()
    };
    let is = |at: usize, wanted: &[u8]| bytes.get(at).is_some_and(|byte| wanted.contains(byte));
    let mut end = usize::from(is(0, b"+-"));
    let whole = digits(end);
    end += whole;
    let fraction = if is(end, b".") { digits(end + 1) } else { 0 };
    if whole + fraction == 0 {
        return ("", text);
    }
    if is(end, b".") {
        end += 1 + fraction;
    }
    if is(end, b"eE") {
        let start = end + 1 + usize::from(is(end + 1, b"+-"));
        end = if digits(start) > 0 { start + digits(start) } else { end };
    }
    text.split_at_checked(end).unwrap_or((text, ""))
}

fn is_space(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == 0x0b
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ints_are_read_as_php_does() {
        let table = [
            ("", 0),
            ("abc", 0),
            ("1e9", 1_000_000_000),
            ("01700000001", 1_700_000_001),
            (" 12abc", 12),
            ("-5", -5),
            ("1.9", 1),
            (".5e1", 5),
            ("1e", 1),
            ("1e999", i64::MAX),
            ("99999999999999999999", i64::MAX),
        ];
        for (text, expected) in table {
            assert_eq!(int(text), expected, "{text}");
        }
    }

    #[test]
    fn one_has_many_spellings() {
        for text in ["1.0", "1", "1.00", " 1", "1 ", "+1", "0.1e1"] {
            assert!(equals_one(text), "{text}");
        }
        for text in ["", "1.0a", "2.0", "one", "1 0"] {
            assert!(!equals_one(text), "{text}");
        }
    }
}

//! Texts of certain characters that are certainly right: each test is narrower than the store's rule.

use super::block::{self, block};
use super::bytes::expect;
use super::text;

/// Reads a name of `least` to 255 characters that every release takes, and that starts
/// with none that an address would count as empty.
#[inline(never)]
pub(super) fn name(least: usize, rest: &[u8]) -> Option<&[u8]> {
    let inside = expect(rest, b'"')?;
    let letters = block::letters(block(inside));
    match inside.get(letters..)? {
        [b'"', rest @ ..] if letters >= least => Some(rest),
        rest => marked_name(least, letters, rest),
    }
}

/// Reads what follows some letters of a name, in which there is more than letters.
#[inline(never)]
fn marked_name(least: usize, letters: usize, rest: &[u8]) -> Option<&[u8]> {
    let mut count = letters;
    let rest = text::characters(rest, |char| {
        count += 1;
        letter(char) && (char != ' ' || count > 1)
    })?;
    (least..=255).contains(&count).then_some(rest)
}

/// ASCII that names may have, and letters of scripts that were in Unicode long ago.
#[inline(always)]
fn letter(char: char) -> bool {
    matches!(char,
        'a'..='z' | 'A'..='Z' | '0'..='9' | ' ' | ',' | '-' | '_' | '.' | '\''
        | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{24F}'
        | '\u{391}'..='\u{3A1}' | '\u{3A3}'..='\u{3CE}' | '\u{386}' | '\u{388}'..='\u{38A}' | '\u{38C}'
        | '\u{400}'..='\u{481}' | '\u{5D0}'..='\u{5EA}' | '\u{620}'..='\u{65F}' | '\u{1E00}'..='\u{1EFF}'
        | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | '\u{4E00}'..='\u{9FD5}' | '\u{AC00}'..='\u{D7A3}')
}

/// Reads a password of plain ASCII without `@`, of `least` to 256 characters and so many classes.
#[inline(never)]
pub(super) fn password(least: usize, classes: u32, rest: &[u8]) -> Option<&[u8]> {
    let (bytes, rest) = text::ascii(rest)?;
    let has = |class: fn(&u8) -> bool| u32::from(bytes.iter().any(class));
    let found = has(u8::is_ascii_lowercase)
        + has(u8::is_ascii_uppercase)
        + has(u8::is_ascii_digit)
        + has(u8::is_ascii_punctuation);
    let plain = bytes.iter().all(|b| b.is_ascii_graphic() && *b != b'@');
    (plain && (least..=256).contains(&bytes.len()) && found >= classes).then_some(rest)
}

/// Reads a string of one to 16 ASCII letters.
#[inline(never)]
pub(super) fn letters(rest: &[u8]) -> Option<&[u8]> {
    let inside = expect(rest, b'"')?;
    let count = block::letters(block(inside));
    expect(inside.get(count..).filter(|_| count > 0)?, b'"')
}

/// Reads a telephone number of one to 20 characters.
#[inline(never)]
pub(super) fn telephone(rest: &[u8]) -> Option<&[u8]> {
    let (bytes, rest) = text::ascii(rest)?;
    let right = |b: &u8| b.is_ascii_digit() || b" +-()".contains(b);
    ((1..=20).contains(&bytes.len()) && !bytes.starts_with(b" ") && bytes.iter().all(right)).then_some(rest)
}

/// Reads a string of up to ten digits.
#[inline(never)]
pub(super) fn digits(rest: &[u8]) -> Option<&[u8]> {
    let inside = expect(rest, b'"')?;
    let count = match inside.first_chunk() {
        Some(start) if let count @ ..8 = block::digits(*start) => count,
        _ => inside.iter().take_while(|b| b.is_ascii_digit()).count(),
    };
    expect(inside.get(count..).filter(|_| count <= 10)?, b'"')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(read: impl Fn(&[u8]) -> Option<&[u8]>, text: &str) -> bool {
        read(format!("\"{text}\",").as_bytes()).is_some_and(|rest| rest == b",")
    }

    #[test]
    fn names_of_many_scripts_pass() {
        let name = |text: &str| reads(|rest| name(1, rest), text);
        for text in [
            "Anna",
            "O'Brien",
            "Mary Ann",
            "Christopherson-Montgomery",
            "Zoë",
            "Đặng",
            "Ελένη",
            "Łukasz",
            "Анна",
            "محمد",
            "王",
            "김",
            "やまだ",
            r"\u00c7elik",
        ] {
            assert!(name(text), "{text}");
        }
        for text in
            ["", "A(B)", "<b>", "a×b", "😀", "٣", "a\u{2028}b", "½", r"a\nb", r"\", " ", " a", r"\u0020"]
        {
            assert!(!name(text), "{text}");
        }
        assert!(name(&"é".repeat(255)) && !name(&"é".repeat(256)));
        assert!(name(&"e".repeat(255)) && !name(&"e".repeat(256)));
        assert!(reads(|rest| super::name(0, rest), ""));
    }

    #[test]
    fn letters_and_telephone_numbers() {
        assert!(reads(letters, "Paris") && !reads(letters, "Paris 12") && !reads(letters, ""));
        assert!(
            reads(telephone, "+1 (555) 010-0199") && !reads(telephone, "555x") && !reads(telephone, " 5")
        );
        assert!(!reads(telephone, "123456789012345678901"));
    }

    #[test]
    fn passwords_have_length_and_classes() {
        let strong = |text: &str| reads(|rest| password(8, 3, rest), text);
        assert!(strong("Passw0rd") && strong("passw0rd!") && !strong("password") && !strong("Passw0r"));
        assert!(!strong("Passw0rd ") && !strong("Passw0rd@x.de") && !strong("Passw0rdé"));
    }

    #[test]
    fn digits_are_counted() {
        assert!(reads(digits, "") && reads(digits, "4028") && reads(digits, "1234567890"));
        assert!(!reads(digits, "12345678901") && !reads(digits, "4 ") && !reads(digits, "-1"));
    }
}

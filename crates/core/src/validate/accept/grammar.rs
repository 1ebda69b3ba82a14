//! Texts of certain characters that are certainly right: each test is narrower than the store's rule.

use super::block::{self, block};
use super::bytes::expect;
use super::held::{Held, Look};
use super::rule::Rule;
use super::short::Short;
use super::text;

/// A person's name that every release takes, of 1 to 255 characters or of none when
/// it is not required. It starts with none that an address would count as empty.
#[derive(Debug)]
pub(super) struct Name {
    pub(super) least: usize,
}

/// One to 16 ASCII letters.
#[derive(Debug)]
pub(super) struct Letters;

/// A telephone number: up to 20 digits, spaces and `+-()`.
#[derive(Debug)]
pub(super) struct Telephone;

/// Up to ten digits, or none.
#[derive(Debug)]
pub(super) struct Digits;

/// A password of plain ASCII without `@`, of so many characters and classes of them.
#[derive(Debug)]
pub(super) struct Password {
    pub(super) least: usize,
    pub(super) classes: u32,
}

impl Name {
    /// Reads a name in which there is more than letters.
    #[inline(never)]
    fn read_marked<'t>(&self, rest: &'t [u8]) -> Option<&'t [u8]> {
        let (start, rest) = text::plain_run(expect(rest, b'"')?)?;
        let mut count = start.len();
        // Of a name that is far too long no character need be looked at.
        if count > 255 || start.starts_with(b" ") || !start.iter().all(|byte| is_in_name(char::from(*byte))) {
            return None;
        }
        let rest = text::characters(rest, |char| {
            count += 1;
            is_in_name(char) && (char != ' ' || count > 1)
        })?;
        (self.least..=255).contains(&count).then_some(rest)
    }
}

impl Rule for Name {
    fn read<'t>(&self, rest: &'t [u8]) -> Option<&'t [u8]> {
        match Short::of_letters(rest) {
            Some(short) if short.length >= self.least => Some(short.after),
            _ => self.read_marked(rest),
        }
    }

    fn held(&self) -> Held<'_> {
        Held::Value(Look::Letters(self.least))
    }
}

/// Whether a character is ASCII that names may have, or a letter of a script that was in Unicode long ago.
#[inline(always)]
fn is_in_name(char: char) -> bool {
    let code = u32::from(char);
    match IN_NAMES.get(code as usize / 64) {
        Some(bits) => bits >> (code % 64) & 1 == 1,
        None => is_name_letter(code),
    }
}

/// The characters below U+0800 that names may have, 64 in each number.
const IN_NAMES: [u64; 32] = {
    let mut table = [0; 32];
    let (mut left, mut code) = (table.as_mut_slice(), 0);
    while let [bits, others @ ..] = left {
        let end = code + 64;
        while code < end {
            *bits |= (is_name_letter(code) as u64) << (code % 64);
            code += 1;
        }
        left = others;
    }
    table
};

const fn is_name_letter(code: u32) -> bool {
    let Some(char) = char::from_u32(code) else { return false };
    matches!(char,
        'a'..='z' | 'A'..='Z' | '0'..='9' | ' ' | ',' | '-' | '_' | '.' | '\''
        | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{24F}'
        | '\u{391}'..='\u{3A1}' | '\u{3A3}'..='\u{3CE}' | '\u{386}' | '\u{388}'..='\u{38A}' | '\u{38C}'
        | '\u{400}'..='\u{481}' | '\u{5D0}'..='\u{5EA}' | '\u{620}'..='\u{65F}' | '\u{1E00}'..='\u{1EFF}'
        | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | '\u{4E00}'..='\u{9FD5}' | '\u{AC00}'..='\u{D7A3}')
}

impl Rule for Password {
    fn read<'t>(&self, rest: &'t [u8]) -> Option<&'t [u8]> {
        let (bytes, rest) = text::ascii(rest)?;
        let has = |class: fn(&u8) -> bool| u32::from(bytes.iter().any(class));
        let found = has(u8::is_ascii_lowercase)
            + has(u8::is_ascii_uppercase)
            + has(u8::is_ascii_digit)
            + has(u8::is_ascii_punctuation);
        let plain = bytes.iter().all(|b| b.is_ascii_graphic() && *b != b'@');
        (plain && (self.least..=256).contains(&bytes.len()) && found >= self.classes).then_some(rest)
    }
}

impl Rule for Letters {
    fn read<'t>(&self, rest: &'t [u8]) -> Option<&'t [u8]> {
        let inside = expect(rest, b'"')?;
        let count = block::letters(block(inside));
        expect(inside.get(count..).filter(|_| count > 0)?, b'"')
    }
}

impl Rule for Telephone {
    fn read<'t>(&self, rest: &'t [u8]) -> Option<&'t [u8]> {
        let (bytes, rest) = text::ascii(rest)?;
        let right = |b: &u8| b.is_ascii_digit() || b" +-()".contains(b);
        let filled = (1..=20).contains(&bytes.len()) && !bytes.starts_with(b" ");
        (filled && bytes.iter().all(right)).then_some(rest)
    }
}

impl Rule for Digits {
    fn read<'t>(&self, rest: &'t [u8]) -> Option<&'t [u8]> {
        let inside = expect(rest, b'"')?;
        let count = match inside.first_chunk() {
            Some(start) if let count @ ..8 = block::digits(*start) => count,
            _ => inside.iter().take_while(|b| b.is_ascii_digit()).count(),
        };
        expect(inside.get(count..).filter(|_| count <= 10)?, b'"')
    }

    fn held(&self) -> Held<'_> {
        Held::Value(Look::Digits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(rule: &impl Rule, text: &str) -> bool {
        rule.read(format!("\"{text}\",").as_bytes()).is_some_and(|rest| rest == b",")
    }

    #[test]
    fn names_of_many_scripts_pass() {
        let name = |text: &str| reads(&Name { least: 1 }, text);
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
        assert!(reads(&Name { least: 0 }, ""));
    }

    #[test]
    fn what_is_in_a_name_is_known_by_its_place() {
        for char in ('\0'..=char::MAX).take(0x1_0000) {
            assert_eq!(is_in_name(char), is_name_letter(u32::from(char)), "{char:?}");
        }
    }

    #[test]
    fn letters_and_telephone_numbers() {
        assert!(reads(&Letters, "Paris") && !reads(&Letters, "Paris 12") && !reads(&Letters, ""));
        assert!(
            reads(&Telephone, "+1 (555) 010-0199") && !reads(&Telephone, "555x") && !reads(&Telephone, " 5")
        );
        assert!(!reads(&Telephone, "123456789012345678901"));
    }

    #[test]
    fn passwords_have_length_and_classes() {
        let strong = |text: &str| reads(&Password { least: 8, classes: 3 }, text);
        assert!(strong("Passw0rd") && strong("passw0rd!") && !strong("password") && !strong("Passw0r"));
        assert!(!strong("Passw0rd ") && !strong("Passw0rd@x.de") && !strong("Passw0rdé"));
    }

    #[test]
    fn digits_are_counted() {
        assert!(reads(&Digits, "") && reads(&Digits, "4028") && reads(&Digits, "1234567890"));
        assert!(!reads(&Digits, "12345678901") && !reads(&Digits, "4 ") && !reads(&Digits, "-1"));
    }
}

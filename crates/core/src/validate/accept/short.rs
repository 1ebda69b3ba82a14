//! Strings that are read at a glance.

use super::lanes::{WIDTH, Window, letters_quote, plain_quote, sound_quote};

/// A string that ends within its first few bytes, and what follows it.
pub(super) struct Short<'t> {
    /// What is inside, and what follows.
    pub(super) inside: &'t Window,
    /// How many bytes are inside.
    pub(super) length: usize,
    pub(super) after: &'t [u8],
}

impl<'t> Short<'t> {
    /// The string at the start of `rest`, when it consists of ASCII letters.
    #[inline(always)]
    pub(super) fn of_letters(rest: &'t [u8]) -> Option<Self> {
        Short::to(letters_quote, rest)
    }

    /// The string at the start of `rest`, when it is plain ASCII.
    #[inline(always)]
    pub(super) fn of_plain(rest: &'t [u8]) -> Option<Self> {
        Short::to(plain_quote, rest)
    }

    /// The string at the start of `rest`, when nothing in it is escaped and its UTF-8 is plainly sound.
    pub(super) fn of_sound(rest: &'t [u8]) -> Option<Self> {
        Short::to(sound_quote, rest)
    }

    #[inline(always)]
    fn to(quote: impl Fn(&Window) -> Option<usize>, rest: &'t [u8]) -> Option<Self> {
        let Some([b'"', inside @ ..]) = rest.first_chunk::<{ WIDTH + 1 }>() else { return None };
        let length = quote(inside)?;
        Some(Short { inside, length, after: rest.get(length + 2..)? })
    }

    /// Whether every character is taken, of which those not taken are ASCII.
    pub(super) fn all(&self, takes: impl Fn(char) -> bool) -> bool {
        self.inside.iter().take(self.length).all(|byte| takes(char::from(*byte)))
    }

    /// Whether it starts with a blank.
    #[inline(always)]
    pub(super) const fn is_indented(&self) -> bool {
        matches!(self.inside, [b' ', ..])
    }

    /// Whether it neither starts nor ends with a blank, nor is empty.
    #[inline(always)]
    pub(super) fn is_line(&self) -> bool {
        let last = self.inside.get(self.length.wrapping_sub(1));
        !self.is_indented() && last.is_some_and(|last| *last != b' ')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEHIND: &str = ",                                ";

    fn read<'t>(text: &'t str, of: impl Fn(&'t [u8]) -> Option<Short<'t>>) -> Option<(&'t [u8], &'t [u8])> {
        of(text.as_bytes()).map(|short| (&short.inside[..short.length], short.after))
    }

    #[test]
    fn a_string_ends_at_its_quote() {
        for (inside, letters, plain, sound) in [
            ("Anna", true, true, true),
            ("", true, true, true),
            ("1 Main St", false, true, true),
            ("Zoë", false, false, cfg!(any(target_arch = "x86_64", target_arch = "aarch64"))),
            ("a\\/b", false, false, false),
            ("longer than all that can be seen", false, false, false),
        ] {
            let text = format!("\"{inside}\"{BEHIND}");
            let right = Some((inside.as_bytes(), BEHIND.as_bytes()));
            assert_eq!(read(&text, Short::of_letters), right.filter(|_| letters), "{inside}");
            assert_eq!(read(&text, Short::of_plain), right.filter(|_| plain), "{inside}");
            assert_eq!(read(&text, Short::of_sound), right.filter(|_| sound), "{inside}");
        }
        assert!(read("\"a\"", Short::of_sound).is_none() && read(BEHIND, Short::of_sound).is_none());
    }

    #[test]
    fn a_line_has_blanks_inside_only() {
        let is_line = |inside: &str| {
            let text = format!("\"{inside}\"{BEHIND}");
            Short::of_plain(text.as_bytes()).is_some_and(|short| short.is_line())
        };
        assert!(is_line("a b") && is_line("a") && !is_line("") && !is_line(" a") && !is_line("a "));
    }

    #[test]
    fn every_character_is_asked_for() {
        let text = format!("\"a<b\"{BEHIND}");
        let short = Short::of_plain(text.as_bytes()).unwrap();
        assert!(short.all(|char| char != ',') && !short.all(|char| char != '<'));
    }
}

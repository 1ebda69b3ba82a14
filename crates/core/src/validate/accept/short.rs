//! Strings that are read at a glance.

use super::lanes::{Window, letters_quote, plain_quote, sound_quote};

/// A string that ends within its first few bytes, and what follows it.
pub(super) struct Short<'t> {
    pub(super) start: &'t Window,
    /// The first byte inside: the closing quote when there is none.
    pub(super) first: u8,
    /// The place of the closing quote: the length of what is inside is one less.
    pub(super) end: usize,
    pub(super) after: &'t [u8],
}

impl<'t> Short<'t> {
    /// The string at the start of `rest`, when it consists of ASCII letters.
    #[inline(always)]
    pub(super) fn of_letters(rest: &'t [u8]) -> Option<Self> {
        let start = rest.first_chunk()?;
        Short::to(letters_quote(start)?, start, rest)
    }

    /// The string at the start of `rest`, when it is plain ASCII.
    #[inline(always)]
    pub(super) fn of_plain(rest: &'t [u8]) -> Option<Self> {
        let start = rest.first_chunk()?;
        Short::to(plain_quote(start)?, start, rest)
    }

    /// The string at the start of `rest`, when nothing in it is escaped and its UTF-8 is plainly sound.
    pub(super) fn of_sound(rest: &'t [u8]) -> Option<Self> {
        let start = rest.first_chunk()?;
        Short::to(sound_quote(start)?, start, rest)
    }

    #[inline(always)]
    fn to(end: usize, start: &'t Window, rest: &'t [u8]) -> Option<Self> {
        Some(Short { start, first: *start.get(1)?, end, after: rest.get(end + 1..)? })
    }

    /// Whether every character is taken, of which those not taken are ASCII.
    pub(super) fn all(&self, takes: impl Fn(char) -> bool) -> bool {
        self.start.iter().take(self.end).all(|byte| takes(char::from(*byte)))
    }

    /// Whether it neither starts nor ends with a blank, nor is empty.
    #[inline(always)]
    pub(super) fn is_line(&self) -> bool {
        self.end > 1 && self.first != b' ' && self.last() != Some(b' ')
    }

    /// The last byte inside: the opening quote when there is none.
    #[inline(always)]
    fn last(&self) -> Option<u8> {
        self.start.get(self.end.wrapping_sub(1)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEHIND: &str = ",                                ";

    fn read<'t>(text: &'t str, of: impl Fn(&'t [u8]) -> Option<Short<'t>>) -> Option<(&'t [u8], &'t [u8])> {
        of(text.as_bytes()).map(|short| (&short.start[1..short.end], short.after))
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

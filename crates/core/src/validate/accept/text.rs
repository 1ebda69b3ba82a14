//! Strings: many bytes at a time as far as they are plainly sound, all others character by character.
//!
//! Characters beyond U+FFFF are never certainly right (a store's database may
//! keep them as question marks), nor is U+0000.

use super::block::{block, plain};
use super::bytes::expect;
use super::held::{Held, Look};
use super::lanes::{WIDTH, places, sound};
use super::rule::Rule;
use super::short::Short;
use crate::json::scan::text::escape;

/// Text of so many characters.
#[derive(Debug, Clone, Copy)]
pub(super) struct Text {
    /// 1 when it may neither be empty nor start with a blank, else 0.
    least: usize,
    /// How many more it may be.
    more: usize,
}

/// Text of so many characters, none of them a `<`.
#[derive(Debug)]
pub(super) struct Harmless(pub(super) Text);

impl Text {
    /// A text of at most so many characters, which must be filled or not.
    pub(super) fn new(filled: bool, most: usize) -> Self {
        let least = usize::from(filled);
        Text { least, more: most.saturating_sub(least) }
    }

    /// The same for who holds the text; with or without markup.
    fn look(&self, harmless: bool) -> Held<'_> {
        Held::Value(Look::Text { least: self.least, most: self.least.saturating_add(self.more), harmless })
    }

    #[inline(always)]
    const fn fits(&self, length: usize) -> bool {
        length.wrapping_sub(self.least) <= self.more
    }

    /// Whether a short string is not too long, and neither empty nor blank at its start where it may not be.
    #[inline(always)]
    const fn takes(&self, short: &Short<'_>) -> bool {
        self.fits(short.length) && !short.is_indented()
    }

    /// Reads a string that is not short and plain, when every character is taken.
    #[inline(never)]
    fn read_long<'t>(&self, rest: &'t [u8], takes: impl Fn(char) -> bool) -> Option<&'t [u8]> {
        match Short::of_sound(rest) {
            Some(short) if self.takes(&short) && short.all(&takes) => return Some(short.after),
            _ => {}
        }
        let inside = expect(rest, b'"')?;
        let (start, rest) = sound_run(inside)?;
        let after = characters(rest, &takes)?;
        // There are no more characters than bytes, and at least one where there are any.
        if self.fits(inside.len() - after.len() - 1) && !matches!(inside, [b' ' | b'\\', ..]) {
            // What is not taken is ASCII, so bytes tell it as well as characters.
            return start.iter().all(|byte| takes(char::from(*byte))).then_some(after);
        }
        self.read_counting(inside, takes)
    }

    /// Reads the inside of a string character by character.
    fn read_counting<'t>(&self, inside: &'t [u8], takes: impl Fn(char) -> bool) -> Option<&'t [u8]> {
        let (mut count, mut filled) = (0, self.least == 0);
        let after = characters(inside, |char| {
            filled |= count == 0 && char > ' ';
            count += 1;
            takes(char)
        })?;
        (filled && self.fits(count)).then_some(after)
    }
}

impl Rule for Text {
    fn read<'t>(&self, rest: &'t [u8]) -> Option<&'t [u8]> {
        match Short::of_plain(rest) {
            Some(short) if self.takes(&short) => Some(short.after),
            _ => self.read_long(rest, |_| true),
        }
    }

    fn held(&self) -> Held<'_> {
        self.look(false)
    }
}

impl Rule for Harmless {
    fn read<'t>(&self, rest: &'t [u8]) -> Option<&'t [u8]> {
        match Short::of_plain(rest) {
            Some(short) if self.0.takes(&short) && places(short.inside, b'<') == 0 => Some(short.after),
            _ => self.0.read_long(rest, |char| char != '<'),
        }
    }

    fn held(&self) -> Held<'_> {
        self.0.look(true)
    }
}

/// The plain ASCII that the inside of a string starts with, and what follows it.
#[inline(always)]
pub(super) fn plain_run(inside: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut length = 0;
    loop {
        let run = plain(block(inside.get(length..)?));
        length += run;
        if run < 16 {
            return inside.split_at_checked(length);
        }
    }
}

/// Whole characters that the inside of a string starts with, none of them escaped, and what follows them.
#[inline(always)]
fn sound_run(inside: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut length = 0;
    while let Some(bytes) = inside.get(length..)?.first_chunk() {
        let run = sound(bytes);
        length += run;
        // A character of three bytes may be cut off at the end.
        if run < WIDTH - 2 {
            break;
        }
    }
    inside.split_at_checked(length)
}

/// Reads any string.
#[inline(always)]
pub(super) fn skip(rest: &[u8]) -> Option<&[u8]> {
    match Short::of_plain(rest) {
        Some(short) => Some(short.after),
        None => long_skip(rest),
    }
}

#[inline(never)]
fn long_skip(rest: &[u8]) -> Option<&[u8]> {
    if let Some(short) = Short::of_sound(rest) {
        return Some(short.after);
    }
    let (_, rest) = sound_run(expect(rest, b'"')?)?;
    characters(rest, |_| true)
}

/// Reads a string of plain ASCII; gives its inside too.
#[inline(always)]
pub(super) fn ascii(rest: &[u8]) -> Option<(&[u8], &[u8])> {
    let (body, after) = plain_run(expect(rest, b'"')?)?;
    Some((body, expect(after, b'"')?))
}

/// Reads a line that neither starts nor ends with a blank and has no line break inside.
#[inline(always)]
pub(super) fn line(rest: &[u8]) -> Option<&[u8]> {
    match Short::of_plain(rest) {
        Some(short) if short.is_line() => Some(short.after),
        _ => long_line(rest),
    }
}

#[inline(never)]
fn long_line(rest: &[u8]) -> Option<&[u8]> {
    match Short::of_sound(rest) {
        Some(short) if short.is_line() => return Some(short.after),
        _ => {}
    }
    let (start, rest) = sound_run(expect(rest, b'"')?)?;
    let mut last = start.last().map_or(' ', |last| char::from(*last));
    let mut first = start.is_empty();
    if start.starts_with(b" ") {
        return None;
    }
    let after = characters(rest, |char| {
        let right = char >= ' ' && !(first && char == ' ');
        first = false;
        last = char;
        right
    })?;
    (last > ' ').then_some(after)
}

/// Reads the rest of a string with its closing quote, when every character is taken.
#[inline(always)]
pub(super) fn characters(mut rest: &[u8], mut takes: impl FnMut(char) -> bool) -> Option<&[u8]> {
    loop {
        let (char, length) = match *rest {
            [b'"', ..] => return rest.get(1..),
            [b'\\', ..] => escape(rest).ok().filter(|(char, _)| ('\x01'..='\u{FFFF}').contains(char))?,
            [byte @ b' '..=0x7F, ..] => (char::from(byte), 1),
            [first @ 0xC2..=0xDF, second, ..] => (two(first, second)?, 2),
            [first @ 0xE0..=0xEF, second, third, ..] => (three(first, second, third)?, 3),
            _ => return None,
        };
        if !takes(char) {
            return None;
        }
        rest = rest.get(length..)?;
    }
}

/// The character of two bytes of UTF-8, of which the first is sound.
#[inline(always)]
fn two(first: u8, second: u8) -> Option<char> {
    char::from_u32(u32::from(first & 0x1F) << 6 | continuing(second)?)
}

/// The character of three bytes of UTF-8, of which the first is sound.
#[inline(always)]
fn three(first: u8, second: u8, third: u8) -> Option<char> {
    let code = u32::from(first & 0x0F) << 12 | continuing(second)? << 6 | continuing(third)?;
    char::from_u32(code).filter(|_| code >= 0x800)
}

#[inline(always)]
const fn continuing(byte: u8) -> Option<u32> {
    if byte & 0xC0 == 0x80 { Some((byte & 0x3F) as u32) } else { None }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::json;

    const ANY: Text = Text { least: 0, more: usize::MAX };

    /// The text a string stands for, and what follows.
    fn read(rest: &str) -> Option<(String, &str)> {
        let mut text = String::new();
        let after = characters(expect(rest.as_bytes(), b'"')?, |char| {
            text.push(char);
            true
        })?;
        assert_eq!(skip(rest.as_bytes()), Some(after));
        Some((text, std::str::from_utf8(after).unwrap()))
    }

    #[test]
    fn strings_of_every_form_are_read() {
        assert_eq!(read(r#""ab",1"#), Some(("ab".into(), ",1")));
        assert_eq!(read(r#""a string of more than one block""#).unwrap().1, "");
        assert_eq!(read(r#""Müller"}"#), Some(("Müller".into(), "}")));
        assert_eq!(read(r#""M\u00fcller \/ \"x\"" "#), Some(("Müller / \"x\"".into(), " ")));
    }

    #[test]
    fn doubtful_strings_go_the_slow_way() {
        for rest in [
            &b""[..],
            b"x",
            b"\"",
            b"\"abc",
            b"\"a\nb\"",
            b"\"a\0\"",
            "\"😀\"".as_bytes(),
            br#""\ud83d\ude00""#,
            br#""\ud83d""#,
            br#""\x""#,
            br#""\u0000""#,
            b"\"\xff\"",
            b"\"\\n\xff\"",
            b"\"\xc0\x80\"",
            b"\"\xe0\x9f\xbf\"",
            b"\"\xed\xa0\x80\"",
            b"\"\xe2\x82\"",
            b"\"\xc3",
        ] {
            assert!(skip(rest).is_none() && ANY.read(rest).is_none() && line(rest).is_none(), "{rest:?}");
        }
    }

    #[test]
    fn texts_have_limits_in_characters() {
        let short = Text::new(false, 2);
        for (text, fits) in
            [("éé", true), (r"\u00e9\u00e9", true), ("ab", true), ("ééé", false), ("abc", false)]
        {
            assert_eq!(short.read(format!("\"{text}\"").as_bytes()).is_some(), fits, "{text}");
        }
        let filled = Text::new(true, usize::MAX);
        for (text, right) in [
            ("", false),
            (" a", false),
            (r"\ta", false),
            (r"\u0020a", false),
            ("a", true),
            ("a ", true),
            ("é b", true),
            ("é ☎ more than a block of text", true),
        ] {
            assert_eq!(filled.read(format!("\"{text}\"").as_bytes()).is_some(), right, "{text}");
        }
        assert!(ANY.read(br#"" <\t""#).is_some());
    }

    #[test]
    fn harmless_texts_have_no_markup() {
        for (text, right) in
            [("a b", true), ("é", true), ("", true), ("a<b", false), ("é<b", false), (r"a\u003cb", false)]
        {
            assert_eq!(Harmless(ANY).read(format!("\"{text}\"").as_bytes()).is_some(), right, "{text}");
        }
    }

    #[test]
    fn lines_have_no_blanks_at_their_ends() {
        for (text, right) in [
            ("1 Main St", true),
            ("№ 7", true),
            ("Rue de l'Église", true),
            (r"1\/2 Elm", true),
            ("", false),
            (" a", false),
            ("a ", false),
            ("é ", false),
            (" é", false),
            (r"a\nb", false),
            (r"a\u0020", false),
            ("more than sixteen bytes ", false),
        ] {
            assert_eq!(line(format!("\"{text}\"").as_bytes()).is_some(), right, "{text}");
        }
    }

    proptest! {
        #[test]
        fn strings_agree_with_the_parser(value: String) {
            let written = json::Value::from(value.as_str()).to_string();
            if let Some((read, after)) = read(&written) {
                prop_assert_eq!((read, after), (value, ""));
            }
        }

        #[test]
        fn what_is_read_is_utf_8(
            before in 0..40usize,
            bytes in prop::collection::vec(prop::sample::select(&b"\x7f\x80\x9f\xa0\xbf\xc0\xc1\xc2\xdf\xe0\xe1\xed\xef\xf0\xf4\xffa"[..]), 0..8),
            after in 0..70usize,
        ) {
            let inside = [&b"abc \xc3\xa9".repeat(7)[..before], &bytes].concat();
            let quoted = [b"\"", &inside[..], b"\"", &b",\"\xe7".repeat(24)[..after]].concat();
            let short = inside.iter().all(|&b| b < 0xF0);
            let right = short && std::str::from_utf8(&inside).is_ok();
            prop_assert_eq!(skip(&quoted).is_some(), right);
            prop_assert_eq!(skip(&quoted).map(<[u8]>::len), right.then_some(after));
            prop_assert_eq!(ANY.read(&quoted).is_some(), right);
        }

        #[test]
        fn nothing_panics(bytes: Vec<u8>) {
            let _ = (skip(&bytes), line(&bytes), ANY.read(&bytes), ascii(&bytes));
        }
    }
}

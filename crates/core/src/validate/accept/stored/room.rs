//! A short text with room behind it.
//!
//! Many bytes are looked at together where there are so many. Patches end before that, and all of
//! one would be read byte by byte.

/// As many bytes as are looked at together at most.
const ROOM: usize = 32;
/// Longer texts are read where they stand.
const SHORT: usize = 480;

/// A text without the blanks around it, copied to where room follows it if it is short.
#[derive(Debug)]
pub(crate) struct Roomy<'t> {
    /// Zeros where nothing was copied; no reader takes a zero.
    copy: [u8; SHORT + ROOM],
    length: usize,
    long: Option<&'t [u8]>,
}

impl<'t> Roomy<'t> {
    #[inline(always)]
    pub(crate) fn of(text: &'t [u8]) -> Self {
        let text = text.trim_ascii();
        let mut roomy = Roomy { copy: [0; SHORT + ROOM], length: text.len(), long: None };
        match roomy.copy.get_mut(..text.len()).filter(|_| text.len() <= SHORT) {
            Some(copy) => copy.copy_from_slice(text),
            None => roomy.long = Some(text),
        }
        roomy
    }

    /// The text, and the room behind it.
    #[inline(always)]
    pub(super) fn text(&self) -> &[u8] {
        self.long.or(self.copy.get(..self.length + ROOM)).unwrap_or_default()
    }

    /// Whether all of the text was read when this is left.
    #[inline(always)]
    pub(super) const fn ends_before(&self, rest: &[u8]) -> bool {
        rest.len() == if self.long.is_none() { ROOM } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_whole_whether_it_has_room_or_not() {
        for length in [0, 1, 31, SHORT - 1, SHORT, SHORT + 1, SHORT + ROOM, 2000] {
            let text = vec![b'x'; length];
            let blanks = [b" \n", &text[..], b"\t "].concat();
            let roomy = Roomy::of(&blanks);
            assert!(roomy.text().starts_with(&text), "{length}");
            let (read, rest) = roomy.text().split_at(length);
            assert!(
                read == text && roomy.ends_before(rest) && rest.iter().all(|byte| *byte == 0),
                "{length}"
            );
            assert!(!read.last().is_some_and(|_| roomy.ends_before(&roomy.text()[length - 1..])), "{length}");
        }
    }
}

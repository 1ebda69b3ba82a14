//! Keys: compared whole, and found by their first four bytes.

use super::lanes::{Start, Window, window};

/// A key with its quotes and the colon after it, ready to be compared.
#[derive(Debug)]
pub(super) struct Word(Start);

impl Word {
    /// The word of a field; `None` when it is too long to be compared.
    pub(super) fn new(name: &str) -> Option<Self> {
        Start::new(format!("\"{name}\":").as_bytes()).map(Word)
    }

    /// Whether a text starts with the word, as far as can be seen.
    #[inline(always)]
    pub(super) fn starts(&self, text: &Window) -> bool {
        self.0.is(text)
    }

    /// What follows the word in a text that [starts](Word::starts) with it.
    #[inline(always)]
    pub(super) fn strip<'t>(&self, text: &'t [u8]) -> Option<&'t [u8]> {
        text.get(self.0.len()..)
    }
}

/// The first four bytes after the opening quote.
#[inline(always)]
const fn first_of(text: &Window) -> u32 {
    let [_, a, b, c, d, ..] = *text;
    u32::from_le_bytes([a, b, c, d])
}

const SLOTS: usize = 64;
pub(super) const NONE: u8 = u8::MAX;

/// The places of words, found by the first four bytes of a key.
///
/// Of words alike in them the first is named; each names the next like it.
#[derive(Debug)]
pub(super) struct Index {
    seed: u32,
    slots: [u8; SLOTS],
}

impl Index {
    /// An index of keys, and for each of them the next that starts like it, or [`NONE`].
    ///
    /// A key of a single letter is not found, since other text stands in its first four bytes.
    pub(super) fn new(names: &[&str]) -> (Self, Vec<u8>) {
        let first = |name: &&str| first_of(window(format!("\"{name}\":").as_bytes(), &mut Window::default()));
        let firsts: Vec<u32> = names.iter().map(first).collect();
        let after = |at: usize| firsts.iter().skip(at + 1).position(|first| firsts.get(at) == Some(first));
        let next = |at| after(at).map_or(NONE, |further| u8::try_from(at + 1 + further).unwrap_or(NONE));
        (Index::of(&firsts), (0..names.len()).map(next).collect())
    }

    /// Seeds are tried until no two different starts share a slot; if none does,
    /// words without a slot are left to the explaining way.
    fn of(firsts: &[u32]) -> Self {
        let seeds =
            std::iter::successors(Some(0x9E37_79B1u32), |seed| Some(seed.wrapping_mul(0x2C92_77B5) | 1));
        let mut best = Index { seed: 1, slots: [NONE; SLOTS] };
        for seed in seeds.take(10_000) {
            let mut slots = [NONE; SLOTS];
            let mut alone = true;
            for (at, first) in (0u8..NONE).zip(firsts) {
                let Some(place) = slots.get_mut(slot(*first, seed)) else { continue };
                match firsts.get(usize::from(*place)) {
                    None => *place = at,
                    Some(other) => alone &= other == first,
                }
            }
            best = Index { seed, slots };
            if alone {
                break;
            }
        }
        best
    }

    /// The place of the first word that a text may start with, or [`NONE`].
    #[inline(always)]
    pub(super) fn find(&self, text: &Window) -> u8 {
        self.slots.get(slot(first_of(text), self.seed)).copied().unwrap_or(NONE)
    }
}

#[inline(always)]
const fn slot(first: u32, seed: u32) -> usize {
    (first.wrapping_mul(seed) >> 26) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look<T>(text: &str, look: impl Fn(&Window) -> T) -> T {
        look(window(text.as_bytes(), &mut Window::default()))
    }

    /// How many bytes follow the word.
    fn strip(word: &Word, text: &str) -> Option<usize> {
        let starts = look(text, |text| word.starts(text));
        starts.then(|| word.strip(text.as_bytes()))?.map(<[u8]>::len)
    }

    #[test]
    fn words_match_themselves_only() {
        for name in ["id", "firstname", "thirteen_char", "fourteen_chars", "disable_auto_group_change"] {
            let word = Word::new(name).unwrap();
            assert_eq!(strip(&word, &format!("\"{name}\":1,")), Some(2), "{name}");
            for other in [
                format!("\"{name}x\":1"),
                format!("\"{name}\"1"),
                format!(" {name}\":1"),
                format!("\"{name}"),
            ] {
                assert_eq!(strip(&word, &other), None, "{name} in {other}");
            }
        }
    }

    #[test]
    fn words_that_cannot_be_seen_whole_are_none() {
        let name = "a_key_of_more_than_thirty_two_bytes";
        assert!(Word::new(name).is_none() && Word::new(&name[..29]).is_none());
        assert_eq!(strip(&Word::new(&name[..28]).unwrap(), &format!("\"{}\":1", &name[..28])), Some(1));
    }

    #[test]
    fn an_index_names_the_first_of_those_alike() {
        let (index, next) = Index::new(&["region", "id", "region_id", "region_code", "street"]);
        assert_eq!(next, [2, NONE, 3, NONE, NONE]);
        for (key, place) in [("region_code", 0), ("id", 1), ("street", 4)] {
            assert_eq!(look(&format!("\"{key}\":1"), |text| index.find(text)), place, "{key}");
        }
    }
}

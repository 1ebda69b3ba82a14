//! Keys: compared whole, sixteen bytes at a time, and found by their first four bytes.

use super::block::{Block, block};

/// A key with its quotes, the comma before and the colon after it, ready to be compared.
#[derive(Debug)]
pub(super) struct Word {
    start: Masked,
    end: Masked,
    length: usize,
}

/// A block of which only some bytes count.
#[derive(Debug)]
struct Masked {
    bytes: Block,
    mask: Block,
}

impl Masked {
    fn new(text: &[u8]) -> Self {
        let mask = [0xFF; 16];
        Masked { bytes: block(text), mask: block(mask.get(..text.len()).unwrap_or(&mask)) }
    }

    #[inline(always)]
    const fn is(&self, [low, high]: Block) -> bool {
        let ([l, h], [low_mask, high_mask]) = (self.bytes, self.mask);
        (low ^ l) & low_mask | (high ^ h) & high_mask == 0
    }
}

impl Word {
    pub(super) fn new(name: &str) -> Self {
        let text = format!(",\"{name}\":");
        let (start, end) = text.as_bytes().split_at_checked(16).unwrap_or((text.as_bytes(), b""));
        // A word that does not fit must match nothing.
        let length = if text.len() <= 32 { text.len() } else { usize::MAX };
        Word { start: Masked::new(start), end: Masked::new(end), length }
    }

    /// Whether a text whose first block this is starts with the word, as far as the block goes.
    #[inline(always)]
    pub(super) const fn starts(&self, first: Block) -> bool {
        self.start.is(first)
    }

    /// What follows the word in a text that [starts](Word::starts) with it.
    #[inline(always)]
    pub(super) fn strip<'t>(&self, rest: &'t [u8]) -> Option<&'t [u8]> {
        if self.length > 16 && !self.end.is(block(rest.get(16..)?)) {
            return None;
        }
        rest.get(self.length..)
    }

    /// The first four bytes of the key.
    const fn first(&self) -> u32 {
        first_of(self.start.bytes)
    }
}

/// A block with the comma of words in its first place, whatever separates there.
#[inline(always)]
pub(super) const fn after_comma([low, high]: Block) -> Block {
    [low & !0xFF | b',' as u64, high]
}

/// The first four bytes after the comma and the opening quote.
#[inline(always)]
const fn first_of([low, _]: Block) -> u32 {
    (low >> 16) as u32
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
    /// An index of words, and for each of them the next that starts like it, or [`NONE`].
    ///
    /// A word of a single letter is not found, since other text stands in its first four bytes.
    pub(super) fn new(words: &[&Word]) -> (Self, Vec<u8>) {
        let firsts: Vec<u32> = words.iter().map(|word| word.first()).collect();
        let after = |at: usize| firsts.iter().skip(at + 1).position(|first| firsts.get(at) == Some(first));
        let next = |at| after(at).map_or(NONE, |further| u8::try_from(at + 1 + further).unwrap_or(NONE));
        (Index::of(&firsts), (0..words.len()).map(next).collect())
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
    pub(super) fn find(&self, first: Block) -> u8 {
        self.slots.get(slot(first_of(first), self.seed)).copied().unwrap_or(NONE)
    }
}

#[inline(always)]
const fn slot(first: u32, seed: u32) -> usize {
    (first.wrapping_mul(seed) >> 26) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many bytes follow the word.
    fn strip(word: &Word, text: &str) -> Option<usize> {
        let starts = word.starts(block(text.as_bytes()));
        starts.then(|| word.strip(text.as_bytes()))?.map(<[u8]>::len)
    }

    #[test]
    fn words_match_themselves_only() {
        for name in [
            "id",
            "firstname",
            "twelve_chars",
            "thirteen_char",
            "fourteen_chars",
            "disable_auto_group_change",
        ] {
            let word = Word::new(name);
            assert_eq!(strip(&word, &format!(",\"{name}\":1,")), Some(2), "{name}");
            for other in [
                format!(",\"{name}x\":1"),
                format!(",\"{name}\"1"),
                format!("{{\"{name}\":1"),
                format!(",\"{name}"),
            ] {
                assert_eq!(strip(&word, &other), None, "{name} in {other}");
            }
        }
    }

    #[test]
    fn words_beyond_two_blocks_match_nothing() {
        let long = "a_key_of_more_than_thirty_two_bytes";
        assert_eq!(strip(&Word::new(long), &format!(",\"{long}\":1")), None);
    }

    #[test]
    fn an_index_names_the_first_of_those_alike() {
        let words = ["region", "id", "region_id", "region_code", "street"].map(Word::new);
        let (index, next) = Index::new(&words.iter().collect::<Vec<_>>());
        assert_eq!(next, [2, NONE, 3, NONE, NONE]);
        for (key, place) in [("region_code", 0), ("id", 1), ("street", 4)] {
            assert_eq!(index.find(block(format!(",\"{key}\":1").as_bytes())), place, "{key}");
        }
    }
}

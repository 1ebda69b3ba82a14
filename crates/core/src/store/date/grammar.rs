//! Patterns of the elements that a date text is made of.

/// One step of a pattern.
pub(super) enum Part {
    /// A number of so many digits, at least and at most, between two values.
    Number(usize, usize, u32, u32),
    /// Any count of digits, at least one.
    Digits,
    /// One character out of these.
    One(&'static str),
    /// Any count of characters out of these.
    Many(&'static str),
    /// One of these words, in capitals or not.
    Word(&'static [&'static str]),
    /// One of these words, written just so.
    Exact(&'static [&'static str]),
    /// One of these patterns.
    Either(&'static [&'static [Part]]),
    /// This pattern or nothing.
    Maybe(&'static [Part]),
}

/// Places in a text: bit `n` is the place before its byte `n`.
type Places = u128;

/// The longest element that is looked for; none is longer that anybody writes.
const MOST: usize = 127;

/// The length of the longest beginning of the text that the pattern matches.
pub(super) fn longest(pattern: &[Part], text: &[u8]) -> Option<usize> {
    let text = text.get(..MOST).unwrap_or(text);
    ends(pattern, text, 1).checked_ilog2().map(|last| last as usize)
}

/// Every place where the pattern may end, when it may start at these.
fn ends(pattern: &[Part], text: &[u8], starts: Places) -> Places {
    let mut places = starts;
    for part in pattern {
        let (mut left, mut next) = (places, 0);
        while left != 0 {
            let at = left.trailing_zeros() as usize;
            left &= left - 1;
            next |= step(part, text, at);
        }
        places = next;
    }
    places
}

/// The places where the part may end that starts here.
fn step(part: &Part, text: &[u8], at: usize) -> Places {
    let rest = text.get(at..).unwrap_or_default();
    let after = |length: usize| 1 << (at + length);
    match part {
        Part::Number(least, most, from, to) => {
            let digits = run(rest, |byte| byte.is_ascii_digit()).min(*most);
            let fits = |length: &usize| (*from..=*to).contains(&number(rest, *length));
            (*least..=digits).filter(fits).fold(0, |places, length| places | after(length))
        }
        Part::Digits => match run(rest, |byte| byte.is_ascii_digit()) {
            0 => 0,
            digits => after(digits),
        },
        Part::One(set) => rest.first().filter(|byte| set.as_bytes().contains(byte)).map_or(0, |_| after(1)),
        Part::Many(set) => {
            let count = run(rest, |byte| set.as_bytes().contains(byte));
            (0..=count).fold(0, |places, length| places | after(length))
        }
        Part::Word(words) => {
            let begins = |word: &&&str| {
                rest.get(..word.len()).is_some_and(|text| text.eq_ignore_ascii_case(word.as_bytes()))
            };
            words.iter().filter(begins).fold(0, |places, word| places | after(word.len()))
        }
        Part::Exact(words) => {
            let begins = |word: &&&str| rest.starts_with(word.as_bytes());
            words.iter().filter(begins).fold(0, |places, word| places | after(word.len()))
        }
        Part::Either(patterns) => {
            patterns.iter().fold(0, |places, pattern| places | ends(pattern, text, after(0)))
        }
        Part::Maybe(pattern) => after(0) | ends(pattern, text, after(0)),
    }
}

fn run(text: &[u8], takes: impl Fn(&u8) -> bool) -> usize {
    text.iter().take_while(|byte| takes(byte)).count()
}

fn number(text: &[u8], length: usize) -> u32 {
    text.iter().take(length).fold(0, |value, digit| value * 10 + u32::from(digit.wrapping_sub(b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_way_counts() {
        const DAY: Part = Part::Number(1, 2, 0, 31);
        assert_eq!(longest(&[DAY], b"311"), Some(2));
        assert_eq!(longest(&[DAY], b"32"), Some(1));
        assert_eq!(longest(&[DAY, DAY], b"320"), Some(3));
        assert_eq!(longest(&[Part::Many(" "), Part::One(" ")], b"   x"), Some(3));
        assert_eq!(longest(&[Part::Maybe(&[Part::Word(&["t"])]), Part::Digits], b"T12"), Some(3));
        assert_eq!(
            longest(&[Part::Either(&[&[Part::Exact(&["X"])], &[Part::Exact(&["XI"])]])], b"XII"),
            Some(2)
        );
        assert_eq!(longest(&[DAY], b"x"), None);
    }
}

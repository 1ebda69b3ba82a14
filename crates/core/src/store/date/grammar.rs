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

/// The length of the longest beginning of the text that the pattern matches.
pub(super) fn longest(pattern: &[Part], text: &[u8]) -> Option<usize> {
    ends(pattern, text, vec![0]).into_iter().max()
}

/// Every place where the pattern may end, when it may start at these.
fn ends(pattern: &[Part], text: &[u8], starts: Vec<usize>) -> Vec<usize> {
    let mut places = starts;
    for part in pattern {
        if places.is_empty() {
            break;
        }
        let mut next = Vec::new();
        for at in places {
            step(part, text, at, &mut next);
        }
        next.sort_unstable();
        next.dedup();
        places = next;
    }
    places
}

fn step(part: &Part, text: &[u8], at: usize, next: &mut Vec<usize>) {
    let rest = text.get(at..).unwrap_or_default();
    match part {
        Part::Number(least, most, from, to) => {
            let digits = run(rest, |byte| byte.is_ascii_digit()).min(*most);
            next.extend(
                (*least..=digits)
                    .filter(|length| (*from..=*to).contains(&number(rest, *length)))
                    .map(|length| at + length),
            );
        }
        Part::Digits => match run(rest, |byte| byte.is_ascii_digit()) {
            0 => {}
            digits => next.push(at + digits),
        },
        Part::One(set) => {
            next.extend(rest.first().filter(|byte| set.as_bytes().contains(byte)).map(|_| at + 1))
        }
        Part::Many(set) => {
            next.extend((0..=run(rest, |byte| set.as_bytes().contains(byte))).map(|length| at + length))
        }
        Part::Word(words) => {
            let begins = |word: &&&str| {
                rest.get(..word.len()).is_some_and(|text| text.eq_ignore_ascii_case(word.as_bytes()))
            };
            next.extend(words.iter().filter(begins).map(|word| at + word.len()));
        }
        Part::Exact(words) => {
            next.extend(
                words.iter().filter(|word| rest.starts_with(word.as_bytes())).map(|word| at + word.len()),
            );
        }
        Part::Either(patterns) => {
            patterns.iter().for_each(|pattern| next.extend(ends(pattern, text, vec![at])))
        }
        Part::Maybe(pattern) => {
            next.push(at);
            next.extend(ends(pattern, text, vec![at]));
        }
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

//! The forms of a day: numbers in three orders, and months by name.

use super::text::{digits, ends, letters, not_digit};

/// Every form a day may have, in the order they are tried.
pub(super) const FORMS: [fn(&str) -> Found<'_>; 5] = [iso, american, pointed, day_month_name, month_name_day];

/// Year, unless left out, month and day, and the text after them.
pub(super) type Found<'a> = Option<((Option<i64>, i64, i64), &'a str)>;

/// `1990-1-31`, `1990/01/31`, `1990-01`
fn iso(text: &str) -> Found<'_> {
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let (year, rest) = digits(unsigned, 4, 4)?;
    let separator = rest.chars().next().filter(|c| matches!(c, '-' | '/'))?;
    let (month, rest) = digits(rest.get(1..)?, 1, 2).filter(|(month, _)| *month <= 12)?;
    let Some(after) = rest.strip_prefix(separator) else {
        return ends(rest).then_some(((Some(sign * year), month, 1), rest));
    };
    let (day, rest) = digits(after, 1, 2).filter(|(day, _)| *day <= 31)?;
    not_digit(rest).then_some(((Some(sign * year), month, day), rest))
}

/// `1/31/1990`, `1/31/90`, `1/31`
fn american(text: &str) -> Found<'_> {
    let (month, rest) = digits(text, 1, 2).filter(|(month, _)| *month <= 12)?;
    let (day, rest) = digits(rest.strip_prefix('/')?, 1, 2).filter(|(day, _)| *day <= 31)?;
    let Some(after) = rest.strip_prefix('/') else {
        return ends(rest).then_some(((None, month, day), rest));
    };
    let (year, rest) = short_year(after)?;
    Some(((Some(year), month, day), rest))
}

/// `31.1.1990`, `31-1-1990`, `31.1.90`
fn pointed(text: &str) -> Found<'_> {
    let (day, rest) = digits(text, 1, 2).filter(|(day, _)| *day <= 31)?;
    let separator = rest.chars().next().filter(|c| matches!(c, '.' | '-' | '\t'))?;
    let (month, rest) = digits(rest.get(1..)?, 1, 2).filter(|(month, _)| *month <= 12)?;
    let after = rest.strip_prefix(['.', '-', separator])?;
    let (year, rest) = match digits(after, 4, 4) {
        Some(found) => found,
        None if separator == '.' => short_year(after)?,
        None => return None,
    };
    not_digit(rest).then_some(((Some(year), month, day), rest))
}

/// `5 January 1990`, `5-Jan-1990`, `5th of January`
fn day_month_name(text: &str) -> Found<'_> {
    let (day, rest) = digits(text, 1, 2).filter(|(day, _)| *day <= 31)?;
    let rest = without_ordinal(rest).trim_start_matches([' ', '\t', '.', '-']);
    let (month, rest) = month_name(rest)?;
    let year = short_year(rest.trim_start_matches([' ', '\t', '.', ',', '-']));
    Some(match year {
        Some((year, rest)) => ((Some(year), month, day), rest),
        None => ((None, month, day), rest),
    })
}

/// `January 5, 1990`, `Jan-05-1990`, `January 1990`, `January`
fn month_name_day(text: &str) -> Found<'_> {
    let (month, rest) = month_name(text)?;
    let after = rest.trim_start_matches([' ', '\t', '.', '-']);
    if let Some((year, rest)) = digits(after, 4, 4).filter(|(_, rest)| not_digit(rest)) {
        return Some(((Some(year), month, 1), rest));
    }
    let Some((day, rest)) = digits(after, 1, 2).filter(|(day, _)| *day <= 31) else {
        return Some(((None, month, 1), rest));
    };
    let rest = without_ordinal(rest);
    let year = digits(rest.trim_start_matches([' ', '\t', '.', ',', '-']), 4, 4);
    Some(match year.filter(|(_, rest)| !rest.starts_with(':')) {
        Some((year, rest)) => ((Some(year), month, day), rest),
        None => ((None, month, day), rest),
    })
}

fn month_name(text: &str) -> Option<(i64, &str)> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let (name, rest) = letters(text);
    let name = if name == "sept" { "sep" } else { name };
    let at = NAMES.iter().position(|full| *full == name || (name.len() == 3 && full.starts_with(name)))?;
    Some((i64::try_from(at).ok()? + 1, rest))
}

/// A year of one to four digits; two digits mean 1970 to 2069.
fn short_year(text: &str) -> Option<(i64, &str)> {
    let (year, rest) = digits(text, 1, 4).filter(|(_, rest)| not_digit(rest) && !rest.starts_with(':'))?;
    let count = text.len() - rest.len();
    Some(match (count, year) {
        (1 | 2, 0..=69) => (year + 2000, rest),
        (1 | 2, _) => (year + 1900, rest),
        _ => (year, rest),
    })
}

fn without_ordinal(text: &str) -> &str {
    let found = ["st", "nd", "rd", "th"].iter().find_map(|suffix| text.strip_prefix(suffix));
    found.unwrap_or(text)
}

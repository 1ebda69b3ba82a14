//! The grammar of date texts.

use super::NotADate;
use super::forms::FORMS;
use super::text::{digits, ends, letters, starts_with_digit};
use crate::time::Moment;

/// What a text says of a date; what it leaves out comes from the clock.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Parsed {
    date: Option<(i64, i64, i64)>,
    month_day: Option<(i64, i64)>,
    second: Option<i64>,
    months: i64,
    days: i64,
    seconds: i64,
    stamp: Option<i64>,
    weekday: Option<i64>,
    zoned: bool,
}

impl Parsed {
    /// The moment, or nothing when the clock is needed and not known.
    pub(super) fn resolve(&self, now: Option<i64>) -> Option<Moment> {
        if let Some(stamp) = self.stamp {
            return Some(Moment::at(stamp));
        }
        let today = now.map(Moment::at);
        let (year, month, day) = match (self.date, self.month_day) {
            (Some(date), _) => date,
            (None, Some((month, day))) => (today?.date().0, month, day),
            (None, None) => today?.date(),
        };
        let named = self.date.is_some() || self.month_day.is_some() || self.weekday.is_some();
        let second = match self.second {
            Some(second) => second,
            None if named => 0,
            None => today?.second_of_day(),
        };
        let moment = Moment::of(year, month + self.months, day + self.days, second + self.seconds);
        Some(match self.weekday {
            Some(weekday) if self.date.is_none() => {
                let (year, month, day) = moment.date();
                let ahead = (weekday - moment.weekday()).rem_euclid(7);
                Moment::of(year, month, day + ahead, moment.second_of_day())
            }
            _ => moment,
        })
    }
}

/// Reads a text as PHP does, element after element.
pub(super) fn parse(text: &str) -> Result<Parsed, NotADate> {
    let lower = text.to_ascii_lowercase();
    let mut parsed = Parsed::default();
    let mut rest = lower.trim_matches([' ', '\t', '\n', '\r', '\0']);
    while !rest.is_empty() {
        rest = element(rest, &mut parsed).ok_or(NotADate)?;
        rest = rest.trim_start_matches([' ', '\t', ',']);
    }
    Ok(parsed)
}

type Rest<'a> = Option<&'a str>;

fn element<'a>(text: &'a str, parsed: &mut Parsed) -> Rest<'a> {
    stamp(text, parsed)
        .or_else(|| relative(text, parsed))
        .or_else(|| date(text, parsed))
        .or_else(|| time(text, parsed))
        .or_else(|| word(text, parsed))
        .or_else(|| if std::mem::replace(&mut parsed.zoned, true) { None } else { zone(text) })
}

/// `@1234567890`
fn stamp<'a>(text: &'a str, parsed: &mut Parsed) -> Rest<'a> {
    let (number, rest) = signed(text.strip_prefix('@')?)?;
    parsed.stamp = Some(number);
    Some(rest)
}

fn date<'a>(text: &'a str, parsed: &mut Parsed) -> Rest<'a> {
    let (found, rest) = FORMS
        .iter()
        .find_map(|form| form(text))
        .filter(|_| parsed.date.is_none() && parsed.month_day.is_none())?;
    match found {
        (Some(year), month, day) => parsed.date = Some((year, month, day)),
        (None, month, day) => parsed.month_day = Some((month, day)),
    }
    Some(rest.strip_prefix('t').filter(|rest| starts_with_digit(rest)).unwrap_or(rest))
}

/// `13:14`, `13:14:15.5`, `1:14 pm`, `1pm`
fn time<'a>(text: &'a str, parsed: &mut Parsed) -> Rest<'a> {
    let text = text.strip_prefix('t').filter(|rest| starts_with_digit(rest)).unwrap_or(text);
    let (hour, rest) = digits(text, 1, 2).filter(|(hour, _)| *hour <= 24)?;
    let (minute, rest) = match rest.strip_prefix(':') {
        Some(after) => digits(after, 2, 2).filter(|(minute, _)| *minute <= 59)?,
        None => (0, meridian(rest).map(|_| rest)?),
    };
    let (second, rest) = match rest.strip_prefix(':') {
        Some(after) => digits(after, 2, 2).filter(|(second, _)| *second <= 60)?,
        None => (0, rest),
    };
    let rest = rest
        .strip_prefix(['.', ','])
        .map_or(rest, |after| after.trim_start_matches(|c: char| c.is_ascii_digit()));
    let (hour, rest) = match meridian(rest) {
        Some((afternoon, rest)) if (1..=12).contains(&hour) => (hour % 12 + 12 * i64::from(afternoon), rest),
        Some(_) => return None,
        None => (hour, rest),
    };
    if parsed.second.is_some() {
        return None;
    }
    parsed.second = Some(hour * 3600 + minute * 60 + second);
    Some(rest)
}

fn meridian(text: &str) -> Option<(bool, &str)> {
    let text = text.trim_start_matches([' ', '\t']);
    let (afternoon, rest) = match text.strip_prefix('a') {
        Some(rest) => (false, rest),
        None => (true, text.strip_prefix('p')?),
    };
    let rest = rest.strip_prefix('.').unwrap_or(rest).strip_prefix('m')?;
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    ends(rest).then_some((afternoon, rest))
}

/// `+1 day`, `-2 weeks`, `3 days ago`, `next month`, `last year`
fn relative<'a>(text: &'a str, parsed: &mut Parsed) -> Rest<'a> {
    let (amount, rest) = match letters(text) {
        ("next", rest) => (1, rest),
        ("last" | "previous", rest) => (-1, rest),
        ("this", rest) => (0, rest),
        _ => signed(text)?,
    };
    let (unit, rest) = letters(rest.trim_start_matches([' ', '\t']));
    let (amount, rest) = match letters(rest.trim_start_matches([' ', '\t'])) {
        ("ago", after) => (-amount, after),
        _ => (amount, rest),
    };
    match unit.strip_suffix('s').unwrap_or(unit) {
        "year" => parsed.months += 12 * amount,
        "month" => parsed.months += amount,
        "fortnight" => parsed.days += 14 * amount,
        "week" => parsed.days += 7 * amount,
        "day" => parsed.days += amount,
        "hour" => parsed.seconds += 3600 * amount,
        "minute" | "min" => parsed.seconds += 60 * amount,
        "second" | "sec" => parsed.seconds += amount,
        _ => return None,
    }
    Some(rest)
}

fn word<'a>(text: &'a str, parsed: &mut Parsed) -> Rest<'a> {
    const DAYS: [&str; 7] = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
    let (name, rest) = letters(text);
    match name {
        "now" => {}
        "today" | "midnight" => parsed.second = Some(0),
        "noon" => parsed.second = Some(12 * 3600),
        "tomorrow" | "yesterday" => {
            parsed.days += if name == "tomorrow" { 1 } else { -1 };
            parsed.second = Some(0);
        }
        "of" | "at" => {}
        _ => {
            let short = |full: &str| *full == *name || (name.len() == 3 && full.starts_with(name));
            parsed.weekday = Some(i64::try_from(DAYS.iter().position(|full| short(full))?).ok()?);
        }
    }
    Some(rest)
}

/// A time zone; the time is shown in the zone it was written in, so that it changes nothing.
fn zone(text: &str) -> Rest<'_> {
    const NAMED: [&str; 22] = [
        "utc", "gmt", "est", "edt", "cst", "cdt", "mst", "mdt", "pst", "pdt", "cet", "cest", "eet", "eest",
        "wet", "west", "bst", "ist", "msk", "jst", "aest", "akst",
    ];
    if let Some(offset) = text.strip_prefix(['+', '-']) {
        let (_, rest) = digits(offset, 1, 2)?;
        let rest = rest.strip_prefix(':').unwrap_or(rest);
        return Some(digits(rest, 2, 2).map_or(rest, |(_, rest)| rest));
    }
    let (name, rest) = letters(text);
    let military = name.len() == 1 && name != "j";
    (military || NAMED.contains(&name)).then_some(rest)
}

fn signed(text: &str) -> Option<(i64, &str)> {
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let (number, rest) = digits(text.strip_prefix(['+', '-']).unwrap_or(text), 1, 12)?;
    Some((sign * number, rest))
}

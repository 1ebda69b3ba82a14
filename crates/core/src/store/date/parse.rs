//! What a date text says, element after element.

use super::NotADate;
use super::forms::Form;
use super::grammar::longest;
use super::read::Reader;
use super::sieve::candidates;
use super::zone;

/// The longest text that is read; PHP has no limit, and no date needs more.
const MAX_TEXT: usize = 500;

/// What a text says of a date; what it leaves out comes from the clock.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Parsed {
    pub(super) year: Option<i64>,
    pub(super) month: Option<i64>,
    pub(super) day: Option<i64>,
    pub(super) hour: Option<i64>,
    pub(super) minute: Option<i64>,
    pub(super) second: Option<i64>,
    pub(super) has_date: bool,
    /// How often a time was given.
    pub(super) times: u8,
    zones: u8,
    pub(super) relative: Relative,
}

/// What is counted from the date and the time.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Relative {
    pub(super) years: i64,
    pub(super) months: i64,
    pub(super) days: i64,
    pub(super) seconds: i64,
    /// 0 for Sunday to 6, below 0 counting back.
    pub(super) weekday: Option<i64>,
    /// Whether the day itself counts (1), or the whole week (2).
    pub(super) weekday_rule: i64,
    /// The last that was said counts.
    pub(super) special: Option<Special>,
    pub(super) edge: Option<Edge>,
}

/// What is counted in days of one kind only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Special {
    /// So many days of Monday to Friday.
    Weekdays(i64),
    /// The weekday, from the start of the month or from its end.
    OfMonth(Edge),
}

/// A day at the end of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    First,
    Last,
}

/// Reads a text as PHP does: always the longest element there is.
pub(super) fn parse(text: &str) -> Result<Parsed, NotADate> {
    let text = text.trim_matches([' ', '\t', '\n', '\r', '\u{b}', '\u{c}']);
    if text.len() > MAX_TEXT {
        return Err(NotADate);
    }
    // Some elements take the end of the text for a character of theirs.
    let text = [text.as_bytes(), b"\0"].concat();
    let mut rest = text.as_slice();
    let mut parsed = Parsed::default();
    while !rest.is_empty() {
        let mut best = None;
        for (form, pattern) in candidates(rest) {
            let length = longest(pattern, rest).filter(|length| best.is_none_or(|(_, most)| *length > most));
            best = length.map(|length| (form, length)).or(best);
        }
        let (form, length) = best.ok_or(NotADate)?;
        let (element, after) = rest.split_at_checked(length).ok_or(NotADate)?;
        parsed.element(form, Reader::new(element)).ok_or(NotADate)?;
        rest = after;
    }
    Ok(parsed)
}

impl Parsed {
    /// Takes in what an element says; `None` when it contradicts one before it.
    fn element(&mut self, form: Form, mut text: Reader<'_>) -> Option<()> {
        match form {
            Form::Now | Form::Skipped => {}
            Form::Yesterday | Form::Tomorrow => {
                self.forget_time();
                self.relative.days = if form == Form::Tomorrow { 1 } else { -1 };
            }
            Form::Today => self.forget_time(),
            Form::Noon => {
                self.forget_time();
                self.time(12, 0, 0)?;
            }
            Form::Stamp => self.stamp(&mut text)?,
            Form::EdgeOfMonth => {
                self.relative.edge = Some(if text.word() == "last" { Edge::Last } else { Edge::First });
            }
            Form::Quarter => self.quarter(&mut text)?,
            Form::WeekdayOfMonth => self.weekday_of_month(&mut text),
            Form::Time12 => self.time12(&mut text)?,
            Form::Time24 => self.time24(&mut text)?,
            Form::HourMinute => self.hour_minute(&mut text)?,
            Form::HourMinuteSecond => self.time(text.number(2)?, text.number(2)?, text.number(2)?)?,
            Form::Year => self.year = text.number(4),
            Form::Ago => self.turn_round(),
            Form::Weekday => self.weekday(&text.word()),
            Form::TextWeek => self.text_week(&mut text),
            Form::Text => {
                let (amount, rule) = ordinal(&text.word());
                self.count(amount, rule, &mut text, false);
            }
            Form::Count => {
                let amount = text.signed()?;
                self.count(amount, 1, &mut text, true);
            }
            Form::Zone => self.zone(text.rest())?,
            Form::DateTime | Form::LogLine | Form::NameDayTime12 | Form::NameDayTime24 => {
                self.date_and_time(form, &mut text)?;
            }
            _ => self.date(form, &mut text)?,
        }
        Some(())
    }

    fn date(&mut self, form: Form, text: &mut Reader<'_>) -> Option<()> {
        self.open_date()?;
        let (year, month, day) = match form {
            Form::MonthDayYear => {
                let (month, day) = (text.number(2), text.number(2));
                (text.year(4).or(self.year), month, day)
            }
            Form::YearMonthDay => (text.signed_year(4), text.number(2), text.number(2)),
            Form::LongYearMonthDay => (text.signed_year(19), text.number(2), text.number(2)),
            Form::ShortYearMonthDay => (text.year(4), text.number(2), text.number(2)),
            Form::YearMonth => (text.year(4), text.number(2), Some(1)),
            Form::DayMonthYear | Form::DayNameYear => {
                let day = text.number(2);
                text.pass_ordinal();
                let month = if form == Form::DayMonthYear { text.number(2) } else { Some(text.month()) };
                (text.year(4), month, day)
            }
            Form::NameYear => {
                let month = text.month();
                (text.year(4), Some(month), Some(1))
            }
            Form::YearName => (text.year(4), Some(text.month()), Some(1)),
            Form::NameDay => {
                let (month, day) = (text.month(), text.number(2));
                (text.year(4), Some(month), day)
            }
            Form::YearNameDay => (text.year(4), Some(text.month()), text.number(2)),
            Form::DayName => {
                let day = text.number(2);
                text.pass_ordinal();
                (self.year, Some(text.month()), day)
            }
            Form::DayOfYear => (text.year(4), Some(1), text.number(3)),
            Form::WeekDay | Form::Week => {
                let (year, week) = (text.number(4)?, text.number(2)?);
                let day = if form == Form::Week { 1 } else { text.number(1)? };
                self.relative.days = super::resolve::day_of_week_number(year, week, day);
                (Some(year), Some(1), Some(1))
            }
            _ => (self.year, Some(text.month()), self.day),
        };
        (self.year, self.month, self.day) = (year, month, day);
        Some(())
    }

    fn date_and_time(&mut self, form: Form, text: &mut Reader<'_>) -> Option<()> {
        self.open_date()?;
        match form {
            Form::DateTime => {
                (self.year, self.month, self.day) = (text.number(4), text.number(2), text.number(2));
            }
            Form::LogLine => {
                (self.day, self.month, self.year) = (text.number(2), Some(text.month()), text.number(4));
            }
            _ => (self.month, self.day) = (Some(text.month()), text.number(2)),
        }
        match form {
            Form::NameDayTime12 => self.time12(text),
            Form::NameDayTime24 => self.time24(text),
            _ => self.time(text.number(2)?, text.number(2)?, text.number(2)?),
        }
    }

    fn time12(&mut self, text: &mut Reader<'_>) -> Option<()> {
        let hour = text.number(2)?;
        let minute = if text.is_next(b":.") { text.number(2)? } else { 0 };
        let second = if text.is_next(b":.") { text.number(2)? } else { 0 };
        self.time(hour + text.meridian(hour), minute, second)
    }

    fn time24(&mut self, text: &mut Reader<'_>) -> Option<()> {
        let hour = text.number(2)?;
        let minute = text.number(2).unwrap_or(0);
        let second = if text.is_next(b":.") { text.number(2)? } else { 0 };
        if text.is_next(b".") {
            text.number(usize::MAX);
        }
        let zone = text.rest();
        if !zone.is_empty() && !zone::is_known(zone) {
            return None;
        }
        self.time(hour, minute, second)
    }

    /// Four digits: a time, and the year when there is a time already.
    fn hour_minute(&mut self, text: &mut Reader<'_>) -> Option<()> {
        match self.times {
            0 => self.time(text.number(2)?, text.number(2)?, 0),
            1 => {
                self.year = text.number(4);
                self.times += 1;
                Some(())
            }
            _ => None,
        }
    }

    fn quarter(&mut self, text: &mut Reader<'_>) -> Option<()> {
        self.forget_time();
        let back = text.word() == "back";
        let hour = text.number(2)?;
        let (hour, minute) = if back { (hour, 15) } else { (hour - 1, 45) };
        self.time(hour + text.meridian(hour), minute, 0)
    }

    fn stamp(&mut self, text: &mut Reader<'_>) -> Option<()> {
        self.has_date = false;
        (self.year, self.month, self.day) = (Some(0), Some(0), Some(0));
        self.forget_time();
        self.open_zone()?;
        if self.zones == 1 {
            (self.year, self.month, self.day) = (Some(1970), Some(1), Some(1));
            self.relative.seconds += text.signed()?;
        }
        Some(())
    }

    fn time(&mut self, hour: i64, minute: i64, second: i64) -> Option<()> {
        (self.hour, self.minute, self.second) = (Some(hour), Some(minute), Some(second));
        let first = self.times == 0;
        self.times += 1;
        first.then_some(())
    }

    fn forget_time(&mut self) {
        self.times = 0;
        (self.hour, self.minute, self.second) = (Some(0), Some(0), Some(0));
    }

    fn open_date(&mut self) -> Option<()> {
        (!std::mem::replace(&mut self.has_date, true)).then_some(())
    }

    fn zone(&mut self, text: &[u8]) -> Option<()> {
        self.open_zone()?;
        // PHP passes over a second zone without looking at it.
        (self.zones > 1 || zone::is_known(text)).then_some(())
    }

    fn open_zone(&mut self) -> Option<()> {
        self.zones += 1;
        (self.zones <= 2).then_some(())
    }

    fn weekday_of_month(&mut self, text: &mut Reader<'_>) {
        let (amount, rule) = ordinal(&text.word());
        let edge = if amount > 0 { Edge::First } else { Edge::Last };
        self.relative.special = Some(Special::OfMonth(edge));
        self.count(amount, if amount > 0 { 1 } else { rule }, text, false);
    }

    fn text_week(&mut self, text: &mut Reader<'_>) {
        let (amount, _) = ordinal(&text.word());
        self.relative.days += 7 * amount;
        self.relative.weekday_rule = 2;
        self.relative.weekday.get_or_insert(1);
    }

    fn weekday(&mut self, name: &str) {
        self.forget_time();
        self.relative.weekday = Some(weekday_number(name).unwrap_or(1));
        if self.relative.weekday_rule != 2 {
            self.relative.weekday_rule = 1;
        }
    }

    fn count(&mut self, amount: i64, rule: i64, text: &mut Reader<'_>, keeps_time: bool) {
        let unit = text.word();
        let relative = &mut self.relative;
        if let Some(weekday) = weekday_number(&unit) {
            relative.days += 7 * if amount > 0 { amount - 1 } else { amount };
            (relative.weekday, relative.weekday_rule) = (Some(weekday), rule);
        } else if matches!(unit.as_str(), "weekday" | "weekdays") {
            relative.special = Some(Special::Weekdays(amount));
        } else {
            return self.count_time(amount, &unit);
        }
        if !keeps_time {
            self.forget_time();
        }
    }

    fn count_time(&mut self, amount: i64, unit: &str) {
        let relative = &mut self.relative;
        match unit.strip_suffix('s').unwrap_or(unit) {
            "sec" | "second" => relative.seconds += amount,
            "min" | "minute" => relative.seconds += 60 * amount,
            "hour" => relative.seconds += 3600 * amount,
            "day" => relative.days += amount,
            "week" => relative.days += 7 * amount,
            "fortnight" | "forthnight" => relative.days += 14 * amount,
            "month" => relative.months += amount,
            "year" => relative.years += amount,
            _ => {}
        }
    }

    fn turn_round(&mut self) {
        let relative = &mut self.relative;
        for part in [&mut relative.years, &mut relative.months, &mut relative.days, &mut relative.seconds] {
            *part = -*part;
        }
        relative.weekday = relative.weekday.map(|weekday| if weekday == 0 { -7 } else { -weekday });
        if let Some(Special::Weekdays(amount)) = &mut relative.special {
            *amount = -*amount;
        }
    }
}

fn weekday_number(name: &str) -> Option<i64> {
    const DAYS: [&str; 7] = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
    let fits = |full: &&str| {
        name.len() == 3 && full.starts_with(name) || name == *full || name.strip_suffix('s') == Some(*full)
    };
    DAYS.iter().position(fits).and_then(|at| i64::try_from(at).ok())
}

/// The number a word stands for, and whether the day itself counts when a weekday is looked for.
fn ordinal(word: &str) -> (i64, i64) {
    const WORDS: [&str; 12] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
        "eleventh", "twelfth",
    ];
    match word {
        "next" => (1, 0),
        "last" | "previous" => (-1, 0),
        "this" => (0, 1),
        "eight" => (8, 0),
        _ => (
            WORDS
                .iter()
                .position(|known| *known == word)
                .and_then(|at| i64::try_from(at).ok())
                .map_or(0, |at| at + 1),
            0,
        ),
    }
}

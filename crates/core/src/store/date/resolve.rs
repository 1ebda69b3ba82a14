//! From what a text says to a moment.

use super::parse::{Edge, Parsed, Special};
use crate::time::Moment;

impl Parsed {
    /// The moment, or nothing when the clock is needed and not known.
    ///
    /// Source: `ext/date/lib/tm2unixtime.c` of PHP 8.2.
    pub(super) fn resolve(mut self, now: Option<i64>) -> Option<Moment> {
        self.fill(now)?;
        let mut day = Day { year: self.year?, month: self.month?, day: self.day? };
        let second = self.hour? * 3600 + self.minute? * 60 + self.second?;
        if let Some(Special::OfMonth(edge)) = self.relative.special {
            day.day = 1;
            day.month += self.relative.months + i64::from(edge == Edge::Last);
            self.relative.months = 0;
        }
        day.go_to_edge(self.relative.edge);
        let carried = Moment::of(day.year, day.month, day.day, second);
        day = Day::of(carried);
        if let Some(weekday) = self.relative.weekday {
            day.go_to_weekday(weekday, self.relative.weekday_rule, self.relative.days);
        }
        day = day.normal();
        day.year += self.relative.years;
        day.month += self.relative.months;
        day.day += self.relative.days;
        day.go_to_edge(self.relative.edge);
        day = day.normal();
        if let Some(Special::Weekdays(count)) = self.relative.special {
            day.add_weekdays(count);
        }
        let second = carried.second_of_day() + self.relative.seconds;
        Some(Moment::of(day.year, day.month, day.day, second))
    }

    /// Takes from the clock what was not said.
    fn fill(&mut self, now: Option<i64>) -> Option<()> {
        if self.has_date && self.times == 0 {
            (self.hour, self.minute, self.second) = (Some(0), Some(0), Some(0));
        }
        let said = [self.year, self.month, self.day, self.hour, self.minute, self.second];
        if said.iter().all(Option::is_some) {
            return Some(());
        }
        let now = Moment::at(now?);
        let (today, second) = (Day::of(now), now.second_of_day());
        self.year.get_or_insert(today.year);
        self.month.get_or_insert(today.month);
        self.day.get_or_insert(today.day);
        self.hour.get_or_insert(second / 3600);
        self.minute.get_or_insert(second / 60 % 60);
        self.second.get_or_insert(second % 60);
        Some(())
    }
}

/// A day whose parts may run over.
#[derive(Debug, Clone, Copy)]
struct Day {
    year: i64,
    month: i64,
    day: i64,
}

impl Day {
    fn of(moment: Moment) -> Self {
        let (year, month, day) = moment.date();
        Day { year, month, day }
    }

    fn moment(self) -> Moment {
        Moment::of(self.year, self.month, self.day, 0)
    }

    fn normal(self) -> Self {
        Day::of(self.moment())
    }

    fn go_to_edge(&mut self, edge: Option<Edge>) {
        match edge {
            Some(Edge::First) => self.day = 1,
            Some(Edge::Last) => (self.month, self.day) = (self.month + 1, 0),
            None => {}
        }
    }

    fn go_to_weekday(&mut self, weekday: i64, rule: i64, days: i64) {
        let current = self.moment().weekday();
        if rule == 2 {
            let weekday = match (weekday, current) {
                (0, 1..) => 7,
                (0, _) => 0,
                (_, 0) => weekday - 7,
                _ => weekday,
            };
            self.day += weekday - current;
            return;
        }
        if weekday < 0 {
            self.day -= 7 - (-weekday - current);
            return;
        }
        let ahead = weekday - current;
        let passed = if days < 0 { ahead < 0 } else { ahead <= -rule };
        self.day += if passed { ahead + 7 } else { ahead };
    }

    /// Goes on by so many days of Monday to Friday.
    fn add_weekdays(&mut self, count: i64) {
        let current = self.moment().weekday();
        let rest = count % 5;
        self.day += count / 5 * 7 + rest;
        self.day += match (count > 0, rest, current) {
            (true, 0, 0) => -2,
            (true, 0, 6) => -1,
            (true, 0, _) => 0,
            (true, _, 6) => 1,
            (true, _, _) if current + rest > 5 => 2,
            (false, 0, 6) => 2,
            (false, 0, 0) => 1,
            (false, 0, _) => 0,
            (false, _, 0) => -1,
            (false, _, _) if current + rest < 1 => -2,
            _ => 0,
        };
    }
}

/// How many days after 1 January a day of a week of the year is (ISO 8601; day 1 is a Monday).
pub(super) fn day_of_week_number(year: i64, week: i64, day: i64) -> i64 {
    let first = Moment::of(year, 1, 1, 0).weekday();
    let before = if first > 4 { first - 7 } else { first };
    (week - 1) * 7 + day - before
}

//! The elements PHP knows in a date text, in the order in which equally long ones are preferred.

use super::grammar::Part::{self, Digits, Either, Exact, Many, Maybe, Number, One, Word};

/// What an element says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Yesterday,
    Now,
    Noon,
    Today,
    Tomorrow,
    /// `@1234567890`
    Stamp,
    EdgeOfMonth,
    /// `back of 7pm`
    Quarter,
    /// `first monday of`
    WeekdayOfMonth,
    /// `1:14 pm`
    Time12,
    Time24,
    /// `1314`: a time, or the year when there is a time already.
    HourMinute,
    HourMinuteSecond,
    /// `1/31/1990`
    MonthDayYear,
    YearMonthDay,
    /// `90-01-31`: short years are of 1970 to 2069.
    ShortYearMonthDay,
    /// `+10000-01-31`
    LongYearMonthDay,
    YearMonth,
    /// `31.1.1990`
    DayMonthYear,
    /// `31 January 1990`
    DayNameYear,
    NameYear,
    YearName,
    /// `January 31, 1990`, `January 31`
    NameDay,
    /// `31 January`
    DayName,
    /// Date and time in one.
    DateTime,
    DayOfYear,
    WeekDay,
    Week,
    YearNameDay,
    /// `10/Oct/2000:13:55:36 -0700`
    LogLine,
    Year,
    Ago,
    Weekday,
    /// `next week`
    TextWeek,
    /// `third day`
    Text,
    MonthName,
    Zone,
    /// `Jan 31 1:14 pm`
    NameDayTime12,
    NameDayTime24,
    /// `+1 day`
    Count,
    Skipped,
}

const SPACE: Part = Either(&[&[One(" \t"), Many(" \t")]]);
const GAP: Part = Many(" .\t-");
const COLON: Part = One(":.");
const FRACTION: Part = Either(&[&[One("."), Digits]]);
const HOUR: Part = Number(1, 2, 0, 24);
const HOUR2: Part = Number(2, 2, 0, 24);
const HOUR12: Part = Number(1, 2, 1, 12);
const MINUTE: Part = Number(1, 2, 0, 59);
const MINUTE2: Part = Number(2, 2, 0, 59);
const SECOND: Part = Number(1, 2, 0, 60);
const SECOND2: Part = Number(2, 2, 0, 60);
const MERIDIAN: Part =
    Either(&[&[One("AaPp"), Maybe(&[One(".")]), One("Mm"), Maybe(&[One(".")]), One("\0\t ")]]);
const MONTH: Part = Number(1, 2, 0, 12);
const MONTH2: Part = Number(2, 2, 0, 12);
const DAY: Part = Either(&[&[Number(1, 2, 0, 31), Maybe(&[Exact(&["st", "nd", "rd", "th"])])]]);
const DAY2: Part = Number(2, 2, 0, 31);
const YEAR: Part = Number(1, 4, 0, 9999);
const YEAR2: Part = Number(2, 2, 0, 99);
const YEAR4: Part = Number(4, 4, 0, 9999);
const WEEK: Part = Number(2, 2, 1, 53);
const DASH: Part = One("-");
const SLASH: Part = One("/");
const PERHAPS_T: Part = Maybe(&[Word(&["t"])]);
const OFFSET: Part = Either(&[&[
    Maybe(&[Exact(&["GMT"])]),
    One("+-"),
    Either(&[
        &[HOUR, Maybe(&[Maybe(&[One(":")]), MINUTE])],
        &[HOUR2, MINUTE2, SECOND2],
        &[HOUR2, One(":"), MINUTE2, One(":"), SECOND2],
    ]),
]]);
const LETTER: Part = One("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
const MAYBE_LETTER: Part = Maybe(&[LETTER]);
const LETTERS: Part = Many("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
const SMALL: &str = "abcdefghijklmnopqrstuvwxyz";
const CAPITALS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const AREA: Part = Either(&[&[One("_/-"), LETTER, LETTERS]]);
const ZONE: Part = Either(&[
    &[
        Maybe(&[One("(")]),
        LETTER,
        MAYBE_LETTER,
        MAYBE_LETTER,
        MAYBE_LETTER,
        MAYBE_LETTER,
        MAYBE_LETTER,
        Maybe(&[One(")")]),
    ],
    &[One(CAPITALS), One(SMALL), Many(SMALL), AREA, Maybe(&[AREA]), Maybe(&[AREA]), Maybe(&[AREA])],
]);
const MONTH_WORDS: Part = Word(&[
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
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
]);
const SHORT_MONTH: Part =
    Word(&["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"]);
const MONTH_TEXT: Part = Either(&[
    &[MONTH_WORDS],
    &[Exact(&["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"])],
]);
const WEEKDAY: Part = Word(&[
    "sunday",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sun",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
]);
const DAY_TEXT: Part = Either(&[
    &[WEEKDAY],
    &[Word(&["sundays", "mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays"])],
    &[Word(&["weekday", "weekdays"])],
]);
const ORDINAL: Part = Word(&[
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eight", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
]);
const NEXT: Part = Word(&["next", "last", "previous", "this"]);
const UNIT: Part = Either(&[
    &[
        Word(&[
            "msec",
            "millisecond",
            "microsecond",
            "usec",
            "sec",
            "second",
            "min",
            "minute",
            "hour",
            "day",
            "fortnight",
            "forthnight",
            "month",
            "year",
        ]),
        Maybe(&[Word(&["s"])]),
    ],
    &[Word(&["ms", "weeks"])],
    &[DAY_TEXT],
]);
const NAME_DAY: Part =
    Either(&[&[MONTH_TEXT, GAP, DAY, Either(&[&[One(",.stndrh\t "), Many(",.stndrh\t ")], &[One("\0")]])]]);
const TIME: Part = Either(&[&[PERHAPS_T, HOUR, COLON, MINUTE, COLON, SECOND]]);
const ZONED_TIME: Part = Either(&[&[
    PERHAPS_T,
    HOUR,
    COLON,
    MINUTE,
    COLON,
    SECOND2,
    Maybe(&[SPACE]),
    Either(&[&[OFFSET], &[ZONE]]),
]]);
const LONG_TIME: Part = Either(&[&[HOUR2, One(":"), MINUTE2, One(":"), SECOND2]]);

/// The forms and their patterns.
///
/// Source: `ext/date/lib/parse_date.re` of PHP 8.2.
pub(super) const FORMS: &[(Form, &[Part])] = &[
    (Form::Yesterday, &[Word(&["yesterday"])]),
    (Form::Now, &[Word(&["now"])]),
    (Form::Noon, &[Word(&["noon"])]),
    (Form::Today, &[Word(&["midnight", "today"])]),
    (Form::Tomorrow, &[Word(&["tomorrow"])]),
    (Form::Stamp, &[One("@"), Maybe(&[DASH]), Digits, Maybe(&[One("."), Many("0123456789")])]),
    (Form::EdgeOfMonth, &[Word(&["first day of", "last day of"])]),
    (Form::Quarter, &[Word(&["back of ", "front of "]), HOUR, Maybe(&[Maybe(&[SPACE]), MERIDIAN])]),
    (Form::WeekdayOfMonth, &[Either(&[&[ORDINAL], &[NEXT]]), SPACE, WEEKDAY, SPACE, Word(&["of"])]),
    (Form::Time12, &[HOUR12, Maybe(&[SPACE]), MERIDIAN]),
    (Form::Time12, &[HOUR12, COLON, MINUTE2, Maybe(&[SPACE]), MERIDIAN]),
    (Form::Time12, &[HOUR12, COLON, MINUTE, COLON, SECOND2, Maybe(&[SPACE]), MERIDIAN]),
    (Form::Time12, &[HOUR12, One(":"), MINUTE2, One(":"), SECOND2, COLON, Digits, MERIDIAN]),
    (Form::Time24, &[Word(&["t"]), HOUR]),
    (Form::Time24, &[PERHAPS_T, HOUR, COLON, MINUTE]),
    (Form::Time24, &[TIME, Maybe(&[FRACTION])]),
    (Form::HourMinute, &[PERHAPS_T, HOUR2, MINUTE2]),
    (Form::HourMinuteSecond, &[PERHAPS_T, HOUR2, MINUTE2, SECOND2]),
    (Form::MonthDayYear, &[MONTH, SLASH, DAY, Maybe(&[SLASH, YEAR])]),
    (Form::YearMonthDay, &[Maybe(&[One("+-")]), YEAR4, DASH, MONTH2, DASH, DAY2]),
    (Form::YearMonthDay, &[YEAR4, SLASH, MONTH2, SLASH, DAY2, Maybe(&[SLASH])]),
    (Form::YearMonthDay, &[YEAR4, SLASH, MONTH, SLASH, DAY]),
    (Form::ShortYearMonthDay, &[YEAR2, DASH, MONTH2, DASH, DAY2]),
    (Form::LongYearMonthDay, &[One("+-"), YEAR4, Digits, DASH, MONTH2, DASH, DAY2]),
    (Form::YearMonth, &[YEAR4, DASH, MONTH]),
    (Form::ShortYearMonthDay, &[YEAR, DASH, MONTH, DASH, DAY]),
    (Form::DayNameYear, &[DAY, GAP, MONTH_TEXT, GAP, YEAR]),
    (Form::DayMonthYear, &[DAY, One(".\t-"), MONTH, One(".-"), YEAR4]),
    (Form::DayMonthYear, &[DAY, One(".\t"), MONTH, One("."), YEAR2]),
    (Form::NameYear, &[MONTH_TEXT, GAP, YEAR4]),
    (Form::YearName, &[YEAR4, GAP, MONTH_TEXT]),
    (Form::NameDay, &[MONTH_TEXT, GAP, DAY, One(",.stndrh\t "), Many(",.stndrh\t "), YEAR]),
    (Form::NameDay, &[NAME_DAY]),
    (Form::DayName, &[DAY, GAP, MONTH_TEXT]),
    (Form::YearMonthDay, &[YEAR4, MONTH2, DAY2]),
    (Form::DateTime, &[YEAR4, MONTH2, DAY2, Exact(&["T"]), HOUR, One(":"), MINUTE2, One(":"), SECOND2]),
    (Form::DateTime, &[YEAR4, MONTH2, DAY2, Word(&["t"]), HOUR, MINUTE2, SECOND2]),
    (
        Form::DateTime,
        &[YEAR4, DASH, MONTH2, DASH, DAY2, Exact(&["T"]), LONG_TIME, FRACTION, Maybe(&[OFFSET])],
    ),
    (
        Form::DateTime,
        &[YEAR4, DASH, MONTH, DASH, DAY, Exact(&["T"]), HOUR, One(":"), MINUTE, One(":"), SECOND],
    ),
    (Form::DateTime, &[YEAR4, One(":"), MONTH2, One(":"), DAY2, One(" "), LONG_TIME]),
    (Form::DayOfYear, &[YEAR4, Maybe(&[One(".-")]), Number(3, 3, 1, 366)]),
    (Form::WeekDay, &[YEAR4, Maybe(&[DASH]), Exact(&["W"]), WEEK, Maybe(&[DASH]), One("01234567")]),
    (Form::Week, &[YEAR4, Maybe(&[DASH]), Exact(&["W"]), WEEK]),
    (Form::NameDay, &[SHORT_MONTH, DASH, DAY2, DASH, YEAR]),
    (Form::YearNameDay, &[YEAR, DASH, SHORT_MONTH, DASH, DAY2]),
    (Form::LogLine, &[DAY, SLASH, SHORT_MONTH, SLASH, YEAR4, One(":"), LONG_TIME, SPACE, OFFSET]),
    (Form::Year, &[YEAR4]),
    (Form::Ago, &[Word(&["ago"])]),
    (Form::Weekday, &[DAY_TEXT]),
    (Form::TextWeek, &[NEXT, SPACE, Word(&["week"])]),
    (Form::Text, &[Either(&[&[ORDINAL], &[NEXT]]), SPACE, UNIT]),
    (Form::MonthName, &[MONTH_WORDS]),
    (Form::Zone, &[Either(&[&[OFFSET], &[ZONE]])]),
    (Form::NameDayTime12, &[NAME_DAY, HOUR12, COLON, MINUTE2, Maybe(&[SPACE]), MERIDIAN]),
    (Form::NameDayTime12, &[NAME_DAY, HOUR12, COLON, MINUTE, COLON, SECOND2, Maybe(&[SPACE]), MERIDIAN]),
    (Form::NameDayTime24, &[NAME_DAY, PERHAPS_T, HOUR, COLON, MINUTE]),
    (Form::NameDayTime24, &[NAME_DAY, TIME]),
    (Form::NameDayTime24, &[NAME_DAY, ZONED_TIME]),
    (
        Form::Count,
        &[Many("+-"), Many(" \t"), Digits, Maybe(&[SPACE]), Either(&[&[UNIT], &[Word(&["week"])]])],
    ),
    (Form::Skipped, &[One(" .,\t\0\n")]),
];

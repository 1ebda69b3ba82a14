//! One filter, ready to be held against values.

use std::cmp::Ordering;

use super::column::{Column, Kind};
use super::ids::Ids;
use super::moment::Moment;
use super::regexp::Pattern;
use crate::double;
use crate::search::collation::{self, storable};
use crate::search::{Condition, Filter};

use super::EvaluateError;

/// What the value of a column is held against.
#[derive(Debug)]
enum Test {
    Null,
    NotNull,
    /// In the given relation to the operand.
    Ordered(fn(Ordering) -> bool, Operand),
    OneOf(Vec<Operand>),
    NoneOf(Vec<Operand>),
    Like(collation::Pattern),
    NotLike(collation::Pattern),
    InSet(String),
    NotInSet(String),
    Matches(Pattern),
    /// As an IPv4 address, like the pattern.
    Address(collation::Pattern),
}

/// The right side of a comparison, read once in every way it may be compared.
#[derive(Debug)]
struct Operand {
    text: String,
    number: f64,
    moment: Moment,
}

impl Operand {
    fn new(text: &str) -> Self {
        Operand { text: text.to_owned(), number: number_prefix(text), moment: Moment::read(text) }
    }
}

/// A filter on a known column.
#[derive(Debug)]
pub(super) struct Comparison {
    pub(super) column: Column,
    test: Test,
}

impl Comparison {
    /// What the store's SQL compares. `is`, which it cannot run, is seen to elsewhere.
    pub(super) fn new(column: Column, filter: &Filter) -> Result<Self, EvaluateError> {
        let sent = filter.value.as_deref().unwrap_or_default().replace('\0', "");
        if sent.contains("{{fieldName}}") {
            return Err(EvaluateError::Unsupported("{{fieldName}} in a value, which the store fills in"));
        }
        let value = storable(&sent).into_owned();
        let list = || value.split(',').map(Operand::new).collect();
        let ordered = |relation| Test::Ordered(relation, Operand::new(&value));
        let test = match &filter.condition {
            Condition::Null => Test::Null,
            Condition::Notnull => Test::NotNull,
            Condition::Seq if value.is_empty() => Test::Null,
            Condition::Sneq if value.is_empty() => Test::NotNull,
            Condition::Eq | Condition::Seq | Condition::Is => ordered(Ordering::is_eq),
            Condition::Neq | Condition::Sneq => ordered(Ordering::is_ne),
            Condition::Gt => ordered(Ordering::is_gt),
            Condition::Lt => ordered(Ordering::is_lt),
            Condition::Gteq | Condition::From => ordered(Ordering::is_ge),
            Condition::Lteq | Condition::To => ordered(Ordering::is_le),
            Condition::In => Test::OneOf(list()),
            Condition::Nin => Test::NoneOf(list()),
            Condition::Like => Test::Like(collation::Pattern::new(&value)),
            Condition::Nlike => Test::NotLike(collation::Pattern::new(&value)),
            Condition::Finset => Test::InSet(value),
            Condition::Nfinset => Test::NotInSet(value),
            Condition::Regexp => Test::Matches(Pattern::new(&value)?),
            Condition::Ntoa => Test::Address(collation::Pattern::new(&value)),
            // The store compares with every entry of its filter, and one of them is the field's name.
            Condition::Unknown(_) => Test::OneOf(vec![Operand::new(&column.name), Operand::new(&value)]),
        };
        Ok(Comparison { column, test })
    }

    /// The ids of the customers who pass, when that is all the filter asks.
    pub(super) fn ids(&self) -> Option<Ids> {
        if !self.column.is_id() {
            return None;
        }
        match &self.test {
            Test::Ordered(relation, operand) => Ids::related(*relation, operand.number),
            Test::OneOf(operands) => Ids::listed(operands.iter().map(|operand| operand.number)),
            _ => None,
        }
    }

    /// Whether the value passes; without a value (SQL's NULL) only `null` does.
    pub(super) fn holds(&self, value: Option<&str>) -> Result<bool, EvaluateError> {
        let Some(value) = value else { return Ok(matches!(self.test, Test::Null)) };
        let kind = self.column.kind;
        Ok(match &self.test {
            Test::Null => false,
            Test::NotNull => true,
            Test::Ordered(relation, operand) => relation(order(kind, value, operand)),
            Test::OneOf(operands) => operands.iter().any(|operand| order(kind, value, operand).is_eq()),
            Test::NoneOf(operands) => operands.iter().all(|operand| order(kind, value, operand).is_ne()),
            Test::Like(pattern) => pattern.matches(value),
            Test::NotLike(pattern) => !pattern.matches(value),
            Test::InSet(item) => in_set(item, value),
            Test::NotInSet(item) => !in_set(item, value),
            Test::Matches(pattern) => pattern.matches(value)?,
            Test::Address(pattern) => address(kind, value).is_some_and(|address| pattern.matches(&address)),
        })
    }
}

fn order(kind: Kind, value: &str, operand: &Operand) -> Ordering {
    match kind {
        Kind::Integer | Kind::Decimal => number_prefix(value).total_cmp(&operand.number),
        Kind::Moment | Kind::Day => Moment::read(value).cmp(&operand.moment),
        Kind::Text => collation::compare(value, &operand.text),
    }
}

/// The number a text begins with, 0 when with none: `12abc` is 12, ` 1e2` is 100.
pub(super) fn number_prefix(text: &str) -> f64 {
    let text = text.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '\u{b}');
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let whole = digits(unsigned);
    let after = unsigned.get(whole..).unwrap_or_default();
    let fraction = after.strip_prefix('.').map_or(0, |rest| 1 + digits(rest));
    let mut length = text.len() - unsigned.len() + whole + fraction;
    if let Some(exponent) = text.get(length..).and_then(|rest| rest.strip_prefix(['e', 'E'])) {
        let bare = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        if digits(bare) > 0 {
            length += 1 + exponent.len() - bare.len() + digits(bare);
        }
    }
    // Adding 0 makes of -0 a 0, which compares equal to it.
    text.get(..length).and_then(double::parse).unwrap_or(0.0) + 0.0
}

/// FIND_IN_SET: an item longer in bytes than the whole list is not looked for.
fn in_set(item: &str, list: &str) -> bool {
    item.len() <= list.len() && !list.is_empty() && list.split(',').any(|found| collation::same(found, item))
}

/// INET_NTOA of the column: the whole part of its number as four bytes.
fn address(kind: Kind, value: &str) -> Option<String> {
    let number = match kind {
        Kind::Moment | Kind::Day => {
            double::parse(&value.chars().filter(char::is_ascii_digit).collect::<String>())?
        }
        _ => number_prefix(value).round(),
    };
    (0.0..=f64::from(u32::MAX)).contains(&number).then(|| std::net::Ipv4Addr::from(number as u32).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Profile;

    fn holds(field: &str, condition: Condition, value: &str, stored: Option<&str>) -> bool {
        let column = Column::named(field, &Profile::stock()).unwrap();
        Comparison::new(column, &Filter::new(field, condition, value)).unwrap().holds(stored).unwrap()
    }

    #[test]
    fn numbers_are_read_from_the_front() {
        for (text, number) in [
            ("12abc", 12.0),
            (" -1.5e1x", -15.0),
            ("1e", 1.0),
            (".5", 0.5),
            ("5.", 5.0),
            ("x", 0.0),
            ("", 0.0),
            ("inf", 0.0),
        ] {
            assert_eq!(number_prefix(text), number, "{text}");
        }
        assert!(holds("entity_id", Condition::Eq, "12abc", Some("12")));
        assert!(holds("entity_id", Condition::In, "1, 2", Some("2")));
    }

    #[test]
    fn no_value_passes_null_only() {
        for condition in [Condition::Eq, Condition::Neq, Condition::Nlike, Condition::Nin, Condition::Notnull]
        {
            assert!(!holds("taxvat", condition, "x", None));
        }
        assert!(holds("taxvat", Condition::Seq, "", None));
    }

    #[test]
    fn an_unknown_condition_also_compares_with_the_name() {
        assert!(holds("gender", Condition::named("moreq"), "1", Some("0")));
        assert!(holds("firstname", Condition::named("moreq"), "x", Some("FirstName")));
    }

    #[test]
    fn sets_and_addresses() {
        assert!(holds("taxvat", Condition::Finset, "b", Some("a,B,c")));
        assert!(!holds("taxvat", Condition::Finset, "Zoë", Some("Zoe")));
        assert!(!holds("taxvat", Condition::Finset, "", Some("")));
        assert!(holds("taxvat", Condition::Nfinset, "d", Some("a,b")));
        assert!(holds("entity_id", Condition::Ntoa, "0.0.1.%", Some("257")));
    }

    #[test]
    fn the_stores_own_placeholder_is_unsupported() {
        let column = Column::named("email", &Profile::stock()).unwrap();
        assert!(Comparison::new(column, &Filter::new("email", Condition::Eq, "{{fieldName}}")).is_err());
    }
}

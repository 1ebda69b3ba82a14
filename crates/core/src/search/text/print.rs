//! Criteria as a small readable text.

use std::fmt::{self, Write};

use crate::search::{Condition, Direction, Filter, FilterGroup, SearchCriteria};

/// Words of the text form, which a field of that name must be quoted to tell from.
pub(super) const KEYWORDS: [&str; 16] = [
    "and",
    "or",
    "not",
    "is",
    "null",
    "in",
    "like",
    "order",
    "by",
    "asc",
    "desc",
    "limit",
    "page",
    "fields",
    "nothing",
    "everything",
];

/// Stands where nothing was sent: no field, no value, no direction.
pub(super) const NOTHING: &str = "nothing";

/// Conditions with a sign of their own.
pub(super) const SIGNS: [(&str, Condition); 6] = [
    ("=", Condition::Eq),
    ("!=", Condition::Neq),
    (">=", Condition::Gteq),
    ("<=", Condition::Lteq),
    (">", Condition::Gt),
    ("<", Condition::Lt),
];

impl fmt::Display for SearchCriteria {
    /// The text form, which [`SearchCriteria`]'s `FromStr` reads back to equal criteria.
    ///
    /// Groups without filters mean nothing and are left out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for group in self.filter_groups.iter().filter(|group| !group.filters.is_empty()) {
            write!(f, "{separator}{group}")?;
            separator = " and ";
        }
        if separator.is_empty() {
            f.write_str("everything")?;
        }
        for (at, order) in self.sort_orders.iter().enumerate() {
            f.write_str(if at == 0 { " order by " } else { ", " })?;
            write_name(f, order.field.as_deref())?;
            let direction = order.direction.map_or(NOTHING, |direction| match direction {
                Direction::Asc => "asc",
                Direction::Desc => "desc",
            });
            write!(f, " {direction}")?;
        }
        if let Some(size) = self.page_size {
            write!(f, " limit {size}")?;
        }
        if let Some(page) = self.current_page {
            write!(f, " page {page}")?;
        }
        if let Some(fields) = &self.fields {
            f.write_str(" fields ")?;
            write_quoted(f, fields, '\'')?;
        }
        Ok(())
    }
}

impl fmt::Display for FilterGroup {
    /// The filters joined with `or`, in parentheses when there are several.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let [filter] = self.filters.as_slice() {
            return filter.fmt(f);
        }
        for (at, filter) in self.filters.iter().enumerate() {
            write!(f, "{}{filter}", if at == 0 { "(" } else { " or " })?;
        }
        f.write_str(if self.filters.is_empty() { "()" } else { ")" })
    }
}

impl fmt::Display for Filter {
    /// The comparison, such as `email like '%@example.test'`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_name(f, self.field.as_deref())?;
        let sign = SIGNS.iter().find(|(_, condition)| *condition == self.condition).map(|(sign, _)| *sign);
        match (&self.condition, &self.value) {
            (Condition::Null, None) => return f.write_str(" is null"),
            (Condition::Notnull, None) => return f.write_str(" is not null"),
            (Condition::In, Some(list)) => return write_list(f, " in ", list),
            (Condition::Nin, Some(list)) => return write_list(f, " not in ", list),
            (Condition::Like, _) => f.write_str(" like ")?,
            (Condition::Nlike, _) => f.write_str(" not like ")?,
            (condition, _) => match sign {
                Some(sign) => write!(f, " {sign} ")?,
                None => {
                    f.write_char(' ')?;
                    write_name(f, Some(condition.as_str()))?;
                    f.write_char(' ')?;
                }
            },
        }
        match &self.value {
            None => f.write_str(NOTHING),
            Some(value) => write_value(f, value),
        }
    }
}

fn write_list(f: &mut fmt::Formatter<'_>, operator: &str, list: &str) -> fmt::Result {
    f.write_str(operator)?;
    for (at, item) in list.split(',').enumerate() {
        f.write_str(if at == 0 { "(" } else { ", " })?;
        write_value(f, item)?;
    }
    f.write_char(')')
}

fn write_name(f: &mut fmt::Formatter<'_>, name: Option<&str>) -> fmt::Result {
    match name {
        None => f.write_str(NOTHING),
        Some(name) if is_plain_name(name) => f.write_str(name),
        Some(name) => write_quoted(f, name, '`'),
    }
}

fn is_plain_name(name: &str) -> bool {
    let starts = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    starts && name.bytes().all(is_name_byte) && !KEYWORDS.iter().any(|word| word.eq_ignore_ascii_case(name))
}

pub(super) fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn write_value(f: &mut fmt::Formatter<'_>, value: &str) -> fmt::Result {
    if is_plain_number(value) { f.write_str(value) } else { write_quoted(f, value, '\'') }
}

/// Digits with an optional sign and fraction, which stand without quotes.
pub(super) fn is_plain_number(value: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let unsigned = value.strip_prefix('-').unwrap_or(value);
    unsigned.split_once('.').map_or_else(|| digits(unsigned), |(whole, part)| digits(whole) && digits(part))
}

/// Quotes a text, doubling the quotes inside it.
fn write_quoted(f: &mut fmt::Formatter<'_>, text: &str, quote: char) -> fmt::Result {
    f.write_char(quote)?;
    for (at, piece) in text.split(quote).enumerate() {
        if at > 0 {
            write!(f, "{quote}{quote}")?;
        }
        f.write_str(piece)?;
    }
    f.write_char(quote)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_is_printed() {
        let mut criteria = SearchCriteria::new()
            .and(Filter::new("group_id", Condition::Eq, "1"))
            .and_any([
                Filter::new("email", Condition::Like, "%'@x"),
                Filter { field: None, value: None, condition: Condition::Eq },
                Filter::new("order", Condition::named("moreq"), "01.5"),
            ])
            .order_by_desc("created_at")
            .page(100, 2)
            .fields("items[id]");
        criteria.sort_orders.push(crate::search::SortOrder::default());
        assert_eq!(
            criteria.to_string(),
            "group_id = 1 and (email like '%''@x' or nothing = nothing or `order` moreq 01.5) \
             order by created_at desc, nothing nothing limit 100 page 2 fields 'items[id]'"
        );
    }

    #[test]
    fn nothing_asked_is_everything() {
        assert_eq!(SearchCriteria::default().to_string(), "everything");
        assert_eq!(Filter::new("a", Condition::In, "1,b c").to_string(), "a in (1, 'b c')");
        assert_eq!(Filter::new("a", Condition::Null, "x").to_string(), "a `null` 'x'");
    }
}

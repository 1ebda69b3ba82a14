//! A search in plain words, and as a tree for a page.

use std::fmt::{self, Write};

use super::{Condition, DecodeError, Direction, Filter, SearchCriteria, Warning, check, decode};
use crate::json::{Object, Value};
use crate::profile::Profile;
use crate::release::Release;

/// What a query asks for, in words (`Display`) and as a tree ([`Explanation::to_value`]),
/// with what the store makes of it beside each part.
///
/// ```
/// use magewright::profile::Profile;
/// use magewright::search::Explanation;
/// let criteria = "email = 'a' and (taxvat moreq 5 or taxvat is null) order by email asc limit 10".parse()?;
/// assert_eq!(
///     Explanation::new(&criteria, &Profile::stock()).to_string(),
///     "customers for whom
///   email is equal to 'a'
///   and one of
///     taxvat is equal to 5, or to the field's own name
///       ! taxvat: the store does not know this condition and compares for equality: use gteq
///     taxvat has no value
/// ordered by email ascending
///   ! rows with equal keys may change pages: add entity_id as the last key
/// the first 10
/// "
/// );
/// # Ok::<(), magewright::search::ReadError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    criteria: SearchCriteria,
    warnings: Vec<Warning>,
}

/// Explains a query string as the store reads it.
///
/// # Errors
/// As [`decode`]: what the store refuses has no meaning to explain.
///
/// ```
/// use magewright::{profile::Profile, release::Release, search::explain};
/// let query = "searchCriteria[filterGroups][0][filters][0][field]=group_id\
///     &searchCriteria[filterGroups][0][filters][0][value]=2";
/// let explanation = explain(query, Release::DEFAULT, &Profile::stock())?;
/// assert_eq!(explanation.to_string(), "customers for whom\n  group_id is equal to 2\n");
/// # Ok::<(), magewright::search::DecodeError>(())
/// ```
pub fn explain(query: &str, release: Release, profile: &Profile) -> Result<Explanation, DecodeError> {
    decode(query, release).map(|criteria| Explanation::new(&criteria, profile))
}

impl Explanation {
    /// Explains criteria to be sent to a store with that profile.
    #[must_use]
    pub fn new(criteria: &SearchCriteria, profile: &Profile) -> Self {
        Explanation { criteria: criteria.clone(), warnings: check(criteria, profile) }
    }

    /// What the store will refuse or misread, as [`check`] gives it.
    #[must_use]
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// The explanation as a tree: `{"all":[{"any":[{"field","condition","value","text"}]}],
    /// "order":[…], "page", "text", "warnings":[{"code","severity","pointer","message"}]}`.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let groups = self.criteria.filter_groups.iter().map(|group| {
            let filters = group.filters.iter().map(filter_value).collect::<Vec<_>>();
            Object::from_iter([("any", filters)])
        });
        let orders =
            self.criteria.sort_orders.iter().map(|order| order_text(order.field.as_deref(), order.direction));
        let mut out = Object::new();
        out.insert("all", groups.collect::<Vec<_>>());
        out.insert("order", orders.collect::<Vec<_>>());
        out.insert("page", page_text(&self.criteria));
        out.insert("text", self.criteria.to_string());
        out.insert("warnings", self.warnings.iter().map(Warning::to_value).collect::<Vec<_>>());
        out.into()
    }

    /// The warnings about a part, each on a line of its own.
    fn notes(&self, f: &mut fmt::Formatter<'_>, indent: &str, about: impl Fn(&str) -> bool) -> fmt::Result {
        let about = self.warnings.iter().filter(|warning| about(&warning.pointer));
        about.into_iter().try_for_each(|warning| writeln!(f, "{indent}! {}", warning.message))
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let groups = self.criteria.filter_groups.iter().enumerate();
        let mut groups = groups.filter(|(_, group)| !group.filters.is_empty()).peekable();
        f.write_str(if groups.peek().is_some() { "customers for whom\n" } else { "all customers\n" })?;
        let mut and = "";
        for (g, group) in groups {
            let several = group.filters.len() > 1;
            if several {
                writeln!(f, "  {and}one of")?;
            }
            let indent = if several { "    " } else { "  " };
            for (at, filter) in group.filters.iter().enumerate() {
                let and = if several { "" } else { and };
                writeln!(f, "{indent}{and}{}", Words(filter))?;
                let pointer = format!("/filter_groups/{g}/filters/{at}");
                self.notes(f, &format!("{indent}  "), |about| is_below(about, &pointer))?;
            }
            self.notes(f, "    ", |about| about == format!("/filter_groups/{g}"))?;
            and = "and ";
        }
        for (at, order) in self.criteria.sort_orders.iter().enumerate() {
            let then = if at == 0 { "ordered by" } else { "then by" };
            writeln!(f, "{then} {}", order_text(order.field.as_deref(), order.direction))?;
            self.notes(f, "  ", |about| is_below(about, &format!("/sort_orders/{at}")))?;
        }
        self.notes(f, "  ", |about| about == "/sort_orders")?;
        if let Some(page) = page_text(&self.criteria) {
            writeln!(f, "{page}")?;
        }
        self.notes(f, "  ", |about| {
            ["", "/page_size", "/current_page", "/fields", "/filter_groups"].contains(&about)
        })
    }
}

fn is_below(pointer: &str, place: &str) -> bool {
    pointer.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A filter in words.
struct Words<'f>(&'f Filter);

impl fmt::Display for Words<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Filter { field, value, condition } = self.0;
        write!(f, "{} ", field.as_deref().unwrap_or("(no field)"))?;
        let words = match condition {
            Condition::Null => return f.write_str("has no value"),
            Condition::Notnull => return f.write_str("has a value"),
            Condition::In => return write!(f, "is one of {}", List(value.as_deref())),
            Condition::Nin => return write!(f, "has a value and is none of {}", List(value.as_deref())),
            Condition::Unknown(_) => {
                return write!(f, "is equal to {}, or to the field's own name", Quoted(value.as_deref()));
            }
            Condition::Eq => "is equal to",
            Condition::Neq => "has a value and is not equal to",
            Condition::Like => "matches the pattern",
            Condition::Nlike => "has a value and does not match the pattern",
            Condition::Gt => "is greater than",
            Condition::Lt => "is less than",
            Condition::Gteq | Condition::From => "is at least",
            Condition::Lteq | Condition::To => "is at most",
            Condition::Finset => "has among its items",
            Condition::Nfinset => "has a value and has not among its items",
            Condition::Regexp => "matches the regular expression",
            Condition::Seq => "is equal to (or, if that is empty, has no value)",
            Condition::Sneq => "is not equal to (or, if that is empty, has a value)",
            Condition::Ntoa => "as an IPv4 address matches the pattern",
            Condition::Is => "IS (which the store cannot run)",
        };
        write!(f, "{words} {}", Quoted(value.as_deref()))
    }
}

/// A value: digits bare, anything else in quotes.
struct Quoted<'v>(Option<&'v str>);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            None => f.write_str("''"),
            Some(value) if !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit()) => {
                f.write_str(value)
            }
            Some(value) => write!(f, "'{value}'"),
        }
    }
}

struct List<'v>(Option<&'v str>);

impl fmt::Display for List<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, item) in self.0.unwrap_or_default().split(',').enumerate() {
            if at > 0 {
                f.write_str(", ")?;
            }
            Quoted(Some(item)).fmt(f)?;
        }
        Ok(())
    }
}

fn order_text(field: Option<&str>, direction: Option<Direction>) -> String {
    let direction = match direction {
        Some(Direction::Asc) => "ascending",
        Some(Direction::Desc) | None => "descending",
    };
    format!("{} {direction}", field.unwrap_or("(no field)"))
}

fn page_text(criteria: &SearchCriteria) -> Option<String> {
    let mut text = String::new();
    match (criteria.page_size, criteria.current_page) {
        (None | Some(0), None | Some(_)) if criteria.fields.is_none() => return None,
        (None | Some(0), _) => text.push_str("all of them"),
        (Some(size), page) => {
            let (size, page) = (size.max(1), page.unwrap_or(1).max(1));
            let written = match page {
                1 => write!(text, "the first {size}"),
                _ => write!(text, "page {page} of {size} each"),
            };
            written.ok()?;
        }
    }
    if let Some(fields) = &criteria.fields {
        write!(text, ", of each reply only {fields}").ok()?;
    }
    Some(text)
}

fn filter_value(filter: &Filter) -> Object {
    let mut out = Object::new();
    out.insert("field", filter.field.clone());
    out.insert("condition", filter.condition.as_str());
    out.insert("value", filter.value.clone());
    out.insert("text", Words(filter).to_string());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn explained(text: &str) -> String {
        Explanation::new(&text.parse().unwrap(), &Profile::stock()).to_string()
    }

    #[test]
    fn every_condition_has_its_words() {
        let conditions = [
            "eq", "neq", "like", "nlike", "in", "nin", "null", "notnull", "gt", "lt", "gteq", "lteq", "from",
            "to", "finset", "nfinset", "regexp", "seq", "sneq", "ntoa", "is", "foo",
        ];
        let words =
            conditions.map(|name| Words(&Filter::new("a", Condition::named(name), "1,x")).to_string());
        for (at, text) in words.iter().enumerate() {
            assert!(text.starts_with("a ") && text.len() > 8, "{text}");
            assert!(words[..at].iter().all(|other| other != text || at == 12 || at == 13), "{text}");
        }
        assert_eq!(words[4], "a is one of 1, 'x'");
    }

    #[test]
    fn pages_and_orders_are_told() {
        assert_eq!(explained(""), "all customers\n");
        let text = explained("everything order by entity_id asc, a desc limit 5 page 3 fields 'items[id]'");
        assert_eq!(
            text,
            "all customers\nordered by entity_id ascending\nthen by a descending\npage 3 of 5 each, \
             of each reply only items[id]\n"
        );
    }

    #[test]
    fn the_tree_holds_all_parts() {
        let criteria = "a = 1 and (b is null or id = 2) limit 5".parse().unwrap();
        let tree = Explanation::new(&criteria, &Profile::stock()).to_value();
        let at = |pointer| tree.pointer(pointer).and_then(Value::as_str).unwrap();
        assert_eq!(at("/all/1/any/0/text"), "b has no value");
        assert_eq!(at("/warnings/0/severity"), "error");
        assert_eq!(at("/page"), "the first 5");
    }

    #[test]
    fn what_is_refused_is_not_explained() {
        assert!(explain("searchCriteria[foo]=1", Release::DEFAULT, &Profile::stock()).is_err());
    }
}

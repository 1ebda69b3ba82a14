//! The small readable text form, read back.
//!
//! ```text
//! criteria   = [ "everything" | or ] { clause }      each clause once, in any order
//! clause     = "order by" key { "," key } | "limit" number | "page" number | "fields" text
//! or         = and { "or" and }
//! and        = not { "and" not }
//! not        = "not" not | "(" or ")" | comparison
//! comparison = name ( sign value | "is" ["not"] "null" | ["not"] "like" value
//!                   | ["not"] "in" ( "(" value { "," value } ")" | "nothing" ) | condition value )
//! key        = name ( "asc" | "desc" | "nothing" )
//! name       = letters, digits and "_", or anything in `backquotes`, or "nothing"
//! value      = number, or text in 'quotes' (doubled inside), or "nothing"
//! ```

use std::fmt;
use std::str::FromStr;

use super::print::{KEYWORDS, NOTHING, SIGNS, is_plain_number};
use super::token::{self, Token};
use crate::search::{Condition, Direction, Expression, Filter, NormalFormError, SearchCriteria, SortOrder};

/// The deepest nesting of parentheses and `not`.
const MAX_DEPTH: usize = 64;

/// The words that begin what may follow the filters.
const CLAUSES: [&str; 4] = ["order", "limit", "page", "fields"];

/// Where and why a text is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError {
    /// Where, as a count of bytes from the start.
    pub offset: usize,
    /// What was expected or is wrong.
    pub message: String,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at byte {}: {}", self.offset, self.message)
    }
}

impl std::error::Error for ReadError {}

impl FromStr for SearchCriteria {
    type Err = ReadError;

    /// Reads the text form that `Display` writes; boolean expressions are brought
    /// to the store's AND of ORs.
    ///
    /// ```
    /// use magewright::search::SearchCriteria;
    /// let criteria: SearchCriteria =
    ///     "group_id = 1 and (email like '%@x.com' or created_at >= '2026-01-01') order by entity_id asc limit 100"
    ///         .parse()?;
    /// assert_eq!(criteria.page_size, Some(100));
    /// let error = "group_id = ".parse::<SearchCriteria>().unwrap_err();
    /// assert_eq!((error.offset, error.message.as_str()), (11, "expected a value: a number, or text in 'quotes'"));
    /// # Ok::<(), magewright::search::ReadError>(())
    /// ```
    fn from_str(text: &str) -> Result<Self, ReadError> {
        let mut reader = Reader { text, at: 0, start: 0, token: Token::End, depth: 0 };
        reader.advance()?;
        let criteria = reader.criteria()?;
        if reader.token == Token::End {
            Ok(criteria)
        } else {
            Err(reader.expected("`and`, `or`, `order by`, `limit`, `page`, `fields` or the end"))
        }
    }
}

struct Reader<'t> {
    text: &'t str,
    /// Where the next token begins.
    at: usize,
    /// Where the current token began.
    start: usize,
    token: Token,
    depth: usize,
}

impl Reader<'_> {
    fn criteria(&mut self) -> Result<SearchCriteria, ReadError> {
        let mut criteria = SearchCriteria::default();
        if !self.take_word("everything")? && self.clause().is_none() && self.token != Token::End {
            let at = self.start;
            let expression = self.or()?;
            criteria.filter_groups =
                expression.groups().map_err(|e: NormalFormError| self.at(at, &e.to_string()))?;
        }
        let mut read = Vec::new();
        while let Some(clause) = self.clause() {
            if read.contains(&clause) {
                return Err(self.at(self.start, &format!("`{clause}` stands twice: say it once")));
            }
            read.push(clause);
            self.advance()?;
            self.rest_of(clause, &mut criteria)?;
        }
        Ok(criteria)
    }

    fn clause(&self) -> Option<&'static str> {
        CLAUSES.into_iter().find(|word| self.is_word(word))
    }

    fn rest_of(&mut self, clause: &str, criteria: &mut SearchCriteria) -> Result<(), ReadError> {
        match clause {
            "order" => {
                self.expect_word("by")?;
                criteria.sort_orders = self.separated(Self::sort_order)?;
            }
            "limit" => criteria.page_size = Some(self.integer()?),
            "page" => criteria.current_page = Some(self.integer()?),
            _ => criteria.fields = self.value()?,
        }
        Ok(())
    }

    fn or(&mut self) -> Result<Expression, ReadError> {
        let mut expression = self.and()?;
        while self.take_word("or")? {
            expression = expression.or(self.and()?);
        }
        Ok(expression)
    }

    fn and(&mut self) -> Result<Expression, ReadError> {
        let mut expression = self.not()?;
        while self.take_word("and")? {
            expression = expression.and(self.not()?);
        }
        Ok(expression)
    }

    fn not(&mut self) -> Result<Expression, ReadError> {
        if self.depth == MAX_DEPTH {
            return Err(self.at(self.start, "nested deeper than 64 levels"));
        }
        self.depth += 1;
        let expression = if self.take_word("not")? {
            self.not()?.not()
        } else if self.take_sign("(")? {
            let inner = self.or()?;
            self.expect_sign(")")?;
            inner
        } else {
            self.comparison()?
        };
        self.depth -= 1;
        Ok(expression)
    }

    fn comparison(&mut self) -> Result<Expression, ReadError> {
        let field = self.name("a field")?;
        let filter = |condition, value| Ok(Expression::Filter(Filter { field, value, condition }));
        if let Token::Sign(sign) = self.token
            && let Some((_, condition)) = SIGNS.iter().find(|(known, _)| *known == sign)
        {
            self.advance()?;
            return filter(condition.clone(), self.value()?);
        }
        if self.take_word("is")? {
            let negated = self.take_word("not")?;
            self.expect_word("null")?;
            return filter(if negated { Condition::Notnull } else { Condition::Null }, None);
        }
        let negated = self.take_word("not")?;
        if self.take_word("like")? {
            return filter(if negated { Condition::Nlike } else { Condition::Like }, self.value()?);
        }
        if self.take_word("in")? {
            return filter(if negated { Condition::Nin } else { Condition::In }, self.list()?);
        }
        if negated {
            return Err(self.expected("`like` or `in`"));
        }
        let condition = self.name("a condition such as =, like, in or is null")?;
        filter(Condition::named(&condition.unwrap_or_default()), self.value()?)
    }

    fn list(&mut self) -> Result<Option<String>, ReadError> {
        if self.take_word(NOTHING)? {
            return Ok(None);
        }
        self.expect_sign("(")?;
        let items = self.separated(|reader| {
            let at = reader.start;
            let item = reader.value()?.unwrap_or_default();
            if item.contains(',') {
                let message = "a value in a list cannot hold a comma, where the store splits: compare it with = instead";
                return Err(reader.at(at, message));
            }
            Ok(item)
        })?;
        self.expect_sign(")")?;
        Ok(Some(items.join(",")))
    }

    fn sort_order(&mut self) -> Result<SortOrder, ReadError> {
        let field = self.name("a field to order by")?;
        let direction = if self.take_word("asc")? {
            Some(Direction::Asc)
        } else if self.take_word("desc")? {
            Some(Direction::Desc)
        } else if self.take_word(NOTHING)? {
            None
        } else {
            return Err(self.expected("`asc` or `desc` (the store takes a missing direction as descending)"));
        };
        Ok(SortOrder { field, direction })
    }

    fn separated<T>(
        &mut self,
        read: impl Fn(&mut Self) -> Result<T, ReadError>,
    ) -> Result<Vec<T>, ReadError> {
        let mut items = vec![read(self)?];
        while self.take_sign(",")? {
            items.push(read(self)?);
        }
        Ok(items)
    }

    fn name(&mut self, what: &str) -> Result<Option<String>, ReadError> {
        let name = match &self.token {
            Token::Word(word) if word.eq_ignore_ascii_case(NOTHING) => None,
            Token::Word(word) if !starts_a_name(word) || is_keyword(word) => return Err(self.expected(what)),
            Token::Word(word) | Token::Name(word) => Some(word.clone()),
            _ => return Err(self.expected(what)),
        };
        self.advance()?;
        Ok(name)
    }

    fn value(&mut self) -> Result<Option<String>, ReadError> {
        let value = match &self.token {
            Token::Word(word) if word.eq_ignore_ascii_case(NOTHING) => None,
            Token::Word(word) if is_plain_number(word) => Some(word.clone()),
            Token::Text(text) => Some(text.clone()),
            _ => return Err(self.expected("a value: a number, or text in 'quotes'")),
        };
        self.advance()?;
        Ok(value)
    }

    fn integer(&mut self) -> Result<i64, ReadError> {
        let number = match &self.token {
            Token::Word(word) => word.parse().ok(),
            _ => None,
        };
        let number = number.ok_or_else(|| self.expected("a whole number"))?;
        self.advance()?;
        Ok(number)
    }

    /// Moves on to the next token.
    fn advance(&mut self) -> Result<(), ReadError> {
        let rest = self.text.get(self.at..).unwrap_or_default().trim_start();
        self.start = self.text.len() - rest.len();
        let (token, length) = token::first(rest).map_err(|message| self.at(self.start, message))?;
        self.token = token;
        self.at = self.start + length;
        Ok(())
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(&self.token, Token::Word(token) if token.eq_ignore_ascii_case(word))
    }

    fn take_word(&mut self, word: &str) -> Result<bool, ReadError> {
        let found = self.is_word(word);
        if found {
            self.advance()?;
        }
        Ok(found)
    }

    fn expect_word(&mut self, word: &str) -> Result<(), ReadError> {
        if self.take_word(word)? { Ok(()) } else { Err(self.expected(&format!("`{word}`"))) }
    }

    fn take_sign(&mut self, sign: &'static str) -> Result<bool, ReadError> {
        let found = self.token == Token::Sign(sign);
        if found {
            self.advance()?;
        }
        Ok(found)
    }

    fn expect_sign(&mut self, sign: &'static str) -> Result<(), ReadError> {
        if self.take_sign(sign)? { Ok(()) } else { Err(self.expected(&format!("`{sign}`"))) }
    }

    fn at(&self, offset: usize, message: &str) -> ReadError {
        ReadError { offset, message: message.to_owned() }
    }

    fn expected(&self, what: &str) -> ReadError {
        self.at(self.start, &format!("expected {what}"))
    }
}

fn starts_a_name(word: &str) -> bool {
    word.bytes().all(super::print::is_name_byte) && !word.starts_with(|c: char| c.is_ascii_digit())
}

fn is_keyword(word: &str) -> bool {
    KEYWORDS.iter().any(|keyword| keyword.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> SearchCriteria {
        text.parse().unwrap_or_else(|e| panic!("{text}: {e}"))
    }

    fn error(text: &str) -> (usize, String) {
        let error = text.parse::<SearchCriteria>().unwrap_err();
        (error.offset, error.message)
    }

    #[test]
    fn what_is_printed_is_read_back() {
        for text in [
            "everything",
            "a = 1",
            "a != 'x''y' and (b >= -1.5 or c not like '%' or d is not null) order by e asc, f nothing",
            "a in (1, 'b c') and b nin nothing limit -5 page 2 fields 'items[id]'",
            "`order` moreq nothing and nothing `null` '' order by nothing desc",
        ] {
            assert_eq!(read(text).to_string(), text);
        }
    }

    #[test]
    fn clauses_stand_in_any_order_and_once() {
        let expected = read("a = 1 order by e asc limit 50 page 2 fields 'items[id]'");
        assert_eq!(read("a = 1 fields 'items[id]' page 2 limit 50 order by e asc"), expected);
        assert_eq!(read("page 2 limit 50"), read("everything limit 50 page 2"));
        assert_eq!(
            error("a = 1 limit 5 page 2 limit 6"),
            (21, "`limit` stands twice: say it once".to_owned())
        );
    }

    #[test]
    fn expressions_are_brought_to_normal_form() {
        assert_eq!(
            read("A = 1 AND b = 2 OR not (c > 3)").to_string(),
            read("(a=1 or c<=3 or c is null) and (b=2 or c<=3 or c is null)")
                .to_string()
                .replacen('a', "A", 1)
        );
    }

    #[test]
    fn errors_name_the_place() {
        assert_eq!(error("a ="), (3, "expected a value: a number, or text in 'quotes'".to_owned()));
        assert_eq!(error("a = 'x").0, 4);
        assert_eq!(error("(a = 1").1, "expected `)`");
        assert_eq!(error("a = 1 b = 2").0, 6);
        assert_eq!(error("a in ('x,y')").0, 6);
        assert!(error("a = 1 order by b").1.contains("`asc` or `desc`"));
        assert!(error("x = 1 and not (a regexp 'x')").1.contains("no opposite"));
        assert_eq!(error(&"(".repeat(99)).1, "nested deeper than 64 levels");
        assert_eq!(error("a = 1 limit x").0, 12);
        assert_eq!(error("é = 1").0, 0);
    }
}

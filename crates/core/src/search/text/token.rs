//! The words, names, texts and signs of the text form.

use super::print::{SIGNS, is_name_byte};

/// A piece of the text form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A bare word or number.
    Word(String),
    /// A name in backquotes.
    Name(String),
    /// A text in quotes.
    Text(String),
    /// A sign of comparison, a parenthesis or a comma.
    Sign(&'static str),
    /// The end.
    End,
}

/// The token a text begins with and its length in bytes, or what is wrong with it.
pub(super) fn first(rest: &str) -> Result<(Token, usize), &'static str> {
    match rest.chars().next() {
        None => Ok((Token::End, 0)),
        Some(quote @ ('\'' | '`')) => quoted(rest, quote),
        Some(c) if c == '-' || c.is_ascii_alphanumeric() || c == '_' => Ok(word(rest)),
        Some(_) => sign(rest),
    }
}

fn sign(rest: &str) -> Result<(Token, usize), &'static str> {
    let signs = SIGNS.iter().map(|(sign, _)| *sign);
    let found = signs.chain(["(", ")", ","]).find(|sign| rest.starts_with(sign));
    let sign = found.ok_or("a character that means nothing here: put text in 'quotes'")?;
    Ok((Token::Sign(sign), sign.len()))
}

/// A quote is written twice inside quotes.
fn quoted(rest: &str, quote: char) -> Result<(Token, usize), &'static str> {
    let mut text = String::new();
    let mut chars = rest.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if c == quote && chars.next_if(|(_, next)| *next == quote).is_none() {
            let token = if quote == '\'' { Token::Text(text) } else { Token::Name(text) };
            return Ok((token, at + 1));
        }
        text.push(c);
    }
    Err("a quote that is never closed")
}

/// A bare word: letters, digits, `_`, and for numbers `-` and `.`.
fn word(rest: &str) -> (Token, usize) {
    let ends = |b: u8| !(is_name_byte(b) || matches!(b, b'-' | b'.'));
    let (word, _) = rest.split_at(rest.bytes().position(ends).unwrap_or(rest.len()));
    (Token::Word(word.to_owned()), word.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_taken_from_the_front() {
        assert_eq!(first("'it''s' x"), Ok((Token::Text("it's".to_owned()), 7)));
        assert_eq!(first("`a``b`"), Ok((Token::Name("a`b".to_owned()), 6)));
        assert_eq!(first("-1.5)"), Ok((Token::Word("-1.5".to_owned()), 4)));
        assert_eq!(first(">=1"), Ok((Token::Sign(">="), 2)));
        assert_eq!(first(""), Ok((Token::End, 0)));
    }

    #[test]
    fn what_is_no_piece_is_said() {
        assert!(first("'x").unwrap_err().contains("never closed"));
        assert!(first("é").is_err());
        assert!(first("!x").is_err());
    }
}

use std::fmt;

use super::{Number, Object, Value, escape_segment};

/// The deepest nesting a document may have, as in PHP's `json_decode`.
pub const MAX_DEPTH: usize = 512;

/// Why a text is not JSON that a store would decode.
///
/// The store answers any of these with 400 `Decoding error.`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SyntaxError {
    kind: SyntaxErrorKind,
    offset: usize,
}

/// What is wrong with a JSON text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SyntaxErrorKind {
    /// The text ends inside a value.
    UnexpectedEnd,
    /// A byte that cannot stand there.
    UnexpectedByte,
    /// Text after the value.
    TrailingText,
    /// A number that is not written as JSON asks.
    InvalidNumber,
    /// A control character, or a `\` that starts no escape.
    InvalidString,
    /// A `\u` escape of half a surrogate pair.
    LoneSurrogate,
    /// Bytes that are not UTF-8.
    InvalidUtf8,
    /// Nesting beyond [`MAX_DEPTH`].
    TooDeep,
}

impl SyntaxError {
    /// What is wrong.
    #[must_use]
    pub fn kind(&self) -> SyntaxErrorKind {
        self.kind
    }

    /// Where, as a count of bytes from the start.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.offset
    }

    pub(super) fn not_a_number() -> Self {
        SyntaxError { kind: SyntaxErrorKind::InvalidNumber, offset: 0 }
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.kind {
            SyntaxErrorKind::UnexpectedEnd => "the text ends inside a value",
            SyntaxErrorKind::UnexpectedByte => "a character that cannot stand here",
            SyntaxErrorKind::TrailingText => "text after the end of the value",
            SyntaxErrorKind::InvalidNumber => "a number that JSON does not allow",
            SyntaxErrorKind::InvalidString => "a raw control character or an unknown escape in a string",
            SyntaxErrorKind::LoneSurrogate => "a \\u escape of half a surrogate pair",
            SyntaxErrorKind::InvalidUtf8 => "bytes that are not UTF-8",
            SyntaxErrorKind::TooDeep => "nesting deeper than 512 levels",
        };
        write!(f, "not JSON that a store decodes, at byte {}: {what}", self.offset)
    }
}

impl std::error::Error for SyntaxError {}

/// Reads one JSON document.
///
/// # Errors
/// A [`SyntaxError`] with the byte offset, for whatever PHP's `json_decode` refuses.
///
/// ```
/// use magewright::json::{parse, SyntaxErrorKind};
/// assert_eq!(parse(br#"{"a":1,"a":2}"#)?.to_string(), r#"{"a":2}"#);
/// assert_eq!(parse(b"[1,]").unwrap_err().kind(), SyntaxErrorKind::UnexpectedByte);
/// # Ok::<(), magewright::json::SyntaxError>(())
/// ```
pub fn parse(text: &[u8]) -> Result<Value, SyntaxError> {
    parse_noting_duplicates(text).map(|(value, _)| value)
}

/// Reads one JSON document, and lists the members that were written more than
/// once (as JSON Pointers): all but the last of their values are lost.
///
/// # Errors
/// As [`parse`].
///
/// ```
/// let (_, twice) = magewright::json::parse_noting_duplicates(br#"{"a":{"b":1,"b":2}}"#)?;
/// assert_eq!(twice, ["/a/b"]);
/// # Ok::<(), magewright::json::SyntaxError>(())
/// ```
pub fn parse_noting_duplicates(text: &[u8]) -> Result<(Value, Vec<String>), SyntaxError> {
    let text = std::str::from_utf8(text)
        .map_err(|e| SyntaxError { kind: SyntaxErrorKind::InvalidUtf8, offset: e.valid_up_to() })?;
    let mut parser = Parser { text, at: 0, depth: 0, pointer: String::new(), duplicates: Vec::new() };
    let value = parser.value()?;
    parser.skip_space();
    if parser.at < text.len() {
        return Err(parser.error(SyntaxErrorKind::TrailingText));
    }
    Ok((value, parser.duplicates))
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
    pointer: String,
    duplicates: Vec<String>,
}

impl<'t> Parser<'t> {
    fn error(&self, kind: SyntaxErrorKind) -> SyntaxError {
        SyntaxError { kind, offset: self.at }
    }

    /// An error for the byte that stands here, or for the end of the text.
    fn unexpected(&self) -> SyntaxError {
        self.error(match self.peek() {
            Some(_) => SyntaxErrorKind::UnexpectedByte,
            None => SyntaxErrorKind::UnexpectedEnd,
        })
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn slice(&self, from: usize, to: usize) -> &'t str {
        self.text.get(from..to).unwrap_or_default()
    }

    fn skip_space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn value(&mut self) -> Result<Value, SyntaxError> {
        self.skip_space();
        match self.peek() {
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::array),
            Some(b'"') => self.string().map(Value::String),
            Some(b'-' | b'0'..=b'9') => self.number().map(Value::Number),
            _ => self.word(),
        }
    }

    /// `true`, `false` and `null`, which PHP takes in any case.
    fn word(&mut self) -> Result<Value, SyntaxError> {
        for (word, value) in
            [("true", Value::Bool(true)), ("false", Value::Bool(false)), ("null", Value::Null)]
        {
            let end = self.at + word.len();
            if self.text.get(self.at..end).is_some_and(|text| text.eq_ignore_ascii_case(word)) {
                self.at = end;
                return Ok(value);
            }
        }
        Err(self.unexpected())
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<Value, SyntaxError>) -> Result<Value, SyntaxError> {
        if self.depth == MAX_DEPTH {
            return Err(self.error(SyntaxErrorKind::TooDeep));
        }
        self.depth += 1;
        self.at += 1;
        let value = read(self)?;
        self.depth -= 1;
        Ok(value)
    }

    fn array(&mut self) -> Result<Value, SyntaxError> {
        let mut items = Vec::new();
        self.skip_space();
        if self.take(b']') {
            return Ok(Value::Array(items));
        }
        loop {
            let here = self.pointer.len();
            self.pointer.push_str(&format!("/{}", items.len()));
            items.push(self.value()?);
            self.pointer.truncate(here);
            self.skip_space();
            if self.take(b']') {
                return Ok(Value::Array(items));
            }
            if !self.take(b',') {
                return Err(self.unexpected());
            }
        }
    }

    fn object(&mut self) -> Result<Value, SyntaxError> {
        let mut pairs = Vec::new();
        self.skip_space();
        if self.take(b'}') {
            return Ok(Value::Object(Object::new()));
        }
        loop {
            self.skip_space();
            if self.peek() != Some(b'"') {
                return Err(self.unexpected());
            }
            let key = self.string()?;
            self.skip_space();
            if !self.take(b':') {
                return Err(self.unexpected());
            }
            let here = self.pointer.len();
            self.pointer.push('/');
            self.pointer.push_str(&escape_segment(&key));
            let value = self.value()?;
            self.pointer.truncate(here);
            pairs.push((key, value));
            self.skip_space();
            if self.take(b'}') {
                break;
            }
            if !self.take(b',') {
                return Err(self.unexpected());
            }
        }
        let (object, repeated) = Object::from_pairs(pairs);
        self.duplicates
            .extend(repeated.iter().map(|key| format!("{}/{}", self.pointer, escape_segment(key))));
        Ok(Value::Object(object))
    }

    fn digits(&mut self) -> usize {
        let from = self.at;
        while let Some(b'0'..=b'9') = self.peek() {
            self.at += 1;
        }
        self.at - from
    }

    fn number(&mut self) -> Result<Number, SyntaxError> {
        let from = self.at;
        self.take(b'-');
        let whole = self.at;
        let leading_zero = self.peek() == Some(b'0');
        let mut valid = self.digits() > 0 && !(leading_zero && self.at - whole > 1);
        if self.take(b'.') {
            valid &= self.digits() > 0;
        }
        if self.take(b'e') || self.take(b'E') {
            let _sign = self.take(b'+') || self.take(b'-');
            valid &= self.digits() > 0;
        }
        if valid {
            return Ok(Number::from_checked(self.slice(from, self.at)));
        }
        self.at = from;
        Err(self.error(SyntaxErrorKind::InvalidNumber))
    }

    fn string(&mut self) -> Result<String, SyntaxError> {
        self.at += 1;
        let mut text = String::new();
        loop {
            let from = self.at;
            while self.peek().is_some_and(|b| b >= 0x20 && b != b'"' && b != b'\\') {
                self.at += 1;
            }
            text.push_str(self.slice(from, self.at));
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => text.push(self.escape()?),
                Some(_) => return Err(self.error(SyntaxErrorKind::InvalidString)),
                None => return Err(self.error(SyntaxErrorKind::UnexpectedEnd)),
            }
        }
    }

    fn escape(&mut self) -> Result<char, SyntaxError> {
        let from = self.at;
        self.at += 1;
        let escaped = match self.peek() {
            Some(b'u') => return self.unicode_escape(from),
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            _ => {
                self.at = from;
                return Err(self.error(SyntaxErrorKind::InvalidString));
            }
        };
        self.at += 1;
        Ok(escaped)
    }

    fn unicode_escape(&mut self, from: usize) -> Result<char, SyntaxError> {
        self.at += 1;
        let first = self.hex4(from)?;
        if let Some(c) = char::from_u32(first) {
            return Ok(c);
        }
        let lone = SyntaxError { kind: SyntaxErrorKind::LoneSurrogate, offset: from };
        if first >= 0xDC00 || !(self.take(b'\\') && self.take(b'u')) {
            return Err(lone);
        }
        let second = self.hex4(from)?;
        if !(0xDC00..0xE000).contains(&second) {
            return Err(lone);
        }
        let code = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
        char::from_u32(code).ok_or(lone)
    }

    fn hex4(&mut self, from: usize) -> Result<u32, SyntaxError> {
        let digits = self.text.get(self.at..self.at + 4).filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()));
        let code = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        self.at += 4;
        code.ok_or(SyntaxError { kind: SyntaxErrorKind::InvalidString, offset: from })
    }
}

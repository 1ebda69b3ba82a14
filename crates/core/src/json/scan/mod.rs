//! A pull parser: reads JSON text piece by piece, borrows it, builds nothing.

pub(crate) mod text;

pub(crate) use text::Text;

use super::{MAX_DEPTH, SyntaxError, SyntaxErrorKind};

/// A place in a JSON text, moved on by reading.
///
/// A container is opened by [`Scanner::value`] and must then be read to its end
/// with [`Scanner::key`] or [`Scanner::item`], or passed with [`Scanner::skip`].
#[derive(Debug, Clone)]
pub(crate) struct Scanner<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
}

/// A value as [`Scanner::value`] meets it: a scalar whole, a container opened.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Piece<'t> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number in its spelling.
    Number(&'t str),
    /// A string.
    Text(Text<'t>),
    /// The start of a list.
    Array,
    /// The start of an object.
    Object,
}

impl<'t> Scanner<'t> {
    /// A scanner at the start of a text, whose UTF-8 it checks.
    pub(crate) fn new(text: &'t [u8]) -> Result<Self, SyntaxError> {
        let text = std::str::from_utf8(text)
            .map_err(|e| SyntaxError::new(SyntaxErrorKind::InvalidUtf8, e.valid_up_to()))?;
        Ok(Scanner::over(text))
    }

    /// A scanner at the start of a text.
    pub(crate) fn over(text: &'t str) -> Self {
        Scanner { text, at: 0, depth: 0 }
    }

    /// The whole text, known to be UTF-8.
    pub(crate) fn text(&self) -> &'t str {
        self.text
    }

    /// How many bytes have been read.
    pub(crate) fn offset(&self) -> usize {
        self.at
    }

    /// Where the next value or mark starts, space passed.
    pub(crate) fn start(&mut self) -> usize {
        self.skip_space();
        self.at
    }

    /// What is left to read, space passed.
    pub(crate) fn rest(&mut self) -> &'t [u8] {
        self.skip_space();
        self.left()
    }

    /// What is left from the bracket on that was opened just now.
    pub(crate) fn opened(&self) -> &'t [u8] {
        self.text.as_bytes().get(self.at.saturating_sub(1)..).unwrap_or_default()
    }

    /// Passes a value that was read otherwise: `after` is what of [`Scanner::rest`] follows it.
    pub(crate) fn pass_to(&mut self, after: &[u8]) {
        self.at = self.text.len().saturating_sub(after.len());
    }

    /// Reads a scalar, or opens a container.
    pub(crate) fn value(&mut self) -> Result<Piece<'t>, SyntaxError> {
        self.skip_space();
        match self.peek() {
            Some(b'"') => self.string().map(Piece::Text),
            Some(b'-' | b'0'..=b'9') => self.number().map(Piece::Number),
            Some(b'{') => self.open(Piece::Object),
            Some(b'[') => self.open(Piece::Array),
            _ => self.word(),
        }
    }

    /// Moves into an open object's next member and reads its key; `None`
    /// closes the object. `first` starts as `true`, one per object.
    pub(crate) fn key(&mut self, first: &mut bool) -> Result<Option<Text<'t>>, SyntaxError> {
        if !self.separated(b'}', first)? {
            return Ok(None);
        }
        self.skip_space();
        if self.peek() != Some(b'"') {
            return Err(self.unexpected());
        }
        let key = self.string()?;
        self.skip_space();
        if self.take(b':') { Ok(Some(key)) } else { Err(self.unexpected()) }
    }

    /// Moves to an open list's next item; `false` closes the list. `first`
    /// starts as `true`, one per list.
    pub(crate) fn item(&mut self, first: &mut bool) -> Result<bool, SyntaxError> {
        self.separated(b']', first)
    }

    /// Reads what is left of a value just met, and checks its syntax.
    pub(crate) fn skip(&mut self, piece: Piece<'t>) -> Result<(), SyntaxError> {
        let mut first = true;
        match piece {
            Piece::Object => {
                while self.key(&mut first)?.is_some() {
                    let member = self.value()?;
                    self.skip(member)?;
                }
            }
            Piece::Array => {
                while self.item(&mut first)? {
                    let item = self.value()?;
                    self.skip(item)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Checks that nothing but space is left.
    pub(crate) fn end(&mut self) -> Result<(), SyntaxError> {
        self.skip_space();
        if self.at < self.text.len() { Err(self.error(SyntaxErrorKind::TrailingText)) } else { Ok(()) }
    }

    fn error(&self, kind: SyntaxErrorKind) -> SyntaxError {
        SyntaxError::new(kind, self.at)
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

    fn left(&self) -> &'t [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    fn since(&self, from: usize) -> &'t str {
        self.text.get(from..self.at).unwrap_or_default()
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

    fn open(&mut self, piece: Piece<'t>) -> Result<Piece<'t>, SyntaxError> {
        if self.depth == MAX_DEPTH {
            return Err(self.error(SyntaxErrorKind::TooDeep));
        }
        self.depth += 1;
        self.at += 1;
        Ok(piece)
    }

    /// Whether another element follows in the open container, its comma taken.
    fn separated(&mut self, close: u8, first: &mut bool) -> Result<bool, SyntaxError> {
        self.skip_space();
        if self.take(close) {
            self.depth = self.depth.saturating_sub(1);
            return Ok(false);
        }
        if std::mem::take(first) || self.take(b',') { Ok(true) } else { Err(self.unexpected()) }
    }

    /// `true`, `false` and `null`, in small letters only, as PHP has it.
    fn word(&mut self) -> Result<Piece<'t>, SyntaxError> {
        for (word, piece) in
            [("true", Piece::Bool(true)), ("false", Piece::Bool(false)), ("null", Piece::Null)]
        {
            if self.left().starts_with(word.as_bytes()) {
                self.at += word.len();
                return Ok(piece);
            }
        }
        Err(self.unexpected())
    }

    fn digits(&mut self) -> usize {
        let from = self.at;
        while let Some(b'0'..=b'9') = self.peek() {
            self.at += 1;
        }
        self.at - from
    }

    fn number(&mut self) -> Result<&'t str, SyntaxError> {
        let from = self.at;
        self.take(b'-');
        let leading_zero = self.peek() == Some(b'0');
        let whole = self.digits();
        let mut valid = whole > 0 && !(leading_zero && whole > 1);
        if self.take(b'.') {
            valid &= self.digits() > 0;
        }
        if self.take(b'e') || self.take(b'E') {
            let _sign = self.take(b'+') || self.take(b'-');
            valid &= self.digits() > 0;
        }
        if valid { Ok(self.since(from)) } else { Err(SyntaxError::new(SyntaxErrorKind::InvalidNumber, from)) }
    }

    fn string(&mut self) -> Result<Text<'t>, SyntaxError> {
        self.at += 1;
        let from = self.at;
        let mut escaped = false;
        loop {
            self.at += text::plain_run(self.left());
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => {
                    let (_, length) = text::escape(self.left()).map_err(|kind| self.error(kind))?;
                    self.at += length;
                    escaped = true;
                }
                Some(_) => return Err(self.error(SyntaxErrorKind::InvalidString)),
                None => return Err(self.error(SyntaxErrorKind::UnexpectedEnd)),
            }
        }
        let raw = self.since(from);
        self.at += 1;
        Ok(Text::new(raw, escaped))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_come_in_the_order_of_the_text() -> Result<(), SyntaxError> {
        let mut scan = Scanner::new(br#" { "a" : [ 1.50 , "x\u0041" ], "b": {"c": null}, "d": true } "#)?;
        let (mut members, mut items) = (true, true);
        assert_eq!(scan.value()?, Piece::Object);
        assert_eq!(scan.key(&mut members)?.map(Text::unescape).as_deref(), Some("a"));
        assert_eq!(scan.value()?, Piece::Array);
        assert!(scan.item(&mut items)?);
        assert_eq!(scan.value()?, Piece::Number("1.50"));
        assert!(scan.item(&mut items)?);
        assert!(matches!(scan.value()?, Piece::Text(text) if text.unescape() == "xA"));
        assert!(!scan.item(&mut items)?);
        assert_eq!(scan.key(&mut members)?.map(Text::unescape).as_deref(), Some("b"));
        let nested = scan.value()?;
        scan.skip(nested)?;
        assert_eq!(scan.key(&mut members)?.map(Text::unescape).as_deref(), Some("d"));
        assert_eq!(scan.value()?, Piece::Bool(true));
        assert_eq!(scan.key(&mut members)?, None);
        scan.end()
    }

    #[test]
    fn a_separator_must_stand_between_and_only_between() {
        for text in [
            "[1 2]",
            "[,1]",
            "[1,]",
            "[1,,2]",
            "{,}",
            r#"{"a":1,}"#,
            r#"{"a":1 "b":2}"#,
            "[1}",
            "[TRUE]",
            "Null",
        ] {
            let mut scan = Scanner::new(text.as_bytes()).unwrap();
            let result = scan.value().and_then(|piece| scan.skip(piece));
            assert_eq!(result.map_err(|e| e.kind()), Err(SyntaxErrorKind::UnexpectedByte), "{text}");
        }
    }
}

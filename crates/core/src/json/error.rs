use std::fmt;

/// Why a text is not JSON that a store would decode.
///
/// The store answers any of these with 400 `Decoding error.`
///
/// ```
/// use magewright::json::{parse, SyntaxErrorKind};
/// let error = parse(br#"{"a":01}"#).unwrap_err();
/// assert_eq!((error.kind(), error.offset()), (SyntaxErrorKind::InvalidNumber, 5));
/// ```
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
    /// Nesting beyond [`MAX_DEPTH`](super::MAX_DEPTH).
    TooDeep,
}

impl SyntaxErrorKind {
    /// What is wrong, in words that never hold the text itself.
    #[must_use]
    pub const fn describe(self) -> &'static str {
        match self {
            SyntaxErrorKind::UnexpectedEnd => "the text ends inside a value",
            SyntaxErrorKind::UnexpectedByte => "a character that cannot stand here",
            SyntaxErrorKind::TrailingText => "text after the end of the value",
            SyntaxErrorKind::InvalidNumber => "a number that JSON does not allow",
            SyntaxErrorKind::InvalidString => "a raw control character or an unknown escape in a string",
            SyntaxErrorKind::LoneSurrogate => "a \\u escape of half a surrogate pair",
            SyntaxErrorKind::InvalidUtf8 => "bytes that are not UTF-8",
            SyntaxErrorKind::TooDeep => "nesting deeper than 511 levels",
        }
    }
}

impl SyntaxError {
    pub(super) const fn new(kind: SyntaxErrorKind, offset: usize) -> Self {
        SyntaxError { kind, offset }
    }

    pub(super) const fn not_a_number() -> Self {
        SyntaxError::new(SyntaxErrorKind::InvalidNumber, 0)
    }

    /// What is wrong.
    #[must_use]
    pub const fn kind(&self) -> SyntaxErrorKind {
        self.kind
    }

    /// Where, as a count of bytes from the start.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not JSON that a store decodes, at byte {}: {}", self.offset, self.kind.describe())
    }
}

impl std::error::Error for SyntaxError {}

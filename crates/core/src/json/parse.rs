use super::scan::{Piece, Scanner};
use super::{Number, Object, Path, SyntaxError, Value};

/// How many lists and objects may stand in one another, as in PHP's `json_decode`, which counts one level more.
pub const MAX_DEPTH: usize = 511;

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
    let scan = Scanner::new(text)?;
    let mut builder = Builder { scan, items: Vec::new(), members: Vec::new(), duplicates: Vec::new() };
    let value = builder.value(&Path::root())?;
    builder.scan.end()?;
    Ok((value, builder.duplicates))
}

/// Builds values from the pieces of a scanner.
struct Builder<'t> {
    scan: Scanner<'t>,
    /// The items of lists still open, the innermost last: a list is made when its length is known.
    items: Vec<Value>,
    /// The members of objects still open, likewise.
    members: Vec<(String, Value)>,
    duplicates: Vec<String>,
}

impl Builder<'_> {
    fn value(&mut self, path: &Path<'_>) -> Result<Value, SyntaxError> {
        Ok(match self.scan.value()? {
            Piece::Null => Value::Null,
            Piece::Bool(value) => Value::Bool(value),
            Piece::Number(text) => Value::Number(Number::from_checked(text)),
            Piece::Text(text) => Value::String(text.unescape().into_owned()),
            Piece::Array => Value::Array(self.items(path)?),
            Piece::Object => Value::Object(self.members(path)?),
        })
    }

    fn items(&mut self, path: &Path<'_>) -> Result<Vec<Value>, SyntaxError> {
        let (begun, mut first) = (self.items.len(), true);
        while self.scan.item(&mut first)? {
            let item = self.value(&path.index(self.items.len() - begun))?;
            self.items.push(item);
        }
        Ok(self.items.drain(begun..).collect())
    }

    fn members(&mut self, path: &Path<'_>) -> Result<Object, SyntaxError> {
        let (begun, mut first) = (self.members.len(), true);
        while let Some(key) = self.scan.key(&mut first)? {
            let key = key.unescape().into_owned();
            let value = self.value(&path.key(&key))?;
            self.members.push((key, value));
        }
        let (object, repeated) = Object::from_pairs(self.members.drain(begun..).collect());
        self.duplicates.extend(repeated.iter().map(|key| path.key(key).to_string()));
        Ok(object)
    }
}

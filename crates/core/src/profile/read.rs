//! Reading members of foreign JSON, with an error that says where and what.

use std::borrow::Cow;
use std::fmt;

use crate::contract::NotAContract;
use crate::json::{Path, Value};

/// Why a document or a reply is not a store profile.
///
/// ```
/// use magewright::{json, profile::Profile};
/// let document = json::parse(br#"{"version":1,"websites":[{"id":"one"}]}"#)?;
/// let error = Profile::from_document(&document).unwrap_err();
/// assert_eq!(error.to_string(), "not a store profile: `/websites/0/id` must be an integer");
/// # Ok::<(), json::SyntaxError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileError(Box<Wrong>);

/// What is wrong, behind a pointer: every reader of a part may return it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Wrong {
    pointer: String,
    expected: Cow<'static, str>,
}

impl ProfileError {
    pub(super) fn new(path: &Path<'_>, expected: &'static str) -> Self {
        ProfileError(Box::new(Wrong { pointer: path.to_string(), expected: Cow::Borrowed(expected) }))
    }

    /// A schema that is not understood, at a place below `path`.
    pub(super) fn schema(path: &Path<'_>, error: &NotAContract) -> Self {
        let expected = format!("understood: {}", error.why());
        let pointer = format!("{path}{}", error.pointer());
        ProfileError(Box::new(Wrong { pointer, expected: Cow::Owned(expected) }))
    }

    /// Where the document is wrong, as a JSON Pointer.
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.0.pointer
    }
}

impl fmt::Display for ProfileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.0.pointer.is_empty() { "the document" } else { &format!("`{}`", self.0.pointer) };
        write!(f, "not a store profile: {place} must be {}", self.0.expected)
    }
}

impl std::error::Error for ProfileError {}

/// A value and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    pub(super) value: &'a Value,
    pub(super) path: &'a Path<'a>,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(value: &'a Value, path: &'a Path<'a>) -> Self {
        Cursor { value, path }
    }

    /// The integer member, written as a number or, as the store does for region ids, as text.
    pub(super) fn integer(&self, key: &'static str) -> Result<i64, ProfileError> {
        let integer = match self.value.get(key) {
            Some(Value::String(text)) => text.parse().ok(),
            Some(value) => value.as_i64(),
            None => None,
        };
        integer.ok_or_else(|| ProfileError::new(&self.path.key(key), "an integer"))
    }

    /// The members `id`, `code` and `name`.
    pub(super) fn named(&self) -> Result<(i64, String, String), ProfileError> {
        Ok((self.integer("id")?, self.text("code")?, self.text("name")?))
    }

    pub(super) fn text(&self, key: &'static str) -> Result<String, ProfileError> {
        let text = self.value.get(key).and_then(Value::as_str);
        text.map(str::to_owned).ok_or_else(|| ProfileError::new(&self.path.key(key), "text"))
    }

    /// The text member; absent and `null` are empty text.
    pub(super) fn text_or_empty(&self, key: &'static str) -> Result<String, ProfileError> {
        match self.value.get(key) {
            None | Some(Value::Null) => Ok(String::new()),
            Some(_) => self.text(key),
        }
    }

    /// The truth value; absent is false, 0 and 1 count as the store writes them.
    pub(super) fn flag(&self, key: &'static str) -> Result<bool, ProfileError> {
        match self.value.get(key) {
            None | Some(Value::Null) => Ok(false),
            Some(Value::Bool(value)) => Ok(*value),
            Some(value) => match value.as_i64() {
                Some(0) => Ok(false),
                Some(1) => Ok(true),
                _ => Err(ProfileError::new(&self.path.key(key), "true or false")),
            },
        }
    }

    /// The items of a list member; absent and `null` are an empty list.
    pub(super) fn items<T>(
        &self,
        key: &'static str,
        read: impl Fn(Cursor<'_>) -> Result<T, ProfileError>,
    ) -> Result<Vec<T>, ProfileError> {
        match self.value.get(key) {
            None | Some(Value::Null) => Ok(Vec::new()),
            Some(value) => Cursor::new(value, &self.path.key(key)).list(read),
        }
    }

    /// The items of a list.
    pub(super) fn list<T>(
        &self,
        read: impl Fn(Cursor<'_>) -> Result<T, ProfileError>,
    ) -> Result<Vec<T>, ProfileError> {
        let mut found = Vec::new();
        self.each(&mut |item| {
            found.push(read(item)?);
            Ok(())
        })?;
        Ok(found)
    }

    /// Hands over the items of a list, whatever is made of them.
    fn each(&self, take: &mut dyn FnMut(Cursor<'_>) -> Result<(), ProfileError>) -> Result<(), ProfileError> {
        let items = self.value.as_array().ok_or_else(|| ProfileError::new(self.path, "a list"))?;
        for (at, item) in items.iter().enumerate() {
            take(Cursor::new(item, &self.path.index(at)))?;
        }
        Ok(())
    }
}

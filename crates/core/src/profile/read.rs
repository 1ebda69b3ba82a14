//! Reading members of foreign JSON, with an error that says where and what.

use std::borrow::Cow;
use std::cell::OnceCell;
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

/// The first thing that is wrong with what is read, once something is.
pub(super) type Fault = OnceCell<ProfileError>;

/// A value, where it stands, and where to note what is wrong.
///
/// What is not as expected reads as nothing and is noted, so that a reader says what it reads and no more; who
/// began to read looks at the fault in the end.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    pub(super) value: &'a Value,
    pub(super) path: &'a Path<'a>,
    pub(super) fault: &'a Fault,
}

impl Cursor<'_> {
    /// The integer, written as a number or, as the store does for region ids and settings, as text.
    pub(super) fn as_integer(&self) -> i64 {
        let integer = match self.value {
            Value::String(text) => text.parse().ok(),
            value => value.as_i64(),
        };
        integer.unwrap_or_else(|| self.lacks("an integer"))
    }

    /// The text.
    pub(super) fn as_text(&self, expected: &'static str) -> String {
        self.value.as_str().map_or_else(|| self.lacks(expected), str::to_owned)
    }

    /// Nothing, since it is not what was expected.
    pub(super) fn lacks<T: Default>(&self, expected: &'static str) -> T {
        // Only the first fault is kept.
        let _ = self.fault.set(ProfileError::new(self.path, expected));
        T::default()
    }

    /// What is made of a member; one that is absent is `null`.
    fn member<T>(&self, key: &str, read: impl FnOnce(Cursor<'_>) -> T) -> T {
        static ABSENT: Value = Value::Null;
        let value = self.value.get(key).unwrap_or(&ABSENT);
        read(Cursor { value, path: &self.path.key(key), fault: self.fault })
    }

    /// The integer member.
    pub(super) fn integer(&self, key: &str) -> i64 {
        self.member(key, |value| value.as_integer())
    }

    /// The members `id`, `code` and `name`.
    pub(super) fn named(&self) -> (i64, String, String) {
        (self.integer("id"), self.text("code"), self.text("name"))
    }

    /// The text member.
    pub(super) fn text(&self, key: &str) -> String {
        self.member(key, |value| value.as_text("text"))
    }

    /// The text member; absent and `null` are empty text.
    pub(super) fn text_or_empty(&self, key: &str) -> String {
        self.member(key, |value| if value.value.is_null() { String::new() } else { value.as_text("text") })
    }

    /// The truth value; absent is false, 0 and 1 count as the store writes them.
    pub(super) fn flag(&self, key: &str) -> bool {
        self.member(key, |value| match value.value {
            Value::Null => false,
            Value::Bool(is) => *is,
            number => match number.as_i64() {
                Some(0) => false,
                Some(1) => true,
                _ => value.lacks("true or false"),
            },
        })
    }

    /// The items of a list member; absent and `null` are an empty list.
    pub(super) fn items<T>(&self, key: &str, read: fn(Cursor<'_>) -> T) -> Vec<T> {
        self.member(key, |list| if list.value.is_null() { Vec::new() } else { list.list(read) })
    }

    /// The items of a list.
    pub(super) fn list<T>(&self, read: fn(Cursor<'_>) -> T) -> Vec<T> {
        let mut found = Vec::new();
        self.each(&mut |item| found.push(read(item)));
        found
    }

    /// Hands over the items of a list, whatever is made of them, until something is wrong.
    fn each(&self, take: &mut dyn FnMut(Cursor<'_>)) {
        let Some(items) = self.value.as_array() else { return self.lacks("a list") };
        for (at, value) in items.iter().enumerate().take_while(|_| self.fault.get().is_none()) {
            take(Cursor { value, path: &self.path.index(at), fault: self.fault });
        }
    }
}

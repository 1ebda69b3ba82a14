//! The store code in a path.

use std::fmt;

/// The store view in whose scope a request runs.
///
/// ```
/// use magewright::call::Scope;
/// assert_eq!(Scope::store_view("de")?.prefix(), "/rest/de");
/// assert_eq!(Scope::Default.prefix(), "/rest");
/// # Ok::<(), magewright::call::InvalidStoreCode>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Scope(Option<String>);

/// A text that cannot be a store code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidStoreCode;

impl fmt::Display for InvalidStoreCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a store code: it begins with a letter, and letters, digits and _ follow")
    }
}

impl std::error::Error for InvalidStoreCode {}

impl Scope {
    /// No store code: the store's default view.
    #[expect(non_upper_case_globals, reason = "read as a variant")]
    pub const Default: Scope = Scope(None);

    /// The code `all`: values that hold for every view.
    #[must_use]
    pub fn all() -> Self {
        Scope(Some("all".to_owned()))
    }

    /// The view of that code; stores compare it with case.
    ///
    /// # Errors
    /// [`InvalidStoreCode`] for a text that no store takes for a code.
    pub fn store_view(code: &str) -> Result<Self, InvalidStoreCode> {
        let starts = code.starts_with(|c: char| c.is_ascii_alphabetic());
        let valid = starts && code.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        if valid { Ok(Scope(Some(code.to_owned()))) } else { Err(InvalidStoreCode) }
    }

    /// The store code; `None` for the default view.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.0.as_deref()
    }

    /// What stands before `/V1`, from the store's base URL on.
    #[must_use]
    pub fn prefix(&self) -> String {
        self.code().map_or_else(|| "/rest".to_owned(), |code| format!("/rest/{code}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_code_is_refused() {
        for code in ["", "1de", "d e", "de/V1", "..", "dé", "_a"] {
            assert_eq!(Scope::store_view(code), Err(InvalidStoreCode), "{code}");
        }
        assert_eq!(Scope::all().prefix(), "/rest/all");
    }
}

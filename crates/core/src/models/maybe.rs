use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A field that may be left out, null, or hold a value.
///
/// To a store these are three different things: in an update, a field left out
/// is not touched, `null` is ignored or clears, a value is stored.
///
/// ```
/// use magewright::models::Maybe;
///
/// let name: Maybe<String> = "Ada".into();
/// assert_eq!(name.value().map(String::as_str), Some("Ada"));
/// assert_eq!(Maybe::<i64>::Null.value(), None);
/// assert!(Maybe::<i64>::default().is_absent());
/// assert_eq!(Maybe::Value(3).into_value(), Some(3));
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Maybe<T> {
    /// There is no such key.
    #[default]
    Absent,
    /// The key's value is `null`.
    Null,
    /// The key has a value.
    Value(T),
}

impl<T> Maybe<T> {
    /// Whether the key is left out.
    #[must_use]
    pub const fn is_absent(&self) -> bool {
        matches!(self, Maybe::Absent)
    }

    /// Whether the key's value is `null`.
    #[must_use]
    pub const fn is_null(&self) -> bool {
        matches!(self, Maybe::Null)
    }

    /// The value, when there is one.
    #[must_use]
    pub const fn value(&self) -> Option<&T> {
        match self {
            Maybe::Value(value) => Some(value),
            Maybe::Absent | Maybe::Null => None,
        }
    }

    /// The value to be changed, when there is one.
    ///
    /// ```
    /// let mut count = magewright::models::Maybe::Value(1);
    /// if let Some(count) = count.value_mut() {
    ///     *count += 1;
    /// }
    /// assert_eq!(count.value(), Some(&2));
    /// ```
    #[must_use]
    pub const fn value_mut(&mut self) -> Option<&mut T> {
        match self {
            Maybe::Value(value) => Some(value),
            Maybe::Absent | Maybe::Null => None,
        }
    }

    /// The value itself, when there is one.
    #[must_use]
    pub fn into_value(self) -> Option<T> {
        match self {
            Maybe::Value(value) => Some(value),
            Maybe::Absent | Maybe::Null => None,
        }
    }
}

impl<T> Maybe<Vec<T>> {
    /// The items of a list; none when it is absent or null.
    ///
    /// ```
    /// use magewright::models::{CustomerSearchResults, read};
    /// let page: CustomerSearchResults = read(br#"{"items":[{"id":1},{"id":2}],"total_count":2}"#)?;
    /// assert_eq!(page.items.items().len(), 2);
    /// assert!(page.items.items()[0].addresses.items().is_empty());
    /// # Ok::<(), magewright::models::Unreadable>(())
    /// ```
    #[must_use]
    pub fn items(&self) -> &[T] {
        self.value().map_or(&[], Vec::as_slice)
    }
}

impl<T> From<T> for Maybe<T> {
    fn from(value: T) -> Self {
        Maybe::Value(value)
    }
}

impl From<&str> for Maybe<String> {
    fn from(value: &str) -> Self {
        Maybe::Value(value.to_owned())
    }
}

impl<T: Serialize> Serialize for Maybe<T> {
    /// Absent is written as null; a struct's field skips itself before that with
    /// `skip_serializing_if = "Maybe::is_absent"`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value().serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Maybe<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(deserializer)?.map_or(Maybe::Null, Maybe::Value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
    struct Holder {
        #[serde(default, skip_serializing_if = "Maybe::is_absent")]
        name: Maybe<String>,
    }

    #[test]
    fn the_three_states_pass_through_json() {
        for (text, name) in [
            ("{}", Maybe::Absent),
            (r#"{"name":null}"#, Maybe::Null),
            (r#"{"name":""}"#, Maybe::Value(String::new())),
        ] {
            let holder: Holder = serde_json::from_str(text).unwrap();
            assert_eq!(holder, Holder { name });
            assert_eq!(serde_json::to_string(&holder).unwrap(), text);
        }
        assert!(serde_json::from_str::<Holder>(r#"{"name":1}"#).is_err());
    }

    #[test]
    fn only_a_value_gives_a_value() {
        assert_eq!(Maybe::Value(1).into_value(), Some(1));
        assert_eq!((Maybe::<i32>::Null.into_value(), Maybe::<i32>::Absent.value_mut()), (None, None));
        assert!(Maybe::<Vec<i32>>::Null.items().is_empty());
    }
}

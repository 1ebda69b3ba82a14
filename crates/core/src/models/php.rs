use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeSeq, Serializer};

use super::{Maybe, Model};
use crate::contract::Kind;

/// An object as PHP writes it: `[]` when it has no members.
///
/// It is read from both forms and written in the one it was read in, unless a
/// member has been set since. It lends the object itself by `Deref`.
///
/// ```
/// use magewright::models::{Customer, CustomerExtension, PhpObject, read, to_value};
///
/// let mut customer: Customer = read(br#"{"extension_attributes":[]}"#)?;
/// assert_eq!(to_value(&customer).to_string(), r#"{"extension_attributes":[]}"#);
///
/// if let Some(extension) = customer.extension_attributes.value_mut() {
///     extension.is_subscribed = true.into();
/// }
/// assert_eq!(to_value(&customer).to_string(), r#"{"extension_attributes":{"is_subscribed":true}}"#);
///
/// let set = CustomerExtension { is_subscribed: false.into(), ..Default::default() };
/// customer.extension_attributes = PhpObject::from(set).into();
/// # Ok::<(), magewright::models::Unreadable>(())
/// ```
#[derive(Clone, Default, PartialEq)]
pub struct PhpObject<T> {
    object: T,
    as_list: bool,
}

impl<T> PhpObject<T> {
    /// The object itself.
    ///
    /// ```
    /// use magewright::models::{PhpObject, Region, read};
    /// let region: PhpObject<Region> = read(b"[]")?;
    /// assert!(region.was_list());
    /// assert_eq!(region.into_inner(), Region::default());
    /// # Ok::<(), magewright::models::Unreadable>(())
    /// ```
    #[must_use]
    pub fn into_inner(self) -> T {
        self.object
    }

    /// Whether it was read from `[]`.
    #[must_use]
    pub const fn was_list(&self) -> bool {
        self.as_list
    }
}

impl<T> From<T> for PhpObject<T> {
    fn from(object: T) -> Self {
        PhpObject { object, as_list: false }
    }
}

impl<T> From<T> for Maybe<PhpObject<T>> {
    fn from(object: T) -> Self {
        Maybe::Value(object.into())
    }
}

impl<T> From<Vec<T>> for Maybe<Vec<PhpObject<T>>> {
    /// A list of objects, as a field of a model holds it.
    ///
    /// ```
    /// use magewright::models::{Address, Customer};
    /// let home = Address { city: "Berlin".into(), ..Default::default() };
    /// let customer = Customer { addresses: vec![home].into(), ..Default::default() };
    /// assert_eq!(customer.addresses.items()[0].city.value().map(String::as_str), Some("Berlin"));
    /// ```
    fn from(objects: Vec<T>) -> Self {
        Maybe::Value(objects.into_iter().map(PhpObject::from).collect())
    }
}

impl<T> Deref for PhpObject<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.object
    }
}

impl<T> DerefMut for PhpObject<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.object
    }
}

impl<T: fmt::Debug> fmt::Debug for PhpObject<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.object.fmt(f)
    }
}

impl<T: Serialize + Default + PartialEq> Serialize for PhpObject<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.as_list && self.object == T::default() {
            return serializer.serialize_seq(Some(0))?.end();
        }
        self.object.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de> + Default> Deserialize<'de> for PhpObject<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ObjectOrEmptyList(PhantomData))
    }
}

/// The whole reply, of an endpoint that answers `[]` when there is nothing.
impl<M: Model + Default + PartialEq> Model for PhpObject<M> {
    const KIND: Kind = M::KIND;
}

struct ObjectOrEmptyList<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de> + Default> Visitor<'de> for ObjectOrEmptyList<T> {
    type Value = PhpObject<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object, or the empty list that PHP writes for one")
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Self::Value, A::Error> {
        T::deserialize(MapAccessDeserializer::new(members)).map(PhpObject::from)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        match items.next_element::<de::IgnoredAny>()? {
            None => Ok(PhpObject { object: T::default(), as_list: true }),
            Some(_) => Err(de::Error::custom("a list with items where an object should be")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::{Region, Unreadable, read, to_value};

    fn back(text: &str) -> Result<String, Unreadable> {
        read::<PhpObject<Region>>(text.as_bytes()).map(|region| to_value(&region).to_string())
    }

    #[test]
    fn both_forms_of_nothing_stay_as_they_are() {
        for text in ["[]", "{}", r#"{"region":null}"#, r#"{"extension_attributes":[]}"#] {
            assert_eq!(back(text).as_deref(), Ok(text));
        }
    }

    #[test]
    fn a_list_with_items_or_a_scalar_is_no_object() {
        for text in [r#"["x"]"#, "[{}]", "7", r#""Texas""#, "true"] {
            assert!(back(text).is_err(), "{text}");
        }
    }
}

//! What a release says its types and endpoints are, as tables to walk.
//!
//! The built-in contract is generated from `schema/contracts/*.json`, which
//! hold the facts of Magento's own schema, and `schema/overlay.json`, which adds
//! what that schema leaves out. It is the union of the releases: a field or
//! endpoint that some releases lack has a [`Band`](crate::release::Band).
//!
//! Fields stand in the order in which the store writes them in replies, so a
//! walk over a reply can expect the next key.
//!
//! ```
//! use magewright::contract::{self, Contract, Kind};
//!
//! let contract = Contract::built_in();
//! let (place, email) = contract.field(contract::CUSTOMER, 0, "email").unwrap();
//! assert_eq!(&contract.fields(contract::CUSTOMER)[place].name, &email.name);
//!
//! let (_, addresses) = contract.field(contract::CUSTOMER, 0, "addresses").unwrap();
//! assert_eq!(addresses.kind, Kind::Objects(contract::ADDRESS));
//! assert_eq!(addresses.rules.list_key, Some("id"));
//! ```

mod document;
mod endpoint;
mod load;
mod rules;
mod source;
mod write;

use std::borrow::Cow;

pub use endpoint::{Access, Endpoint, Method, Parameter};
pub use load::NotAContract;
pub use rules::{Beyond, Format, Limit, OnNull, Rules, Unit, Values, Way};

use crate::generated::tables;
pub use crate::generated::tables::ids::*;

/// The types and endpoints of the customer domain.
///
/// The built-in one borrows its tables; one read at run time owns them. In
/// both, the well-known types have the ids of this module's constants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contract {
    types: Cow<'static, [Type]>,
    endpoints: Cow<'static, [Endpoint]>,
}

/// A type by its place in a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(u16);

/// An object type, such as `Customer`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Type {
    /// The clean name: `Customer`.
    pub name: Cow<'static, str>,
    /// Magento's name of the definition, `customer-data-customer-interface`; empty when it publishes none.
    pub definition: Cow<'static, str>,
    /// The fields, in the order of replies.
    pub fields: Cow<'static, [Field]>,
}

/// A field of a type, or a member of a request body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The name on the wire, in snake case for fields of types.
    pub name: Cow<'static, str>,
    /// What it holds.
    pub kind: Kind,
    /// Whether Magento's schema calls it required: in a type, that its getter is declared never to give
    /// null, which says nothing of requests; in a body, that the call fails without it.
    pub required: bool,
    /// What the schema leaves out.
    pub rules: &'static Rules,
}

/// What a field holds, as the service contract declares it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A text.
    String,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// Any JSON value.
    Mixed,
    /// An object of a type.
    Object(TypeId),
    /// A list of objects of a type.
    Objects(TypeId),
    /// A list of texts.
    Strings,
    /// A list of whole numbers.
    Integers,
    /// A list of numbers.
    Numbers,
    /// A list of truth values.
    Booleans,
    /// A list of any JSON values.
    List,
}

impl Contract {
    /// A contract over fixed tables.
    pub(crate) const fn fixed(types: &'static [Type], endpoints: &'static [Endpoint]) -> Self {
        Contract { types: Cow::Borrowed(types), endpoints: Cow::Borrowed(endpoints) }
    }

    /// The contract this crate was generated from, of all its releases together.
    ///
    /// ```
    /// use magewright::contract::{Contract, CUSTOMER_EXTENSION};
    /// let (_, field) = Contract::built_in().field(CUSTOMER_EXTENSION, 0, "all_company_attributes").unwrap();
    /// assert_eq!(field.rules.band.to_string(), "2.4.9+; not saas");
    /// ```
    #[must_use]
    pub fn built_in() -> &'static Contract {
        static BUILT_IN: Contract = Contract::fixed(&tables::TYPES, &tables::ENDPOINTS);
        &BUILT_IN
    }

    /// All types; a type's place is its [`TypeId`].
    ///
    /// ```
    /// let types = magewright::contract::Contract::built_in().types();
    /// assert!(types.iter().any(|of| of.name == "Customer" && of.definition == "customer-data-customer-interface"));
    /// ```
    #[must_use]
    pub fn types(&self) -> &[Type] {
        &self.types
    }

    /// All endpoints, by path and method.
    ///
    /// ```
    /// let endpoints = magewright::contract::Contract::built_in().endpoints();
    /// assert!(endpoints.iter().filter(|endpoint| !endpoint.core).all(|one| one.path.starts_with("/V1/users")
    ///     || one.path.starts_with("/V1/roles")));
    /// ```
    #[must_use]
    pub fn endpoints(&self) -> &[Endpoint] {
        &self.endpoints
    }

    /// The type of that id; `None` when the contract lacks it.
    ///
    /// ```
    /// use magewright::contract::{Contract, REGION};
    /// assert_eq!(Contract::built_in().get(REGION).map(|of| &*of.name), Some("Region"));
    /// ```
    #[must_use]
    pub fn get(&self, id: TypeId) -> Option<&Type> {
        self.types.get(usize::from(id.0))
    }

    /// The fields of a type in the order of replies; empty for a type the contract lacks.
    ///
    /// ```
    /// use magewright::contract::{Contract, CUSTOM_ATTRIBUTE};
    /// let names = Contract::built_in().fields(CUSTOM_ATTRIBUTE).iter().map(|field| &*field.name);
    /// assert!(names.eq(["attribute_code", "value"]));
    /// ```
    #[must_use]
    pub fn fields(&self, id: TypeId) -> &[Field] {
        self.get(id).map_or(&[], |of| &of.fields)
    }

    /// The field of that name and its place, looked for from `expected` on and
    /// then from the beginning: in a document in reply order the first look finds it.
    ///
    /// ```
    /// use magewright::contract::{Contract, CUSTOMER};
    /// let (at, email) = Contract::built_in().field(CUSTOMER, 3, "email").unwrap();
    /// assert!(email.required && at > 3);
    /// assert!(Contract::built_in().field(CUSTOMER, at + 1, "is_active").is_none());
    /// ```
    #[must_use]
    pub fn field(&self, id: TypeId, expected: usize, name: &str) -> Option<(usize, &Field)> {
        let fields = self.fields(id);
        let named = |(_, field): &(usize, &Field)| field.name == name;
        let from_there = fields.iter().enumerate().skip(expected).find(named);
        from_there.or_else(|| fields.iter().enumerate().take(expected).find(named))
    }

    /// The id of the type with that clean name.
    ///
    /// ```
    /// use magewright::contract::{Contract, ADDRESS};
    /// assert_eq!(Contract::built_in().find("Address"), Some(ADDRESS));
    /// assert_eq!(Contract::built_in().find("Adress"), None);
    /// ```
    #[must_use]
    pub fn find(&self, name: &str) -> Option<TypeId> {
        let at = self.types.iter().position(|of| of.name == name)?;
        u16::try_from(at).ok().map(TypeId)
    }

    /// The endpoint of a method and a path as the schema writes it, placeholders included.
    ///
    /// ```
    /// use magewright::contract::{Access, Contract, Method};
    /// let save = Contract::built_in().endpoint(Method::Put, "/V1/customers/{customerId}").unwrap();
    /// assert_eq!(save.access, Access::Resource("Magento_Customer::manage"));
    /// assert!(Contract::built_in().endpoint(Method::Put, "/V1/customers/5").is_none());
    /// ```
    #[must_use]
    pub fn endpoint(&self, method: Method, path: &str) -> Option<&Endpoint> {
        self.endpoints.iter().find(|endpoint| endpoint.method == method && endpoint.path == path)
    }
}

impl Kind {
    /// The kind of a list of this; a list of lists is a list of anything.
    const fn listed(self) -> Kind {
        match self {
            Kind::String => Kind::Strings,
            Kind::Integer => Kind::Integers,
            Kind::Number => Kind::Numbers,
            Kind::Boolean => Kind::Booleans,
            Kind::Object(id) => Kind::Objects(id),
            _ => Kind::List,
        }
    }
}

impl TypeId {
    pub(crate) const fn at(place: u16) -> Self {
        TypeId(place)
    }
}

impl Type {
    pub(crate) const fn fixed(
        name: &'static str,
        definition: &'static str,
        fields: &'static [Field],
    ) -> Self {
        Type {
            name: Cow::Borrowed(name),
            definition: Cow::Borrowed(definition),
            fields: Cow::Borrowed(fields),
        }
    }
}

impl Field {
    pub(crate) const fn fixed(name: &'static str, kind: Kind, required: bool, rules: &'static Rules) -> Self {
        Field { name: Cow::Borrowed(name), kind, required, rules }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_found_from_wherever_the_walk_stands() {
        let contract = Contract::built_in();
        let email = contract.field(CUSTOMER, 0, "email").unwrap().0;
        for expected in [0, email, email + 1, 1000] {
            assert_eq!(contract.field(CUSTOMER, expected, "email").map(|(at, _)| at), Some(email));
        }
        assert!(contract.field(CUSTOMER, 0, "Email").is_none());
    }

    #[test]
    fn an_unknown_type_has_no_fields() {
        assert!(Contract::built_in().fields(TypeId(u16::MAX)).is_empty());
        assert!(Contract::built_in().get(TypeId(u16::MAX)).is_none());
    }

    #[test]
    fn a_field_stays_small() {
        assert!(size_of::<Field>() <= 48, "{}", size_of::<Field>());
    }
}

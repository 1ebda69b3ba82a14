use crate::release::Band;

/// What Magento's schema leaves out about a field, from `schema/overlay.json`.
///
/// ```
/// use magewright::contract::{Beyond, Contract, CUSTOMER, Limit, Unit, Values};
/// let field = |name| Contract::built_in().field(CUSTOMER, 0, name).unwrap().1.rules;
/// assert_eq!(field("prefix").limit, Some(Limit { size: 40, unit: Unit::Characters, beyond: Beyond::Cut }));
/// assert_eq!(field("gender").values, Values::Integers(&[0, 1, 2, 3]));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// Whether requests may set it, and replies show it.
    pub way: Way,
    /// Whether replies may hold `null` for it.
    pub null_in_replies: bool,
    /// What `null` does in an update.
    pub on_null: OnNull,
    /// Whether the value must not be shown or logged: passwords, tokens, hashes.
    pub secret: bool,
    /// The longest text.
    pub limit: Option<Limit>,
    /// The values it may have.
    pub values: Values,
    /// The form of a text.
    pub format: Option<Format>,
    /// For a list of objects: the field by which its items are told apart.
    pub list_key: Option<&'static str>,
    /// The module that adds the field, for one that is not in every shop, as `GET /V1/modules` names it.
    pub module: Option<&'static str>,
    /// The releases that have the field.
    pub band: Band,
    /// The same without module and band, for a shop whose own schema shows the field.
    pub(crate) bare: Option<&'static Rules>,
}

/// In which direction a field travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// In requests and replies.
    Both,
    /// Only in replies: what a request says is ignored or refused.
    ReadOnly,
    /// Only in requests: no reply shows it.
    WriteOnly,
}

/// What `null` does to a field of a stored customer in an update by an administrator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnNull {
    /// Nobody has looked.
    Unknown,
    /// The stored value stays.
    Kept,
    /// The stored value goes.
    Cleared,
    /// Zero is stored.
    Zero,
    /// It counts as an object without members.
    Emptied,
    /// The store answers with an error.
    Refused,
}

/// The longest text of a field and what happens to a longer one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// How much fits.
    pub size: u32,
    /// What `size` counts.
    pub unit: Unit,
    /// What the store does with more.
    pub beyond: Beyond,
}

/// What a length is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Unicode characters.
    Characters,
    /// Bytes of UTF-8.
    Bytes,
}

/// What the store does with a text that is too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beyond {
    /// It stores what fits and says nothing.
    Cut,
    /// It refuses the request.
    Refused,
}

/// The values a field may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Values {
    /// Any of its kind.
    Any,
    /// One of these numbers.
    Integers(&'static [i64]),
    /// One of these texts.
    Strings(&'static [&'static str]),
}

/// The form of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// An e-mail address.
    Email,
    /// `YYYY-MM-DD`.
    Date,
    /// `YYYY-MM-DD HH:MM:SS`, in UTC.
    DateTime,
    /// A country code of two upper-case letters (ISO 3166-1 alpha-2).
    Country,
    /// A whole number written as a text.
    Digits,
    /// A UUID.
    Uuid,
    /// A JSON document written as a text.
    Json,
    /// An absolute URL.
    Url,
}

impl Rules {
    /// Nothing beyond the schema.
    pub const NONE: Rules = Rules {
        way: Way::Both,
        null_in_replies: false,
        on_null: OnNull::Unknown,
        secret: false,
        limit: None,
        values: Values::Any,
        format: None,
        list_key: None,
        module: None,
        band: Band::ALL,
        bare: None,
    };

    /// The rules where the field is known to be there, whatever its module and releases.
    pub(super) const fn when_present(&'static self) -> &'static Rules {
        match self.bare {
            Some(bare) => bare,
            None => self,
        }
    }
}

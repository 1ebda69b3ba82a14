use std::fmt;

use crate::json::{self, Object, Path, Value};

use super::keyed::{DIRECTIVE, Directive, KeyedList, Place};

/// What is to change in a stored customer.
///
/// A patch is a JSON merge patch (RFC 7396) whose keyed lists are merged item
/// by item, as in Kubernetes' strategic merge:
///
/// | in the patch | means |
/// |---|---|
/// | member absent | left as it is |
/// | member `null` | taken away |
/// | member object | merged into the stored object |
/// | member of any other kind, lists without keys included | put in place |
/// | object with `"$patch":"replace"` | its other members, `null` included, put in place of the stored object |
/// | object with `"$patch":"delete"` | the stored object taken away |
///
/// Keyed lists are `addresses`, by `id`, and `custom_attributes` of the
/// customer and of an address, by `attribute_code`. A patch may list
/// `custom_attributes` as an object from code to value as well. Their items:
///
/// | item | means |
/// |---|---|
/// | with the key of a stored item | merged into that item |
/// | address without `id` | a new address |
/// | address with an `id` that is not stored | an error |
/// | attribute with a code that is not stored | a new attribute |
/// | attribute whose `value` is `null` | the attribute taken away |
/// | key and `"$patch":"delete"` | the item taken away, if it is there |
/// | key and `"$patch":"replace"` | the item put in place as it is written |
/// | `{"$patch":"replace"}` and nothing else | the list's other items put in place of the whole list |
/// | `{"$patch":"delete"}` and nothing else, alone in the list | the list emptied |
///
/// Stored items the patch does not name stay.
///
/// ```
/// use magewright::plan::{Patch, apply};
/// use magewright::json::parse;
///
/// let stored = parse(br#"{"id":5,"taxvat":"T","addresses":[{"id":1,"city":"Ulm"},{"id":2,"city":"Aalen"}]}"#)?;
/// let patch = Patch::parse(br#"{"taxvat":null,"addresses":[{"id":2,"city":"Bonn"}]}"#)?;
/// assert_eq!(
///     apply(&stored, &patch)?.to_string(),
///     r#"{"id":5,"addresses":[{"id":1,"city":"Ulm"},{"id":2,"city":"Bonn"}]}"#
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Patch(Object);

impl Patch {
    /// The patch that a JSON object writes.
    ///
    /// # Errors
    /// A [`PatchError`] with the place, where the object breaks the grammar.
    ///
    /// ```
    /// use magewright::plan::Patch;
    /// let error = Patch::parse(br#"{"addresses":[{"id":1,"$patch":"remove"}]}"#).unwrap_err();
    /// assert!(error.to_string().starts_with("/addresses/0: "));
    /// ```
    pub fn new(patch: Value) -> Result<Self, PatchError> {
        let Value::Object(object) = patch else {
            return Err(PatchError::at(&Path::root(), PatchErrorKind::NotAnObject));
        };
        if check_directive(&Path::root(), &object)? == Some(Directive::Delete) {
            return Err(PatchError::at(&Path::root(), PatchErrorKind::MisplacedDirective));
        }
        check_object(&Path::root(), Place::Customer, &object)?;
        Ok(Patch(object))
    }

    /// The patch that a JSON text writes.
    ///
    /// # Errors
    /// A [`PatchError`], also for a text that is not JSON.
    pub fn parse(text: &[u8]) -> Result<Self, PatchError> {
        let value =
            json::parse(text).map_err(|e| PatchError::at(&Path::root(), PatchErrorKind::Syntax(e)))?;
        Patch::new(value)
    }

    /// A patch built by this module, whose grammar holds by construction.
    pub(super) fn built(patch: Object) -> Self {
        Patch(patch)
    }

    /// Whether the patch changes nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The patch as a JSON object.
    #[must_use]
    pub fn as_object(&self) -> &Object {
        &self.0
    }

    /// The patch as a JSON value.
    #[must_use]
    pub fn into_value(self) -> Value {
        Value::Object(self.0)
    }
}

/// A patch that cannot be read, or not be applied to this customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatchError {
    pointer: String,
    kind: PatchErrorKind,
}

/// What is wrong with a patch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PatchErrorKind {
    /// The text is not JSON.
    Syntax(json::SyntaxError),
    /// The patch, the stored customer or an item is not an object.
    NotAnObject,
    /// A keyed list is written as something else.
    NotAList,
    /// `$patch` is neither `delete` nor `replace`.
    UnknownDirective,
    /// A directive where it has no meaning, or beside members it does not go with.
    MisplacedDirective,
    /// A custom attribute without its code, or an id that is neither a number nor text.
    NoKey,
    /// Two items of a list have the same key.
    DuplicateKey,
    /// An address has an id that the stored customer does not have.
    NoSuchAddress,
    /// A document holds a member named `$patch`, which a patch cannot express.
    ReservedName,
}

impl PatchErrorKind {
    /// What is wrong and the way out.
    ///
    /// ```
    /// use magewright::plan::PatchErrorKind;
    /// assert!(PatchErrorKind::NoSuchAddress.message().contains("leave the id out"));
    /// ```
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            PatchErrorKind::Syntax(_) => "the text is not JSON: write the patch as a JSON object",
            PatchErrorKind::NotAnObject => {
                "expected a JSON object: the stored customer, a patch and each item of a list are one"
            }
            PatchErrorKind::NotAList => "expected a list of items, merged by their key",
            PatchErrorKind::UnknownDirective => "unknown $patch directive: use \"delete\" or \"replace\"",
            PatchErrorKind::MisplacedDirective => {
                "a $patch directive that cannot stand here: \"delete\" takes the item's key or nothing beside it, \
                 and a customer is deleted by its own call"
            }
            PatchErrorKind::NoKey => {
                "the item cannot be told apart: give an attribute its attribute_code, an address a number or text as id"
            }
            PatchErrorKind::DuplicateKey => "two items have this key: merge them into one",
            PatchErrorKind::NoSuchAddress => {
                "the stored customer has no address with this id: leave the id out to create an address"
            }
            PatchErrorKind::ReservedName => {
                "a member named $patch cannot be part of a document: rename or remove it"
            }
        }
    }
}

impl PatchError {
    pub(super) fn at(path: &Path<'_>, kind: PatchErrorKind) -> Self {
        PatchError { pointer: path.to_string(), kind }
    }

    /// Where, as a JSON Pointer into the patch.
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// What is wrong.
    #[must_use]
    pub fn kind(&self) -> PatchErrorKind {
        self.kind
    }
}

impl fmt::Display for PatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.pointer.is_empty() {
            write!(f, "{}: ", self.pointer)?;
        }
        match self.kind {
            PatchErrorKind::Syntax(error) => error.fmt(f),
            kind => f.write_str(kind.message()),
        }
    }
}

impl std::error::Error for PatchError {}

fn check_directive(path: &Path<'_>, object: &Object) -> Result<Option<Directive>, PatchError> {
    match (object.get(DIRECTIVE), Directive::of(object)) {
        (Some(_), None) => Err(PatchError::at(path, PatchErrorKind::UnknownDirective)),
        (_, directive) => Ok(directive),
    }
}

fn check_object(path: &Path<'_>, place: Place, object: &Object) -> Result<(), PatchError> {
    match check_directive(path, object)? {
        Some(Directive::Replace) => return Ok(()),
        Some(Directive::Delete) if object.len() > 1 => {
            return Err(PatchError::at(path, PatchErrorKind::MisplacedDirective));
        }
        _ => {}
    }
    for (key, value) in object.iter().filter(|(key, _)| !place.is_opaque(key)) {
        let path = path.key(key);
        match (place.list(key), value) {
            (_, Value::Null) => {}
            (Some(list), Value::Array(items)) => check_list(&path, list, items)?,
            (Some(KeyedList { item: Place::Attribute, .. }), Value::Object(map)) => check_map(&path, map)?,
            (Some(_), _) => return Err(PatchError::at(&path, PatchErrorKind::NotAList)),
            (None, Value::Object(object)) => check_object(&path, Place::Other, object)?,
            (None, _) => {}
        }
    }
    Ok(())
}

/// Attributes written as an object from code to value: the values are opaque.
fn check_map(path: &Path<'_>, map: &Object) -> Result<(), PatchError> {
    match map.contains_key(DIRECTIVE) {
        true => Err(PatchError::at(path, PatchErrorKind::MisplacedDirective)),
        false => Ok(()),
    }
}

fn check_list(path: &Path<'_>, list: KeyedList, items: &[Value]) -> Result<(), PatchError> {
    let whole = Directive::of_list(items);
    if whole == Some(Directive::Delete) && items.len() > 1 {
        return Err(PatchError::at(path, PatchErrorKind::MisplacedDirective));
    }
    let by_key = list.index(items);
    for (at, item) in items.iter().enumerate() {
        let path = path.index(at);
        let object = item.as_object().ok_or_else(|| PatchError::at(&path, PatchErrorKind::NotAnObject))?;
        let before = items.get(..at).unwrap_or_default();
        match (whole, check_directive(&path, object)?) {
            (Some(_), Some(_)) if object.len() > 1 || Directive::of_list(before).is_some() => {
                return Err(PatchError::at(&path, PatchErrorKind::MisplacedDirective));
            }
            (Some(_), _) => {}
            (None, _) if list.key_of(item).is_some_and(|key| by_key.place(key) != Some(at)) => {
                return Err(PatchError::at(&path, PatchErrorKind::DuplicateKey));
            }
            (None, directive) => check_item(&path, list, item, object, directive)?,
        }
    }
    Ok(())
}

fn check_item(
    path: &Path<'_>,
    list: KeyedList,
    item: &Value,
    object: &Object,
    directive: Option<Directive>,
) -> Result<(), PatchError> {
    match list.key_of(item) {
        Some(_) if directive == Some(Directive::Replace) => Ok(()),
        Some(_) if directive == Some(Directive::Delete) && object.len() > 2 => {
            Err(PatchError::at(path, PatchErrorKind::MisplacedDirective))
        }
        Some(_) if directive == Some(Directive::Delete) => Ok(()),
        Some(_) => check_object(path, list.item, object),
        None if directive.is_some() => Err(PatchError::at(path, PatchErrorKind::MisplacedDirective)),
        None if list.item == Place::Address && object.get(list.key).is_none_or(Value::is_null) => Ok(()),
        None => Err(PatchError::at(path, PatchErrorKind::NoKey)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> (String, PatchErrorKind) {
        let error = Patch::parse(text.as_bytes()).unwrap_err();
        (error.pointer().to_owned(), error.kind())
    }

    #[test]
    fn what_breaks_the_grammar_is_refused_with_its_place() {
        use PatchErrorKind::*;
        let cases = [
            ("[]", "", NotAnObject),
            (r#"{"$patch":"delete"}"#, "", MisplacedDirective),
            (r#"{"$patch":1}"#, "", UnknownDirective),
            (r#"{"addresses":{"id":1}}"#, "/addresses", NotAList),
            (r#"{"addresses":"x"}"#, "/addresses", NotAList),
            (r#"{"addresses":[1]}"#, "/addresses/0", NotAnObject),
            (r#"{"addresses":[{"id":1},{"id":"1"}]}"#, "/addresses/1", DuplicateKey),
            (r#"{"addresses":[{"id":true}]}"#, "/addresses/0", NoKey),
            (r#"{"addresses":[{"id":1,"$patch":"delete","city":"x"}]}"#, "/addresses/0", MisplacedDirective),
            (r#"{"addresses":[{"city":"x","$patch":"replace"}]}"#, "/addresses/0", MisplacedDirective),
            (r#"{"addresses":[{"$patch":"delete"},{"city":"x"}]}"#, "/addresses", MisplacedDirective),
            (r#"{"custom_attributes":[{"value":1}]}"#, "/custom_attributes/0", NoKey),
            (r#"{"custom_attributes":{"$patch":"delete"}}"#, "/custom_attributes", MisplacedDirective),
            (r#"{"addresses":[{"id":1,"custom_attributes":7}]}"#, "/addresses/0/custom_attributes", NotAList),
            (
                r#"{"extension_attributes":{"$patch":"delete","x":1}}"#,
                "/extension_attributes",
                MisplacedDirective,
            ),
            (
                r#"{"addresses":[{"$patch":"replace"},{"$patch":"replace"}]}"#,
                "/addresses/1",
                MisplacedDirective,
            ),
            (
                r#"{"addresses":[{"$patch":"replace"},{"id":1,"$patch":"delete"}]}"#,
                "/addresses/1",
                MisplacedDirective,
            ),
            (r#"{"extension_attributes":{"$patch":"x"}}"#, "/extension_attributes", UnknownDirective),
        ];
        for (text, pointer, expected) in cases {
            assert_eq!(kind(text), (pointer.to_owned(), expected), "{text}");
        }
    }

    #[test]
    fn an_error_names_its_place_if_it_has_one() {
        let said = |text: &[u8]| Patch::parse(text).unwrap_err().to_string();
        assert!(said(b"[]").starts_with("expected a JSON object"));
        assert!(said(br#"{"addresses":1}"#).starts_with("/addresses: expected a list"));
    }

    #[test]
    fn what_the_grammar_allows_is_taken() {
        for text in [
            "{}",
            r#"{"addresses":null}"#,
            r#"{"addresses":[{"$patch":"replace"},{"city":"x"}]}"#,
            r#"{"addresses":[{"$patch":"delete"}]}"#,
            r#"{"addresses":[{"id":null,"city":"x"},{"city":"y"}]}"#,
            r#"{"custom_attributes":{"tier":"5","is_vip":null}}"#,
            r#"{"custom_attributes":[{"attribute_code":"a","value":{"$patch":"x"}}]}"#,
            r#"{"$patch":"replace","a":null}"#,
        ] {
            let patch = Patch::parse(text.as_bytes());
            assert!(patch.is_ok_and(|patch| patch.is_empty() == (text == "{}")), "{text}");
        }
    }
}

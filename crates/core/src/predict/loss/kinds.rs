//! The kinds of loss, and what to tell people of each.

use crate::release::Band;
use crate::store::finding::Rule;

const fn loss(code: &'static str, message: &'static str, source: &'static str) -> Rule {
    Rule { code, message, source, releases: Band::ALL }
}

/// A key at the top of the body that is no parameter of the call.
pub(crate) static UNKNOWN_PARAMETER: Rule = loss(
    "unknown_parameter",
    "the store ignores this part of the body: leave it out",
    "Framework Webapi/ServiceInputProcessor",
);

/// A scalar where an object or list is expected.
pub(crate) static WRONG_SHAPE: Rule = loss(
    "wrong_shape",
    "an object or list is expected here; anything else is ignored",
    "Framework Webapi/ServiceInputProcessor",
);

/// An address whose country the store does not allow.
pub(crate) static ADDRESS_DROPPED: Rule = loss(
    "address_dropped",
    "the address is dropped: give a country the store allows, as a two-letter code in capitals",
    "Customer Model/AccountManagement",
);

/// A custom attribute the store does not know or does not count as custom.
pub(crate) static UNKNOWN_ATTRIBUTE: Rule = loss(
    "unknown_attribute",
    "the store has no such custom attribute and drops it: check the code",
    "Framework Api/AbstractExtensibleObject",
);

/// An id on create.
pub(crate) static ID_IGNORED: Rule =
    loss("id_ignored", "the store gives the id: leave it out", "Customer Model/AccountManagement");

/// A field the store sets itself.
pub(crate) static SERVER_FIELD: Rule =
    loss("read_only", "the store sets this itself: leave it out", "Customer Model/AccountManagement");

/// A date that is saved differently: rolled over, cut, or read as a Unix time.
pub(crate) static DATE_CHANGED: Rule = loss(
    "date_changed",
    "the date is saved as another text: send a day that exists, as YYYY-MM-DD",
    "Eav Model/Entity/Attribute/Backend/Datetime",
);

/// A text longer than its column.
pub(crate) static CUT: Rule =
    loss("cut", "the text is cut: send fewer characters than the column holds", "Customer etc/db_schema.xml");

/// Characters the database does not keep.
pub(crate) static CHARACTERS: Rule = loss(
    "characters_replaced",
    "characters beyond U+FFFF, such as emoji, become question marks: leave them out",
    "recorded",
);

/// A default address id that does not stand.
pub(crate) static DEFAULT_REPLACED: Rule = loss(
    "default_replaced",
    "the default address is another or none: use the flag of the address",
    "Customer Model/ResourceModel/Address/Relation",
);

/// A default flag that a later address takes over.
pub(crate) static DEFAULT_SUPERSEDED: Rule = loss(
    "default_superseded",
    "a later address of the list takes the default: flag one only",
    "Customer Model/ResourceModel/Address/Relation",
);

/// A word that is no boolean.
pub(crate) static NOT_A_BOOLEAN: Rule =
    loss("not_a_boolean", "read as false: send true or false", "Framework Reflection/TypeProcessor");

/// A boolean where text is expected.
pub(crate) static BOOLEAN_AS_TEXT: Rule =
    loss("boolean_as_text", "saved as \"1\" or nothing: send text", "Framework Reflection/TypeProcessor");

/// A subscription that does not show.
pub(crate) static SUBSCRIPTION: Rule = loss(
    "subscribed_elsewhere",
    "the subscription counts for the website of the store code in the path: send the request there",
    "recorded",
);

/// A member the store takes and does not show.
pub(crate) static NOT_SHOWN: Rule =
    loss("not_shown", "the store does not show this on a customer", "LoginAsCustomerAssistance");

/// Street lines that are joined, split or trimmed.
pub(crate) static STREET_CHANGED: Rule = loss(
    "street_changed",
    "the lines are saved differently: send full lines without line breaks or white space at the ends",
    "Customer Model/Address/AbstractAddress",
);

/// A region code.
pub(crate) static REGION_CODE: Rule = loss(
    "region_code_ignored",
    "the code of a region is ignored: send its region_id",
    "Customer Model/Address/AbstractAddress",
);

/// A region that is saved differently.
pub(crate) static REGION: Rule = loss(
    "region_replaced",
    "the region is another or none: send the region_id of the country's region",
    "Customer Model/Address/AbstractAddress",
);

/// Any other difference.
pub(crate) static CHANGED: Rule =
    loss("changed", "the value is saved differently: send it in the field's type and range", "recorded");

/// A field that is sent in two spellings.
pub(crate) static OTHER_SPELLING: Rule = loss(
    "other_spelling",
    "another spelling of the field counts: send it once",
    "Framework Webapi/ServiceInputProcessor",
);

/// A key that is written twice.
pub(crate) static DUPLICATE_KEY: Rule = loss(
    "duplicate_key",
    "the key stands there more than once and the last value counts: keep one",
    "RFC 8259, PHP json_decode",
);

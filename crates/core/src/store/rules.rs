//! The rules of the save: one home for codes, words for people, sources and releases.
//!
//! The text a store answers with stands where the rule is applied; what stands
//! here is what [`crate::report`] says of a violation.

use super::finding::Rule;
use crate::release::Band;

const fn rule(code: &'static str, message: &'static str, source: &'static str, releases: Band) -> Rule {
    Rule { code, message, source, releases }
}

/// A value that cannot be cast to the declared type.
pub(crate) static TYPE: Rule = rule(
    "wrong_type",
    "the value cannot be read as the field's type: send it in that type",
    "Framework Reflection/TypeProcessor",
    Band::ALL,
);

/// A field no interface declares: 400 since 2.4.7.
pub(crate) static UNKNOWN_FIELD: Rule = rule(
    "unknown_field",
    "the store knows no such field: leave it out or send it as a custom attribute",
    "Framework Webapi/ServiceInputProcessor",
    Band::since(&[(7, 0)]),
);

/// A field no interface declares: an internal error before 2.4.7.
pub(crate) static UNKNOWN_FIELD_FAILS: Rule = rule(
    "unknown_field",
    "the store knows no such field and fails on it: leave it out or send it as a custom attribute",
    "Framework Webapi/ServiceInputProcessor",
    Band::ALL.until(&[(7, 0)]),
);

/// A script element in a text.
pub(crate) static SCRIPT: Rule = rule(
    "script_element",
    "a text with a script element is refused: take the element out",
    "Framework Webapi/ServiceInputProcessor",
    Band::since(&[(8, 0)]),
);

/// More objects in a list than a request may hold.
pub(crate) static LIST_ITEMS: Rule = rule(
    "too_many_items",
    "the store limits the objects in a list of a request: send fewer, or raise `webapi/validation/complex_array_limit`",
    "Framework Webapi/Validator/EntityArrayValidator",
    Band::since(&[(3, 0)]),
);

/// Null for a street crashes the store.
pub(crate) static NULL_LIST: Rule = rule(
    "null_list",
    "the list must not be null: leave the field out or send a list",
    "Customer Api/Data/AddressInterface::setStreet",
    Band::ALL,
);

/// A list or object where a text of a list is expected.
pub(crate) static NESTED_TEXT: Rule = rule(
    "nested_text",
    "the list takes texts only: send one text a line",
    "Framework Reflection/TypeProcessor",
    Band::ALL,
);

/// Custom attributes that are neither list nor object.
pub(crate) static CUSTOM_LIST: Rule = rule(
    "custom_attributes_shape",
    "custom attributes are a list of code and value, or an object: send one of these",
    "Framework Webapi/ServiceInputProcessor",
    Band::ALL,
);

/// A list or object as an attribute code.
pub(crate) static CUSTOM_CODE: Rule = rule(
    "custom_attribute_code",
    "an attribute code is a text: send it as one",
    "Framework Webapi/ServiceInputProcessor",
    Band::ALL,
);

/// A custom attribute without code or value.
pub(crate) static CUSTOM_PAIR: Rule = rule(
    "custom_attribute_pair",
    "a custom attribute needs `attribute_code` and `value`: send both",
    "Framework Webapi/ServiceInputProcessor",
    Band::ALL,
);

/// A choice the attribute does not offer.
pub(crate) static CHOICE: Rule = rule(
    "unknown_option",
    "no option has that id: send the id of one of the attribute's options",
    "Eav Model/Attribute/Data/Select",
    Band::ALL,
);

/// A date PHP cannot read.
pub(crate) static DATE: Rule = rule(
    "invalid_date",
    "not a date the store reads: send YYYY-MM-DD",
    "Eav Model/Entity/Attribute/Backend/Datetime",
    Band::ALL,
);

/// A time the database layer cannot read.
pub(crate) static TIMESTAMP: Rule = rule(
    "invalid_timestamp",
    "not a time the store reads: send YYYY-MM-DD HH:MM:SS or leave it out",
    "Framework Stdlib/DateTime::formatDate",
    Band::ALL,
);

/// A call's parameter that has no default.
pub(crate) static REQUIRED_PARAMETER: Rule = rule(
    "missing_parameter",
    "the parameter is missing: send it at the top of the body",
    "Framework Webapi/ServiceInputProcessor",
    Band::ALL,
);

/// A create by somebody without rights, where it is not open to everybody: 401.
pub(crate) static CALLER_FORBIDDEN: Rule = rule(
    "caller_not_allowed",
    "the SaaS edition takes creates from callers with rights only: send an IMS access token that may manage customers",
    "published schema of Adobe Commerce as a Cloud Service, which has a 401 for a create",
    Band::SAAS,
);

/// A group set by a caller without `Magento_Customer::manage`: 401.
pub(crate) static GROUP_FORBIDDEN: Rule = rule(
    "group_not_allowed",
    "only callers who manage customers may set the group: leave it out",
    "Customer Model/AccountManagementApi",
    Band::since(&[(4, 12), (5, 11), (6, 9), (7, 0)]),
);

/// A group set by a caller without rights was silently dropped before that.
pub(crate) static GROUP_DROPPED: Rule = rule(
    "group_ignored",
    "callers who do not manage customers cannot set the group: leave it out",
    "Customer Model/AccountManagement",
    Band::since(&[(2, 1)]).until(&[(4, 12), (5, 11), (6, 9), (7, 0)]),
);

/// No e-mail address.
pub(crate) static EMAIL_MISSING: Rule = rule(
    "email_missing",
    "a customer needs an e-mail address",
    "Customer Model/ResourceModel/Customer",
    Band::ALL,
);

/// No e-mail address, refused up front since 2.4.8.
pub(crate) static EMAIL_NULL: Rule = rule(
    "email_missing",
    "a customer needs an e-mail address",
    "Customer Model/AccountManagement",
    Band::since(&[(8, 0)]),
);

/// A password without an e-mail address is an internal error before 2.4.8.
pub(crate) static EMAIL_NULL_FAILS: Rule = rule(
    "email_missing",
    "a customer needs an e-mail address; with a password the store fails without one",
    "Customer Model/CustomerCredentialsValidator",
    Band::ALL.until(&[(8, 0)]),
);

/// An e-mail address that is taken.
pub(crate) static EMAIL_TAKEN: Rule = rule(
    "email_taken",
    "another customer of the website has the e-mail address",
    "Customer Model/ResourceModel/Customer",
    Band::ALL,
);

/// An e-mail address that Laminas refuses.
pub(crate) static EMAIL: Rule = rule(
    "invalid_email",
    "not an e-mail address the store accepts",
    "Laminas Validator EmailAddress",
    Band::ALL,
);

/// A password too long.
pub(crate) static PASSWORD_LONG: Rule =
    rule("password_too_long", "at most 256 characters", "Customer Model/AccountManagement", Band::ALL);

/// A password too short.
pub(crate) static PASSWORD_SHORT: Rule = rule(
    "password_too_short",
    "more characters are needed, 8 in a stock store",
    "Customer Model/AccountManagement",
    Band::ALL,
);

/// A password with white space around it.
pub(crate) static PASSWORD_SPACE: Rule = rule(
    "password_space_at_end",
    "no white space at the start or the end",
    "Customer Model/AccountManagement",
    Band::ALL,
);

/// A password of too few classes.
pub(crate) static PASSWORD_CLASSES: Rule = rule(
    "password_too_few_classes",
    "more of lower case, upper case, digits and special characters are needed, 3 in a stock store",
    "Customer Model/AccountManagement",
    Band::ALL,
);

/// A password equal to the e-mail address.
pub(crate) static PASSWORD_IS_EMAIL: Rule = rule(
    "password_is_email",
    "the password must not be the e-mail address",
    "Customer Model/CustomerCredentialsValidator",
    Band::ALL,
);

/// An id on create makes the store look for the e-mail address, which must then exist.
pub(crate) static ID_UNKNOWN: Rule = rule(
    "id_not_found",
    "a new customer has no id: leave it out",
    "Customer Model/AccountManagement",
    Band::ALL,
);

/// An id on create with the e-mail address of a customer.
pub(crate) static ID_EXISTS: Rule = rule(
    "already_in_store",
    "the customer exists already: update it instead",
    "Customer Model/AccountManagement",
    Band::ALL,
);

/// A website that does not exist.
pub(crate) static WEBSITE: Rule =
    rule("unknown_website", "no website has that id", "Store Model/WebsiteRepository", Band::ALL);

/// A store view that does not exist.
pub(crate) static STORE_VIEW: Rule =
    rule("unknown_store_view", "no store view has that id", "Store Model/StoreManager", Band::ALL);

/// A store view of another website.
pub(crate) static STORE_OF_WEBSITE: Rule = rule(
    "store_view_of_other_website",
    "the store view belongs to another website: send one of the two only",
    "Customer Model/AccountManagement",
    Band::ALL,
);

/// A customer group that does not exist.
pub(crate) static GROUP: Rule = rule(
    "unknown_group",
    "no customer group has that id",
    "Customer Model/ResourceModel/CustomerRepository",
    Band::since(&[(1, 0)]),
);

/// A required attribute without value.
pub(crate) static REQUIRED: Rule = rule(
    "missing_value",
    "the attribute is required: send a value",
    "Eav Model/Validator/Attribute/Data",
    Band::ALL,
);

/// A name with characters outside the pattern.
pub(crate) static NAME: Rule = rule(
    "invalid_name",
    "only letters, marks, digits, spaces and a few punctuation marks, at most 255 characters",
    "Customer Model/Validator/Name",
    Band::since(&[(2, 1)]),
);

/// A date of birth after today.
pub(crate) static DOB: Rule = rule(
    "dob_in_future",
    "the date of birth lies in the future",
    "Customer Model/Validator/Dob",
    Band::since(&[(8, 0)]),
);

/// A field every address needs.
pub(crate) static ADDRESS_REQUIRED: Rule = rule(
    "missing_address_value",
    "the address needs this field: send it",
    "Customer Model/Address/Validator/General",
    Band::ALL,
);

/// A region that is not of the address's country.
pub(crate) static REGION: Rule = rule(
    "unknown_region",
    "the country has no region with that id",
    "Customer Model/Address/Validator/Country",
    Band::ALL,
);

/// An address that belongs to another customer.
pub(crate) static FOREIGN_ADDRESS: Rule = rule(
    "foreign_address",
    "the address is another customer's: leave its id out to store a copy of it",
    "Customer Model/Address/Validator/Customer",
    Band::ALL,
);

/// More street lines than the attribute takes.
pub(crate) static STREET_LINES: Rule = rule(
    "too_many_street_lines",
    "the street has more lines than the store takes, 2 in a stock store: join lines",
    "Eav Model/Attribute/Data/Multiline",
    Band::ALL,
);

/// The name pattern, checked in addresses too since 2.4.8.
pub(crate) static ADDRESS_NAME: Rule = rule(
    "invalid_name",
    "only letters, marks, digits, spaces and a few punctuation marks, at most 255 characters",
    "Customer Model/Validator/Name",
    Band::since(&[(8, 0)]),
);

/// A city outside the pattern.
pub(crate) static CITY: Rule = rule(
    "invalid_city",
    "only letters, marks, spaces, - and ', at most 100 characters",
    "Customer Model/Validator/City",
    Band::since(&[(8, 0)]),
);

/// A telephone number outside the pattern.
pub(crate) static TELEPHONE: Rule = rule(
    "invalid_telephone",
    "only digits, spaces, +, -, ( and ), at most 20 characters",
    "Customer Model/Validator/Telephone",
    Band::since(&[(8, 0)]),
);

/// A country that an update refuses; a create drops the address instead.
pub(crate) static COUNTRY: Rule = rule(
    "country_not_allowed",
    "the country is missing, unknown or not allowed: send a two-letter code in capitals",
    "Customer Model/Address/Validator/Country",
    Band::ALL,
);

/// A default address that is none of the customer's.
pub(crate) static DEFAULT_ADDRESS: Rule = rule(
    "unknown_default_address",
    "not the id of one of the customer's addresses: use the address's own flag",
    "Customer Model/ResourceModel/CustomerRepository",
    Band::since(&[(4, 8), (5, 7), (6, 5), (7, 0)]),
);

//! The rules of the save: one home for codes, words for people, sources and releases.
//!
//! The text a store answers with stands where the rule is applied; what stands
//! here is what [`crate::report`] says of a violation.

use super::finding::Rule;
use crate::release::Band;

/// A value that cannot be cast to the declared type.
pub(crate) static TYPE: Rule = Rule {
    code: "wrong_type",
    message: "the value cannot be read as the field's type: send it in that type",
    source: "Framework Reflection/TypeProcessor",
    releases: Band::ALL,
};

/// A field no interface declares: 400 since 2.4.7.
pub(crate) static UNKNOWN_FIELD: Rule = Rule {
    code: "unknown_field",
    message: "the store knows no such field: leave it out or send it as a custom attribute",
    source: "Framework Webapi/ServiceInputProcessor",
    releases: Band::since(&[(7, 0)]),
};

/// A field no interface declares: an internal error before 2.4.7.
pub(crate) static UNKNOWN_FIELD_FAILS: Rule = Rule {
    code: "unknown_field",
    message: "the store knows no such field and fails on it: leave it out or send it as a custom attribute",
    source: "Framework Webapi/ServiceInputProcessor",
    releases: Band::ALL.until(&[(7, 0)]),
};

/// A script element in a text.
pub(crate) static SCRIPT: Rule = Rule {
    code: "script_element",
    message: "a text with a script element is refused: take the element out",
    source: "Framework Webapi/ServiceInputProcessor",
    releases: Band::since(&[(8, 0)]),
};

/// Null for a street crashes the store.
pub(crate) static NULL_LIST: Rule = Rule {
    code: "null_list",
    message: "the list must not be null: leave the field out or send a list",
    source: "Customer Api/Data/AddressInterface::setStreet",
    releases: Band::ALL,
};

/// A list or object where a text of a list is expected.
pub(crate) static NESTED_TEXT: Rule = Rule {
    code: "nested_text",
    message: "the list takes texts only: send one text a line",
    source: "Framework Reflection/TypeProcessor",
    releases: Band::ALL,
};

/// Custom attributes that are neither list nor object.
pub(crate) static CUSTOM_LIST: Rule = Rule {
    code: "custom_attributes_shape",
    message: "custom attributes are a list of code and value, or an object: send one of these",
    source: "Framework Webapi/ServiceInputProcessor",
    releases: Band::ALL,
};

/// A list or object as an attribute code.
pub(crate) static CUSTOM_CODE: Rule = Rule {
    code: "custom_attribute_code",
    message: "an attribute code is a text: send it as one",
    source: "Framework Webapi/ServiceInputProcessor",
    releases: Band::ALL,
};

/// A custom attribute without code or value.
pub(crate) static CUSTOM_PAIR: Rule = Rule {
    code: "custom_attribute_pair",
    message: "a custom attribute needs `attribute_code` and `value`: send both",
    source: "Framework Webapi/ServiceInputProcessor",
    releases: Band::ALL,
};

/// A choice the attribute does not offer.
pub(crate) static CHOICE: Rule = Rule {
    code: "unknown_option",
    message: "no option has that id: send the id of one of the attribute's options",
    source: "Eav Model/Attribute/Data/Select",
    releases: Band::ALL,
};

/// A date PHP cannot read.
pub(crate) static DATE: Rule = Rule {
    code: "invalid_date",
    message: "not a date the store reads: send YYYY-MM-DD",
    source: "Eav Model/Entity/Attribute/Backend/Datetime",
    releases: Band::ALL,
};

/// A time the database layer cannot read.
pub(crate) static TIMESTAMP: Rule = Rule {
    code: "invalid_timestamp",
    message: "not a time the store reads: send YYYY-MM-DD HH:MM:SS or leave it out",
    source: "Framework Stdlib/DateTime::formatDate",
    releases: Band::ALL,
};

/// A call's parameter that has no default.
pub(crate) static REQUIRED_PARAMETER: Rule = Rule {
    code: "missing_parameter",
    message: "the parameter is missing: send it at the top of the body",
    source: "Framework Webapi/ServiceInputProcessor",
    releases: Band::ALL,
};

/// A group set by a caller without `Magento_Customer::manage`: 401.
pub(crate) static GROUP_FORBIDDEN: Rule = Rule {
    code: "group_not_allowed",
    message: "only callers who manage customers may set the group: leave it out",
    source: "Customer Model/AccountManagementApi",
    releases: Band::since(&[(4, 12), (5, 11), (6, 9), (7, 0)]),
};

/// A group set by a caller without rights was silently dropped before that.
pub(crate) static GROUP_DROPPED: Rule = Rule {
    code: "group_ignored",
    message: "callers who do not manage customers cannot set the group: leave it out",
    source: "Customer Model/AccountManagement",
    releases: Band::since(&[(2, 1)]).until(&[(4, 12), (5, 11), (6, 9), (7, 0)]),
};

/// No e-mail address.
pub(crate) static EMAIL_MISSING: Rule = Rule {
    code: "email_missing",
    message: "a customer needs an e-mail address",
    source: "Customer Model/ResourceModel/Customer",
    releases: Band::ALL,
};

/// No e-mail address, refused up front since 2.4.8.
pub(crate) static EMAIL_NULL: Rule = Rule {
    code: "email_missing",
    message: "a customer needs an e-mail address",
    source: "Customer Model/AccountManagement",
    releases: Band::since(&[(8, 0)]),
};

/// A password without an e-mail address is an internal error before 2.4.8.
pub(crate) static EMAIL_NULL_FAILS: Rule = Rule {
    code: "email_missing",
    message: "a customer needs an e-mail address; with a password the store fails without one",
    source: "Customer Model/CustomerCredentialsValidator",
    releases: Band::ALL.until(&[(8, 0)]),
};

/// An e-mail address that is taken.
pub(crate) static EMAIL_TAKEN: Rule = Rule {
    code: "email_taken",
    message: "another customer of the website has the e-mail address",
    source: "Customer Model/ResourceModel/Customer",
    releases: Band::ALL,
};

/// An e-mail address that Laminas refuses.
pub(crate) static EMAIL: Rule = Rule {
    code: "invalid_email",
    message: "not an e-mail address the store accepts",
    source: "Laminas Validator EmailAddress",
    releases: Band::ALL,
};

/// A password too long.
pub(crate) static PASSWORD_LONG: Rule = Rule {
    code: "password_too_long",
    message: "at most 256 characters",
    source: "Customer Model/AccountManagement",
    releases: Band::ALL,
};

/// A password too short.
pub(crate) static PASSWORD_SHORT: Rule = Rule {
    code: "password_too_short",
    message: "more characters are needed, 8 in a stock store",
    source: "Customer Model/AccountManagement",
    releases: Band::ALL,
};

/// A password with white space around it.
pub(crate) static PASSWORD_SPACE: Rule = Rule {
    code: "password_space_at_end",
    message: "no white space at the start or the end",
    source: "Customer Model/AccountManagement",
    releases: Band::ALL,
};

/// A password of too few classes.
pub(crate) static PASSWORD_CLASSES: Rule = Rule {
    code: "password_too_few_classes",
    message: "more of lower case, upper case, digits and special characters are needed, 3 in a stock store",
    source: "Customer Model/AccountManagement",
    releases: Band::ALL,
};

/// A password equal to the e-mail address.
pub(crate) static PASSWORD_IS_EMAIL: Rule = Rule {
    code: "password_is_email",
    message: "the password must not be the e-mail address",
    source: "Customer Model/CustomerCredentialsValidator",
    releases: Band::ALL,
};

/// An id on create makes the store look for the e-mail address, which must then exist.
pub(crate) static ID_UNKNOWN: Rule = Rule {
    code: "id_not_found",
    message: "a new customer has no id: leave it out",
    source: "Customer Model/AccountManagement",
    releases: Band::ALL,
};

/// An id on create with the e-mail address of a customer.
pub(crate) static ID_EXISTS: Rule = Rule {
    code: "already_in_store",
    message: "the customer exists already: update it instead",
    source: "Customer Model/AccountManagement",
    releases: Band::ALL,
};

/// A website that does not exist.
pub(crate) static WEBSITE: Rule = Rule {
    code: "unknown_website",
    message: "no website has that id",
    source: "Store Model/WebsiteRepository",
    releases: Band::ALL,
};

/// A store view that does not exist.
pub(crate) static STORE_VIEW: Rule = Rule {
    code: "unknown_store_view",
    message: "no store view has that id",
    source: "Store Model/StoreManager",
    releases: Band::ALL,
};

/// A store view of another website.
pub(crate) static STORE_OF_WEBSITE: Rule = Rule {
    code: "store_view_of_other_website",
    message: "the store view belongs to another website: send one of the two only",
    source: "Customer Model/AccountManagement",
    releases: Band::ALL,
};

/// A customer group that does not exist.
pub(crate) static GROUP: Rule = Rule {
    code: "unknown_group",
    message: "no customer group has that id",
    source: "Customer Model/ResourceModel/CustomerRepository",
    releases: Band::since(&[(1, 0)]),
};

/// A required attribute without value.
pub(crate) static REQUIRED: Rule = Rule {
    code: "missing_value",
    message: "the attribute is required: send a value",
    source: "Eav Model/Validator/Attribute/Data",
    releases: Band::ALL,
};

/// A name with characters outside the pattern.
pub(crate) static NAME: Rule = Rule {
    code: "invalid_name",
    message: "only letters, marks, digits, spaces and a few punctuation marks, at most 255 characters",
    source: "Customer Model/Validator/Name",
    releases: Band::since(&[(2, 1)]),
};

/// A date of birth after today.
pub(crate) static DOB: Rule = Rule {
    code: "dob_in_future",
    message: "the date of birth lies in the future",
    source: "Customer Model/Validator/Dob",
    releases: Band::since(&[(8, 0)]),
};

/// A field every address needs.
pub(crate) static ADDRESS_REQUIRED: Rule = Rule {
    code: "missing_address_value",
    message: "the address needs this field: send it",
    source: "Customer Model/Address/Validator/General",
    releases: Band::ALL,
};

/// A region that is not of the address's country.
pub(crate) static REGION: Rule = Rule {
    code: "unknown_region",
    message: "the country has no region with that id",
    source: "Customer Model/Address/Validator/Country",
    releases: Band::ALL,
};

/// More street lines than the attribute takes.
pub(crate) static STREET_LINES: Rule = Rule {
    code: "too_many_street_lines",
    message: "the street has more lines than the store takes, 2 in a stock store: join lines",
    source: "Eav Model/Attribute/Data/Multiline",
    releases: Band::ALL,
};

/// The name pattern, checked in addresses too since 2.4.8.
pub(crate) static ADDRESS_NAME: Rule = Rule {
    code: "invalid_name",
    message: "only letters, marks, digits, spaces and a few punctuation marks, at most 255 characters",
    source: "Customer Model/Validator/Name",
    releases: Band::since(&[(8, 0)]),
};

/// A city outside the pattern.
pub(crate) static CITY: Rule = Rule {
    code: "invalid_city",
    message: "only letters, marks, spaces, - and ', at most 100 characters",
    source: "Customer Model/Validator/City",
    releases: Band::since(&[(8, 0)]),
};

/// A telephone number outside the pattern.
pub(crate) static TELEPHONE: Rule = Rule {
    code: "invalid_telephone",
    message: "only digits, spaces, +, -, ( and ), at most 20 characters",
    source: "Customer Model/Validator/Telephone",
    releases: Band::since(&[(8, 0)]),
};

/// A country that an update refuses; a create drops the address instead.
pub(crate) static COUNTRY: Rule = Rule {
    code: "country_not_allowed",
    message: "the country is missing, unknown or not allowed: send a two-letter code in capitals",
    source: "Customer Model/Address/Validator/Country",
    releases: Band::ALL,
};

/// A default address that is none of the customer's.
pub(crate) static DEFAULT_ADDRESS: Rule = Rule {
    code: "unknown_default_address",
    message: "not the id of one of the customer's addresses: use the address's own flag",
    source: "Customer Model/ResourceModel/CustomerRepository",
    releases: Band::since(&[(4, 8), (5, 7), (6, 5), (7, 0)]),
};

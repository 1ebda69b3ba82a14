//! The kinds of violation a record can have, each told once.

use crate::json::Path;
use crate::release::Band;
use crate::report::{Severity, Violation};

/// A kind of violation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Finding {
    code: &'static str,
    severity: Severity,
    /// What is said of the field whose name stands before it.
    text: &'static str,
    source: &'static str,
    releases: Band,
}

impl Finding {
    const fn error(code: &'static str, text: &'static str, source: &'static str) -> Self {
        Finding { code, severity: Severity::Error, text, source, releases: Band::ALL }
    }

    const fn loss(code: &'static str, text: &'static str, source: &'static str) -> Self {
        Finding { code, severity: Severity::Loss, text, source, releases: Band::ALL }
    }

    const fn in_releases(mut self, releases: Band) -> Self {
        self.releases = releases;
        self
    }

    /// The violation of this kind in a place; `field` is the name of what stands there.
    pub(super) fn at(&self, path: &Path<'_>, field: &str) -> Violation {
        Violation {
            pointer: path.to_string(),
            code: self.code,
            severity: self.severity,
            message: format!("`{field}` {}", self.text).into(),
            source: self.source,
            releases: self.releases,
        }
    }
}

const INPUT: &str = "Magento\\Framework\\Webapi\\ServiceInputProcessor";
const TYPES: &str = "Magento\\Framework\\Reflection\\TypeProcessor";
const SAVE: &str = "Magento\\Customer\\Model\\ResourceModel\\Customer";
const ADDRESS: &str = "Magento\\Customer\\Model\\Address\\Validator\\General";
const COUNTRY: &str = "Magento\\Customer\\Model\\AccountManagement::createAccountWithPasswordHash";
const NAMES: &str = "Magento\\Customer\\Model\\Validator\\Name";
const COLUMNS: &str = "module-customer etc/db_schema.xml; recorded 2.4.7-p3";
const RECORDED: &str = "recorded 2.4.7-p3";

pub(super) const NOT_AN_OBJECT: Finding =
    Finding::error("not_an_object", "must be a JSON object with the customer's fields", INPUT);
pub(super) const TOO_LARGE: Finding = Finding::error(
    "record_too_large",
    "is larger than 16 MiB, which no store takes in one request; split it",
    "post_max_size of PHP as Magento advises it",
);
pub(super) const REQUIRED: Finding =
    Finding::error("required", "is missing; a customer is not saved without it", SAVE);
pub(super) const ADDRESS_REQUIRED: Finding =
    Finding::error("required", "is missing; an address is not saved without it", ADDRESS);
pub(super) const MEMBER_REQUIRED: Finding =
    Finding::error("required", "is missing; a custom attribute needs its code and its value", INPUT);
pub(super) const NO_COUNTRY: Finding = Finding::loss(
    "address_without_country",
    "is not a country the store sells to: a create drops the address without a word, an update is refused; give the two-letter code in capitals",
    COUNTRY,
);
pub(super) const TYPE: Finding =
    Finding::error("type", "has a type the store refuses; give the type its contract names", TYPES);
pub(super) const NOT_A_NUMBER: Finding =
    Finding::error("type", "must be a whole number; the store refuses other text and true or false", TYPES);
pub(super) const COERCED: Finding = Finding::loss(
    "coerced",
    "has a type the store changes before it saves; give the type its contract names",
    TYPES,
);
pub(super) const NOT_A_LIST: Finding =
    Finding::loss("not_a_list", "must be a list; the store reads something else into it", INPUT);
pub(super) const EMPTIED: Finding =
    Finding::loss("emptied", "must be an object; the store reads an empty one from anything else", INPUT);
pub(super) const UNKNOWN: Finding =
    Finding::error("unknown_field", "is no field of the store's contract; leave it out", INPUT);
pub(super) const MALFORMED_LINE: Finding = Finding::error(
    "type",
    "has an item that is no text, which the store answers with an internal error",
    RECORDED,
);
pub(super) const NO_LINES: Finding =
    Finding::error("required", "must have a first line with text in it", ADDRESS);
pub(super) const TOO_MANY_LINES: Finding =
    Finding::error("too_many_lines", "has more lines than the store takes; join some", ADDRESS);
pub(super) const LINE_BREAK: Finding =
    Finding::loss("line_break", "has a line break, at which the store splits it; give two lines", RECORDED);
pub(super) const DUPLICATE: Finding =
    Finding::loss("duplicate_key", "is given more than once; only the last counts", "PHP json_decode");
pub(super) const EMAIL: Finding =
    Finding::error("email", "is no e-mail address the store takes; give one like name@example.com", SAVE);
pub(super) const NAME: Finding = Finding::error(
    "name_characters",
    "has characters the store does not allow in names; keep letters, digits, spaces and , - _ . '",
    NAMES,
)
.in_releases(Band::since(&[(2, 1)]));
pub(super) const TOO_LONG: Finding =
    Finding::error("too_long", "is longer than the store takes; shorten it", NAMES);
pub(super) const CUT: Finding =
    Finding::loss("cut", "is longer than the store keeps, and is cut without a word; shorten it", COLUMNS);
pub(super) const NOT_AN_OPTION: Finding =
    Finding::error("not_an_option", "is none of the values the store offers", RECORDED);
pub(super) const NOT_ZERO_OR_ONE: Finding =
    Finding::loss("not_an_option", "is none of the values the store knows and is saved as another", RECORDED);
pub(super) const OUT_OF_RANGE: Finding =
    Finding::loss("out_of_range", "is no number the store can have given; leave it out", COLUMNS);
pub(super) const UNKNOWN_ID: Finding =
    Finding::error("unknown_id", "names nothing in any store; give an id the store lists", RECORDED);
pub(super) const DATE: Finding = Finding::loss(
    "date",
    "is no day written YYYY-MM-DD: the store reads another day from it, or refuses it",
    RECORDED,
);
pub(super) const DATE_TIME: Finding = Finding::loss(
    "date_time",
    "is no time written YYYY-MM-DD HH:MM:SS in UTC: the store reads another from it, or refuses it",
    RECORDED,
);
pub(super) const NOT_KEPT: Finding = Finding::loss(
    "characters_lost",
    "has characters beyond U+FFFF, such as emoji, which the store saves as question marks; leave them out",
    RECORDED,
);

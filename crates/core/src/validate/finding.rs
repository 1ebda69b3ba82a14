//! The kinds of violation a record can have.
//!
//! A rule the model of the save has too is that rule, so that a record and a
//! create are told the same. What is told here is only what a record's types
//! and the texts' forms are by the contract.

use crate::json::Path;
use crate::predict::loss::kinds;
use crate::release::Band;
use crate::report::{Severity, Violation};
use crate::store::finding::Rule;
use crate::store::rules;

/// A kind of violation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Finding {
    pub(super) rule: &'static Rule,
    severity: Severity,
}

impl Finding {
    const fn error(rule: &'static Rule) -> Self {
        Finding { rule, severity: Severity::Error }
    }

    const fn loss(rule: &'static Rule) -> Self {
        Finding { rule, severity: Severity::Loss }
    }

    /// The violation of this kind in a place; `field` is the name of what stands there.
    pub(super) fn at(&self, path: &Path<'_>, field: &str) -> Violation {
        let Rule { code, message, source, releases } = *self.rule;
        let message = format!("`{field}`: {message}").into();
        Violation { pointer: path.to_string(), code, severity: self.severity, message, source, releases }
    }
}

const TYPES: &str = "Framework Reflection/TypeProcessor";

const fn rule(code: &'static str, message: &'static str, source: &'static str) -> Rule {
    Rule { code, message, source, releases: Band::ALL }
}

static ROOT: Rule = rule("wrong_root", "not an object: send one with the customer's fields", TYPES);
static SIZE: Rule = rule(
    "record_too_large",
    "more than 16 MiB, which no store takes in one request: split it",
    "PHP post_max_size",
);
static KIND: Rule = rule(
    "coerced",
    "the store changes the type before it saves: send the type that the contract names",
    TYPES,
);
static DAY: Rule =
    rule("date_format", "not written YYYY-MM-DD: the store has to guess the day", "Eav Backend/Datetime");
static TIME: Rule = rule(
    "time_format",
    "not written YYYY-MM-DD HH:MM:SS in UTC: the store has to guess the time",
    "Eav Backend/Datetime",
);

pub(super) const NOT_AN_OBJECT: Finding = Finding::error(&ROOT);
pub(super) const TOO_LARGE: Finding = Finding::error(&SIZE);
pub(super) const EMAIL_MISSING: Finding = Finding::error(&rules::EMAIL_MISSING);
pub(super) const REQUIRED: Finding = Finding::error(&rules::REQUIRED);
pub(super) const ADDRESS_REQUIRED: Finding = Finding::error(&rules::ADDRESS_REQUIRED);
pub(super) const PAIR: Finding = Finding::error(&rules::CUSTOM_PAIR);
pub(super) const ADDRESS_DROPPED: Finding = Finding::loss(&kinds::ADDRESS_DROPPED);
pub(super) const TYPE: Finding = Finding::error(&rules::TYPE);
pub(super) const COERCED: Finding = Finding::loss(&KIND);
pub(super) const WRONG_SHAPE: Finding = Finding::loss(&kinds::WRONG_SHAPE);
pub(super) const UNKNOWN_FIELD: Finding = Finding::error(&rules::UNKNOWN_FIELD);
pub(super) const UNKNOWN_FIELD_FAILS: Finding = Finding::error(&rules::UNKNOWN_FIELD_FAILS);
pub(super) const NESTED_TEXT: Finding = Finding::error(&rules::NESTED_TEXT);
pub(super) const STREET_LINES: Finding = Finding::error(&rules::STREET_LINES);
pub(super) const STREET_CHANGED: Finding = Finding::loss(&kinds::STREET_CHANGED);
pub(super) const DUPLICATE_KEY: Finding = Finding::loss(&kinds::DUPLICATE_KEY);
pub(super) const EMAIL: Finding = Finding::error(&rules::EMAIL);
pub(super) const SCRIPT: Finding = Finding::error(&rules::SCRIPT);
pub(super) const NAME: Finding = Finding::error(&rules::NAME);
pub(super) const ADDRESS_NAME: Finding = Finding::error(&rules::ADDRESS_NAME);
pub(super) const CITY: Finding = Finding::error(&rules::CITY);
pub(super) const TELEPHONE: Finding = Finding::error(&rules::TELEPHONE);
pub(super) const CUT: Finding = Finding::loss(&kinds::CUT);
pub(super) const CHARACTERS: Finding = Finding::loss(&kinds::CHARACTERS);
pub(super) const OPTION: Finding = Finding::error(&rules::CHOICE);
pub(super) const CHANGED: Finding = Finding::loss(&kinds::CHANGED);
pub(super) const GROUP: Finding = Finding::error(&rules::GROUP);
pub(super) const WEBSITE: Finding = Finding::error(&rules::WEBSITE);
pub(super) const STORE_VIEW: Finding = Finding::error(&rules::STORE_VIEW);
pub(super) const DATE: Finding = Finding::error(&rules::DATE);
pub(super) const DATE_FORMAT: Finding = Finding::loss(&DAY);
pub(super) const DOB: Finding = Finding::error(&rules::DOB);
pub(super) const TIMESTAMP: Finding = Finding::error(&rules::TIMESTAMP);
pub(super) const TIME_FORMAT: Finding = Finding::loss(&TIME);

/// Whether a violation in an address is one that the store meets only when it saves that address.
pub(super) fn on_address_save(found: &Violation) -> bool {
    let saved = [&ADDRESS_REQUIRED, &ADDRESS_NAME, &CITY, &TELEPHONE, &STREET_LINES];
    saved.iter().any(|finding| finding.rule.code == found.code)
}

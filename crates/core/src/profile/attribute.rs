//! Attributes of customers and addresses, as the store's metadata give them.

use super::read::Cursor;
use crate::json::{Object, Value};

/// An attribute of the customer or of the address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// The code, such as `firstname`.
    pub code: String,
    /// The label messages use, such as `First Name`; empty when there is none.
    pub label: String,
    /// The kind of form field: `text`, `select`, `multiselect`, `boolean`, `date`, `multiline`, ….
    pub input: String,
    /// Where values are kept: `static` (a column), `varchar`, `text`, `int`, `decimal`, `datetime`.
    pub backend: String,
    /// Whether a value must be given.
    pub required: bool,
    /// Whether forms show it; the store checks hidden ones only when sent.
    pub visible: bool,
    /// Whether it belongs to the store's own set.
    pub system: bool,
    /// Whether somebody added it to the shop.
    pub user_defined: bool,
    /// The most lines a multi-line field takes; 0 for others.
    pub lines: i64,
    /// What may be chosen.
    pub options: Vec<Choice>,
    /// Validation rules as name and value, such as `max_text_length` and `255`.
    pub rules: Vec<(String, String)>,
}

/// One choice of a select or multiselect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is sent and stored.
    pub value: String,
    /// What people see.
    pub label: String,
}

impl Attribute {
    pub(super) fn read(at: Cursor<'_>) -> Self {
        Attribute {
            code: at.text("attribute_code"),
            label: at.text_or_empty("frontend_label"),
            input: at.text_or_empty("frontend_input"),
            backend: at.text("backend_type"),
            required: at.flag("required"),
            visible: at.flag("visible"),
            system: at.flag("system"),
            user_defined: at.flag("user_defined"),
            lines: at.value.get("multiline_count").and_then(Value::as_i64).unwrap_or(0),
            options: at.items("options", Choice::read),
            rules: at.items("validation_rules", |rule| (rule.text("name"), rule.text("value"))),
        }
    }

    pub(super) fn write(&self) -> Value {
        let mut out = Object::new();
        out.insert("attribute_code", self.code.as_str());
        out.insert("frontend_label", self.label.as_str());
        out.insert("frontend_input", self.input.as_str());
        out.insert("backend_type", self.backend.as_str());
        let flags = [
            ("required", self.required),
            ("visible", self.visible),
            ("system", self.system),
            ("user_defined", self.user_defined),
        ];
        for (name, _) in flags.iter().filter(|(_, set)| *set) {
            out.insert(*name, true);
        }
        if self.lines != 0 {
            out.insert("multiline_count", self.lines);
        }
        if !self.options.is_empty() {
            out.insert("options", self.options.iter().map(Choice::write).collect::<Vec<_>>());
        }
        if !self.rules.is_empty() {
            let rule = |(name, value): &(String, String)| {
                Value::from(Object::from_iter([("name", name.as_str()), ("value", value.as_str())]))
            };
            out.insert("validation_rules", self.rules.iter().map(rule).collect::<Vec<_>>());
        }
        out.into()
    }

    /// Whether a value with that spelling may be chosen.
    ///
    /// ```
    /// let profile = magewright::profile::Profile::stock();
    /// let gender = profile.customer_attribute("gender").unwrap();
    /// assert!(gender.has_option("2"));
    /// assert!(!gender.has_option("9"));
    /// ```
    #[must_use]
    pub fn has_option(&self, value: &str) -> bool {
        self.options.iter().any(|choice| choice.value == value)
    }

    /// The value of a validation rule.
    ///
    /// ```
    /// let profile = magewright::profile::Profile::stock();
    /// let email = profile.customer_attribute("email").unwrap();
    /// assert_eq!(email.rule("input_validation"), Some("email"));
    /// assert_eq!(email.rule("max_text_length"), None);
    /// ```
    #[must_use]
    pub fn rule(&self, name: &str) -> Option<&str> {
        self.rules.iter().find(|(rule, _)| rule == name).map(|(_, value)| value.as_str())
    }
}

impl Choice {
    /// A choice; a group heading of nested choices has no value of its own.
    fn read(at: Cursor<'_>) -> Self {
        Choice { value: at.text_or_empty("value"), label: at.text_or_empty("label") }
    }

    fn write(&self) -> Value {
        Object::from_iter([("value", self.value.as_str()), ("label", self.label.as_str())]).into()
    }
}

//! Administrators: a contract no Magento release has a route for.
//!
//! Shops with a module for it take users by REST, and the store's own rules
//! for administrators hold there too (`module-user/Model/UserValidationRules.php`).
//! The password policy is not the customer's: seven characters, a letter and a
//! digit, and no limit above.

use std::borrow::Cow;

use super::loss::kinds;
use crate::json::{self, Object, Path, Value};
use crate::release::{Band, Release};
use crate::report::{Report, Severity, Violation};
use crate::store::{column, email, php};
use crate::unicode;

/// What an administrator's password must be made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AdminPassword {
    /// At least 7 characters with a letter and a digit, as every release asks.
    #[default]
    LetterAndDigit,
    /// A shop's own, stricter: lower case, upper case and a digit among at least 7 characters.
    MixedCaseAndDigit,
}

/// How an administrator is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AdminUserChecks {
    /// The password policy.
    pub password: AdminPassword,
    /// Whether the user exists already, so that the password may be left out.
    pub exists: bool,
}

const SOURCE: &str = "not in core; User Model/UserValidationRules";

/// The fields, and the width of the text columns among them.
const TEXTS: [(&str, usize); 4] = [("username", 40), ("firstname", 32), ("lastname", 32), ("email", 128)];
const OTHERS: [&str; 4] = ["id", "password", "role_id", "is_active"];

/// All violations of an administrator, `{"user": {…}}` or the user alone.
///
/// `unchecked` always says `not_in_core`, since no release of Magento has the
/// route, and names what only the shop knows.
///
/// ```
/// use magewright::predict::{self, AdminPassword, AdminUserChecks};
///
/// let user = br#"{"user":{"username":"ada","firstname":"Ada","lastname":"L","email":"ada@b.test","password":"abcdef1"}}"#;
/// assert!(predict::validate_admin_user(user, AdminUserChecks::default()).is_clean());
///
/// let strict = AdminUserChecks { password: AdminPassword::MixedCaseAndDigit, ..AdminUserChecks::default() };
/// let report = predict::validate_admin_user(user, strict);
/// assert_eq!((report.violations[0].pointer.as_str(), report.violations[0].code), ("/user/password", "password_classes"));
///
/// assert!(!predict::validate_admin_user(b"[]", strict).is_accepted());
/// ```
#[must_use]
pub fn validate_admin_user(payload: &[u8], checks: AdminUserChecks) -> Report {
    let mut check = Check { violations: Vec::new() };
    let root = Path::root();
    match json::parse(payload) {
        Err(_) => check.error(&root, "not_json", "not JSON that the store decodes"),
        Ok(body) => match (body.get("user").and_then(Value::as_object), body.as_object()) {
            (Some(user), _) => check.user(user, &root.key("user"), checks),
            (None, Some(user)) => check.user(user, &root, checks),
            (None, None) => check.error(&root, "wrong_type", "an administrator is an object: send one"),
        },
    }
    let unchecked = vec!["not_in_core", "username_taken", "email_taken", "role", "former_passwords"];
    Report { violations: check.violations, unchecked }
}

struct Check {
    violations: Vec<Violation>,
}

impl Check {
    fn user(&mut self, user: &Object, path: &Path<'_>, checks: AdminUserChecks) {
        for (field, width) in TEXTS {
            self.text(user.get(field), width, field, &path.key(field));
        }
        self.password(user.get("password"), &path.key("password"), checks);
        for (key, value) in user.iter() {
            self.other(key, value, &path.key(key));
        }
    }

    fn text(&mut self, sent: Option<&Value>, width: usize, field: &str, path: &Path<'_>) {
        let text = match sent {
            None | Some(Value::Null) => "",
            Some(Value::String(text)) => text,
            Some(_) => return self.error(path, "wrong_type", "text is expected: send it as text"),
        };
        if text.trim().is_empty() {
            return self.error(path, "missing_value", "the field is required: send a value");
        }
        if field == "email" && !email::faults(text, "Email", Release::DEFAULT).is_empty() {
            return self.error(path, "invalid_email", "not an e-mail address the store accepts");
        }
        let kept = column::text(text, width);
        if kept != text {
            let cut = text.starts_with(&kept);
            let rule = if cut { &kinds::CUT } else { &kinds::CHARACTERS };
            self.push(path, rule.code, Severity::Loss, rule.message);
        }
    }

    fn password(&mut self, sent: Option<&Value>, path: &Path<'_>, checks: AdminUserChecks) {
        const LEAST: usize = 7;
        let password = match sent {
            None | Some(Value::Null) if checks.exists => return,
            None | Some(Value::Null) => "",
            Some(Value::String(password)) => password,
            Some(_) => return self.error(path, "wrong_type", "text is expected: send it as text"),
        };
        if password.is_empty() {
            self.error(path, "missing_value", "a new administrator needs a password");
        } else if password.chars().count() < LEAST {
            self.error(path, "password_too_short", "an administrator's password has at least 7 characters");
        } else if !has_letter_and_digit(password) {
            self.error(
                path,
                "password_classes",
                "letters and digits are both needed, without a line break between",
            );
        } else if checks.password == AdminPassword::MixedCaseAndDigit && !has_mixed_case(password) {
            self.error(
                path,
                "password_classes",
                "lower case, upper case and digits are all needed in this shop",
            );
        }
    }

    fn other(&mut self, key: &str, value: &Value, path: &Path<'_>) {
        let integer = || php::is_numeric(value).then(|| php::integer(value));
        match key {
            _ if value.is_null() => {}
            "id" => self.push(path, kinds::ID_IGNORED.code, Severity::Loss, kinds::ID_IGNORED.message),
            "role_id" if integer().is_none_or(|role| role < 1) => {
                self.error(path, "wrong_type", "the id of a role is expected: send a positive integer");
            }
            "is_active" if value.as_bool().is_none() && !matches!(integer(), Some(0 | 1)) => {
                self.error(path, "wrong_type", "1 or 0, true or false is expected");
            }
            known if OTHERS.contains(&known) || TEXTS.iter().any(|(field, _)| *field == known) => {}
            _ => self.error(path, "unknown_field", "an administrator has no such field: leave it out"),
        }
    }

    fn error(&mut self, path: &Path<'_>, code: &'static str, message: &'static str) {
        self.push(path, code, Severity::Error, message);
    }

    fn push(&mut self, path: &Path<'_>, code: &'static str, severity: Severity, message: &'static str) {
        let pointer = path.to_string();
        let message = Cow::Borrowed(message);
        self.violations.push(Violation {
            pointer,
            code,
            severity,
            message,
            source: SOURCE,
            releases: Band::ALL,
        });
    }
}

/// `/[a-z].*\d|\d.*[a-z]/iu`: on one line, a letter of ASCII and a digit.
fn has_letter_and_digit(password: &str) -> bool {
    let both =
        |line: &str| line.chars().any(|c| c.is_ascii_alphabetic()) && line.chars().any(unicode::is_digit);
    password.split('\n').any(both)
}

fn has_mixed_case(password: &str) -> bool {
    password.chars().any(unicode::is_lowercase) && password.chars().any(unicode::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    const USER: &str = r#""username":"ada","firstname":"Ada","lastname":"L","email":"ada@b.test""#;

    fn codes(fields: &str, checks: AdminUserChecks) -> Vec<String> {
        let body = format!(r#"{{"user":{{{USER},{fields}}}}}"#);
        let report = validate_admin_user(body.as_bytes(), checks);
        report.violations.iter().map(|v| format!("{} {}", v.pointer, v.code)).collect()
    }

    #[test]
    fn the_policy_is_not_the_customers() {
        let stock = AdminUserChecks::default();
        let strict = AdminUserChecks { password: AdminPassword::MixedCaseAndDigit, exists: false };
        let password = |text: &str, checks| codes(&format!(r#""password":"{text}""#), checks);
        assert_eq!(password("abcdef1", stock), [""; 0]);
        assert_eq!(password("abcdef1", strict), ["/user/password password_classes"]);
        assert_eq!(password("Abcdef1", strict), [""; 0]);
        assert_eq!(password("Abcd!1", stock), ["/user/password password_too_short"]);
        assert_eq!(password("abcdefgh", stock), ["/user/password password_classes"]);
        assert_eq!(password(&format!("a1{}", "x".repeat(400)), stock), [""; 0]);
        assert_eq!(codes(r#""role_id":1"#, stock), ["/user/password missing_value"]);
        assert_eq!(codes(r#""role_id":1"#, AdminUserChecks { exists: true, ..stock }), [""; 0]);
    }

    #[test]
    fn fields_are_checked_and_cut() {
        let known = AdminUserChecks { exists: true, ..AdminUserChecks::default() };
        assert_eq!(
            codes(r#""role_id":"x","is_active":2,"nosuch":1,"id":4"#, known),
            [
                "/user/role_id wrong_type",
                "/user/is_active wrong_type",
                "/user/nosuch unknown_field",
                "/user/id id_ignored"
            ]
        );
        let long = format!(r#"{{"username":"{}","firstname":" ","lastname":7,"email":"x"}}"#, "u".repeat(41));
        let report = validate_admin_user(long.as_bytes(), known);
        let found: Vec<_> = report.violations.iter().map(|v| (v.pointer.as_str(), v.code)).collect();
        assert_eq!(
            found,
            [
                ("/username", "cut"),
                ("/firstname", "missing_value"),
                ("/lastname", "wrong_type"),
                ("/email", "invalid_email")
            ]
        );
        assert!(report.unchecked.contains(&"not_in_core"));
    }
}

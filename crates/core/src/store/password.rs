//! The customer's password.
//!
//! Source: `module-customer/Model/AccountManagement.php` (`checkPasswordStrength`),
//! the same in all releases; the settings are the shop's.

use super::finding::{Findings, Phrase, Place};
use super::{php, rules};
use crate::profile::Settings;

/// The most characters a password may have; not a setting.
const LONGEST: usize = 256;

const PLACE: Place = Place::Parameter("password");

/// Length, space at the ends and classes, in the store's order; the first that fails is reported.
pub(crate) fn check(password: &str, settings: &Settings, findings: &mut Findings) -> bool {
    let length = password.chars().count();
    let least = settings.password_min_length;
    if length > LONGEST {
        const WORDS: &str = "Please enter a password with at most %1 characters.";
        findings.refuse(&rules::PASSWORD_LONG, PLACE, Phrase::positional(WORDS, 256i64));
    } else if i64::try_from(length).is_ok_and(|length| length < least) {
        const WORDS: &str = "The password needs at least %1 characters. Create a new password and try again.";
        findings.refuse(&rules::PASSWORD_SHORT, PLACE, Phrase::positional(WORDS, least.to_string()));
    } else if php::trim(password).len() != password.len() {
        const WORDS: &str =
            "The password can't begin or end with a space. Verify the password and try again.";
        findings.refuse(&rules::PASSWORD_SPACE, PLACE, Phrase::plain(WORDS));
    } else if classes(password) < settings.password_classes {
        const WORDS: &str = "Minimum of different classes of characters in password is %1. Classes of \
                             characters: Lower Case, Upper Case, Digits, Special Characters.";
        let asked = settings.password_classes.to_string();
        findings.refuse(&rules::PASSWORD_CLASSES, PLACE, Phrase::positional(WORDS, asked));
    } else {
        return true;
    }
    false
}

/// How many of lower case, upper case, digit and other occur; beyond ASCII all are "other".
fn classes(password: &str) -> i64 {
    let has = |class: fn(char) -> bool| i64::from(password.chars().any(class));
    has(|c| c.is_ascii_lowercase())
        + has(|c| c.is_ascii_uppercase())
        + has(|c| c.is_ascii_digit())
        + has(|c| !c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(password: &str) -> Option<&'static str> {
        let mut findings = Findings::first_stage_only();
        check(password, &Settings::default(), &mut findings);
        findings.found().first().map(|finding| finding.rule.code)
    }

    #[test]
    fn each_check_in_its_order() {
        assert_eq!(refused("Passw0rd!x"), None);
        assert_eq!(refused(&"Aa1!".repeat(65)), Some("password_too_long"));
        assert_eq!(refused("Aa1! "), Some("password_too_short"));
        assert_eq!(refused(" Passw0rd!"), Some("password_space_at_end"));
        assert_eq!(refused("abcdefg1"), Some("password_too_few_classes"));
        assert_eq!(refused("aaaaaaaéA"), None);
    }

    #[test]
    fn settings_decide() {
        let settings = Settings { password_min_length: 12, password_classes: 4, ..Settings::default() };
        let mut findings = Findings::first_stage_only();
        assert!(!check("Passw0rdx123", &settings, &mut findings));
    }
}

//! Where a new account belongs: website and store view.
//!
//! Source: `module-customer/Model/AccountManagement.php`
//! (`createAccountWithPasswordHash`), recorded: the store code in the path does
//! not decide, the body does.

use super::finding::{Findings, Phrase, Place};
use super::{Store, php, rules};
use crate::json::{Object, Value};
use crate::profile::{Section, StoreView};

/// The integer of a field when it is there and not 0, which the store takes for absent.
pub(crate) fn chosen(object: &Object, field: &str) -> Option<i64> {
    object.get(field).and_then(Value::as_i64).filter(|id| *id != 0)
}

/// Fills in store view, website and the name of the store view.
pub(crate) fn settle(customer: &mut Object, store: &Store<'_>, findings: &mut Findings) {
    let website = chosen(customer, "website_id");
    let view = match chosen(customer, "store_id") {
        Some(id) => Some(id),
        None => match website {
            Some(website) => default_view_of(website, store, findings).map(|view| view.id),
            None => store.default_view().map(|view| view.id),
        },
    };
    let Some(view) = view else { return };
    customer.insert("store_id", view);
    let known = store.profile.store_view(view);
    if known.is_none() && !store.profile.knows(Section::Websites) {
        customer.insert("website_id", website.unwrap_or(0));
        return;
    }
    let website = match website {
        Some(website) => website,
        None => match known {
            Some(view) => view.website_id,
            None => return refuse_view(findings),
        },
    };
    customer.insert("website_id", website);
    if is_in_website(view, website, store, findings) {
        // An id of 0 makes a new customer too, but one whose place of creation stays as it was sent.
        let unset = |field: &str| customer.get(field).is_none_or(Value::is_null);
        if unset("id") || unset("created_in") {
            let name = known.map(|view| view.name.as_str()).unwrap_or_default();
            customer.insert("created_in", name);
        }
    }
}

fn default_view_of<'p>(website: i64, store: &Store<'p>, findings: &mut Findings) -> Option<&'p StoreView> {
    if store.profile.website(website).is_none() && store.profile.knows(Section::Websites) {
        refuse_website(website, findings);
        return None;
    }
    store.profile.default_store_view(website)
}

/// Whether the store view is one of the website's, or of any when accounts are shared.
fn is_in_website(view: i64, website: i64, store: &Store<'_>, findings: &mut Findings) -> bool {
    const WORDS: &str = "The store view is not in the associated website.";
    let known = store.profile.store_view(view);
    let belongs = if store.profile.settings.accounts_shared {
        known.is_some_and(|view| view.id != 0)
    } else {
        let exists = store.profile.website(website).is_some();
        if !exists && !store.profile.knows(Section::Websites) {
            return true;
        }
        if !exists {
            refuse_website(website, findings);
            return false;
        }
        known.is_some_and(|view| view.website_id == website)
    };
    if !belongs {
        findings.refuse(&rules::STORE_OF_WEBSITE, Place::Customer("store_id"), Phrase::plain(WORDS));
    }
    belongs
}

fn refuse_website(id: i64, findings: &mut Findings) {
    let words = format!(
        "The website with id {id} that was requested wasn't found. Verify the website and try again."
    );
    findings.refuse_with(404, &rules::WEBSITE, Place::Customer("website_id"), Phrase::plain(words));
}

fn refuse_view(findings: &mut Findings) {
    const WORDS: &str = "The store that was requested wasn't found. Verify the store and try again.";
    findings.refuse_with(404, &rules::STORE_VIEW, Place::Customer("store_id"), Phrase::plain(WORDS));
}

/// An id on create asks the store to add an existing account to another store view: never what was meant.
pub(crate) fn check_id(customer: &Object, store: &Store<'_>, findings: &mut Findings) {
    if chosen(customer, "id").is_none() {
        return;
    }
    let website = store.current_website();
    let email = customer.get("email").map(php::text).unwrap_or_default();
    if store.accounts.by_email(&email, store.account_scope(website)).is_some() {
        const WORDS: &str = "This customer already exists in this store.";
        return findings.refuse(&rules::ID_EXISTS, Place::Customer("id"), Phrase::plain(WORDS));
    }
    const WORDS: &str = "No such entity with %fieldName = %fieldValue, %field2Name = %field2Value";
    let parameters = [
        ("fieldName", "email".into()),
        ("fieldValue", customer.get("email").cloned().unwrap_or_default()),
        ("field2Name", "websiteId".into()),
        ("field2Value", website.to_string().into()),
    ];
    findings.refuse_with(404, &rules::ID_UNKNOWN, Place::Customer("id"), Phrase::named(WORDS, &parameters));
}

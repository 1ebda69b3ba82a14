use crate::json::{Object, Value};

/// What the store hands to its repository: the stored customer with every
/// member of the request laid over it, `null` included, nested values whole.
///
/// Custom attributes are laid over by code, because the store keeps those that
/// are not sent. Extension attributes are those of the request alone: the
/// store acts only on what is sent.
///
/// `dates` are the codes of date attributes that a release erases from what is
/// kept once custom attributes are sent.
pub(super) fn merged(stored: &Object, sent: &Object, dates: &[&str]) -> Object {
    let mut merged = stored.clone();
    merged.remove("extension_attributes");
    for (key, value) in sent.iter() {
        match (key, stored.get(key), value) {
            ("custom_attributes", Some(Value::Object(kept)), Value::Object(set)) => {
                let mut kept = kept.clone();
                dates.iter().filter(|_| !set.is_empty()).for_each(|code| drop(kept.remove(code)));
                merged.insert(key, overlaid(&kept, set));
            }
            _ => merged.insert(key, value.clone()),
        }
    }
    merged
}

/// An object with the members of another in place of its own.
pub(super) fn overlaid(kept: &Object, set: &Object) -> Object {
    let mut overlaid = kept.clone();
    set.iter().for_each(|(key, value)| overlaid.insert(key, value.clone()));
    overlaid
}

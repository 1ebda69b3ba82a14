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
pub(super) fn merged(mut stored: Object, sent: &Object, dates: &[&str]) -> Object {
    stored.remove("extension_attributes");
    for (key, value) in sent.iter() {
        match (key, stored.get_mut(key), value) {
            ("custom_attributes", Some(Value::Object(kept)), Value::Object(set)) => {
                dates.iter().filter(|_| !set.is_empty()).for_each(|code| drop(kept.remove(code)));
                lay_over(kept, set);
            }
            (_, Some(kept), _) => kept.clone_from(value),
            (_, None, _) => stored.insert(key, value.clone()),
        }
    }
    stored
}

/// An object with the members of another in place of its own.
pub(super) fn overlaid(kept: &Object, set: &Object) -> Object {
    let mut overlaid = kept.clone();
    lay_over(&mut overlaid, set);
    overlaid
}

fn lay_over(kept: &mut Object, set: &Object) {
    set.iter().for_each(|(key, value)| kept.insert(key, value.clone()));
}

//! Customer groups.

use std::collections::BTreeMap;

use magewright::json::{Object, Value};
use magewright::outcome::Refusal;
use magewright::profile::{CustomerGroup, Profile};

use super::Shop;
use crate::refusal::{invalid, no_such, required};

/// The tax class of a stock store's customers, and the only one the sandbox knows.
const RETAIL: (i64, &str) = (3, "Retail Customer");

/// The longest code, in bytes; the rest is cut, and may leave half a character.
const CODE_BYTES: usize = 32;

/// A customer group.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Group {
    pub id: i64,
    pub code: String,
}

/// What a request says of a group; what is `None` stays.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct GroupChange {
    pub id: Option<i64>,
    pub code: Option<String>,
    pub tax_class: Option<i64>,
}

impl Group {
    /// The group as a GET returns it.
    pub(crate) fn shown(&self) -> Value {
        let mut out = Object::new();
        out.insert("id", self.id);
        out.insert("code", self.code.as_str());
        out.insert("tax_class_id", RETAIL.0);
        out.insert("tax_class_name", RETAIL.1);
        out.into()
    }
}

pub(super) fn of_profile(profile: &Profile) -> BTreeMap<i64, Group> {
    let group = |group: &CustomerGroup| (group.id, Group { id: group.id, code: group.code.clone() });
    profile.customer_groups.iter().map(group).collect()
}

impl Shop {
    /// The group with that id.
    ///
    /// # Errors
    /// 404 for an unknown id.
    pub(crate) fn group(&self, id: i64) -> Result<&Group, Refusal> {
        self.groups.get(&id).ok_or_else(|| no_such("id", id))
    }

    /// Creates a group, or changes the one with the id given.
    ///
    /// # Errors
    /// 400 without a code, with an unknown tax class or a code that is taken; 404 for an unknown id.
    pub(crate) fn save_group(&mut self, change: GroupChange) -> Result<Value, Refusal> {
        let code = change.code.filter(|code| !code.is_empty()).ok_or_else(|| required(&["code"]))?;
        if let Some(id) = change.id {
            self.group(id)?;
        }
        let creates = change.id.is_none();
        match change.tax_class {
            Some(class) if class == RETAIL.0 => {}
            None | Some(0) if creates => {}
            other => return Err(invalid("taxClassId", other.map_or(Value::Null, Value::from))),
        }
        let code = cut(&code);
        let id = change.id.unwrap_or(self.numbers.group);
        if self
            .groups
            .values()
            .any(|group| group.id != id && group.code.to_lowercase() == code.to_lowercase())
        {
            return Err(Refusal::new(400, "Customer Group already exists."));
        }
        if creates {
            self.numbers.group += 1;
        }
        let group = Group { id, code };
        let shown = group.shown();
        self.groups.insert(id, group);
        self.tell_profile();
        Ok(shown)
    }

    /// Deletes a group; its customers fall to the default group.
    ///
    /// # Errors
    /// 404 for an unknown id, 400 for the default group and the one of guests.
    pub(crate) fn delete_group(&mut self, id: i64) -> Result<(), Refusal> {
        self.group(id)?;
        if self.is_readonly_group(id) {
            return Err(Refusal::new(400, "Cannot delete group."));
        }
        self.groups.remove(&id);
        self.tell_profile();
        self.leave_group(id);
        Ok(())
    }

    /// Whether a group may not be deleted: the default one and the one of guests.
    pub(crate) fn is_readonly_group(&self, id: i64) -> bool {
        id == 0 || id == self.profile.settings.default_group
    }

    /// The predictions look groups up in the profile.
    pub(crate) fn tell_profile(&mut self) {
        self.touched.other();
        let group = |group: &Group| CustomerGroup { id: group.id, code: group.code.clone() };
        self.profile.customer_groups = self.groups.values().map(group).collect();
    }
}

fn cut(code: &str) -> String {
    let bytes = code.as_bytes();
    String::from_utf8_lossy(bytes.get(..CODE_BYTES).unwrap_or(bytes)).into_owned()
}

use super::Change;
use crate::schema::contract::{Field, Kind};

/// In which direction the owner of fields travels.
#[derive(Clone, Copy)]
pub(super) struct Use {
    pub(super) sent: bool,
    pub(super) read: bool,
}

impl Use {
    /// Members of a body and parameters: `required` there is a demand.
    pub(super) const BODY: Use = Use { sent: true, read: false };

    const fn is_demand(self) -> bool {
        self.sent && !self.read
    }
}

/// Compares the fields of one owner; `prefix` is what stands before a field's name.
pub(super) fn compare(prefix: &str, old: &[Field], new: &[Field], used: Use, changes: &mut Vec<Change>) {
    let find = |list: &'_ [Field], name: &str| list.iter().position(|field| field.name == name);
    for field in old {
        let place = format!("{prefix}{}", field.name);
        match find(new, &field.name).and_then(|at| new.get(at)) {
            // A store refuses a nested field that it does not know.
            None => changes.push(Change::new(&place, "removed", used.sent, used.read)),
            Some(other) if other.kind != field.kind => {
                let what = format!("{} became {}", kind(&field.kind), kind(&other.kind));
                changes.push(Change::new(&place, &what, used.sent, used.read));
            }
            Some(other) if other.required != field.required => {
                changes.push(requirement(&place, other.required, used));
            }
            Some(_) => {}
        }
    }
    for field in new.iter().filter(|field| find(old, &field.name).is_none()) {
        let demanded = field.required && used.is_demand();
        let what = if demanded { "added, required" } else { "added" };
        changes.push(Change::new(&format!("{prefix}{}", field.name), what, demanded, false));
    }
}

/// In a body `required` is a demand on the sender; in a type it is a promise to
/// the reader, that the field is never left out.
fn requirement(place: &str, is_required: bool, used: Use) -> Change {
    let what = if is_required { "became required" } else { "became optional" };
    let demand = used.is_demand();
    Change::new(place, what, demand && is_required, !demand && !is_required && used.read)
}

/// A kind in short, as the overlay writes it.
pub(crate) fn kind(kind: &Kind) -> String {
    match kind {
        Kind::String => "string".to_owned(),
        Kind::Integer => "integer".to_owned(),
        Kind::Number => "number".to_owned(),
        Kind::Boolean => "boolean".to_owned(),
        Kind::Anything => "object".to_owned(),
        Kind::Object(name) => name.clone(),
        Kind::List(item) => format!("[{}]", self::kind(item)),
    }
}

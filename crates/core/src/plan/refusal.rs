//! Why nothing can be sent that does what a patch asks, and nothing else.

use std::fmt;

use crate::outcome::Refusal;

use super::patch::PatchError;

/// No body does what the patch asks, and nothing else, on that target.
#[derive(Debug, Clone, PartialEq)]
pub struct Unplannable {
    /// Every place that stands in the way.
    pub reasons: Vec<Reason>,
    /// What the store would answer to the body that comes closest, when it would refuse it.
    pub refusal: Option<Box<Refusal>>,
}

/// One place that stands in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Where, as a JSON Pointer in which items of keyed lists stand by their keys.
    pub pointer: String,
    /// What kind of obstacle.
    pub obstacle: Obstacle,
}

/// What stands in the way of a lossless update.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Obstacle {
    /// The patch breaks its grammar, or names an address that is not stored.
    Patch(super::patch::PatchErrorKind),
    /// The customer's defaults and the flags of its addresses ask for different things.
    ConflictingDefaults,
    /// A default names an address that is not among those wanted.
    NoSuchDefault,
    /// The two region ids of an address differ.
    ConflictingRegions,
    /// The name of a region from the store's list is changed without its id.
    RegionNeedsId,
    /// A field that cannot be unset.
    CannotBeUnset,
    /// `addresses` or `custom_attributes` is `null`, which the store does not read as a removal.
    NullList,
    /// A field that the store sets itself, or takes from elsewhere on this route.
    ReadOnly,
    /// The store would keep another value than the one wanted.
    ChangedByStore,
    /// The store would refuse.
    Refused,
    /// The release has no such route.
    NoRoute,
}

impl Reason {
    pub(super) fn at(pointer: impl Into<String>, obstacle: Obstacle) -> Self {
        Reason { pointer: pointer.into(), obstacle }
    }
}

impl Obstacle {
    /// A stable name for programs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Obstacle::Patch(_) => "patch",
            Obstacle::ConflictingDefaults => "conflicting-defaults",
            Obstacle::NoSuchDefault => "no-such-default",
            Obstacle::ConflictingRegions => "conflicting-regions",
            Obstacle::RegionNeedsId => "region-needs-id",
            Obstacle::CannotBeUnset => "cannot-be-unset",
            Obstacle::NullList => "null-list",
            Obstacle::ReadOnly => "read-only",
            Obstacle::ChangedByStore => "changed-by-store",
            Obstacle::Refused => "refused",
            Obstacle::NoRoute => "no-route",
        }
    }

    /// What is in the way and the way out.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Obstacle::Patch(kind) => kind.message(),
            Obstacle::ConflictingDefaults => {
                "the patch asks for two default addresses: set the field of the customer or the flag of one address"
            }
            Obstacle::NoSuchDefault => {
                "the default is no address of the customer: name one that stays, or set the flag of a new one"
            }
            Obstacle::ConflictingRegions => "region_id and region.region_id differ: set one of them",
            Obstacle::RegionNeedsId => {
                "a region of the store's list is chosen by its region_id: set that, the name follows"
            }
            Obstacle::CannotBeUnset => {
                "the store has no way to unset this field: set another value (gender 3 is \"Not Specified\")"
            }
            Obstacle::NullList => {
                "null removes nothing from the list: write {\"$patch\":\"delete\"} for an item, or as the only item for the whole list"
            }
            Obstacle::ReadOnly => {
                "the store does not take this field from this caller on this route: leave it out of the patch"
            }
            Obstacle::ChangedByStore => "the store would keep another value: write it as the store keeps it",
            Obstacle::Refused => "the store would refuse the update: mend what it names first",
            Obstacle::NoRoute => {
                "the SaaS edition has no route for a customer's own token: plan for the customer's id, with an IMS token"
            }
        }
    }
}

impl From<Reason> for Unplannable {
    fn from(reason: Reason) -> Self {
        Unplannable { reasons: vec![reason], refusal: None }
    }
}

impl From<PatchError> for Unplannable {
    fn from(error: PatchError) -> Self {
        Reason::at(error.pointer(), Obstacle::Patch(error.kind())).into()
    }
}

impl fmt::Display for Unplannable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no lossless update")?;
        for Reason { pointer, obstacle } in &self.reasons {
            let place = if pointer.is_empty() { "/" } else { pointer };
            write!(f, "; {place}: {}", obstacle.message())?;
        }
        if let Some(refusal) = &self.refusal {
            write!(f, "; the store would answer {}", refusal.status)?;
        }
        Ok(())
    }
}

impl std::error::Error for Unplannable {}

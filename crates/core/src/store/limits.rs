//! How many objects a list in a request may hold.
//!
//! A stock store limits nothing, but for 2.4.3 and 2.4.3-p1, which always do; others do when their
//! settings say so (`webapi/validation/input_limit_enabled`). Lists of plain values, custom
//! attributes and the items of a bulk request are never counted.
//!
//! Source: `Framework/Webapi/Validator/EntityArrayValidator.php`; recorded.

use super::Store;
use crate::profile::InputLimits;
use crate::release::{Band, Release};

/// A setting without a value: in effect no limit, since 2.4.6.
pub(crate) const WIDE: i64 = 999_999;
const NARROW: i64 = 20;
const WIDENED: Band = Band::since(&[(6, 0)]);

/// Requests are limited whatever the settings say, which these releases do not have.
const ALWAYS: Band = Band::since(&[(3, 0)]).until(&[(3, 2), (4, 0)]);

/// Queued requests have a limit of their own, which no setting of the admin changes.
///
/// Source: module-webapi-async, `InputArraySizeLimitValue`.
const QUEUED: i64 = 5000;

/// What counts in a release where a limit is on and has no value.
pub(crate) fn fallback(release: Release) -> i64 {
    if WIDENED.holds(release) { WIDE } else { NARROW }
}

/// The most objects in a list of a request that is answered at once; `None` where nothing limits them.
pub(crate) fn list_items(store: &Store<'_>) -> Option<i64> {
    let InputLimits { list_items, .. } = limits(store)?;
    Some(list_items.unwrap_or_else(|| fallback(store.release)))
}

/// Whether a list of so many objects is too long.
pub(crate) fn exceeds(objects: usize, most: Option<i64>) -> bool {
    most.is_some_and(|most| i64::try_from(objects).map_or(true, |objects| objects > most))
}

/// The most objects in a list of a request that is queued.
pub(crate) fn queued_list_items(store: &Store<'_>) -> Option<i64> {
    limits(store).map(|_| QUEUED)
}

fn limits(store: &Store<'_>) -> Option<InputLimits> {
    in_effect(store.profile.settings.input_limits.as_ref(), store.release)
}

/// The limits of a store with these settings; `None` for none at all.
pub(crate) fn in_effect(settings: Option<&InputLimits>, release: Release) -> Option<InputLimits> {
    if ALWAYS.holds(release) { Some(InputLimits::default()) } else { settings.cloned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Profile;
    use crate::store::Accounts;

    #[test]
    fn limits_are_the_settings_or_the_releases() {
        let accounts = Accounts::new();
        let limit = |release: &str, limits: Option<InputLimits>| {
            let mut profile = Profile::stock();
            profile.settings.input_limits = limits;
            let release = release.parse().unwrap();
            let store = Store { release, profile: &profile, accounts: &accounts, scope: None, now: None };
            (list_items(&store), queued_list_items(&store))
        };
        let set = |list_items| Some(InputLimits { list_items, ..InputLimits::default() });
        for (release, limits, expected) in [
            ("2.4.7-p3", None, (None, None)),
            ("2.4.7-p3", set(None), (Some(999_999), Some(5000))),
            ("2.4.7-p3", set(Some(3)), (Some(3), Some(5000))),
            ("2.4.5", set(None), (Some(20), Some(5000))),
            ("2.4.3-p1", None, (Some(20), Some(5000))),
            ("2.4.3-p2", None, (None, None)),
            ("2.4.2", None, (None, None)),
        ] {
            assert_eq!(limit(release, limits), expected, "{release}");
        }
    }
}

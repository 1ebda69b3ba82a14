//! Questions about what a release has, and what can be asked about.

use super::answer::object;
use super::{Failure, Request};
use crate::json::Value;
use crate::profile::Profile;
use crate::release::Release;
use crate::store::Store;

/// `contract`: types and endpoints of the store's release, its own schema included when the profile has it.
pub(super) fn contract(_: &Request, store: &Store<'_>) -> Result<Value, Failure> {
    Ok(store.profile.contract().of_release(store.release))
}

/// `releases`: `{"default", "lines", "editions"}`; of a line any patch level can be asked about, and an edition
/// has neither.
pub(super) fn releases(_: &Request) -> Result<Value, Failure> {
    let lines: Vec<_> = Release::lines().map(|release| release.to_string()).collect();
    let editions = vec![Release::SAAS.to_string()];
    let default = Release::DEFAULT.to_string();
    Ok(object(vec![("default", default.into()), ("lines", lines.into()), ("editions", editions.into())])
        .into())
}

/// `profile.stock`: what is assumed of a store that nobody described, as a profile to begin one with.
pub(super) fn stock(_: &Request) -> Result<Value, Failure> {
    Ok(Profile::stock_document())
}

#[cfg(test)]
mod tests {
    use super::super::call;

    #[test]
    fn a_contract_is_that_of_the_release() {
        let of = |release: &str| call("contract", format!(r#"{{"release":"{release}"}}"#).as_bytes());
        assert!(
            of("2.4.9").contains("all_company_attributes") && !of("2.4.7").contains("all_company_attributes")
        );
        assert!(of("2.3.7").contains(r#""pointer":"/release""#));
    }

    #[test]
    fn a_shops_own_schema_is_in_it() {
        let schema = r##"{"endpoints":[],"$defs":{"CustomerExtension":{"type":"object",
            "properties":{"own_field":{"type":"integer"}}}}}"##;
        let profile = call("profile.from_replies", format!(r#"{{"schema":{schema}}}"#).as_bytes());
        let profile = profile.strip_prefix(r#"{"ok":"#).and_then(|text| text.strip_suffix('}')).unwrap();
        let contract = call("contract", format!(r#"{{"profile":{profile}}}"#).as_bytes());
        assert!(contract.contains(r#""own_field":{"type":"integer"}"#), "{contract}");
    }

    #[test]
    fn releases_and_the_stock_profile_are_told() {
        assert!(
            call("releases", b"{}").starts_with(r#"{"ok":{"default":"2.4.7-p3","lines":["2.4.0","2.4.1""#)
        );
        assert!(call("profile.stock", b"{}").contains("store_views"));
        assert!(call("releases", br#"{"x":1}"#).contains("unknown_member"));
    }
}

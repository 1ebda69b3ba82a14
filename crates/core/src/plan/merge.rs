use super::apply::apply;
use super::patch::{Patch, PatchError, PatchErrorKind};
use super::splice::splice;
use crate::json::{self, Path};

/// As [`apply`], from text to text: what the patch does not name is copied byte for byte.
///
/// # Errors
/// As [`Patch::parse`] and [`apply`], also for a stored text that is not JSON.
///
/// ```
/// use magewright::plan::merge;
/// let stored = br#"{"id":5,"credit":1.50,"taxvat":"T","name":"Zo\u00eb"}"#;
/// let merged = merge(stored, br#"{"taxvat":null,"credit":2}"#)?;
/// assert_eq!(merged, br#"{"id":5,"credit":2,"name":"Zo\u00eb"}"#);
/// # Ok::<(), magewright::plan::PatchError>(())
/// ```
pub fn merge(stored: &[u8], patch: &[u8]) -> Result<Vec<u8>, PatchError> {
    if let Some(merged) = splice(stored, patch) {
        return Ok(merged);
    }
    let patch = Patch::parse(patch)?;
    let stored = json::parse(stored).map_err(|e| PatchError::at(&Path::root(), PatchErrorKind::Syntax(e)))?;
    apply(&stored, &patch).map(|merged| merged.to_string().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORED: &str = concat!(
        r#"{ "id":101,"firstname":"Ver\u00f3nica","taxvat":"T\/1","credit":1.50,"#,
        r#""addresses":[{"id":1001,"city":"Ulm","fax":"1"},{"id":1002,"city":"Bonn"}],"#,
        r#""extension_attributes":{"is_subscribed":true},"#,
        r#""custom_attributes":[{"attribute_code":"tier","value":"5"},{"attribute_code":"code","value":[1]},{"attribute_code":"box","value":{"x":1}}]}"#
    );

    fn spliced(patch: &str) -> Option<String> {
        splice(STORED.as_bytes(), patch.as_bytes()).map(|bytes| String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn runs_that_are_not_named_are_copied_as_they_stand() {
        assert_eq!(spliced("{}").unwrap(), STORED);
        let named = STORED.replace("Ver\\u00f3nica", "Vera").replace(r#","taxvat":"T\/1""#, "");
        assert_eq!(spliced(r#"{"firstname":"Vera","taxvat":null}"#).unwrap(), named);
    }

    #[test]
    fn plain_patches_give_what_apply_gives() {
        for patch in [
            r#"{"suffix":"Jr","group_id":3,"id":7}"#,
            r#"{"id":null,"firstname":null,"added":[1,{"a":null}]}"#,
            r#"{"id":null,"firstname":null,"taxvat":null,"credit":null,"addresses":[],"x":1}"#,
            r#"{"addresses":[{"id":1002,"city":"Köln","company":"X"},{"city":"new","street":["a"]}]}"#,
            r#"{"addresses":[{"id":1001,"city":null,"fax":null}]}"#,
            r#"{"extension_attributes":{"is_subscribed":null,"other":1}}"#,
            r#"{"custom_attributes":[{"attribute_code":"tier","value":null},{"value":{"x":null},"attribute_code":"new"}]}"#,
            r#"{"custom_attributes":[{"attribute_code":"tier","value":null},{"attribute_code":"code","value":null}]}"#,
            r#"{"custom_attributes":[{"attribute_code":"box","value":{"y":2}}]}"#,
            r#"{"custom_attributes":[{"attribute_code":"tier"}]}"#,
            r#"{"custom_attributes":[{"attribute_code":"tier","value":null,"note":1}]}"#,
            r#"{"custom_attributes":[{"attribute_code":"code","value":"x"},{"attribute_code":"none","value":null}]}"#,
        ] {
            let stored = json::parse(STORED.as_bytes()).unwrap();
            let wanted = apply(&stored, &Patch::parse(patch.as_bytes()).unwrap()).unwrap();
            let made = json::parse(spliced(patch).unwrap().as_bytes()).unwrap();
            assert_eq!(made.to_string(), wanted.to_string(), "{patch}");
        }
    }

    #[test]
    fn odd_shapes_take_the_other_way() {
        for patch in [
            "[]",
            "{",
            r#"{"addresses":[{"id":7,"city":"unknown"}]}"#,
            r#"{"addresses":[{"id":"1001","city":"x"}]}"#,
            r#"{"addresses":[{"id":1001,"$patch":"delete"}]}"#,
            r#"{"addresses":null}"#,
            r#"{"custom_attributes":{"tier":"6"}}"#,
            r#"{"firstname":"a","firstname":"b"}"#,
            r#"{"first\u006eame":"a"}"#,
            r#"{"taxvat":{"a":1}}"#,
        ] {
            assert_eq!(spliced(patch), None, "{patch}");
        }
        assert!(splice(b"[1]", b"{}").is_none());
        assert!(splice(br#"{"a":1} x"#, b"{}").is_none());
        assert!(splice(br#"{"a":1,"a":2}"#, br#"{"a":3}"#).is_none());
    }

    #[test]
    fn what_cannot_be_read_is_an_error() {
        assert!(merge(b"{", b"{}").is_err());
        assert!(merge(b"{}", b"[1").is_err());
        assert_eq!(
            merge(STORED.as_bytes(), br#"{"addresses":[{"id":7}]}"#).unwrap_err().pointer(),
            "/addresses/0"
        );
    }
}

//! A wanted customer, made consistent in what it says twice.
//!
//! A customer says its defaults on itself and as flags of its addresses, and an
//! address says its region as an object and as an id. A patch names one of the
//! two; the other follows here as it would follow in the store.

use super::keyed::{ADDRESSES, Index, attributes};
use super::members::listed;
use super::refusal::{Obstacle, Reason};
use crate::json::{Object, Value};

/// The fields that name a default address, on the customer and as flags of its addresses.
pub(super) const DEFAULTS: [&str; 2] = ["default_billing", "default_shipping"];

/// Makes the wanted customer consistent and gives new addresses the ids `<new1>`, `<new2>`, ….
pub(super) fn settle(stored: &Object, wanted: &mut Object) -> Result<(), Reason> {
    name_new_addresses(stored, wanted);
    let before = addresses_of(stored);
    for field in DEFAULTS {
        settle_default(field, stored, &before, wanted)?;
    }
    if let Some(Value::Array(addresses)) = wanted.get_mut("addresses") {
        for address in addresses.iter_mut().filter_map(Value::as_object_mut) {
            let before = before.get(text(address.get("id"))).and_then(Value::as_object);
            settle_region(before, address)?;
        }
    }
    Ok(())
}

/// The text of a scalar; empty for anything else.
pub(super) fn text(value: Option<&Value>) -> &str {
    match value {
        Some(Value::String(text)) => text,
        Some(Value::Number(number)) => number.as_str(),
        Some(Value::Bool(true)) => "1",
        _ => "",
    }
}

/// The addresses of a customer by their ids.
pub(super) fn addresses_of(customer: &Object) -> Index<'_> {
    ADDRESSES.index(listed(customer.get("addresses")))
}

fn name_new_addresses(stored: &Object, wanted: &mut Object) {
    let owner = stored.get("id").cloned().unwrap_or_default();
    let Some(Value::Array(addresses)) = wanted.get_mut("addresses") else { return };
    let new = addresses.iter_mut().filter_map(Value::as_object_mut);
    let new = new.filter(|address| address.get("id").is_none_or(Value::is_null));
    for (at, address) in new.enumerate() {
        address.insert("id", format!("<new{}>", at + 1));
        address.insert("customer_id", owner.clone());
        list_attributes(address);
    }
}

/// Turns custom attributes written as an object from code to value into the list a store shows.
fn list_attributes(owner: &mut Object) {
    let Some(Value::Object(map)) = owner.get("custom_attributes") else { return };
    let list = attributes(map);
    owner.insert("custom_attributes", list);
}

/// Whether the id stands for an address that is yet to be created.
pub(super) fn is_new(id: &str) -> bool {
    id.starts_with("<new")
}

fn settle_default(
    field: &'static str,
    stored: &Object,
    addresses: &Index<'_>,
    wanted: &mut Object,
) -> Result<(), Reason> {
    let (before, asked) = (text(stored.get(field)), text(wanted.get(field)));
    let flag = |address: &Value| address.get(field).and_then(Value::as_bool) == Some(true);
    let flagged: Vec<&str> =
        listed(wanted.get("addresses")).iter().filter(|a| flag(a)).map(|a| text(a.get("id"))).collect();
    let was = |id: &str| addresses.get(id).is_some_and(flag);
    let newly: Vec<&str> = flagged.iter().copied().filter(|id| !was(id)).collect();
    let chosen = match newly.as_slice() {
        _ if asked != before => {
            if newly.iter().any(|id| *id != asked) {
                return Err(Reason::at(format!("/{field}"), Obstacle::ConflictingDefaults));
            }
            asked
        }
        [id] => id,
        [] if flagged.contains(&before) || addresses.get(before).is_none() => before,
        [] => "",
        _ => return Err(Reason::at(format!("/{field}"), Obstacle::ConflictingDefaults)),
    };
    let chosen = chosen.to_owned();
    set_default(field, stored, wanted, &chosen)
}

fn set_default(
    field: &'static str,
    stored: &Object,
    wanted: &mut Object,
    chosen: &str,
) -> Result<(), Reason> {
    let unchanged = text(stored.get(field)) == chosen;
    if !chosen.is_empty() && !unchanged && addresses_of(wanted).get(chosen).is_none() {
        return Err(Reason::at(format!("/{field}"), Obstacle::NoSuchDefault));
    }
    if chosen.is_empty() {
        wanted.remove(field);
    } else if !unchanged {
        wanted.insert(field, chosen);
    }
    if let Some(Value::Array(addresses)) = wanted.get_mut("addresses") {
        for address in addresses.iter_mut().filter_map(Value::as_object_mut) {
            match text(address.get("id")) == chosen {
                true => address.insert(field, true),
                false => drop(address.remove(field)),
            }
        }
    }
    Ok(())
}

/// The region of an address in the forms it is written in.
struct Region<'a> {
    id: i64,
    scalar: Option<i64>,
    inner: Option<i64>,
    name: &'a str,
    code: &'a str,
}

impl<'a> Region<'a> {
    fn of(address: &'a Object) -> Self {
        let region = address.get("region");
        let part = |key: &str| region.and_then(|region| region.get(key));
        let integer = |value: Option<&Value>| text(value).parse::<i64>().ok();
        let (scalar, inner) = (integer(address.get("region_id")), integer(part("region_id")));
        Region {
            id: inner.or(scalar).unwrap_or(0),
            scalar,
            inner,
            name: text(part("region")),
            code: text(part("region_code")),
        }
    }

    fn none() -> Self {
        Region { id: 0, scalar: None, inner: None, name: "", code: "" }
    }
}

/// Lets the two forms of the region agree: an id decides, a name without one stands for itself.
fn settle_region(before: Option<&Object>, address: &mut Object) -> Result<(), Reason> {
    if before.is_none() && address.get("region").is_none() && address.get("region_id").is_none() {
        return Ok(());
    }
    if before
        .is_some_and(|before| ["region", "region_id"].iter().all(|key| before.get(key) == address.get(key)))
    {
        return Ok(());
    }
    let was = before.map_or_else(Region::none, Region::of);
    let now = Region::of(address);
    let refuse = |code| Err(Reason::at(format!("/addresses/{}/region", text(address.get("id"))), code));
    let set_scalar = now.scalar.filter(|id| *id != was.scalar.unwrap_or(was.id));
    let set_inner = now.inner.filter(|id| *id != was.id);
    let named =
        (now.name != was.name && !now.name.is_empty()) || (now.code != was.code && !now.code.is_empty());
    let dropped = address.get("region").is_none_or(Value::is_null) && was.id != 0 && set_scalar.is_none();
    let id = match (set_scalar, set_inner) {
        (Some(a), Some(b)) if a != b => return refuse(Obstacle::ConflictingRegions),
        (Some(id), _) | (_, Some(id)) => id,
        (None, None) if dropped => 0,
        (None, None) => was.id,
    };
    if id == was.id && id != 0 && named {
        return refuse(Obstacle::RegionNeedsId);
    }
    if id == was.id && !named && before.is_some() && now.name == was.name {
        return Ok(());
    }
    let mut region = Object::new();
    if named {
        region.insert("region", now.name);
    }
    region.insert("region_id", id);
    address.insert("region", region);
    address.insert("region_id", id);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    /// An address 7 as it is wanted, settled against what is stored of it.
    fn settled(before: &str, wanted: &str) -> Result<String, Obstacle> {
        let customer = |address: &str| {
            let list = if address.is_empty() { String::new() } else { format!(r#"{{"id":7,{address}}}"#) };
            let text = format!(r#"{{"id":5,"addresses":[{list}]}}"#);
            parse(text.as_bytes()).unwrap().as_object().cloned().unwrap()
        };
        let mut wanted = customer(wanted);
        settle(&customer(before), &mut wanted).map_err(|reason| reason.obstacle)?;
        let address = listed(wanted.get("addresses")).first().and_then(Value::as_object).unwrap();
        let shown = ["region", "region_id"].map(|key| Some(format!("{key}:{}", address.get(key)?)));
        Ok(shown.into_iter().flatten().collect::<Vec<_>>().join(" "))
    }

    const MICHIGAN: &str =
        r#""region":{"region_code":"MI","region":"Michigan","region_id":33},"region_id":33"#;
    const KENT: &str = r#""region":{"region_code":"Kent","region":"Kent","region_id":0},"region_id":0"#;
    const NONE: &str = r#""region":{"region_code":null,"region":null,"region_id":0}"#;

    #[test]
    fn the_two_forms_of_a_region_say_the_same() {
        let as_id = |id: u8| format!(r#"region:{{"region_id":{id}}} region_id:{id}"#);
        let as_name = |name: &str| format!(r#"region:{{"region":"{name}","region_id":0}} region_id:0"#);
        let cases = [
            // An id decides, in whatever form it is given; both forms may say it.
            (
                MICHIGAN,
                r#""region":{"region_code":"MI","region":"Michigan","region_id":33},"region_id":43"#,
                Ok(as_id(43)),
            ),
            (
                MICHIGAN,
                r#""region":{"region_code":"MI","region":"Michigan","region_id":43},"region_id":33"#,
                Ok(as_id(43)),
            ),
            (
                MICHIGAN,
                r#""region":{"region_code":"MI","region":"Michigan","region_id":"43"},"region_id":"43""#,
                Ok(as_id(43)),
            ),
            (MICHIGAN, r#""region_id":43"#, Ok(as_id(43))),
            (
                KENT,
                r#""region":{"region_code":"Kent","region":"Kent","region_id":0},"region_id":43"#,
                Ok(as_id(43)),
            ),
            (MICHIGAN, r#""region":{"region_id":12},"region_id":43"#, Err(Obstacle::ConflictingRegions)),
            // A name stands for itself where no id is known.
            (
                KENT,
                r#""region":{"region_code":"Kent","region":"Essex","region_id":0},"region_id":0"#,
                Ok(as_name("Essex")),
            ),
            (NONE, r#""region":{"region_code":null,"region":"Essex","region_id":0}"#, Ok(as_name("Essex"))),
            (
                MICHIGAN,
                r#""region":{"region_code":"MI","region":"Ohio","region_id":33},"region_id":33"#,
                Err(Obstacle::RegionNeedsId),
            ),
            (
                MICHIGAN,
                r#""region":{"region_code":"OH","region":"Michigan","region_id":33},"region_id":33"#,
                Err(Obstacle::RegionNeedsId),
            ),
            (KENT, r#""region":{"region":"Kent","region_id":0},"region_id":0"#, Ok(as_name("Kent"))),
            // What is taken away is gone in both forms.
            (MICHIGAN, r#""region":null,"region_id":33"#, Ok(as_id(0))),
            (MICHIGAN, r#""region_id":33"#, Ok(as_id(0))),
            (
                KENT,
                r#""region":{"region_code":"Kent","region":"","region_id":0},"region_id":0"#,
                Ok(as_id(0)),
            ),
            // A new address may have none, and then says none.
            ("", r#""city":"x""#, Ok(String::new())),
            ("", r#""region":{"region":"Essex"}"#, Ok(as_name("Essex"))),
            ("", r#""region_id":43"#, Ok(as_id(43))),
        ];
        for (before, wanted, expected) in cases {
            assert_eq!(settled(before, wanted), expected, "{before} -> {wanted}");
        }
        for same in [MICHIGAN, KENT, NONE] {
            let spelled = settled(same, same).unwrap();
            assert!(spelled.contains("region_code"), "an untouched region stays as it is: {spelled}");
        }
    }
}

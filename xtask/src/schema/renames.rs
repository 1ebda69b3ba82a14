//! Names that changed while what goes over the wire did not: those of definitions, and of placeholders
//! in paths. A contract is compared, and merged with others, under the older names.

use std::collections::BTreeMap;

use super::contract::{Contract, Endpoint, Field, Kind};

/// The newer names by the older ones.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Renames {
    /// Clean names of types.
    pub(crate) types: BTreeMap<String, String>,
    /// Paths, by method and path.
    pub(crate) paths: BTreeMap<(String, String), String>,
}

impl Renames {
    /// What has another name in the newer contract: a type where it stands for one that is gone, with at
    /// least one of its fields; a path that differs in the names of its placeholders only.
    pub(crate) fn between(old: &Contract, new: &Contract) -> Renames {
        let mut found = Renames { types: BTreeMap::new(), paths: paths(old, new) };
        let mut waiting = found.pairs_of_owners(old, new);
        while let Some((before, after)) = waiting.pop() {
            let gone = !new.types.contains_key(before);
            let came = !old.types.contains_key(after) && found.types.values().all(|name| name != after);
            let (Some(one), Some(other)) = (old.types.get(before), new.types.get(after)) else { continue };
            if gone && came && !found.types.contains_key(before) && alike(&one.fields, &other.fields) {
                found.types.insert(before.to_owned(), after.to_owned());
                waiting.extend(pairs(&one.fields, &other.fields));
            }
        }
        found
    }

    /// The newer contract under the older names.
    pub(crate) fn undone(&self, new: &Contract) -> Contract {
        let back: BTreeMap<&str, &str> =
            self.types.iter().map(|(before, after)| (after.as_str(), before.as_str())).collect();
        let mut undone = new.clone();
        undone.types = std::mem::take(&mut undone.types)
            .into_iter()
            .map(|(name, of)| (back.get(name.as_str()).map_or(name.clone(), |&before| before.to_owned()), of))
            .collect();
        undone.types.values_mut().for_each(|of| rename(&mut of.fields, &back));
        for endpoint in &mut undone.endpoints {
            rename(&mut endpoint.body, &back);
            endpoint.reply.iter_mut().for_each(|reply| renamed(reply, &back));
            self.respell(endpoint);
        }
        undone
    }

    fn respell(&self, endpoint: &mut Endpoint) {
        let spelled = self
            .paths
            .iter()
            .find(|((method, _), after)| *method == endpoint.method && **after == endpoint.path);
        let Some(((_, before), after)) = spelled else { return };
        for (before, after) in placeholders(before).zip(placeholders(after)) {
            let in_path = endpoint.parameters.iter_mut().filter(|one| one.place == "path");
            in_path.filter(|one| one.field.name == after).for_each(|one| one.field.name = before.to_owned());
        }
        endpoint.path = before.clone();
    }

    /// The types that stand in one and the same place of both contracts.
    fn pairs_of_owners<'a>(&self, old: &'a Contract, new: &'a Contract) -> Vec<(&'a str, &'a str)> {
        let mut found = Vec::new();
        for (name, of) in &old.types {
            found.extend(new.types.get(name).into_iter().flat_map(|other| pairs(&of.fields, &other.fields)));
        }
        for one in &old.endpoints {
            let key = (one.method.clone(), one.path.clone());
            let path = self.paths.get(&key).unwrap_or(&one.path);
            let Some(other) = new.endpoints.iter().find(|e| e.method == one.method && e.path == *path) else {
                continue;
            };
            found.extend(pairs(&one.body, &other.body));
            found.extend(one.reply.as_ref().zip(other.reply.as_ref()).and_then(|(a, b)| pair(a, b)));
        }
        found
    }
}

fn paths(old: &Contract, new: &Contract) -> BTreeMap<(String, String), String> {
    let has = |contract: &Contract, one: &Endpoint| {
        contract.endpoints.iter().any(|other| other.method == one.method && other.path == one.path)
    };
    let mut found = BTreeMap::new();
    for one in old.endpoints.iter().filter(|one| !has(new, one)) {
        let same = |other: &&Endpoint| {
            other.method == one.method && blank(&other.path) == blank(&one.path) && !has(old, other)
        };
        if let Some(other) = new.endpoints.iter().find(same) {
            found.insert((one.method.clone(), one.path.clone()), other.path.clone());
        }
    }
    found
}

fn blank(path: &str) -> String {
    let segment = |segment: &str| if segment.starts_with('{') { "{}".to_owned() } else { segment.to_owned() };
    path.split('/').map(segment).collect::<Vec<_>>().join("/")
}

fn placeholders(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'))
}

/// The types that fields of one name mention in two versions.
fn pairs<'a>(one: &'a [Field], other: &'a [Field]) -> Vec<(&'a str, &'a str)> {
    let both =
        |field: &'a Field| pair(&field.kind, &other.iter().find(|found| found.name == field.name)?.kind);
    one.iter().filter_map(both).collect()
}

fn pair<'a>(one: &'a Kind, other: &'a Kind) -> Option<(&'a str, &'a str)> {
    match (one, other) {
        (Kind::Object(before), Kind::Object(after)) if before != after => Some((before, after)),
        (Kind::List(before), Kind::List(after)) => pair(before, after),
        _ => None,
    }
}

/// Whether one type may stand for another: they share a field, or have none.
fn alike(one: &[Field], other: &[Field]) -> bool {
    let shared = one.iter().any(|field| other.iter().any(|found| found.name == field.name));
    shared || one.is_empty() && other.is_empty()
}

fn rename(fields: &mut [Field], back: &BTreeMap<&str, &str>) {
    fields.iter_mut().for_each(|field| renamed(&mut field.kind, back));
}

fn renamed(kind: &mut Kind, back: &BTreeMap<&str, &str>) {
    match kind {
        Kind::Object(name) => {
            if let Some(before) = back.get(name.as_str()) {
                *name = (*before).to_owned();
            }
        }
        Kind::List(item) => renamed(item, back),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::node::Node;

    const OLD: &str = r##"{ "release": "1", "$defs": {
        "Person": { "x-definition": "person", "type": "object", "properties": {
            "home": { "$ref": "#/$defs/Place" }, "others": { "type": "array", "items": { "$ref": "#/$defs/Place" } } } },
        "Place": { "x-definition": "place", "type": "object", "properties": {
            "city": { "type": "string" }, "extension": { "$ref": "#/$defs/PlaceExtension" } } },
        "PlaceExtension": { "x-definition": "place-extension", "type": "object" } },
      "endpoints": [{ "method": "GET", "path": "/V1/people/{personId}", "operation": "a",
        "parameters": [{ "name": "personId", "in": "path", "required": true, "schema": { "type": "integer" } }],
        "reply": { "$ref": "#/$defs/Person" } }] }"##;

    fn read(text: &str) -> Contract {
        Contract::from_node(&serde_json::from_str::<Node>(text).unwrap()).unwrap()
    }

    #[test]
    fn what_only_has_another_name_is_found_and_undone() {
        let new = OLD.replace("Place", "Spot").replace("personId", "id");
        let (old, new) = (read(OLD), read(&new));
        let renames = Renames::between(&old, &new);
        let names: Vec<_> = renames.types.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(names, [("Place", "Spot"), ("PlaceExtension", "SpotExtension")]);
        assert_eq!(renames.paths.values().collect::<Vec<_>>(), ["/V1/people/{id}"]);
        assert_eq!(renames.undone(&new), old);
        assert_eq!(Renames::between(&old, &old), Renames::default());
    }

    #[test]
    fn another_type_in_its_place_is_none() {
        let other =
            OLD.replace("Place", "Spot").replace("\"city\"", "\"x\"").replace("\"extension\"", "\"y\"");
        assert!(Renames::between(&read(OLD), &read(&other)).types.is_empty());
        let still_there = OLD.replacen("#/$defs/Place\"", "#/$defs/Person\"", 1);
        assert!(Renames::between(&read(OLD), &read(&still_there)).types.is_empty());
    }
}

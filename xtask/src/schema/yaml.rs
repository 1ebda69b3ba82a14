//! YAML to [`Node`], from parser events.
//!
//! Events rather than a ready-made value, for three reasons: keys keep their
//! order, an alias is refused before it can multiply (a document Magento wrote
//! has none), and depth and size are bounded while reading.

use anyhow::{Result, bail};
use saphyr_parser::{Event, Marker, Parser, ScalarStyle};

use super::node::{Node, repeated_key};

const MAX_DEPTH: usize = 100;
const MAX_VALUES: usize = 4_000_000;

/// Reads one YAML document; errors name line and column.
pub(crate) fn parse(text: &str) -> Result<Node> {
    let mut open: Vec<Open> = Vec::new();
    let mut document = None;
    let mut values = 0_usize;
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| anyhow::anyhow!("not YAML: {error}"))?;
        let place = span.start;
        values += 1;
        if values > MAX_VALUES {
            bail!("more than {MAX_VALUES} values; this is no schema document");
        }
        let value = match event {
            Event::Alias(_) => {
                bail!("{}: an alias (`*name`), which a schema never uses; write it out", at(&place))
            }
            Event::Scalar(text, style, anchor, tag) => {
                refuse_decoration(anchor, tag.is_some(), &place)?;
                scalar(&text, style)
            }
            Event::SequenceStart(anchor, tag) => {
                refuse_decoration(anchor, tag.is_some(), &place)?;
                push(&mut open, Open::List(Vec::new()), &place)?;
                continue;
            }
            Event::MappingStart(anchor, tag) => {
                refuse_decoration(anchor, tag.is_some(), &place)?;
                push(&mut open, Open::Map(Vec::new(), None), &place)?;
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => match open.pop() {
                Some(container) => container.close(&place)?,
                None => bail!("{}: a container ends that never began", at(&place)),
            },
            Event::DocumentStart(_) if document.is_some() => bail!("{}: a second document", at(&place)),
            _ => continue,
        };
        match open.last_mut() {
            Some(container) => container.add(value, &place)?,
            None => document = Some(value),
        }
    }
    document.ok_or_else(|| anyhow::anyhow!("an empty document"))
}

enum Open {
    List(Vec<Node>),
    Map(Vec<(String, Node)>, Option<String>),
}

impl Open {
    fn add(&mut self, value: Node, place: &Marker) -> Result<()> {
        match self {
            Open::List(items) => items.push(value),
            Open::Map(pairs, key) => match key.take() {
                Some(key) => pairs.push((key, value)),
                None => *key = Some(key_text(value, place)?),
            },
        }
        Ok(())
    }

    fn close(self, place: &Marker) -> Result<Node> {
        match self {
            Open::List(items) => Ok(Node::List(items)),
            Open::Map(pairs, _) => match repeated_key(&pairs) {
                Some(key) => {
                    bail!("{}: the key `{key}` stands twice in the object that ends here", at(place))
                }
                None => Ok(Node::Map(pairs)),
            },
        }
    }
}

/// A key is its own text: `200:` is the key "200".
fn key_text(value: Node, place: &Marker) -> Result<String> {
    match value {
        Node::Text(text) | Node::Number(text) => Ok(text),
        Node::Bool(value) => Ok(value.to_string()),
        other => bail!("{}: {} as a key", at(place), other.kind()),
    }
}

fn push(open: &mut Vec<Open>, container: Open, place: &Marker) -> Result<()> {
    if open.len() >= MAX_DEPTH {
        bail!("{}: nested deeper than {MAX_DEPTH} levels", at(place));
    }
    open.push(container);
    Ok(())
}

fn refuse_decoration(anchor: usize, tagged: bool, place: &Marker) -> Result<()> {
    match (anchor > 0, tagged) {
        (true, _) => bail!("{}: an anchor (`&name`), which a schema never uses; write it out", at(place)),
        (false, true) => bail!("{}: a tag (`!name`), which a schema never uses", at(place)),
        (false, false) => Ok(()),
    }
}

/// The value of a scalar in YAML's core schema, as far as JSON has it.
fn scalar(text: &str, style: ScalarStyle) -> Node {
    if style != ScalarStyle::Plain {
        return Node::text(text);
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Node::Null,
        "true" | "True" | "TRUE" => Node::Bool(true),
        "false" | "False" | "FALSE" => Node::Bool(false),
        _ if serde_json::from_str::<serde_json::Number>(text).is_ok() => Node::Number(text.to_owned()),
        _ => Node::text(text),
    }
}

fn at(place: &Marker) -> String {
    format!("line {}, column {}", place.line(), place.col() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_are_read_as_json_has_them() {
        let node = parse("---\nb: 1\na: [true, '1', ~, 2.4.8, \"x\"]\n200: {}\n").unwrap();
        let list = vec![Node::Bool(true), Node::text("1"), Node::Null, Node::text("2.4.8"), Node::text("x")];
        let pairs = vec![
            ("b".to_owned(), Node::Number("1".to_owned())),
            ("a".to_owned(), Node::List(list)),
            ("200".to_owned(), Node::Map(vec![])),
        ];
        assert_eq!(node, Node::Map(pairs));
    }

    #[test]
    fn what_a_schema_never_holds_is_refused_with_its_place() {
        for (text, said) in [
            ("a: &x [1]\nb: *x\n", "line 1, column 4: an anchor"),
            ("a: !!python/object 1", "a tag"),
            ("a: 1\nb: 2\na: 3\n", "the key `a` stands twice"),
            ("a: [1", "not YAML"),
            ("a: 1\n---\nb: 1\n", "a second document"),
            ("", "an empty document"),
            ("[1]: 2", "a list as a key"),
        ] {
            let error = parse(text).unwrap_err().to_string();
            assert!(error.contains(said), "{text:?}: {error}");
        }
    }

    #[test]
    fn depth_is_bounded() {
        let deep = "- ".repeat(120);
        let error = parse(&deep).unwrap_err().to_string();
        assert!(error.contains("deeper than 100 levels"), "{error}");
        assert!(parse(&"[".repeat(100_000)).is_err());
    }
}

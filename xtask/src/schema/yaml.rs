//! YAML to [`Node`], from parser events.
//!
//! Events rather than a ready-made value, for three reasons: keys keep their
//! order, what an alias repeats is counted before it can multiply, and depth
//! and size are bounded while reading.

use std::collections::HashMap;

use anyhow::{Result, bail};
use saphyr_parser::{Event, Marker, Parser, ScalarStyle};

use super::node::{Node, repeated_key};

const MAX_DEPTH: usize = 100;
const MAX_VALUES: usize = 4_000_000;

/// Reads one YAML document; errors name line and column.
pub(crate) fn parse(text: &str) -> Result<Node> {
    let mut reader = Reader::default();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| anyhow::anyhow!("not YAML: {error}"))?;
        reader.take(event, &span.start)?;
    }
    reader.document.ok_or_else(|| anyhow::anyhow!("an empty document"))
}

#[derive(Default)]
struct Reader {
    open: Vec<Open>,
    /// What has a name (`&name`), with how many values it is.
    named: HashMap<usize, (Node, usize)>,
    document: Option<Node>,
    values: usize,
}

/// A container that has not ended yet, with its name, and how many values came before it.
struct Open {
    content: Content,
    anchor: usize,
    before: usize,
}

enum Content {
    List(Vec<Node>),
    Map(Vec<(String, Node)>, Option<String>),
}

impl Reader {
    fn take(&mut self, event: Event<'_>, place: &Marker) -> Result<()> {
        self.count(1)?;
        match event {
            Event::Alias(name) => {
                let Some((value, size)) = self.named.get(&name) else {
                    bail!("{}: an alias (`*name`) of what has not ended", at(place));
                };
                let (value, size) = (value.clone(), *size);
                self.count(size)?;
                self.add(value, place)
            }
            Event::Scalar(text, style, anchor, tag) => {
                refuse_tag(tag.is_some(), place)?;
                let value = scalar(&text, style);
                self.name(anchor, &value, 1);
                self.add(value, place)
            }
            Event::SequenceStart(anchor, tag) => {
                refuse_tag(tag.is_some(), place)?;
                self.push(Content::List(Vec::new()), anchor, place)
            }
            Event::MappingStart(anchor, tag) => {
                refuse_tag(tag.is_some(), place)?;
                self.push(Content::Map(Vec::new(), None), anchor, place)
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let Some(open) = self.open.pop() else {
                    bail!("{}: a container ends that never began", at(place));
                };
                let value = open.content.close(place)?;
                self.name(open.anchor, &value, self.values - open.before);
                self.add(value, place)
            }
            Event::DocumentStart(_) if self.document.is_some() => bail!("{}: a second document", at(place)),
            _ => Ok(()),
        }
    }

    fn count(&mut self, more: usize) -> Result<()> {
        self.values = self.values.saturating_add(more);
        if self.values > MAX_VALUES {
            bail!("more than {MAX_VALUES} values; this is no schema document");
        }
        Ok(())
    }

    fn name(&mut self, anchor: usize, value: &Node, size: usize) {
        if anchor > 0 {
            self.named.insert(anchor, (value.clone(), size));
        }
    }

    fn push(&mut self, content: Content, anchor: usize, place: &Marker) -> Result<()> {
        if self.open.len() >= MAX_DEPTH {
            bail!("{}: nested deeper than {MAX_DEPTH} levels", at(place));
        }
        self.open.push(Open { content, anchor, before: self.values });
        Ok(())
    }

    fn add(&mut self, value: Node, place: &Marker) -> Result<()> {
        match self.open.last_mut() {
            Some(open) => open.content.add(value, place),
            None => {
                self.document = Some(value);
                Ok(())
            }
        }
    }
}

impl Content {
    fn add(&mut self, value: Node, place: &Marker) -> Result<()> {
        match self {
            Content::List(items) => items.push(value),
            Content::Map(pairs, key) => match key.take() {
                Some(key) => pairs.push((key, value)),
                None => *key = Some(key_text(value, place)?),
            },
        }
        Ok(())
    }

    fn close(self, place: &Marker) -> Result<Node> {
        match self {
            Content::List(items) => Ok(Node::List(items)),
            Content::Map(pairs, _) => match repeated_key(&pairs) {
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

fn refuse_tag(tagged: bool, place: &Marker) -> Result<()> {
    if tagged {
        bail!("{}: a tag (`!name`), which a schema never uses", at(place));
    }
    Ok(())
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
            ("a: &x [1, *x]\n", "line 1, column 11: an alias (`*name`) of what has not ended"),
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
    fn an_alias_is_what_it_names_and_counts_as_much() {
        let node = parse("a: &x [1, &y 2]\nb: *x\nc: *y\n").unwrap();
        assert_eq!(node, parse("a: [1, 2]\nb: [1, 2]\nc: 2\n").unwrap());
        let levels: String =
            (1..40).map(|level| format!("a{level}: &a{level} [*a{0}, *a{0}]\n", level - 1)).collect();
        let error = parse(&format!("a0: &a0 [x]\n{levels}")).unwrap_err().to_string();
        assert!(error.contains("more than 4000000 values"), "{error}");
    }

    #[test]
    fn depth_is_bounded() {
        let deep = "- ".repeat(120);
        let error = parse(&deep).unwrap_err().to_string();
        assert!(error.contains("deeper than 100 levels"), "{error}");
        assert!(parse(&"[".repeat(100_000)).is_err());
    }
}
